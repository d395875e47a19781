"""What communes commit themselves to: so many entries a day, signed. Never rewritten; a change is a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import Unit, User
from digitization.verbs import keepable
from reports.campaigns.settling import LONGEST_REASON, NotPossible, settle
from reports.models import Campaign, Commitment


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who signed what and when: ``in_person`` here with their account, else on a paper that somebody keeps."""

    signer: str
    position: str
    signed_on: date
    per_day: int
    in_person: bool


def commit(
    *, by: User, campaign: Campaign, unit: Unit, signed: Signed, reason: str, intent: UUID
) -> Commitment:
    """Write down what a unit of the campaign signed; a replay of the intent returns the first.

    Raises NotPossible for a unit outside of the campaign, a day to come, and a changed commitment without a reason.
    """
    words = keepable(reason, limit=LONGEST_REASON)
    if signed.signed_on > clock.today():
        raise NotPossible(_("Nobody has signed on a day that is still to come."))

    def act(current: Campaign) -> int:
        if not current.units.filter(pk=unit.pk).exists():
            raise NotPossible(_("This commune takes no part in the campaign."))
        if not words and current.commitments.filter(unit=unit).exists():
            raise NotPossible(_("There is a commitment already. Say why it is changed."))
        return Commitment.objects.create(
            campaign=current,
            unit=unit,
            by=by,
            at=clock.now(),
            reason=words,
            signer=signed.signer,
            position=signed.position,
            signed_on=signed.signed_on,
            per_day=signed.per_day,
            in_person=signed.in_person,
        ).pk

    body = {
        "unit": unit.pk,
        "signer": signed.signer,
        "position": signed.position,
        "on": signed.signed_on.isoformat(),
        "per_day": signed.per_day,
        "in_person": signed.in_person,
        "reason": words,
    }
    return Commitment.objects.get(
        pk=settle(act, by=by, campaign=campaign, verb="commit_unit", intent=intent, body=body)
    )


def newest_of_each(campaign: Campaign) -> QuerySet[Commitment]:
    """Return the commitment in force of every unit that has one."""
    return campaign.commitments.order_by("unit_id", "-pk").distinct("unit_id")
