"""The dashboard as one object: where the district stands, what it takes, who needs attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.functional import Promise

from civreg.lib import clock
from civreg.lib.shares import whole_percent
from communes.models import SupportRequest
from reports.models import Campaign, DailySnapshot
from reports.progress.pace import State
from reports.progress.read import DistrictProgress, UnitFigures, district_progress
from reports.room import curve, orders
from reports.room.attention import Note, notes
from reports.room.live import Part, hour_of
from reports.room.states import ATTENTION_ORDER, MARKS, Mark
from reports.room.tiles import TileMap, tile_map
from reports.support.lines import RequestLine, lines_beside, requests_beside


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the table."""

    unit: UnitFigures
    mark: Mark
    entered_today: bool


@dataclass(frozen=True)
class Dashboard:
    """What the page of the task force shows. ``order`` is one that ``orders.known`` returned."""

    progress: DistrictProgress
    closed: tuple[tuple[date, int], ...]
    order: str
    requests: tuple[RequestLine, ...] = ()

    @classmethod
    def read(cls, campaign: Campaign, order: str) -> Dashboard:
        """Read the figures of a campaign that ``newest_campaign`` returned; an unknown order is the default one."""
        requests = lines_beside(getattr(campaign, "open_requests", None))
        return cls(district_progress(campaign), tuple(closed_days(campaign)), orders.known(order), requests)

    @property
    def query(self) -> str:
        """Return what the address of the page needs to show the same again."""
        return f"sap={self.order}"

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts of the page that are kept fresh."""
        progress = self.progress
        beside = (progress.schedule.day, hour_of(progress))
        states = [(unit.slug, unit.outlook.state) for unit in progress.units]
        shares = [whole_percent(unit.figures.done, unit.figures.total) for unit in progress.units]
        return (
            Part.showing("reports/parts/district_head.html", progress.figures, progress.outlook, *beside),
            Part.showing("reports/parts/curve.html", self.course.seen),
            Part.showing("reports/parts/map.html", states, shares),
            Part.showing("reports/parts/notes.html", self.notes),
            Part.showing("reports/parts/table.html", progress.units, self.order, *beside),
        )

    @cached_property
    def rows(self) -> list[Row]:
        """Return the units in the chosen order."""
        today = self.progress.schedule.now.astimezone(clock.VIETNAM).date()
        ordered = orders.in_order(self.progress.units, self.order)
        return [Row(unit, MARKS[unit.outlook.state], _day(unit.figures.last_at) == today) for unit in ordered]

    @property
    def heads(self) -> dict[str, orders.Head]:
        """Return the heads of the table, each with the way to its order."""
        return orders.heads(self.order)

    @property
    def short_orders(self) -> tuple[tuple[str, str | Promise], ...]:
        """Return the orders offered where there is no room for heads."""
        return orders.SHORT

    @cached_property
    def map(self) -> TileMap:
        """Return the tile map."""
        return tile_map(self.progress.units)

    @property
    def states(self) -> list[tuple[Mark, int]]:
        """Return how many units show each mark, those met only, done first; early and late finishers together."""
        looks = Counter(unit.outlook.state for unit in self.progress.units)
        looks[State.DONE] += looks.pop(State.DONE_EARLY, 0)
        return [(MARKS[state], looks[state]) for state in reversed(ATTENTION_ORDER) if looks[state]]

    @cached_property
    def notes(self) -> list[Note]:
        """Return what to do today."""
        return notes(self.progress, self.requests)

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
        )

    @property
    def pictures(self) -> list[tuple[str, curve.Picture]]:
        """Return the curve twice, by the class that shows it: for a wide window and for a phone."""
        return [
            ("only-wide", curve.draw(self.course, curve.WIDE)),
            ("only-phone", curve.draw(self.course, curve.NARROW)),
        ]


def newest_campaign() -> Campaign | None:
    """Return the current campaign with its published days and its open requests, read in the same query."""
    days = (
        DailySnapshot.objects.filter(campaign=OuterRef("pk"))
        .order_by("day", "-revision")
        .distinct("day")
        .values(json=JSONObject(day="day", done="figures__digitized"))
    )
    waiting = SupportRequest.objects.open().filter(unit__campaigns=OuterRef("pk"))
    newest = Campaign.objects.order_by("closed", "-starts", "-pk")
    beside = {"published_days": ArraySubquery(days), "open_requests": requests_beside(waiting)}
    return newest.annotate(**beside).first()


def closed_days(campaign: Campaign) -> Iterable[tuple[date, int]]:
    """Return the published days of a campaign that ``newest_campaign`` returned, with the entries digitized by then."""
    for point in getattr(campaign, "published_days", None) or ():
        yield date.fromisoformat(point["day"]), int(point["done"])


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.VIETNAM).date() if moment else None
