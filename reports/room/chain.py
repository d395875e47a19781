"""The chain of counts, from what is to be digitized to what is left: every number leads to exactly what it counts.

District → communes → kinds → books → entries. A number of the district leads to its communes, one of a commune to its
books, one of a book to its entries, for those who may open them; 0 leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from digitization.record_types import BY_CODE
from reports.progress.counting import OF_A_BOOK
from reports.progress.figures import Figures
from reports.room.live import Piece

# What one book adds to each number of the chain.
AMOUNTS = {**OF_A_BOOK, "remaining": "room - least(room, counted)"}


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of the chain: its name in addresses, its name among the figures, and what people call it."""

    code: str
    figure: str
    label: str | Promise
    on_phone: bool = False

    def of(self, figures: Figures) -> int:
        """Return the number."""
        return int(getattr(figures, self.figure))


CHAIN: tuple[Measure, ...] = (
    Measure("tong-so", "total", pgettext_lazy("column", "To digitize"), on_phone=True),
    Measure("trang", "scanned_pages", pgettext_lazy("chain", "Pages scanned")),
    Measure("da-nhap", "done", pgettext_lazy("chain", "Entered"), on_phone=True),
    Measure("kiem-tra", "checked", pgettext_lazy("stage", "Checked")),
    Measure("phe-duyet", "approved", pgettext_lazy("stage", "Approved")),
    Measure("da-chuyen", "transferred", pgettext_lazy("stage", "Transferred")),
    Measure("tra-lai", "returned", pgettext_lazy("stage", "Returned")),
    Measure("trung", "duplicate", pgettext_lazy("chain", "Duplicate")),
    Measure("khong-doc-duoc", "unreadable", pgettext_lazy("chain", "Unreadable")),
    Measure("con-lai", "remaining", pgettext_lazy("column", "Remaining"), on_phone=True),
)
# What stands beside the chain leads to its books as well.
BESIDE: tuple[Measure, ...] = (
    Measure("khai-bao", "declared_only", pgettext_lazy("chain", "Only declared")),
    Measure("vuot-tong", "excess", pgettext_lazy("chain", "Above the total")),
    Measure("chua-co-tong", "no_total_books", pgettext_lazy("chain", "Books without a total")),
    Measure("chua-tinh", "untotalled", pgettext_lazy("chain", "Not counted, without a total")),
    Measure("du-so", "full_books", pgettext_lazy("chain", "Full books")),
    Measure("chua-ro-trang", "no_pages_books", pgettext_lazy("chain", "Books without a page count")),
)
BY_CODE_IN_ADDRESS = {measure.code: measure for measure in (*CHAIN, *BESIDE)}
BY_FIGURE = {measure.figure: measure for measure in BY_CODE_IN_ADDRESS.values()}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a list is narrowed to: books of one kind, books that have part in one number, or both."""

    kind: str = ""
    measure: Measure | None = None

    @classmethod
    def read(cls, given: Any) -> Choice:
        """Read it from an address; what nobody knows narrows nothing."""
        kind = given.get("loai", "")
        return cls(kind if kind in BY_CODE else "", BY_CODE_IN_ADDRESS.get(given.get("so-lieu", "")))

    @property
    def query(self) -> str:
        """Return it as part of an address, "" where it narrows nothing."""
        return _encoded(self.kind, self.measure.code if self.measure else "")


# Every number of a page is a link, and they are a few dozen in all.
@lru_cache(maxsize=256)
def _encoded(kind: str, code: str) -> str:
    given = {"loai": kind, "so-lieu": code}
    return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class Count:
    """A number and the address of what it counts, "" for no link; ``of`` is what it is a part of, where that is said.

    ``declared`` stands beside it and is never added to it.
    """

    n: int | None
    address: str = ""
    of: int | None = None
    has_of: bool = False
    declared: int = 0
    declared_address: str = ""
    on_phone: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chain: what it is about, where that leads, and its numbers in the order of ``CHAIN``.

    ``key`` tells it from the others where a page keeps it fresh, "" where none does.
    """

    key: str
    name: str | Promise
    address: str
    figures: Figures
    full: Count
    counts: tuple[Count, ...]

    @property
    def cells(self) -> tuple[Count, ...]:
        """Return its full books, and then its numbers."""
        return (self.full, *self.counts)


@dataclass(frozen=True, slots=True)
class Chain:
    """A table of numbers: one line for each part, and their sum."""

    rows: Sequence[Row]
    sum: Row

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Return what heads the columns."""
        return CHAIN

    @property
    def pieces(self) -> list[Piece]:
        """Return the lines as pieces of a page that keeps them fresh."""
        lines = [*self.rows, self.sum] if self.rows else []
        return [Piece.showing("reports/parts/chain_row.html", line, line.key, line.figures) for line in lines]


SUM = pgettext_lazy("table", "Sum")

# From a measure to the address of what it counts.
Leads = Callable[[Measure], str]


def row(
    name: str | Promise, figures: Figures, leads: Leads, *, key: str = "", address: str = "", chosen: str = ""
) -> Row:
    """Return the line of some figures; ``chosen`` is the figure the table was opened for."""
    return Row(
        key,
        name,
        address,
        figures,
        _count(BY_FIGURE["full_books"], figures, leads, chosen),
        tuple(_count(measure, figures, leads, chosen) for measure in CHAIN),
    )


def by_kind(
    kinds: Iterable[tuple[str, Figures]], all_together: Figures, leads: Callable[[Choice], str]
) -> Chain:
    """Return the chain kind by kind; ``leads`` gives the address of a choice."""
    return Chain(
        [
            row(kind_name(kind), figures, _of_kind(kind, leads), key=kind, address=leads(Choice(kind)))
            for kind, figures in in_order(kinds)
        ],
        row(SUM, all_together, _of_kind("", leads), key="sum"),
    )


def beside(leads: Callable[[Choice], str]) -> dict[str, str]:
    """Return where the numbers beside a headline lead, by the name of the figure."""
    also = (BY_FIGURE["duplicate"], BY_FIGURE["unreadable"])
    return {measure.figure: leads(Choice("", measure)) for measure in (*BESIDE, *also)}


def in_order(kinds: Iterable[tuple[str, Figures]]) -> list[tuple[str, Figures]]:
    """Return kinds in the national order, one that nobody knows any more behind them."""
    order = list(BY_CODE)
    return sorted(kinds, key=lambda known: order.index(known[0]) if known[0] in order else len(order))


def kind_name(kind: str) -> Any:
    """Return the name of a kind of book; a kind nobody knows shows its code."""
    known = BY_CODE.get(kind)
    return known.label if known else kind


def _of_kind(kind: str, leads: Callable[[Choice], str]) -> Leads:
    return lambda measure: leads(Choice(kind, measure))


def _count(measure: Measure, figures: Figures, leads: Leads, chosen: str) -> Count:
    n = measure.of(figures)
    pages, done = measure.figure == "scanned_pages", measure.figure == "done"
    declared = figures.declared_only if done else 0
    return Count(
        n,
        leads(measure) if n else "",
        of=figures.pages if pages else figures.books if measure.figure == "full_books" else None,
        has_of=pages or measure.figure == "full_books",
        declared=declared,
        declared_address=leads(BY_FIGURE["declared_only"]) if declared else "",
        on_phone=measure.on_phone,
        chosen=measure.figure == chosen,
    )
