"""What the checks may know about the books of a set of entries, fetched for the set at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef

from civreg.lib import clock
from communes.models import Succession, Unit
from digitization.models import Book
from digitization.record_types.contract import Facts
from digitization.record_types.places import NamedUnit, Places


def facts_of(books: Iterable[Book]) -> dict[int, Facts]:
    """Return the facts for the entries of each book, by the book's id. The desk asks for one, an import for many."""
    today, places = clock.today(), _places()
    return {
        book.pk: Facts(
            today=today,
            book_year_from=book.year_from or book.opened_year,
            book_year_to=book.year_to,
            book_closed_on=book.closed_on,
            places=places,
        )
        for book in books
    }


def _places() -> Places:
    """Return the units of the installation with their times.

    A unit certainly began on its first day only where an act is on record that made it; without one the day is as far
    back as somebody's list went.
    """
    made = Succession.objects.filter(successor=OuterRef("pk"), on_date=OuterRef("valid_from"))
    rows = Unit.objects.annotate(made=Exists(made), within=F("parent__name")).order_by("pk")
    return Places.of(
        tuple(
            NamedUnit(kind, name, within or "", begins if made else None, ends)
            for kind, name, within, begins, made, ends in rows.values_list(
                "kind", "name", "within", "valid_from", "made", "valid_to"
            )
        )
    )
