"""Numbers of entries: unique per place, kind, series and year among the entries that hold their number.

The database decides (two clerks may save at the same instant); here its refusal becomes a sentence about the other
entry. Decree 158/2005, Article 68: numbers run from 01 to the end of the year and start again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import IntegrityError
from django.db.models import F, Max

from digitization.models import Book, Record
from digitization.verbs import NumberTaken, SameEntry, violated

CONSTRAINT = "record_number_once"
PERSONS = (
    *("subject_fold", "subject_born_earliest", "subject_born_latest"),
    *("second_fold", "second_born_earliest", "second_born_latest"),
)
KEYS = ("place_id", "kind", "series", "number_year", "number", "suffix")


def number_key(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return what makes a number the same number, from column values."""
    return {key: columns[key] for key in KEYS}


def key_of(record: Record) -> dict[str, Any]:
    """Return the number key of a record."""
    return {key: getattr(record, key) for key in KEYS}


def next_twin(key: Mapping[str, Any]) -> int:
    """Return the next free ``twin`` for entries that share a number on purpose."""
    return max(Record.objects.counting().filter(**key).values_list("twin", flat=True), default=-1) + 1


def free_twin(columns: Mapping[str, Any], *, but: int = 0) -> int:
    """Return the next free ``twin`` for a number that may be held already. Raises SameEntry."""
    refuse_same_entry(columns, but=but)
    return next_twin(number_key(columns))


def refuse_same_entry(columns: Mapping[str, Any], *, but: int = 0) -> None:
    """Raise SameEntry where another entry has number, names and births alike: two entries may share only the number."""
    alike = {name: columns[name] for name in (*KEYS, *PERSONS)}
    if alike["number"] is None or alike["number_year"] is None or not alike["subject_fold"]:
        return
    same = Record.objects.counting().filter(**alike).exclude(pk=but)
    if found := same.select_related("book").first():
        raise SameEntry(found)


def same_persons(record: Record, columns: Mapping[str, Any]) -> bool:
    """Tell whether the record already names the persons of these column values."""
    return all(getattr(record, name) == columns[name] for name in PERSONS)


def holding(key: Mapping[str, Any], act: Callable[[], Any], *, but: int = 0) -> int:
    """Run ``act`` and return its answer, an id; raises NumberTaken, naming the other entry, if the number is held."""
    try:
        return int(act())
    except IntegrityError as error:
        if violated(error) != CONSTRAINT:
            raise
        same = Record.objects.counting().filter(**key).exclude(pk=but)
        raise NumberTaken(same.select_related("book").first()) from None


def next_numbers(books: Iterable[Book]) -> dict[int, int]:
    """Return, by book id, the number after the highest one of the latest year typed in it.

    An empty book goes on where the other books of its place, kind and year stand: a second book of the same year
    continues the numbers (Decree 158/2005, Article 68).
    """
    listed = list(books)
    # A number whose year cannot be read is no sign of where a book stands, unless there is no other.
    latest = (
        Record.objects.counting()
        .filter(book__in=listed, number__isnull=False)
        .order_by("book_id", F("number_year").desc(nulls_last=True), F("number").desc())
        .distinct("book_id")
        .values_list("book_id", "number")
    )
    highest = {book_id: number or 0 for book_id, number in latest}
    empty = [book for book in listed if book.pk not in highest]
    return {book_id: number + 1 for book_id, number in highest.items()} | _after_the_others(empty)


def _after_the_others(books: list[Book]) -> dict[int, int]:
    years = {
        book.pk: (book.place_id, book.kind, book.series, book.year_from or book.opened_year) for book in books
    }
    highest = (
        Record.objects.counting()
        .filter(
            place__in={key[0] for key in years.values()}, number_year__in={key[3] for key in years.values()}
        )
        .values_list("place_id", "kind", "series", "number_year")
        .annotate(highest=Max("number"))
    )
    known = {(place, kind, series, year): number or 0 for place, kind, series, year, number in highest}
    return {pk: known.get(key, 0) + 1 for pk, key in years.items()}
