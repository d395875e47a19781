"""What is recognised, by rules that are printed with it.

*Finished ahead*: the last entry that counts came within the campaign and before the day of the deadline began (the
state "done early" of ``progress.pace``), in the order of that moment.

*Most improved*: the rise of a day's entries from the seven closed days before to the last seven, per entry of the
unit's total. A unit with less to do than the median unit is measured against the median, so that a handful of entries
does not carry a small unit to the top. What is compared is what is shown, hundredths of a percent of the work a day,
truncated; who shows the same shares a place. Complete units and units without 14 closed days are left out, and those
that did nothing in the week before: to stand still and begin again is no improvement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from statistics import median_low

from django.utils.formats import number_format

from reports.progress.pace import WINDOW_DAYS, State
from reports.progress.read import DistrictProgress, UnitFigures

# Of those who improved, so many places are shown; who shares the last one is shown too.
PLACES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A unit that finished ahead, with the evidence. ``sample`` is for the verdict of a sample once there is one."""

    unit: UnitFigures
    finished_at: datetime
    days_ahead: int
    accepted_books: int
    sample: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """The three cut-offs between which two times seven closed days lie."""

    first: date
    middle: date
    last: date

    @property
    def days(self) -> tuple[date, date, date]:
        """Return the three."""
        return self.first, self.middle, self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Improved:
    """A unit whose pace rose: entries a day, and the ``rise`` in hundredths of a percent of the work a day."""

    unit: UnitFigures
    place: int
    before: int
    now: int
    rise: int

    @property
    def rise_shown(self) -> str:
        """Return the rise as it is printed, in percent with two decimals."""
        return number_format(self.rise / 100, decimal_pos=2)


def finished_ahead(progress: DistrictProgress, accepted: Mapping[int, int]) -> list[Finished]:
    """Return the units that finished ahead, the first one first; ``accepted`` is the number of books by unit id.

    Of what is only declared, nobody here saw the last entry: units with such books are left out.
    """
    ahead = [
        Finished(
            unit=unit,
            finished_at=unit.figures.last_at,
            days_ahead=(progress.schedule.deadline - progress.campaign.day_of(unit.figures.last_at)).days,
            accepted_books=accepted.get(unit.unit_id, 0),
        )
        for unit in progress.units
        if unit.outlook.state == State.DONE_EARLY and not unit.figures.declared_only
        # Who was complete before it began finished nothing in it.
        if unit.figures.last_at and unit.figures.last_at >= progress.schedule.began
    ]
    return sorted(ahead, key=lambda one: (one.finished_at, one.unit.name))


def two_weeks(closed: Iterable[date], *, open_day: date) -> Weeks | None:
    """Choose the last closed day, the one seven days before it and the one seven days before that.

    Where one of the two was missed, the nearest closed day before it; None where the history does not reach so far.
    """
    days = sorted(day for day in set(closed) if day < open_day)
    middle = _at_least_a_week_before(days, days[-1]) if days else None
    first = _at_least_a_week_before(days, middle) if middle else None
    return Weeks(first=first, middle=middle, last=days[-1]) if first and middle else None


def most_improved(
    units: Iterable[UnitFigures], done: Mapping[tuple[int, date], int], weeks: Weeks
) -> list[Improved]:
    """Rank the units by how much their pace rose; ``done`` is what was done at the cut-offs, by unit id and day."""
    listed = list(units)
    totals = [unit.figures.total for unit in listed if unit.figures.total]
    if not totals:
        return []
    floor = median_low(totals)
    risen = [
        (rise, before, now, unit)
        for unit in listed
        if not unit.figures.complete and (unit.unit_id, weeks.first) in done
        for before, now in [_paces(unit.unit_id, done, weeks)]
        if before > 0
        if (rise := int((now - before) * 10_000 / max(unit.figures.total, floor))) > 0
    ]
    risen.sort(key=lambda one: (-one[0], one[3].name))
    placed = [
        Improved(
            unit=unit,
            place=1 + sum(other > rise for other, *_rest in risen),
            before=int(before),
            now=int(now),
            rise=rise,
        )
        for rise, before, now, unit in risen
    ]
    return [one for one in placed if one.place <= PLACES]


def _paces(unit: int, done: Mapping[tuple[int, date], int], weeks: Weeks) -> tuple[Fraction, Fraction]:
    first, middle, last = (done.get((unit, day), 0) for day in weeks.days)
    before = Fraction(middle - first, (weeks.middle - weeks.first).days)
    return before, Fraction(last - middle, (weeks.last - weeks.middle).days)


def _at_least_a_week_before(days: Iterable[date], day: date) -> date | None:
    return max((one for one in days if one <= day - timedelta(days=WINDOW_DAYS)), default=None)
