"""The page of one unit: where it stands, its chain of counts by kind of book, and every book."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from communes.models import Role
from communes.rights import Rights
from reports.campaigns.access import signs_for
from reports.progress.figures import Figures
from reports.progress.milestones import Told
from reports.progress.read import DistrictProgress, UnitFigures
from reports.room.books import BookLine, BookList, read_books
from reports.room.chain import Chain, Choice, Count, beside, by_kind, in_order, kind_name, row
from reports.room.choosing import Chosen, Quota
from reports.room.live import Part, Piece, hour_of
from reports.room.states import MARKS, Mark


@dataclass(frozen=True)
class CommunePage:
    """What the page of one unit shows; ``links`` when the reader may open its books."""

    progress: DistrictProgress
    listed: BookList
    choice: Choice
    number: int
    links: bool
    signs: bool
    chosen: Chosen

    @classmethod
    def read(
        cls, progress: DistrictProgress, choice: Choice, *, number: int, rights: Rights, chosen: Chosen
    ) -> CommunePage:
        """Read page ``number`` of the books that ``choice`` leaves of the one unit in ``progress``."""
        unit, campaign = progress.units[0], progress.campaign
        # A closed campaign shows its books as they stood; their pages show them as they stand.
        links = _may_open(rights, unit) and not campaign.closed
        return cls(
            progress=progress,
            listed=read_books(campaign, unit.unit_id, choice, number=number, links=links),
            choice=choice,
            number=number,
            links=links,
            signs=signs_for(rights, unit.unit_id) and not campaign.closed,
            chosen=chosen,
        )

    @property
    def unit(self) -> UnitFigures:
        """Return the unit."""
        return self.progress.units[0]

    @property
    def figures(self) -> Figures:
        """Return the figures of the unit."""
        return self.unit.figures

    @property
    def books(self) -> tuple[BookLine, ...]:
        """Return the books of the page."""
        return self.listed.lines

    @property
    def more(self) -> bool:
        """Tell whether there is a next page of books."""
        return self.listed.more

    @property
    def mark(self) -> Mark:
        """Return how its state is shown."""
        return MARKS[self.unit.outlook.state]

    @property
    def kinds(self) -> list[tuple[Any, Figures]]:
        """Return the figures by kind of book, in the order of the kinds."""
        return [(kind_name(kind), figures) for kind, figures in in_order(self.unit.by_kind.items())]

    @cached_property
    def chain(self) -> Chain:
        """Return the chain by kind; its numbers lead to the list of books below it."""
        return by_kind(self.unit.by_kind.items(), self.figures, self.leads)

    @property
    def chosen_kind(self) -> Any:
        """Return the name of the kind the list of books is narrowed to, "" for none."""
        return kind_name(self.choice.kind) if self.choice.kind else ""

    @property
    def beside(self) -> dict[str, str]:
        """Return where the numbers beside the headline lead, by the name of the figure."""
        return beside(self.leads)

    @property
    def sums(self) -> tuple[Count, ...]:
        """Return what the books of the list add to each number of the chain."""
        return row("", self.listed.sums, lambda measure: "").counts

    def leads(self, choice: Choice) -> str:
        """Return the address of this page with the books of a choice."""
        address = reverse("reports:commune", args=(self.unit.slug,))
        return f"{address}?{choice.query}{self.chosen.more}#books"

    @property
    def query(self) -> str:
        """Return what the address of the page needs to show the same again."""
        own = "&".join(part for part in (self.choice.query, f"trang={self.number}") if part)
        return f"{own}{self.chosen.more}"

    @property
    def list_query(self) -> str:
        """Return the beginning of the address of another page of the list."""
        own = (self.choice.query, self.chosen.query)
        return "".join(f"{part}&" for part in own if part)

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
        beside = (self.quota, self.milestones, progress.schedule.day, hour_of(progress))
        return (
            Part.showing("reports/parts/unit_head.html", unit.figures, unit.outlook, unit.lately, *beside),
            Part.showing(
                "reports/parts/kinds.html", list(unit.by_kind), self.choice, pieces=self.chain.pieces
            ),
            self._list,
        )

    @property
    def _list(self) -> Part:
        listed = self.listed
        lines = [Piece.showing("reports/parts/book_row.html", book, book) for book in self.books]
        sums = (
            [Piece.showing("reports/parts/books_sum.html", listed, listed.sums, listed.amount)]
            if lines
            else []
        )
        # What stands above and below the lines.
        around = (listed.n, self.more, self.choice, listed.sums.excess, listed.sums.untotalled)
        amount = listed.amount if self.choice.measure else None
        which = [book.pk for book in self.books]
        return Part.showing("reports/parts/books.html", which, *around, amount, pieces=[*lines, *sums])


def _may_open(rights: Rights, unit: UnitFigures) -> bool:
    over = rights.own_units(Role.JUSTICE)
    return unit.unit_id in rights.own_units(Role.OFFICER, Role.LEADER) | over or unit.parent_id in over
