"""The page of one unit: where it stands, by kind of book, and every book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection

from communes.models import Role
from communes.rights import Rights
from digitization.record_types import BY_CODE
from reports.campaigns.access import signs_for
from reports.models import Campaign
from reports.progress.counting import BOOKS, parameters
from reports.progress.figures import Figures
from reports.progress.milestones import Told
from reports.progress.read import DistrictProgress, UnitFigures
from reports.room.choosing import Chosen, Quota
from reports.room.live import Part, hour_of
from reports.room.states import MARKS, Mark

PAGE_SIZE = 100

# The same counting as everywhere, book by book; one row more than a page tells whether there is a next one.
PAGE = f"""
{BOOKS}
SELECT b.book_id AS pk, b.kind, b.total, b.counted, b.returned, k.book_no || '/' || k.opened_year AS quyen_so,
    coalesce(k.year_from, k.opened_year) AS first_year, coalesce(k.year_to, k.year_from, k.opened_year) AS last_year
FROM books b JOIN digitization_book k ON k.id = b.book_id
ORDER BY array_position(%(order)s, b.kind), b.kind, k.opened_year, length(k.book_no), k.book_no, b.book_id
LIMIT {PAGE_SIZE + 1} OFFSET %(start)s
"""

# A closed campaign keeps its books as they stood when it was closed.
PAGE_AT_CLOSING = f"""
SELECT b.book_id AS pk, b.kind, b.total, b.counted, b.returned, k.book_no || '/' || k.opened_year AS quyen_so,
    coalesce(k.year_from, k.opened_year) AS first_year, coalesce(k.year_to, k.year_from, k.opened_year) AS last_year
FROM reports_bookatclosing b JOIN digitization_book k ON k.id = b.book_id
WHERE b.campaign_id = ANY(%(campaigns)s::bigint[]) AND b.unit_id = %(unit)s
ORDER BY array_position(%(order)s, b.kind), b.kind, k.opened_year, length(k.book_no), k.book_no, b.book_id
LIMIT {PAGE_SIZE + 1} OFFSET %(start)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One book in the list. ``counted`` is not clamped: what lies above the total is shown as such."""

    pk: int
    kind: str
    quyen_so: str
    first_year: int
    last_year: int
    total: int | None
    counted: int
    returned: int

    @property
    def years(self) -> str:
        """Return the years of its entries."""
        alone = self.first_year == self.last_year
        return str(self.first_year) if alone else f"{self.first_year}–{self.last_year}"

    @property
    def excess(self) -> int:
        """Return how many entries lie above the total; 0 while there is none."""
        return max(self.counted - self.total, 0) if self.total is not None else 0

    @property
    def full(self) -> bool:
        """Tell whether the book has a total and is full."""
        return self.total is not None and self.counted >= self.total

    @property
    def kind_name(self) -> Any:
        """Return the name of its kind."""
        return kind_name(self.kind)


@dataclass(frozen=True)
class CommunePage:
    """What the page of one unit shows; ``links`` when the reader may open its books, ``signs`` when they lead it."""

    progress: DistrictProgress
    books: tuple[BookLine, ...]
    number: int
    more: bool
    links: bool
    signs: bool
    chosen: Chosen

    @classmethod
    def read(cls, progress: DistrictProgress, *, number: int, rights: Rights, chosen: Chosen) -> CommunePage:
        """Read page ``number`` of the books of the one unit in ``progress``."""
        unit = progress.units[0]
        lines = _lines(progress.campaign, unit.unit_id, start=(number - 1) * PAGE_SIZE)
        return cls(
            progress=progress,
            books=tuple(lines[:PAGE_SIZE]),
            number=number,
            more=len(lines) > PAGE_SIZE,
            links=_may_open(rights, unit),
            signs=signs_for(rights, unit.unit_id) and not progress.campaign.closed,
            chosen=chosen,
        )

    @property
    def unit(self) -> UnitFigures:
        """Return the unit."""
        return self.progress.units[0]

    @property
    def mark(self) -> Mark:
        """Return how its state is shown."""
        return MARKS[self.unit.outlook.state]

    @property
    def kinds(self) -> list[tuple[Any, Figures]]:
        """Return the figures by kind of book, in the order of the kinds."""
        order = list(BY_CODE)
        known = sorted(self.unit.by_kind, key=lambda kind: order.index(kind) if kind in order else len(order))
        return [(kind_name(kind), self.unit.by_kind[kind]) for kind in known]

    @property
    def query(self) -> str:
        """Return what the address of the page needs to show the same again."""
        return f"trang={self.number}{self.chosen.more}"

    @property
    def quota(self) -> Quota | None:
        """Return what the unit last signed."""
        return self.chosen.quotas.get(self.unit.unit_id)

    @cached_property
    def milestones(self) -> list[Told]:
        """Return the interim milestones with what became of each in this unit."""
        return self.chosen.told(self.progress)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts of the page that are kept fresh."""
        progress, unit = self.progress, self.unit
        beside = (progress.schedule.day, hour_of(progress))
        return (
            Part.showing(
                "reports/parts/unit_head.html",
                unit.figures,
                unit.outlook,
                self.quota,
                self.milestones,
                *beside,
            ),
            Part.showing("reports/parts/kinds.html", unit.by_kind),
            Part.showing("reports/parts/books.html", self.books, self.more),
        )


def kind_name(kind: str) -> Any:
    """Return the name of a kind of book; a kind nobody knows shows its code."""
    known = BY_CODE.get(kind)
    return known.label if known else kind


def _may_open(rights: Rights, unit: UnitFigures) -> bool:
    over = rights.own_units(Role.JUSTICE)
    return unit.unit_id in rights.own_units(Role.OFFICER, Role.LEADER) | over or unit.parent_id in over


def _lines(campaign: Campaign, unit: int, *, start: int) -> list[BookLine]:
    with connection.cursor() as cursor:
        cursor.execute(
            PAGE_AT_CLOSING if campaign.closed else PAGE,
            {**parameters([campaign.pk], unit=unit), "start": start, "order": list(BY_CODE)},
        )
        names = [column[0] for column in cursor.description]
        return [BookLine(**line) for line in _named(names, cursor.fetchall())]


def _named(names: list[str], rows: Iterable[tuple[Any, ...]]) -> Iterable[Mapping[str, Any]]:
    return (dict(zip(names, row, strict=True)) for row in rows)
