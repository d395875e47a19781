"""A day as it was published: its frozen figures, what the day before gained, and how units stood at the cut-off.

Figures are read from the snapshot of the day. A gain is what was typed into the books a unit kept at its end: a book
handed over, taken in or given another total moves figures and is nobody's work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communes.models import Unit
from reports.models import Campaign, DailySnapshot, SnapshotRow
from reports.progress.between import causes_between
from reports.progress.figures import Figures
from reports.progress.pace import Expected, Pace, Schedule, State, required_per_day, state_of, window
from reports.progress.read import forecasts_on
from reports.room.states import ATTENTION_ORDER, MARKS, Mark

LATE = (State.STALLED, State.LATE, State.AT_RISK)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit, or all together: frozen figures, the entries of the day, and what it takes. None: not known."""

    unit: Unit | None
    figures: Figures
    gain: int | None
    required: int | None
    per_day: int | None
    state: State

    @property
    def mark(self) -> Mark:
        """Return how the state is shown."""
        return MARKS[self.state]

    @property
    def late(self) -> bool:
        """Tell whether the unit is one of those the task force has to speak to."""
        return self.state in LATE


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDay:
    """A closed campaign day. ``since`` is the published day its gains are counted from, None on the first one.

    ``measured`` is the number of days the average is of, 0 while there are too few.
    """

    campaign: Campaign
    snapshot: DailySnapshot
    since: date | None
    days_left: int
    measured: int
    whole: Line
    units: tuple[Line, ...]

    @property
    def day(self) -> date:
        """Return the campaign day."""
        return self.snapshot.day

    @property
    def late(self) -> list[Line]:
        """Return the units that are behind, the most urgent first."""
        return [line for line in self.units if line.late]

    @property
    def states(self) -> list[tuple[Mark, list[Line]]]:
        """Return the units by state, most urgent first; states nobody is in are left out."""
        met = Counter(line.state for line in self.units)
        return [
            (MARKS[state], [line for line in self.units if line.state is state])
            for state in ATTENTION_ORDER
            if met[state]
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gained:
    """Entries typed by unit id, on the day and over the ``days`` of the pace; None where no earlier day is closed."""

    on_day: Mapping[int, int] | None
    lately: Mapping[int, int] | None
    days: int

    def of(self, units: Iterable[Unit]) -> int | None:
        return None if self.on_day is None else sum(self.on_day.get(unit.pk, 0) for unit in units)

    def pace(self, units: Iterable[Unit]) -> Pace:
        return Pace(sum((self.lately or {}).get(unit.pk, 0) for unit in units), self.days)


def published_days(campaign: Campaign) -> list[date]:
    """Return the closed days of a campaign, oldest first; a day that was not closed is not there."""
    taken = DailySnapshot.objects.of_days().filter(campaign=campaign)
    return list(taken.order_by("day").values_list("day", flat=True).distinct())


def published_day(
    campaign: Campaign, day: date, days: Sequence[date], *, units: Iterable[int] | None = None
) -> PublishedDay:
    """Return one of the ``days`` that were published; ``units`` leaves the others out.

    The newest day is judged by what was foretold after it, as the dashboard does; of earlier ones no forecast is kept,
    so they are judged by their pace.
    """
    before = max((other for other in days if other < day), default=None)
    measured = window((other for other in days if other <= day), open_day=day + timedelta(days=1))
    snapshot = DailySnapshot.objects.filter(campaign=campaign, day=day).in_force().get()
    figures = _figures(snapshot, units)
    schedule = _schedule(campaign, day)
    on_day = _between(campaign, before, day)
    base = measured.base if measured else None
    gained = _Gained(
        on_day=on_day,
        # In the first days the pace is measured from the day before, too.
        lately=on_day if base == before else _between(campaign, base, day),
        days=measured.days if measured else 0,
    )
    foretold = forecasts_on(campaign, schedule.day)
    lines = [
        replace(_line({unit: own}, gained, schedule, foretold.get(unit.pk)), unit=unit)
        for unit, own in figures.items()
    ]
    return PublishedDay(
        campaign=campaign,
        snapshot=snapshot,
        since=before,
        days_left=schedule.days_left,
        measured=gained.days,
        whole=_line(figures, gained, schedule, foretold.get(None) if units is None else None),
        units=tuple(sorted(lines, key=_urgency)),
    )


def _line(of: Mapping[Unit, Figures], gained: _Gained, schedule: Schedule, expected: Expected | None) -> Line:
    """Return some units together as one line that names none of them."""
    figures, pace = Figures.sum(of.values()), gained.pace(of)
    return Line(
        unit=None,
        figures=figures,
        gain=gained.of(of),
        required=required_per_day(figures.remaining, schedule.days_left),
        per_day=pace.shown,
        state=state_of(figures, pace, schedule, expected),
    )


def _urgency(line: Line) -> tuple[int, int]:
    return ATTENTION_ORDER.index(line.state), -line.figures.remaining


def _schedule(campaign: Campaign, day: date) -> Schedule:
    """Return where the campaign stood when the day had just been closed."""
    return Schedule(
        now=campaign.cutoff_of(day),
        day=day + timedelta(days=1),
        deadline=campaign.deadline,
        began=campaign.cutoff_of(campaign.starts - timedelta(days=1)),
        last_day_begins=campaign.cutoff_of(campaign.deadline - timedelta(days=1)),
    )


def _between(campaign: Campaign, since: date | None, day: date) -> dict[int, int] | None:
    """Return the entries typed from one cut-off to the other by unit id; None where there is no earlier one.

    By the unit that keeps the books, as the snapshot names it: a campaign goes on with its units when they merge.
    """
    if since is None:
        return None
    return {unit: each.produced for unit, each in causes_between(campaign, since, day, {}).items()}


def _figures(snapshot: DailySnapshot, units: Iterable[int] | None) -> dict[Unit, Figures]:
    rows = SnapshotRow.objects.filter(snapshot=snapshot, kind="").select_related("unit")
    if units is not None:
        rows = rows.filter(unit__in=units)
    return {row.unit: Figures.from_published(row.figures) for row in rows}
