"""The books behind a number of a commune: each with its own numbers, which lead to its entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from civreg.lib.statements import dicts_of
from digitization.record_types import BY_CODE
from reports.models import Campaign
from reports.progress.counting import books_of, parameters
from reports.progress.figures import COUNTS, Figures
from reports.room.chain import AMOUNTS, Choice, Count, kind_name

PAGE_SIZE = 100
_SUMS = ", ".join(f"sum({AMOUNTS[name]}) OVER () AS sum_{name}" for name in COUNTS)
_AMOUNT = " ".join(f"WHEN '{name}' THEN {amount}" for name, amount in AMOUNTS.items())

# The same counting as everywhere, book by book; one row more than a page tells whether there is a next one.
PAGE = f""",
listed AS (
    SELECT *, CASE %(measure)s::text {_AMOUNT} ELSE 1 END AS amount FROM books
    WHERE %(kind)s = '' OR kind = %(kind)s
),
chosen AS (
    SELECT *, count(*) OVER () AS n_books, sum(amount) OVER () AS sum_amount, {_SUMS} FROM listed WHERE amount > 0
)
SELECT b.book_id AS pk, b.kind, b.total, b.stated_pages AS pages, b.scanned, b.held, b.declared, b.counted,
    b.checked, b.approved, b.transferred, b.returned, b.duplicate, b.unreadable,
    CASE WHEN %(measure)s::text IS NOT NULL THEN b.amount END AS amount,
    k.book_no || '/' || k.opened_year AS quyen_so,
    coalesce(k.year_from, k.opened_year) AS first_year, coalesce(k.year_to, k.year_from, k.opened_year) AS last_year,
    b.n_books, b.sum_amount, {", ".join(f"b.sum_{name}" for name in COUNTS)}
FROM chosen b JOIN digitization_book k ON k.id = b.book_id
ORDER BY array_position(%(order)s, b.kind), b.kind, k.opened_year, length(k.book_no), k.book_no, b.book_id
LIMIT {PAGE_SIZE + 1} OFFSET %(start)s
"""


@dataclass(frozen=True, slots=True)
class Opening:
    """The addresses of the pages a book's numbers lead to."""

    book: str
    scans: str
    declared: str
    entries: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One book in the list. Its counts are not clamped: what lies above the total is shown as such.

    ``amount`` is what it adds to the number the list was opened for, None where the list shows all books.
    """

    pk: int
    kind: str
    quyen_so: str
    first_year: int
    last_year: int
    total: int | None
    pages: int | None
    scanned: int
    held: int
    declared: int
    counted: int
    checked: int
    approved: int
    transferred: int
    returned: int
    duplicate: int
    unreadable: int
    amount: int | None
    opening: Opening | None = field(default=None, repr=False)

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
    def remaining(self) -> int | None:
        """Return how many are left to digitize; None while there is no total."""
        return max(self.total - self.counted, 0) if self.total is not None else None

    @property
    def full(self) -> bool:
        """Tell whether the book has a total and is full."""
        return self.total is not None and self.counted >= self.total

    @property
    def kind_name(self) -> Any:
        """Return the name of its kind."""
        return kind_name(self.kind)

    @property
    def counts(self) -> tuple[Count, ...]:
        """Return its numbers in the order of the chain, with links for whoever may open it."""
        open_to = self.opening or Opening("", "", "", "")

        def at(stage: str) -> str:
            return f"{open_to.entries}&stage={stage}" if self.opening else ""

        def named(anchor: str) -> str:
            return f"{open_to.book}#{anchor}" if self.opening else ""

        return (
            _count(self.total, named("tong-so"), on_phone=True),
            Count(self.scanned, open_to.scans if self.scanned else "", of=self.pages, has_of=True),
            Count(
                self.held,
                at("entered") if self.held else "",
                declared=self.declared,
                declared_address=open_to.declared,
                on_phone=True,
            ),
            _count(self.checked, at("checked")),
            _count(self.approved, at("approved")),
            _count(self.transferred, at("transferred")),
            _count(self.returned, at("returned")),
            _count(self.duplicate, at("duplicate")),
            _count(self.unreadable, at("unreadable")),
            _count(self.remaining, named("nghiem-thu"), on_phone=True),
        )


@dataclass(frozen=True, slots=True)
class BookList:
    """One page of the books of a unit: ``sums`` are what all books of the list add to the figures, clamped as there."""

    lines: tuple[BookLine, ...]
    more: bool
    n: int
    sums: Figures
    amount: int


def read_books(campaign: Campaign, unit: int, choice: Choice, *, number: int, links: bool) -> BookList:
    """Read page ``number`` of the books that ``choice`` leaves; ``links`` where the reader may open them."""
    asked = {
        **parameters([campaign.pk], unit=unit),
        "start": (number - 1) * PAGE_SIZE,
        "order": list(BY_CODE),
        "kind": choice.kind,
        "measure": choice.measure.figure if choice.measure else None,
    }
    rows = dicts_of(books_of(closed=campaign.closed) + PAGE, asked)
    first = rows[0] if rows else {}
    return BookList(
        lines=tuple(_line(row, links=links) for row in rows[:PAGE_SIZE]),
        more=len(rows) > PAGE_SIZE,
        n=first.get("n_books", 0),
        sums=Figures.read({name: first.get(f"sum_{name}") for name in COUNTS}),
        amount=int(first.get("sum_amount") or 0),
    )


def _line(row: Mapping[str, Any], *, links: bool) -> BookLine:
    own: Iterable[tuple[str, Any]] = ((name, row[name]) for name in _COLUMNS)
    return BookLine(**dict(own), opening=_opening(row["pk"]) if links else None)


def _opening(pk: int) -> Opening:
    return Opening(
        book=reverse("digitization:book", args=(pk,)),
        scans=reverse("digitization:book_scans", args=(pk,)),
        declared=reverse("digitization:declare_book", args=(pk,)),
        entries=f"{reverse('digitization:records')}?book={pk}",
    )


def _count(n: int | None, address: str, *, on_phone: bool = False) -> Count:
    return Count(n, address if n else "", on_phone=on_phone)


_COLUMNS = tuple(name for name in BookLine.__dataclass_fields__ if name != "opening")
