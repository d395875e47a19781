"""How far ranges are: typed and absent numbers, pages on which something is typed or nothing is to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from civreg.lib import clock
from digitization.models import AbsentNumber, BookPage, PageState, Record, WorkRange
from digitization.models.sharing import WorkRangeQuerySet
from digitization.runs import plain_page


@dataclass(frozen=True, slots=True)
class Line:
    """A range with how much of it is done; ``left`` says that its person no longer types for the unit."""

    range: WorkRange
    done: int
    left: bool
    today: date

    @property
    def full(self) -> bool:
        """Tell whether nothing of it is left."""
        return self.done >= self.range.size

    @property
    def late(self) -> bool:
        """Tell whether its last day is over."""
        return self.range.until is not None and self.range.until < self.today and not self.full


def lines_of(ranges: WorkRangeQuerySet) -> list[Line]:
    """Return the ranges, in their order, with how far they are."""
    today = clock.today()
    listed = list(_counted(ranges.with_who_left(today)))
    pages = _pages_begun({one.book_id for one in listed if not one.by_numbers})
    return [_line(one, pages, today) for one in listed]


def _line(one: Any, pages: dict[int, set[int]], today: date) -> Line:
    return Line(one, one.numbers if one.by_numbers else _within(one, pages), one.left, today)


def _counted(ranges: QuerySet[WorkRange]) -> QuerySet[WorkRange]:
    """Return the ranges with ``numbers``: how many of their numbers are typed or stated absent."""
    key = {
        "place": OuterRef("book__place"),
        "kind": OuterRef("book__kind"),
        "series": OuterRef("book__series"),
        "number_year": OuterRef("year"),
        "number__gte": OuterRef("first"),
        "number__lte": OuterRef("last"),
    }
    # As in ``what_next``: a number of the book whose year cannot be read is typed, too.
    of_no_year = Q(
        book=OuterRef("book"),
        number_year__isnull=True,
        number__gte=OuterRef("first"),
        number__lte=OuterRef("last"),
    )
    typed = Record.objects.counting().filter(Q(**key) | of_no_year, suffix="").order_by().values("place")
    typed_after_all = Record.objects.counting().filter(
        **{name: OuterRef(name) for name in ("place", "kind", "series", "number_year", "number")}, suffix=""
    )
    absent = AbsentNumber.objects.filter(~Exists(typed_after_all), **key, withdrawn_at__isnull=True)
    counted = Coalesce(Subquery(typed.annotate(n=Count("number", distinct=True)).values("n")), 0)
    stated = Coalesce(Subquery(absent.order_by().values("place").annotate(n=Count("pk")).values("n")), 0)
    return ranges.annotate(numbers=counted + stated)


def _pages_begun(books: Iterable[int]) -> dict[int, set[int]]:
    """Return, by book, the pages with an entry and those on which nothing is to be typed."""
    wanted, begun = set(books), dict[int, set[int]]()
    if not wanted:
        return begun
    typed = Record.objects.counting().filter(book__in=wanted).order_by().values_list("book", "page_no")
    settled = BookPage.objects.filter(book__in=wanted, state__in=(PageState.BLANK, PageState.MISSING))
    for book, page in (*typed.distinct(), *settled.order_by().values_list("book", "label")):
        if (at := plain_page(page)) is not None:
            begun.setdefault(book, set()).add(at)
    return begun


def _within(one: WorkRange, pages: dict[int, set[int]]) -> int:
    return sum(one.first <= page <= one.last for page in pages.get(one.book_id, ()))
