"""What the checks may know about the books of a set of entries, fetched for the set at once."""

from __future__ import annotations

from collections.abc import Iterable

from civreg.lib import clock
from digitization.models import Book
from digitization.record_types.contract import Facts


def facts_of(books: Iterable[Book]) -> dict[int, Facts]:
    """Return the facts for the entries of each book, by the book's id. The desk asks for one, an import for many."""
    today = clock.today()
    return {
        book.pk: Facts(
            today=today,
            book_year_from=book.year_from or book.opened_year,
            book_year_to=book.year_to,
            book_closed_on=book.closed_on,
        )
        for book in books
    }
