"""The dashboard as one object: where the district stands, what it takes, who needs attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from civreg.lib import clock
from civreg.lib.vietnamese import sort_key
from reports.progress.milestones import Result, Told
from reports.progress.pace import State
from reports.progress.read import DistrictProgress, UnitFigures, district_progress
from reports.room import curve
from reports.room.attention import Note, notes
from reports.room.choosing import Chosen, Quota
from reports.room.live import version_of
from reports.room.states import ATTENTION_ORDER, MARKS, Mark
from reports.room.tiles import Tile, tiles

ORDERS = {"trang-thai": "state", "con-lai": "remaining", "ten": "name"}
DEFAULT_ORDER = "trang-thai"
MET = (Result.MET, Result.AHEAD)


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the table."""

    unit: UnitFigures
    mark: Mark
    entered_today: bool
    quota: Quota | None


@dataclass(frozen=True)
class Dashboard:
    """What the page of the task force shows. ``order`` is a key of ``ORDERS``."""

    progress: DistrictProgress
    chosen: Chosen
    order: str

    live_template = "reports/parts/dashboard_live.html"

    @classmethod
    def read(cls, chosen: Chosen, order: str) -> Dashboard:
        """Read the figures of the campaign chosen; an unknown order is the default one."""
        return cls(district_progress(chosen.campaign), chosen, order if order in ORDERS else DEFAULT_ORDER)

    @property
    def query(self) -> str:
        """Return what the address of the page needs to show the same again."""
        return f"sap={self.order}{self.chosen.more}"

    @cached_property
    def closed(self) -> tuple[tuple[date, int], ...]:
        """Return the published days with the entries digitized by then."""
        return tuple((one.day, one.done) for one in self.chosen.days)

    @cached_property
    def version(self) -> str:
        """Return a mark that changes whenever anything below the head of the page does."""
        return version_of(self.progress, self.order, self.closed[-1:], self.chosen.quotas, self.chosen.goals)

    @cached_property
    def rows(self) -> list[Row]:
        """Return the units in the chosen order."""
        today = self.progress.schedule.now.astimezone(clock.VIETNAM).date()
        ordered = sorted(self.progress.units, key=_KEYS[ORDERS[self.order]])
        quotas = self.chosen.quotas
        return [
            Row(
                unit,
                MARKS[unit.outlook.state],
                _day(unit.figures.last_at) == today,
                quotas.get(unit.unit_id),
            )
            for unit in ordered
        ]

    @cached_property
    def promised(self) -> int | None:
        """Return what all units together signed for a day; None where nobody has signed."""
        mine = [row.quota.per_day for row in self.rows if row.quota]
        return sum(mine) if mine else None

    @cached_property
    def milestones(self) -> list[Told]:
        """Return the interim milestones with what became of each."""
        return self.chosen.told(self.progress)

    @property
    def tiles(self) -> list[Tile]:
        """Return the tile map."""
        return tiles(self.progress.units)

    @property
    def states(self) -> list[tuple[Mark, int]]:
        """Return how many units show each mark, those met only, done first; early and late finishers together."""
        looks = Counter(unit.outlook.state for unit in self.progress.units)
        looks[State.DONE] += looks.pop(State.DONE_EARLY, 0)
        return [(MARKS[state], looks[state]) for state in reversed(ATTENTION_ORDER) if looks[state]]

    @property
    def notes(self) -> list[Note]:
        """Return what to do today; in a closed campaign nothing is left to do."""
        return [] if self.progress.campaign.closed else notes(self.progress)

    @cached_property
    def course(self) -> curve.Course:
        """Return what the curve draws."""
        progress = self.progress
        schedule = progress.schedule
        opened = progress.campaign.cutoff_of(schedule.day - timedelta(days=1))
        per_day = progress.pace.per_day
        return curve.Course(
            closed=self.closed,
            first=min([schedule.began.date(), *(day for day, _ in self.closed[:1])]),
            deadline=schedule.deadline,
            open_day=schedule.day,
            share_of_open_day=(schedule.now - opened) / timedelta(days=1),
            done=progress.figures.done,
            total=progress.figures.total,
            per_day=None if per_day is None or progress.campaign.closed else float(per_day),
            goals=tuple(
                curve.CourseGoal(told.goal.day, told.goal.percent, met=told.result in MET)
                for told in self.milestones
            ),
        )

    @property
    def pictures(self) -> list[tuple[str, curve.Picture]]:
        """Return the curve twice, by the class that shows it: for a wide window and for a phone."""
        return [
            ("only-wide", curve.draw(self.course, curve.WIDE)),
            ("only-phone", curve.draw(self.course, curve.NARROW)),
        ]


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.VIETNAM).date() if moment else None


_KEYS: dict[str, Callable[[UnitFigures], tuple[Any, ...]]] = {
    "state": lambda unit: (ATTENTION_ORDER.index(unit.outlook.state), -unit.figures.remaining),
    "remaining": lambda unit: (-unit.figures.remaining, sort_key(unit.name)),
    "name": lambda unit: (sort_key(unit.name),),
}
