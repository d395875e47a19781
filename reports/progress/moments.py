"""What people have frozen: the figures of this very moment, and a day counted anew with the reason why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from civreg.lib.long_work import lift_time_limits
from communes.models import User
from digitization.verbs import Refused, keepable, once, stated
from reports.models import Campaign, DailySnapshot
from reports.progress.counting import count_now
from reports.progress.days import alone, publish
from reports.progress.figures import Figures
from reports.progress.rebuild import count_then, without_history

# As long as the column that keeps it.
LONGEST_REASON = 500


class DaysBusy(Refused):
    """Somebody else, or a worker, is writing days at this moment."""

    def __init__(self) -> None:
        super().__init__(_("A day is being closed at this moment. Try again in a minute; nothing was saved."))


class NothingToCorrect(Refused):
    """The day was not published, or counting it anew gives the figures in force."""


def take_snapshot(*, by: User, campaign: Campaign, intent: UUID) -> DailySnapshot:
    """Freeze the figures of this moment beside the open campaign day, never as its cut-off; returns the snapshot.

    A replay of the intent returns the first one. Raises DaysBusy.
    """

    def act() -> DailySnapshot:
        now = clock.now()
        return publish(
            campaign,
            day=campaign.day_of(now),
            taken_at=now,
            figures=count_now(campaign.pk),
            kind=DailySnapshot.Kind.DEMAND,
            by=by,
        )

    return _frozen(act, by=by, campaign=campaign, verb="take_snapshot", intent=intent, body={})


def correct_day(*, by: User, campaign: Campaign, day: date, reason: str, intent: UUID) -> DailySnapshot:
    """Count a published day anew from what is written down of each entry, as its new revision; returns that.

    Earlier revisions stay readable, and the days of the books stay as they are. Raises DaysBusy, NothingToCorrect,
    and NotAllowedNow without a reason.
    """
    words = keepable(stated(reason), limit=LONGEST_REASON)

    def act() -> DailySnapshot:
        lift_time_limits()
        return publish(
            campaign,
            day=day,
            taken_at=clock.now(),
            figures=_other_figures(campaign, day),
            kind=DailySnapshot.Kind.REBUILT,
            by=by,
            reason=words,
        )

    body = {"day": day.isoformat(), "reason": words}
    return _frozen(act, by=by, campaign=campaign, verb="correct_day", intent=intent, body=body)


def _other_figures(campaign: Campaign, day: date) -> Mapping[tuple[int, str], Figures]:
    """Count a day anew; raises NothingToCorrect where that cannot be done or changes nothing."""
    in_force = campaign.snapshots.of_days().filter(day=day).last()
    if in_force is None:
        raise NothingToCorrect(_("This day has no figures yet, so there is nothing to correct."))
    if without_history(campaign, [day]):
        raise NothingToCorrect(
            _("Of some entries of that day nothing is written down: it cannot be counted anew.")
        )
    counted = count_then(campaign, day)
    rows = in_force.rows.exclude(kind="").values_list("unit_id", "kind", "figures")
    published = {(unit, kind): Figures.from_published(figures) for unit, kind, figures in rows}
    if _counts(counted) == _counts(published):
        raise NothingToCorrect(_("Counted anew, the day has the same figures. Nothing was changed."))
    return counted


def _counts(figures: Mapping[tuple[int, str], Figures]) -> dict[tuple[int, str], Figures]:
    """Leave out when the last entry came, which a day closed late cannot know as exactly."""
    return {key: replace(part, last_at=None) for key, part in figures.items()}


def _frozen(
    act: Callable[[], DailySnapshot],
    *,
    by: User,
    campaign: Campaign,
    verb: str,
    intent: UUID,
    body: dict[str, Any],
) -> DailySnapshot:
    def alone_only() -> int:
        if not alone():
            raise DaysBusy
        return act().pk

    told = {"campaign": campaign.pk, **body}
    return DailySnapshot.objects.get(pk=once(alone_only, by=by, verb=verb, intent=intent, body=told))
