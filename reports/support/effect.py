"""What a delivery changed: the pace of a unit before it and after it, from the days of its books.

Days are campaign days, and only closed ones count. Before: the last seven closed days that ended before the day of the
delivery. After: up to seven closed days behind it. The day of the delivery itself belongs to neither. A day that was
not closed is missing: what was done on it shows at the next cut-off, so that no entry is lost or guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from communes.models import RequestState, SupportRequest, SupportStep
from reports.models import Campaign, DailySnapshot
from reports.progress.gains import done_at
from reports.progress.pace import WINDOW_DAYS, Pace, Window, window


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The paces around a delivery; with 0 days nothing was measured."""

    came_on: date
    before: Pace
    after: Pace

    @property
    def change(self) -> Fraction | None:
        """Return how many more entries a day there are; None while one side was not measured."""
        if self.before.per_day is None or self.after.per_day is None:
            return None
        return self.after.per_day - self.before.per_day

    @property
    def change_shown(self) -> int | None:
        """Return the change in whole entries a day, truncated towards zero."""
        return None if self.change is None else int(self.change)

    @property
    def whole(self) -> bool:
        """Tell whether all seven days behind the delivery are in it."""
        return self.after.days >= WINDOW_DAYS

    def published(self) -> dict[str, Any]:
        """Return the effect as JSON, to be kept with the step that closes the request."""
        return {
            "came_on": self.came_on.isoformat(),
            "before": {"gained": self.before.gained, "days": self.before.days},
            "after": {"gained": self.after.gained, "days": self.after.days},
        }

    @classmethod
    def from_published(cls, published: Mapping[str, Any]) -> Effect:
        """Read back what ``published`` wrote."""
        return cls(
            came_on=date.fromisoformat(published["came_on"]),
            before=Pace(**published["before"]),
            after=Pace(**published["after"]),
        )


def windows(closed: Iterable[date], came_on: date) -> tuple[Window | None, Window | None]:
    """Choose the cut-offs to measure between, before and after the day of a delivery; None where two are not closed."""
    days = sorted(set(closed))
    behind = [day for day in days if day >= came_on]
    within = [day for day in behind if day <= behind[0] + timedelta(days=WINDOW_DAYS)]
    after = Window(base=within[0], end=within[-1]) if len(within) > 1 else None
    return window(days, open_day=came_on), after


def effect_of(one: SupportRequest, steps: Iterable[SupportStep]) -> Effect | None:
    """Return what a request changed: as frozen where it is closed, else as of now; None before a delivery."""
    by_state = {step.state: step for step in steps}
    if closing := by_state.get(RequestState.CLOSED):
        return Effect.from_published(closing.effect) if closing.effect else None
    came = by_state.get(RequestState.DELIVERED)
    return _measured(one.unit_id, came.came_on) if came and came.came_on else None


def _measured(unit: int, came_on: date) -> Effect:
    campaign = _campaign_of(unit, came_on)
    if campaign is None:
        return Effect(came_on=came_on, before=Pace(), after=Pace())
    closed = DailySnapshot.objects.of_days().filter(campaign=campaign).values_list("day", flat=True)
    chosen = windows(closed, came_on)
    ends = [day for one in chosen if one for day in (one.base, one.end)]
    done = done_at(campaign, ends, unit=unit) if ends else {}
    before, after = (_pace(done, unit, one) for one in chosen)
    return Effect(came_on=came_on, before=before, after=after)


def _pace(done: Mapping[tuple[int, date], int], unit: int, between: Window | None) -> Pace:
    if between is None:
        return Pace()
    gained = done.get((unit, between.end), 0) - done.get((unit, between.base), 0)
    return Pace(gained, between.days)


def _campaign_of(unit: int, day: date) -> Campaign | None:
    """Return the campaign in which a unit worked on a day: the newest that had begun."""
    begun = Campaign.objects.filter(campaignunit__unit=unit, starts__lte=day)
    return begun.order_by("closed", "-starts", "-pk").first()
