"""A day as it was published: its frozen figures, what the day before gained, and how units stood at the cut-off.

Everything is read from snapshots; nothing is counted again. A gain is the difference of two published figures, so a
book handed over moves from one unit to the other with all its entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communes.models import Unit
from reports.models import Campaign, DailySnapshot, SnapshotRow
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


def published_days(campaign: Campaign) -> list[date]:
    """Return the closed days of a campaign, oldest first; a day that was not closed is not there."""
    taken = DailySnapshot.objects.of_days().filter(campaign=campaign)
    return list(taken.order_by("day").values_list("day", flat=True).distinct())


def published_day(
    campaign: Campaign, day: date, days: Sequence[date], *, units: Iterable[int] | None = None
) -> PublishedDay:
    """Return one of the ``days`` that were published; ``units`` leaves the others out. Four questions.

    The newest day is judged by what was foretold after it, as the dashboard does; of earlier ones no forecast is kept,
    so they are judged by their pace.
    """
    before = max((other for other in days if other < day), default=None)
    measured = window((other for other in days if other <= day), open_day=day + timedelta(days=1))
    base_day = measured.base if measured else None
    wanted = [one for one in {day, before, base_day} if one is not None]
    snapshots = _snapshots(campaign, wanted)
    rows = _rows(snapshots, units)
    schedule = _schedule(campaign, day)
    figures = rows[day]
    earlier = rows.get(before, {}) if before else {}
    base = rows.get(measured.base, {}) if measured else {}
    days_measured = measured.days if measured else 0
    foretold = forecasts_on(campaign, schedule.day)
    lines = [
        _line(
            unit,
            own,
            earlier.get(unit),
            _pace(own, base.get(unit), days_measured),
            schedule,
            foretold.get(unit.pk),
        )
        for unit, own in figures.items()
    ]
    return PublishedDay(
        campaign=campaign,
        snapshot=snapshots[day],
        since=before,
        days_left=schedule.days_left,
        measured=days_measured,
        whole=_together(
            figures, earlier, base, days_measured, schedule, foretold.get(None) if units is None else None
        ),
        units=tuple(sorted(lines, key=_urgency)),
    )


def _together(
    figures: Mapping[Unit, Figures],
    earlier: Mapping[Unit, Figures],
    base: Mapping[Unit, Figures],
    days: int,
    schedule: Schedule,
    expected: Expected | None,
) -> Line:
    whole = Figures.sum(figures.values())
    pace = _pace(whole, Figures.sum(base.values()) if base else None, days)
    return _line(None, whole, Figures.sum(earlier.values()) if earlier else None, pace, schedule, expected)


def _line(
    unit: Unit | None,
    figures: Figures,
    earlier: Figures | None,
    pace: Pace,
    schedule: Schedule,
    expected: Expected | None,
) -> Line:
    return Line(
        unit=unit,
        figures=figures,
        gain=None if earlier is None else figures.done - earlier.done,
        required=required_per_day(figures.remaining, schedule.days_left),
        per_day=pace.shown,
        state=state_of(figures, pace, schedule, expected),
    )


def _pace(figures: Figures, base: Figures | None, days: int) -> Pace:
    return Pace() if base is None else Pace(figures.done - base.done, days)


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


def _snapshots(campaign: Campaign, days: Iterable[date]) -> dict[date, DailySnapshot]:
    newest = DailySnapshot.objects.filter(campaign=campaign, day__in=days).in_force()
    return {snapshot.day: snapshot for snapshot in newest}


def _rows(
    snapshots: Mapping[date, DailySnapshot], units: Iterable[int] | None
) -> dict[date, dict[Unit, Figures]]:
    days = {snapshot.pk: day for day, snapshot in snapshots.items()}
    rows = SnapshotRow.objects.filter(snapshot__in=days, kind="").select_related("unit")
    if units is not None:
        rows = rows.filter(unit__in=units)
    found: dict[date, dict[Unit, Figures]] = {day: {} for day in snapshots}
    for row in rows:
        found[days[row.snapshot_id]][row.unit] = Figures.from_published(row.figures)
    return found
