"""What the inventory pages print: books with their counts, a book with its entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from digitization.book_counts import IN_NATIONAL_ORDER, with_counts
from digitization.bookmarks import Stop
from digitization.filters import OPEN, address_of
from digitization.models import Book, BookFlood, Status
from digitization.models.record import RecordQuerySet
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Label


@dataclass(frozen=True, slots=True)
class Line:
    """One book of a shelf, its entries with open warnings, and the lists of these, of the typed and the returned ones.

    ``floods`` are how many values in it are too common to be true; ``stop`` is where the reader stopped in it, as long
    as it is not full.
    """

    book: Book
    warnings: int
    with_warnings: str
    typed: str
    returned: str
    floods: int = 0
    stop: Stop | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The books of one kind in a list, with their sums; ``declared_only`` is part of ``counted`` and not held here."""

    kind: str
    label: Label
    lines: list[Line]
    total: int
    counted: int
    declared_only: int


def shelves(
    books: QuerySet[Book], records: RecordQuerySet, stops: Mapping[int, Stop], *, whole: bool = False
) -> list[Shelf]:
    """Return the books kind by kind, in the order of the national kinds; ``records`` are those the person sees.

    ``stops`` are the places at which they stopped, by book. ``whole``: the person sees every entry, and is told which
    books have values too common to be true.
    """
    warned = records.filter(open_warnings__gt=0).select_related(None).order_by().values_list("book")
    warnings = dict(warned.annotate(n=Count("pk")))
    flooded = BookFlood.objects.filter(book__in=books.order_by().values("pk")).order_by().values_list("book")
    floods = dict(flooded.annotate(n=Count("pk"))) if whole else {}
    found: dict[str, list[Book]] = {}
    for book in with_counts(books).order_by(IN_NATIONAL_ORDER, "opened_year", "book_no", "pk"):
        found.setdefault(book.kind, []).append(book)
    return [
        Shelf(
            kind,
            BY_CODE[kind].label,
            [
                _line(book, warnings.get(book.pk, 0), floods.get(book.pk, 0), stops.get(book.pk))
                for book in those
            ],
            sum(book.total or 0 for book in those),
            sum(book.digitized for book in those),  # type: ignore[attr-defined]
            sum(book.digitized - book.counted for book in those),  # type: ignore[attr-defined]
        )
        for kind, those in found.items()
    ]


def _line(book: Book, warnings: int, floods: int, stop: Stop | None) -> Line:
    return Line(
        book,
        warnings,
        with_warnings=address_of({"book": book.pk, "finding": OPEN}),
        typed=address_of({"book": book.pk, "stage": Status.ENTERED}),
        returned=address_of({"book": book.pk, "status": Status.RETURNED}),
        floods=floods,
        stop=None if book.total is not None and book.digitized >= book.total else stop,  # type: ignore[attr-defined]
    )
