"""A commune that types part of its books straight into the national software, and declares what that holds.

Of each of these books less is declared than is held here, so that the founding figures stay what they are: the two
numbers stand side by side, and nothing is added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from civreg.lib.clock import VIETNAM
from communes.models import User
from digitization.models import Book, BookTally, Declaration

# The first of them that is in this size of the demonstration.
DECLARING = ("van-du", "hop-nhat")
_BOOKS = 6
_FIRST, _SECOND = date(2024, 12, 2), date(2024, 12, 4)
_NOTE = "Màn hình thống kê của phần mềm quốc gia, 16 giờ 30 (dữ liệu minh họa)"
_LESS = "Hôm 02/12 đếm cả sổ khác, nay đếm lại (dữ liệu minh họa)"


def load_declared(people: Mapping[str, User], books: Mapping[str, Sequence[Book]]) -> int:
    """Declare the books of one commune that were typed first, on two days; returns how many declarations there are."""
    slug = next(slug for slug in DECLARING if slug in books)
    held = BookTally.objects.filter(book__in=books[slug], status="approved", standing="normal", n__gte=8)
    first = list(held.filter(last_at__date__lt=_FIRST).order_by("last_at", "book_id")[:_BOOKS])
    rows = [
        row for place, tally in enumerate(first) for row in _of_book(place, tally, people[f"officer.{slug}"])
    ]
    return len(Declaration.objects.bulk_create(rows))


def _of_book(place: int, tally: BookTally, officer: User) -> Iterator[Declaration]:
    """Yield two statements: most books have grown, the third was counted too high at first."""
    early, late = (tally.n * 7 // 8, tally.n * 3 // 4) if place == 2 else (tally.n // 2, tally.n * 4 // 5)
    yield _said(tally.book_id, _FIRST, early, _NOTE, officer)
    yield _said(tally.book_id, _SECOND, late, _LESS if late < early else _NOTE, officer)


def _said(book: int, day: date, n: int, note: str, by: User) -> Declaration:
    at = datetime(day.year, day.month, day.day, 16, 34, tzinfo=VIETNAM) + timedelta(minutes=book % 7)
    return Declaration(book_id=book, day=day, n=n, note=note, by=by, at=at)
