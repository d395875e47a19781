"""What the demonstration has shared out: where everybody stopped, and what each helper was given this morning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from communes.models import User
from digitization.models import Book, Bookmark, Measure, Record, WorkRange
from reports.demonstration.figures import NOW

_A_DAYS_WORK = 40
_DAYS = 3


def load_given(people: Mapping[str, User], slugs: Iterable[str]) -> None:
    """Write the bookmarks of everybody, and give each helper what follows where they stopped, if that is not full."""
    last = Record.objects.order_by("entered_by_id", "book_id", "-entered_at", "-pk")
    read = last.distinct("entered_by_id", "book_id").only(
        "book_id", "entered_by_id", "entered_at", "number", "number_year"
    )
    stopped = list(read)
    Bookmark.objects.bulk_create(
        Bookmark(
            user_id=record.entered_by_id, book_id=record.book_id, record_id=record.pk, at=record.entered_at
        )
        for record in stopped
    )
    helpers = {people[f"helper.{slug}"].pk: slug for slug in slugs}
    # Read anew: a trigger wrote the totals.
    shelf = Book.objects.in_bulk({record.book_id for record in stopped})
    given: dict[str, WorkRange] = {}
    for record in sorted(stopped, key=lambda record: (record.entered_at, record.pk), reverse=True):
        slug = helpers.get(record.entered_by_id)
        if slug is not None and slug not in given and (left := _left_in(shelf[record.book_id])):
            given[slug] = _given(people, slug, record, left)
    WorkRange.objects.bulk_create(given.values())


def _left_in(book: Book) -> int:
    return max((book.total or 0) - book.records.counting().count(), 0)


def _given(people: Mapping[str, User], slug: str, record: Record, left: int) -> WorkRange:
    number, year = record.number or 0, record.number_year or NOW.year
    return WorkRange(
        book_id=record.book_id,
        person=people[f"helper.{slug}"],
        measure=Measure.NUMBERS,
        year=year,
        first=number + 1,
        last=number + min(left, _A_DAYS_WORK),
        until=NOW.date() + timedelta(days=_DAYS),
        given_by=people[f"officer.{slug}"],
        given_at=NOW.replace(hour=8, minute=5),
    )
