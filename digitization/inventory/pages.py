"""What the inventory pages print: books with their counts, a book with its entries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from digitization.models import COUNTED_STANDINGS, COUNTED_STATUSES, Book, BookTally
from digitization.record_types import ALL, BY_CODE
from digitization.record_types.contract import Label

_COUNTS = Q(status__in=COUNTED_STATUSES, standing__in=COUNTED_STANDINGS)


def with_counts(books: QuerySet[Book]) -> QuerySet[Book]:
    """Return the books with ``counted`` entries and ``returned`` ones, from the tallies."""
    return books.annotate(counted=_tallied(_COUNTS), returned=_tallied(Q(status="returned")))


def _tallied(condition: Q) -> Coalesce:
    tallies = BookTally.objects.filter(condition, book=OuterRef("pk")).order_by().values("book")
    return Coalesce(Subquery(tallies.annotate(s=Sum("n")).values("s"), output_field=IntegerField()), Value(0))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The books of one kind in a list, with their sums."""

    kind: str
    label: Label
    books: list[Book]
    total: int
    counted: int


def shelves(books: QuerySet[Book]) -> list[Shelf]:
    """Return the books kind by kind, in the order of the national kinds."""
    order = Case(*(When(kind=t.code, then=Value(i)) for i, t in enumerate(ALL)), output_field=IntegerField())
    found: dict[str, list[Book]] = {}
    for book in with_counts(books).order_by(order, "opened_year", "book_no", "pk"):
        found.setdefault(book.kind, []).append(book)
    return [
        Shelf(
            kind,
            BY_CODE[kind].label,
            those,
            sum(book.total or 0 for book in those),
            sum(book.counted for book in those),  # type: ignore[attr-defined]
        )
        for kind, those in found.items()
    ]
