"""What somebody types next in a book: the next number nobody has typed, and the page it stands on.

A number is passed over where an entry has it, where the paper is stated not to have it, and where somebody else was
given it. Whoever was given numbers or pages stays within them as long as something is left there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db.models import Count, Max

from civreg.lib import clock
from civreg.lib.statements import rows_of
from communes.models import User
from digitization.models import Book, BookPage, PageState, Record, WorkRange
from digitization.models.record import UNKNOWN_NUMBER, year_or_last
from digitization.models.states import NUMBER_FREE
from digitization.numbering import next_numbers
from digitization.runs import plain_page

# Pages on which nothing is to be typed.
_NOTHING_THERE = (PageState.BLANK, PageState.MISSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """A place to type at; None and "" where nothing is certain.

    ``within`` is the range of the person's own it lies in; ``finished`` one in which nothing was left.
    """

    number: int | None = None
    page: str = ""
    within: WorkRange | None = None
    finished: WorkRange | None = None


def ranges_in(book: Book) -> list[WorkRange]:
    """Return the ranges of a book that people have now, with the people."""
    of_book = WorkRange.objects.filter(book=book)
    # Most books are nobody's in particular, and this is asked at every save.
    if not of_book.open().exists():
        return []
    held = of_book.in_force(clock.today())
    return list(held.select_related("person").order_by("year", "first"))


def holding(
    ranges: Iterable[WorkRange], *, year: int | None, number: int | None, page: str
) -> WorkRange | None:
    """Return the one of ``ranges`` in which a number of a year, or a page, lies."""
    on_page = plain_page(page)
    for one in ranges:
        # Of a number whose year cannot be read, nobody can say that it is another one.
        place = (number if year in (None, one.year) else None) if one.by_numbers else on_page
        if place is not None and one.first <= place <= one.last:
            return one
    return None


def first_place(
    book: Book, user: User, ranges: Sequence[WorkRange], *, wanted: int = 0, paged: bool = True
) -> Next:
    """Return where a person begins: in a range of theirs (``wanted`` first), else behind the last entry of the book.

    Whoever only names the number leaves the page behind the last entry out (``paged``).
    """
    mine, others = _parted(ranges, user)
    finished = None
    for one in sorted(mine, key=lambda one: one.pk != wanted):
        if place := begin_in(one, book, user):
            return place
        finished = finished or one
    place = _behind_the_last(book, others, paged=paged)
    return Next(number=place.number, page=place.page, finished=finished)


def place_after(book: Book, user: User, ranges: Sequence[WorkRange], saved: Record) -> Next:
    """Return where a person goes on who has just saved an entry."""
    mine, others = _parted(ranges, user)
    own = holding(mine, year=saved.number_year, number=saved.number, page=saved.page_no)
    if own is None:
        return _onward(book, others, saved)
    if place := left_in(own, book, stopped=saved):
        return place
    rest = (left_in(one, book) for one in mine if one != own)
    place = next((found for found in rest if found), None) or _onward(book, others, saved)
    return Next(number=place.number, page=place.page, within=place.within, finished=own)


def begin_in(one: WorkRange, book: Book, user: User) -> Next | None:
    """Return where a person begins in a range of theirs: at the first number left, or at the page where they stopped.

    None where nothing is left.
    """
    if one.by_numbers:
        return left_in(one, book)
    own = Record.objects.filter(book=book, entered_by=user)
    return left_in(one, book, stopped=own.order_by("-pk").first())


def left_in(one: WorkRange, book: Book, *, stopped: Record | None = None) -> Next | None:
    """Return the first place behind ``stopped`` that is left in a range, or before it; None where nothing is."""
    return _left_of_numbers(one, book, stopped) if one.by_numbers else _left_of_pages(one, book, stopped)


def _left_of_numbers(one: WorkRange, book: Book, stopped: Record | None) -> Next | None:
    taken = _taken(book, one.year, one.first, one.last)
    free = [number for number in range(one.first, one.last + 1) if number not in taken]
    behind = stopped.number or 0 if stopped else 0
    number = next((number for number in free if number > behind), free[0] if free else None)
    if number is None:
        return None
    return Next(number=number, page=_page_of(book, one.year, number, stopped), within=one)


def _left_of_pages(one: WorkRange, book: Book, stopped: Record | None) -> Next | None:
    typed = _entries_by_page(book)
    nothing_there = set(
        BookPage.objects.filter(book=book, state__in=_NOTHING_THERE).values_list("label", flat=True)
    )
    at = plain_page(stopped.page_no) if stopped else None
    start = at if at is not None and one.first <= at <= one.last else one.first
    for page in (*range(start, one.last + 1), *range(one.first, start)):
        if typed.get(page, 0) < book.per_page and str(page) not in nothing_there:
            return Next(number=_number_on(book, page), page=str(page), within=one)
    return None


def _onward(book: Book, others: Sequence[WorkRange], saved: Record) -> Next:
    """Return the next place behind an entry that is in nobody's hands."""
    if saved.number is None or saved.number_year is None:
        return _behind_the_last(book, others)
    year = saved.number_year
    number = next(_free_from(book, year, saved.number + 1, others))
    return Next(number=number, page=_page_of(book, year, number, saved))


def _behind_the_last(book: Book, others: Sequence[WorkRange], *, paged: bool = True) -> Next:
    number = next_numbers([book])[book.pk]
    if others:
        year = latest_year(book)
        typed = Record.objects.counting().filter(book=book, number_year=year).aggregate(highest=Max("number"))
        number = next(_free_from(book, year, (typed["highest"] or number - 1) + 1, others))
        return Next(number=number, page=_page_of(book, year, number, None))
    return Next(number=number, page=_page_of_the_last(book) if paged else "")


def latest_year(book: Book) -> int:
    """Return the latest year of which a number is typed in a book; the book's first one where none is."""
    numbered = Record.objects.counting().filter(book=book, number__isnull=False, number_year__isnull=False)
    latest = numbered.order_by(year_or_last().desc()).values_list("number_year", flat=True).first()
    return latest or book.year_from or book.opened_year


def _parted(ranges: Iterable[WorkRange], user: User) -> tuple[list[WorkRange], list[WorkRange]]:
    mine: list[WorkRange] = []
    others: list[WorkRange] = []
    for one in ranges:
        (mine if one.person_id == user.pk else others).append(one)
    return mine, others


def _free_from(book: Book, year: int, first: int, others: Iterable[WorkRange]) -> Iterator[int]:
    taken = _taken(book, year, first)
    held = [one for one in others if one.by_numbers and one.year == year]
    for number in count(first):
        if number not in taken and not any(one.first <= number <= one.last for one in held):
            yield number


# Asked at every save, so it is asked in the database's own words.
_TAKEN = """
SELECT number FROM digitization_record
WHERE place_id = %(place)s AND kind = %(kind)s AND series = %(series)s AND number_year = %(year)s
  AND number BETWEEN %(first)s AND %(last)s AND suffix = '' AND NOT (standing IN %(free)s)
UNION
SELECT number FROM digitization_record
WHERE book_id = %(book)s AND number_year IS NULL
  AND number BETWEEN %(first)s AND %(last)s AND suffix = '' AND NOT (standing IN %(free)s)
UNION
SELECT number FROM digitization_absentnumber
WHERE place_id = %(place)s AND kind = %(kind)s AND series = %(series)s AND number_year = %(year)s
  AND number BETWEEN %(first)s AND %(last)s AND withdrawn_at IS NULL
"""


def _taken(book: Book, year: int | None, first: int, last: int = UNKNOWN_NUMBER) -> set[int]:
    """Return the numbers of a year that are typed or stated absent; 12A does not take 12.

    A number of the book whose year cannot be read is taken, too: nobody is to type it a second time unasked.
    """
    key: dict[str, Any] = {"place": book.place_id, "kind": book.kind, "series": book.series, "year": year}
    key["book"] = book.pk
    return {
        number for (number,) in rows_of(_TAKEN, key | {"first": first, "last": last, "free": NUMBER_FREE})
    }


def _page_of(book: Book, year: int | None, number: int, near: Record | None) -> str:
    """The page of the number before, or the one after it once it holds as many entries as the book has to a page."""
    if near is None or (near.number_year, near.number) != (year, number - 1):
        before = Record.objects.counting().filter(book=book, number_year=year, number=number - 1)
        near = before.only("page_no").first()
    return _page_behind(book, near.page_no) if near else ""


def _page_of_the_last(book: Book) -> str:
    return _page_behind(book, book.records.order_by("-pk").values_list("page_no", flat=True).first() or "")


def _page_behind(book: Book, page: str) -> str:
    if (at := plain_page(page)) is None:
        return ""
    full = book.records.on_page(page).count() >= book.per_page
    return str(at + 1) if full else page


def _entries_by_page(book: Book) -> dict[int, int]:
    counted = Record.objects.counting().filter(book=book).order_by().values_list("page_no")
    typed: Counter[int] = Counter()
    for page, n in counted.annotate(n=Count("pk")):
        if (at := plain_page(page)) is not None:
            typed[at] += n
    return typed


def _number_on(book: Book, page: int) -> int | None:
    """Return the number that follows on a page; None where it is not begun and the page before is not full."""
    here, before = (Record.objects.counting().filter(book=book).on_page(at) for at in (page, page - 1))
    begun = here if here.exists() else before
    if begun is before and before.count() < book.per_page:
        return None
    certain = begun.filter(number__isnull=False, number_year__isnull=False)
    last = certain.order_by("-number_year", "-number").first()
    if last is None or last.number is None:
        return None
    number = last.number + 1
    return None if number in _taken(book, last.number_year, number, number) else number
