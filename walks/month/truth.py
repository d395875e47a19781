"""What is true, counted from the entries, the books and the declarations alone: none of the product's statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

COUNTED = ("entered", "checked", "approved", "transferred")
LEGIBLE = ("normal", "cancelled_in_book", "unreadable_accepted")

BOOKS = """
SELECT id, kind, custodian_id, total FROM digitization_book
WHERE second_copy_of_id IS NULL AND kind = ANY(%s)"""
ENTRIES = (
    "SELECT book_id, status, standing, count(*), max(entered_at) FROM digitization_record GROUP BY 1, 2, 3"
)
DECLARED = "SELECT book_id, day, revision, n, at FROM digitization_declaration"


@dataclass(slots=True)
class TrueBook:
    """One book at one moment."""

    unit: int
    kind: str
    total: int | None
    held: int = 0
    declared: int = 0
    checked: int = 0
    approved: int = 0
    transferred: int = 0
    returned: int = 0
    duplicate: int = 0
    last_at: datetime | None = None
    declared_at: datetime | None = None
    _newest: tuple[object, ...] = field(default=(), repr=False)

    @property
    def room(self) -> int:
        """Return the total; 0 where there is none."""
        return self.total or 0

    @property
    def counted(self) -> int:
        """Return what is held or declared, whichever is more."""
        return max(self.held, self.declared)

    @property
    def done(self) -> int:
        """Return what of it counts."""
        return min(self.room, self.counted)

    @property
    def full(self) -> bool:
        """Tell whether nothing is left of a book whose total is known."""
        return self.total is not None and self.counted >= self.total


@dataclass(frozen=True, slots=True)
class Sums:
    """The books of one unit, or of all, added up."""

    books: int
    full: int
    total: int
    done: int
    checked: int
    approved: int
    transferred: int
    returned: int
    duplicate: int
    excess: int
    declared_only: int
    last_at: datetime | None
    heard_at: datetime | None

    @property
    def remaining(self) -> int:
        """Return what is left."""
        return self.total - self.done

    @property
    def complete(self) -> bool:
        """Tell whether every book is full."""
        return self.books > 0 and self.books == self.full


Recount = Mapping[int, TrueBook]


def recount(kinds: Iterable[str]) -> Recount:
    """Count every book of these kinds as it stands."""
    books: dict[int, TrueBook] = {}
    with connection.cursor() as cursor:
        cursor.execute(BOOKS, [list(kinds)])
        for book, kind, unit, total in cursor.fetchall():
            books[book] = TrueBook(unit, kind, total)
        cursor.execute(ENTRIES)
        for book, status, standing, n, last_at in cursor.fetchall():
            if book in books:
                _add(books[book], status, standing, n, last_at)
        cursor.execute(DECLARED)
        for book, day, revision, n, at in cursor.fetchall():
            if book in books and (day, revision) > (books[book]._newest or (day.min, 0)):
                books[book]._newest = (day, revision)
                books[book].declared, books[book].declared_at = n, at
    return books


def _add(book: TrueBook, status: str, standing: str, n: int, last_at: datetime) -> None:
    if standing == "duplicate":
        book.duplicate += n
    if standing not in LEGIBLE:
        return
    if status == "returned":
        book.returned += n
    if status not in COUNTED:
        return
    book.held += n
    book.checked += n if COUNTED.index(status) >= 1 else 0
    book.approved += n if COUNTED.index(status) >= 2 else 0
    book.transferred += n if COUNTED.index(status) >= 3 else 0
    book.last_at = max(filter(None, (book.last_at, last_at)))


def sums(books: Iterable[TrueBook]) -> Sums:
    """Add books up, each clamped with its own total first."""
    listed = list(books)
    typed = [book.last_at for book in listed if book.last_at]
    heard = typed + [book.declared_at for book in listed if book.declared_at and book.declared > book.held]
    return Sums(
        books=len(listed),
        full=sum(book.full for book in listed),
        total=sum(book.room for book in listed),
        done=sum(book.done for book in listed),
        checked=sum(min(book.room, book.checked) for book in listed),
        approved=sum(min(book.room, book.approved) for book in listed),
        transferred=sum(min(book.room, book.transferred) for book in listed),
        returned=sum(book.returned for book in listed),
        duplicate=sum(book.duplicate for book in listed),
        excess=sum(max(book.counted - book.room, 0) for book in listed if book.total is not None),
        declared_only=sum(book.done - min(book.room, book.held) for book in listed),
        last_at=max(typed, default=None),
        heard_at=max(heard, default=None),
    )


def of_unit(books: Recount, unit: int) -> Sums:
    """Add up what a unit keeps."""
    return sums(book for book in books.values() if book.unit == unit)


def gained(then: Recount, end: Recount, kept: Recount, unit: int | None = None) -> int:
    """Return what was added from ``then`` to ``end`` in the books ``unit`` (or everybody) keeps at ``kept``."""
    mine = {pk: book for pk, book in kept.items() if unit is None or book.unit == unit}
    return sum(
        min(book.room, _counted(end, pk)) - min(book.room, _counted(then, pk)) for pk, book in mine.items()
    )


def _counted(books: Recount, pk: int) -> int:
    return books[pk].counted if pk in books else 0
