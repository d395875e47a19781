"""The dashboard as one object: where the district stands, what it takes, who needs attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from civreg.lib import clock
from civreg.lib.vietnamese import sort_key
from reports.models import Campaign, DailySnapshot
from reports.progress.pace import State
from reports.progress.read import DistrictProgress, UnitFigures, district_progress
from reports.room import curve
from reports.room.attention import Note, notes
from reports.room.live import version_of
from reports.room.states import ATTENTION_ORDER, MARKS, Mark
from reports.room.tiles import Tile, tiles

ORDERS = {"trang-thai": "state", "con-lai": "remaining", "ten": "name"}
DEFAULT_ORDER = "trang-thai"


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the table."""

    unit: UnitFigures
    mark: Mark
    entered_today: bool


@dataclass(frozen=True)
class Dashboard:
    """What the page of the task force shows. ``order`` is a key of ``ORDERS``."""

    progress: DistrictProgress
    closed: tuple[tuple[date, int], ...]
    order: str

    live_template = "reports/parts/dashboard_live.html"

    @classmethod
    def read(cls, campaign: Campaign, order: str) -> Dashboard:
        """Read the figures of a campaign that ``newest_campaign`` returned; an unknown order is the default one."""
        chosen = order if order in ORDERS else DEFAULT_ORDER
        return cls(district_progress(campaign), tuple(closed_days(campaign)), chosen)

    @property
    def query(self) -> str:
        """Return what the address of the page needs to show the same again."""
        return f"sap={self.order}"

    @cached_property
    def version(self) -> str:
        """Return a mark that changes whenever anything below the head of the page does."""
        return version_of(self.progress, self.order, self.closed[-1:], self.progress.cone)

    @property
    def rows(self) -> list[Row]:
        """Return the units in the chosen order."""
        today = self.progress.schedule.now.astimezone(clock.VIETNAM).date()
        ordered = sorted(self.progress.units, key=_KEYS[ORDERS[self.order]])
        return [Row(unit, MARKS[unit.outlook.state], _day(unit.figures.last_at) == today) for unit in ordered]

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
        """Return what to do today."""
        return notes(self.progress)

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
            per_day=None if per_day is None else float(per_day),
            ahead=self._ahead(),
        )

    def _ahead(self) -> curve.Ahead | None:
        progress = self.progress
        if not progress.cone or progress.outlook.expected is None:
            return None
        return curve.Ahead.of(progress.cone, total=progress.figures.total)

    @property
    def pictures(self) -> list[tuple[str, curve.Picture]]:
        """Return the curve twice, by the class that shows it: for a wide window and for a phone."""
        return [
            ("only-wide", curve.draw(self.course, curve.WIDE)),
            ("only-phone", curve.draw(self.course, curve.NARROW)),
        ]


def newest_campaign() -> Campaign | None:
    """Return the current campaign with its published days, read in the same query."""
    days = (
        DailySnapshot.objects.filter(campaign=OuterRef("pk"))
        .order_by("day", "-revision")
        .distinct("day")
        .values(json=JSONObject(day="day", done="figures__digitized"))
    )
    newest = Campaign.objects.order_by("closed", "-starts", "-pk")
    return newest.annotate(published_days=ArraySubquery(days)).first()


def closed_days(campaign: Campaign) -> Iterable[tuple[date, int]]:
    """Return the published days of a campaign that ``newest_campaign`` returned, with the entries digitized by then."""
    for point in getattr(campaign, "published_days", None) or ():
        yield date.fromisoformat(point["day"]), int(point["done"])


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.VIETNAM).date() if moment else None


_KEYS: dict[str, Callable[[UnitFigures], tuple[Any, ...]]] = {
    "state": lambda unit: (ATTENTION_ORDER.index(unit.outlook.state), -unit.figures.remaining),
    "remaining": lambda unit: (-unit.figures.remaining, sort_key(unit.name)),
    "name": lambda unit: (sort_key(unit.name),),
}
