"""Interim milestones of a campaign: set and dropped with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from communes.models import User
from reports.campaigns.settling import NotPossible, note, settle, why
from reports.models import Campaign, CampaignChange, Milestone

What = CampaignChange.What


def set_milestone(
    *, by: User, campaign: Campaign, day: date, percent: int, name: str, reason: str, intent: UUID
) -> Milestone:
    """Set an interim goal within the campaign; raises NotPossible for another day, or one that has a milestone."""
    words = why(reason)

    def act(current: Campaign) -> int:
        if not current.starts <= day <= current.deadline:
            raise NotPossible(_("A milestone lies between the start and the deadline of the campaign."))
        if current.milestones.filter(day=day).exists():
            raise NotPossible(_("There is a milestone on this day already."))
        made = Milestone.objects.create(campaign=current, day=day, percent=percent, name=name)
        note(current, by, What.MILESTONE_SET, after=_told(made), reason=words)
        return made.pk

    body = {"day": day.isoformat(), "percent": percent, "name": name, "reason": words}
    return Milestone.objects.get(
        pk=settle(act, by=by, campaign=campaign, verb="set_milestone", intent=intent, body=body)
    )


def drop_milestone(*, by: User, milestone: Milestone, reason: str, intent: UUID) -> None:
    """Drop an interim goal; that it was there stays in the history."""
    words, pk = why(reason), milestone.pk

    def act(current: Campaign) -> None:
        found = current.milestones.filter(pk=pk).first()
        if found is None:
            raise NotPossible(_("The milestone is not there any more."))
        note(current, by, What.MILESTONE_DROPPED, before=_told(found), reason=words)
        found.delete()

    body = {"milestone": pk, "reason": words}
    settle(act, by=by, campaign=milestone.campaign, verb="drop_milestone", intent=intent, body=body)


def _told(milestone: Milestone) -> dict[str, Any]:
    return {"day": milestone.day.isoformat(), "percent": milestone.percent, "name": milestone.name}
