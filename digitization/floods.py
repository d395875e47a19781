"""B06: values that stand in too many entries of a book to be true, such as 19/11/1999 typed into every blank date.

The worker looks through a book whenever entries of it were typed or moved on, and through every book once a day; pages
only read what it found. Looked at are whole dates, numbers of identity papers, and words that only stand in for missing
ones ("không", "-"). Left out is the date of registration: offices do register many entries on one day.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import timedelta
from functools import cache, reduce
from operator import or_
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from civreg.lib.statements import rows_of
from digitization.entry_rows import HEAD_TEXTS
from digitization.models import BookFlood, BookLook
from digitization.models.states import NUMBER_FREE
from digitization.record_types import BY_CODE
from digitization.record_types.checks.given import is_filler
from digitization.record_types.contract import Input, Problem
from digitization.record_types.entries import full_label, said
from digitization.rules.books import B06

logger = logging.getLogger(__name__)

# A tenth of a small book is one family.
FEWEST, SHARE = 5, 0.05
_LOOK_AGAIN = timedelta(days=1)
# The same worker rolls up the figures every two seconds.
_SECONDS_AT_ONCE = 0.5
_BOOKS_AT_ONCE = 50
_HEAD_TEXTS = ", ".join(f"r.{name}" for name in HEAD_TEXTS)

_DUE = """
SELECT t.book_id, b.kind, t.mark
FROM (SELECT book_id, md5(string_agg(concat_ws(' ', status, standing, n), ',' ORDER BY status, standing)) AS mark
      FROM digitization_booktally WHERE n > 0 GROUP BY book_id) AS t
JOIN digitization_book AS b ON b.id = t.book_id
LEFT JOIN digitization_booklook AS l ON l.book_id = t.book_id
WHERE l.book_id IS NULL OR l.mark <> t.mark OR l.at < %(before)s
ORDER BY l.at NULLS FIRST, t.book_id LIMIT %(most)s
"""
# A stated absence has no words, and a chosen code is an answer: neither is looked at.
_FIND = f"""
WITH entries AS (
  SELECT r.content || to_jsonb(head) AS said
  FROM digitization_record AS r CROSS JOIN LATERAL (SELECT {_HEAD_TEXTS}) AS head
  WHERE r.book_id = %(book)s AND r.standing NOT IN ('duplicate', 'withdrawn')),
words AS (
  SELECT part.key AS field, CASE
      WHEN part.key = ANY(%(dates)s) THEN substring(part.value ->> 'on' FROM '^.{{10}}$')
      WHEN jsonb_typeof(part.value) = 'string' THEN part.value #>> '{{}}'
      WHEN part.value ? 'code' THEN NULL
      ELSE coalesce(part.value ->> 'text', part.value ->> 'written') END AS value
  FROM entries CROSS JOIN LATERAL jsonb_each(entries.said) AS part)
SELECT field, value, count(*) AS n, (SELECT count(*) FROM entries) AS whole FROM words
WHERE value <> '' AND length(value) <= 20 GROUP BY field, value
HAVING count(*) >= %(fewest)s AND count(*) > %(share)s * (SELECT count(*) FROM entries)
"""


def look(seconds: float = _SECONDS_AT_ONCE) -> int:
    """Look through books that are due, longest ago first, until the time is used up; returns through how many."""
    done, until = 0, time.monotonic() + seconds
    for book, kind, mark in _due():
        try:
            look_through(book, kind, mark)
        except DatabaseError:
            # A book that takes too long waits for its next turn: it must not keep the others from theirs.
            logger.exception("a book could not be looked through", extra={"book": book})
            _put_off(book, mark)
        done += 1
        if time.monotonic() >= until:
            break
    return done


def look_through(book: int, kind: str, mark: str = "") -> None:
    """Find the values too common in a book, by its id, and remember them in place of those found before."""
    with transaction.atomic():
        found = [BookFlood(book_id=book, **flood) for flood in _found(book, kind)]
        # Two workers at one book: the later waits for the row.
        BookLook.objects.update_or_create(book_id=book, defaults={"mark": mark, "at": clock.now()})
        BookFlood.objects.filter(book=book).delete()
        BookFlood.objects.bulk_create(found)


def _put_off(book: int, mark: str) -> None:
    BookLook.objects.update_or_create(book_id=book, defaults={"mark": mark, "at": clock.now()})


def _due() -> list[tuple[Any, ...]]:
    asked: dict[str, Any] = {"before": clock.now() - _LOOK_AGAIN, "most": _BOOKS_AT_ONCE}
    return rows_of(_DUE, asked)


def _found(book: int, kind: str) -> Iterable[dict[str, Any]]:
    dates, numbers = _fields_of(kind)
    asked: dict[str, Any] = {"book": book, "dates": list(dates), "fewest": FEWEST, "share": SHARE}
    for field, value, n, whole in rows_of(_FIND, asked):
        if field in dates or field in numbers or is_filler(value):
            yield {"field": field, "value": value, "n": n, "of": whole}


def flooded(kind: str, flood: BookFlood) -> Problem:
    """Return what is asked about a value too common in a book of the kind (B06)."""
    message = _(
        "%(field)s: “%(value)s” stands in %(n)s of %(of)s entries. Was it typed where the book says nothing?"
    )
    label = full_label(BY_CODE[kind], flood.field)
    return B06.warning("total", said(message, field=label, value=flood.shown, n=flood.n, of=flood.of))


def has_value(flood: BookFlood) -> Q:
    """Return the condition that an entry counts and has the value in the field."""
    counting = ~Q(standing__in=NUMBER_FREE)
    if flood.field in HEAD_TEXTS:
        return counting & Q((flood.field, flood.value))
    at = f"content__{flood.field}"
    forms = (f"{at}__on", at, f"{at}__text", f"{at}__written")
    return counting & reduce(or_, (Q((form, flood.value)) for form in forms))


@cache
def _fields_of(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes of a kind's dates and of its numbers of identity papers."""
    fields = [field for field in BY_CODE[kind].fields() if not field.head]
    return (
        frozenset(field.code for field in fields if field.input is Input.DATE),
        frozenset(field.code for field in fields if field.code.endswith(("_id_no", "_personal_id"))),
    )
