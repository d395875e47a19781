"""The dashboard as one object: where the district stands, what it takes, who needs attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import OuterRef
from django.utils.functional import Promise

from civreg.lib import clock
from civreg.lib.shares import whole_percent
from communes.models import SupportRequest
from reports.progress.days import LATEST
from reports.progress.figures import Figures
from reports.progress.milestones import Result, Told
from reports.progress.pace import State
from reports.progress.read import DistrictProgress, UnitFigures, district_progress
from reports.room import breakdown, curve, orders
from reports.room.attention import Note, notes
from reports.room.chain import Chain, beside, by_kind
from reports.room.choosing import Chosen, Quota, choose
from reports.room.live import Part, Piece, hour_of
from reports.room.states import ATTENTION_ORDER, MARKS, Mark
from reports.room.tiles import TileMap, tile_map
from reports.support.lines import RequestLine, lines_beside, requests_beside

MET = (Result.MET, Result.AHEAD)


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the table; ``to`` is where its numbers lead, by the name of the figure."""

    unit: UnitFigures
    mark: Mark
    entered_today: bool
    quota: Quota | None
    to: Mapping[str, str]


@dataclass(frozen=True)
class Dashboard:
    """What the page of the task force shows. ``order`` is one that ``orders.known`` returned."""

    progress: DistrictProgress
    chosen: Chosen
    order: str
    requests: tuple[RequestLine, ...] = ()

    @classmethod
    def read(cls, chosen: Chosen, order: str) -> Dashboard:
        """Read the figures of the campaign chosen; an unknown order is the default one."""
        requests = lines_beside(getattr(chosen.campaign, "open_requests", None))
        return cls(district_progress(chosen.campaign), chosen, orders.known(order), requests)

    @property
    def query(self) -> str:
        """Return what the address of the page needs to show the same again."""
        return f"sap={self.order}{self.chosen.more}"

    @cached_property
    def closed(self) -> tuple[tuple[date, int], ...]:
        """Return the published days with the entries digitized by then."""
        return tuple((one.day, one.done) for one in self.chosen.days)

    @property
    def overview(self) -> tuple[Part, ...]:
        """Return the parts that tell how the whole stands."""
        progress = self.progress
        states = [(unit.slug, unit.outlook.state) for unit in progress.units]
        shares = [whole_percent(unit.figures.done, unit.figures.total) for unit in progress.units]
        return (
            Part.showing(
                "reports/parts/district_head.html",
                progress.figures,
                progress.outlook,
                progress.lately,
                *self._by_the_clock,
            ),
            Part.showing("reports/parts/curve.html", self.course.seen, pieces=self._told_milestones),
            Part.showing("reports/parts/map.html", states, shares),
            Part.showing("reports/parts/notes.html", self.notes),
        )

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts of the page that are kept fresh."""
        return (
            *self.overview,
            Part.showing(
                "reports/parts/table.html",
                [row.unit.slug for row in self.rows],
                self.order,
                self.promised is None,
                pieces=self._lines,
            ),
            Part.showing("reports/parts/kinds.html", list(self.kinds), pieces=self.chain.pieces),
        )

    @property
    def _told_milestones(self) -> list[Piece]:
        told = self.milestones
        return [Piece.showing("reports/parts/curve_milestones.html", None, told)] if told else []

    @property
    def _lines(self) -> list[Piece]:
        progress = self.progress
        return [
            *(
                Piece.showing(
                    "reports/parts/row.html",
                    row,
                    row.unit.figures,
                    row.unit.outlook,
                    row.unit.outlook.idle.days,
                    row.entered_today,
                    row.quota,
                )
                for row in self.rows
            ),
            Piece.showing(
                "reports/parts/units_sum.html",
                self.to,
                progress.figures,
                progress.outlook,
                progress.complete_units,
                self.promised,
            ),
        ]

    @property
    def _by_the_clock(self) -> tuple[date, datetime]:
        return self.progress.schedule.day, hour_of(self.progress)

    @cached_property
    def kinds(self) -> dict[str, Figures]:
        """Return the figures of the whole by kind of book."""
        kinds: dict[str, Figures] = {}
        for unit in self.progress.units:
            for kind, figures in unit.by_kind.items():
                kinds[kind] = kinds.get(kind, Figures()) + figures
        return kinds

    @cached_property
    def rows(self) -> list[Row]:
        """Return the units in the chosen order."""
        today = self.progress.schedule.now.astimezone(clock.VIETNAM).date()
        ordered = orders.in_order(self.progress.units, self.order)
        quotas = self.chosen.quotas
        return [
            Row(
                unit,
                MARKS[unit.outlook.state],
                _day(unit.figures.last_at) == today,
                quotas.get(unit.unit_id),
                breakdown.in_table(breakdown.books_of(unit, self.chosen)),
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
    def to(self) -> dict[str, str]:
        """Return where the sums of the table lead, by the name of the figure."""
        return breakdown.in_table(breakdown.leads_in(self.chosen))

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
        """Return what to do today; in a closed campaign nothing is left to do."""
        return [] if self.progress.campaign.closed else notes(self.progress, self.requests)

    @cached_property
    def chain(self) -> Chain:
        """Return the chain of the district by kind; its numbers lead to the communes behind them."""
        return by_kind(self.kinds.items(), self.progress.figures, breakdown.leads_in(self.chosen))

    @property
    def beside(self) -> dict[str, str]:
        """Return where the numbers beside the headline lead, by the name of the figure."""
        return beside(breakdown.leads_in(self.chosen))

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
            ahead=self._ahead(),
            awaited=schedule.now - opened <= LATEST,
        )

    def _ahead(self) -> curve.Ahead | None:
        progress = self.progress
        if progress.campaign.closed or not progress.cone or progress.outlook.expected is None:
            return None
        return curve.Ahead.of(progress.cone, total=progress.figures.total)

    @property
    def pictures(self) -> list[tuple[str, curve.Picture]]:
        """Return the curve twice, by the class that shows it: for a wide window and for a phone."""
        return [
            ("only-wide", curve.draw(self.course, curve.WIDE)),
            ("only-phone", curve.draw(self.course, curve.NARROW)),
        ]


class Wall(Dashboard):
    """The same on the wall of a meeting room, where only the overview hangs."""

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts of the wall that are kept fresh."""
        return self.overview


def choose_with_requests(asked: str) -> Chosen | None:
    """Choose a campaign (``choosing.choose``) with the open requests for support of its units, in the same query."""
    waiting = SupportRequest.objects.open().filter(unit__campaigns=OuterRef("pk"))
    return choose(asked, open_requests=requests_beside(waiting))


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.VIETNAM).date() if moment else None
