"""What the checks may know about a set of entries besides themselves, fetched for the set at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from civreg.lib import clock
from digitization.models import Book
from digitization.record_types.contract import Facts
from digitization.record_types.others import NOBODY
from digitization.record_types.places import NamedUnit, Places
from digitization.surroundings import Placed, others_of


def facts_for(
    book: Book, columns: Mapping[str, Any], *, record: int = 0, apart: frozenset[int] = frozenset()
) -> Facts:
    """Return the facts for one entry, given as column values; see ``Placed`` for the rest."""
    return facts_among([Placed(book=book, columns=columns, record=record, apart=apart)])[0]


def facts_among(placed: Sequence[Placed]) -> list[Facts]:
    """Return the facts for each entry of a set, the entries around it included, in their order."""
    books = {id(one.book): one.book for one in placed}
    # New books of a sheet have no id yet: they are known by themselves.
    of_books = dict(zip(books, facts_of_books(books.values()), strict=True))
    return [
        of_books[id(one.book)] if others is NOBODY else replace(of_books[id(one.book)], others=others)
        for one, others in zip(placed, others_of(placed), strict=True)
    ]


def facts_of_books(books: Iterable[Book]) -> list[Facts]:
    """Return what holds for every entry of each book, in their order; nothing of the entries around one."""
    today, places = clock.today(), _places()
    return [
        Facts(
            today=today,
            book_year_from=book.year_from or book.opened_year,
            book_year_to=book.year_to,
            book_closed_on=book.closed_on,
            places=places,
        )
        for book in books
    ]


# Asked at every save, so it is asked in the database's own words: building the query took five times its answer.
# A unit certainly began on its first day only where an act is on record that made it; without one the day is as far
# back as somebody's list went.
_UNITS = """
SELECT unit.kind, unit.name, coalesce(above.name, ''),
    CASE WHEN EXISTS (SELECT FROM communes_succession AS act
                      WHERE act.successor_id = unit.id AND act.on_date = unit.valid_from) THEN unit.valid_from END,
    unit.valid_to
FROM communes_unit AS unit LEFT JOIN communes_unit AS above ON above.id = unit.parent_id
ORDER BY unit.id
"""


def _places() -> Places:
    """Return the units of the installation with their times."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS)
        return Places.of(tuple(NamedUnit(*row) for row in cursor.fetchall()))
