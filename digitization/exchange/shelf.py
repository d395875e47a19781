"""Which book a row belongs to: one the unit keeps, or a new one that nobody has put in the inventory yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from civreg.lib.partial_dates import EARLIEST_YEAR, LATEST_YEAR
from civreg.lib.vietnamese import clean, fold
from communes.models import Unit
from digitization.models import Book
from digitization.record_types.contract import Entry
from digitization.record_types.entries import date_of, said, text_of
from digitization.rules.books import B01
from digitization.rules.work import C02

_YEAR = r"(?P<year>(?:18[5-9]|19[0-9]|20[0-9])[0-9]|[0-9]{2})"
_NO = r"(?P<no>[0-9]{1,3}[a-z]?|[ivx]{1,5}|[a-z])"
_SHAPES = tuple(
    re.compile(rf"(?:[a-z]{{2,4}}\s+)?(?:quyen\s*)?(?:so\s*)?[.:]?\s*{shape}", re.IGNORECASE)
    for shape in (
        rf"(?P<year>[0-9]{{4}})\s*[/.,_-]\s*{_NO}",
        rf"{_NO}(?:\s*[/.,_-]\s*{_YEAR}(?:\s*-\s*[0-9]{{4}})?)?\s*/?",
    )
)
_ONLY_YEAR = re.compile(r"(?:18[5-9]|19[0-9]|20[0-9])[0-9]")
_FIRST = "01"


@dataclass(frozen=True, slots=True)
class Named:
    """What a row says about its book; ``no`` is "" where it says nothing. ``stated`` tells a written year."""

    no: str
    year: int
    stated: bool


class NoPlace(ValueError):
    """The row cannot be put in a book; ``message`` says why, ``rule`` is the rule that is broken, or ""."""

    def __init__(self, message: str | Promise, rule: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.rule = rule


class Shelf:
    """The books of one kind that a unit keeps, read once; new ones are set beside them, unsaved."""

    def __init__(self, unit: Unit, kind: str) -> None:
        self._unit, self._kind = unit, kind
        books = Book.objects.filter(Q(custodian=unit) | Q(place=unit), kind=kind)
        self._books = list(books.select_related("place", "custodian"))
        self._new: dict[tuple[str, int], Book] = {}

    def book_for(self, text: str, entry: Entry) -> Book:
        """Return the book of a row whose book column reads ``text``: kept here, or new. Raises NoPlace."""
        named = _named(text, _year_registered(entry))
        fitting = [book for book in self._books if _fits(book, named)]
        kept = [b for b in fitting if b.custodian_id == self._unit.pk and b.second_copy_of_id is None]
        if len(kept) == 1:
            return kept[0]
        if kept:
            return _of_the_place(kept, entry)
        if fitting and named.no:
            raise NoPlace(_elsewhere(fitting[0]), C02.id)
        return self._new_book(named)

    def _new_book(self, named: Named) -> Book:
        """Set a book nobody has listed yet beside the others; raises NoPlace where it was handed over."""
        meant = Named(named.no or _FIRST, named.year, stated=True)
        for book in self._books:
            if book.place_id == self._unit.pk and _fits(book, meant):
                raise NoPlace(_elsewhere(book), C02.id)
        key = (_bare(meant.no), meant.year)
        if key not in self._new:
            self._new[key] = Book(
                kind=self._kind,
                place=self._unit,
                custodian=self._unit,
                book_no=_written(meant.no),
                opened_year=meant.year,
            )
        return self._new[key]


def _year_registered(entry: Entry) -> int | None:
    date = date_of(entry, "registration_date")
    return date.earliest.year if date and date.earliest.year == date.latest.year else None


def _named(text: str, registered: int | None) -> Named:
    """Read "01/1998", "Quyển số 1-1998", "1998/01", "01", "1998"; what is not said is the year of registration."""
    plain = fold(clean(text))
    no, year = _parts(plain)
    stated = len(year) == 4
    if len(year) == 2 and registered is not None and registered % 100 != int(year):
        raise NoPlace(said(_("The book “%(text)s” has a year of two digits. Write four."), text=text[:50]))
    if plain and not no and not year:
        raise NoPlace(
            said(_("“%(text)s” names no book. Write number and year, such as 01/1998."), text=text[:50])
        )
    opened = int(year) if stated else registered
    if opened is None or not EARLIEST_YEAR <= opened <= LATEST_YEAR:
        raise NoPlace(_("Neither the book nor the date of registration says the year of the book."))
    if opened > clock.today().year:
        raise NoPlace(said(_("A book of %(year)s lies in the future."), year=opened), B01.id)
    return Named(no, opened, stated)


def _parts(plain: str) -> tuple[str, str]:
    """Return number and year as written, "" for what is not."""
    if _ONLY_YEAR.fullmatch(plain):
        return "", plain
    for shape in _SHAPES:
        if found := shape.fullmatch(plain):
            return found["no"], found["year"] or ""
    return "", ""


def _bare(no: str) -> str:
    return no.strip().lstrip("0").casefold() or "0"


def _written(no: str) -> str:
    """Offices write 01, 02 … 10, and 01A."""
    digits = re.match(r"[0-9]*", no)
    width = 2 + len(no) - (digits.end() if digits else 0)
    return _bare(no).upper().zfill(width) if no[0].isdigit() else no.upper()


def _fits(book: Book, named: Named) -> bool:
    if named.no and _bare(fold(book.book_no)) != _bare(named.no):
        return False
    if book.opened_year == named.year:
        return True
    first, last = book.year_from or book.opened_year, book.year_to
    return not named.stated and last is not None and first <= named.year <= last


def _of_the_place(kept: list[Book], entry: Entry) -> Book:
    """After a merger two books of one number stand side by side: the entry's own words may tell them apart."""
    said_place = fold(text_of(entry, "registration_place"))
    meant = [book for book in kept if fold(book.place.name) in said_place]
    if len(meant) == 1:
        return meant[0]
    names = ", ".join(f"{book.quyen_so} ({book.place})" for book in kept)
    raise NoPlace(said(_("Several books fit: %(books)s. Write number and year, and the place."), books=names))


def _elsewhere(book: Book) -> Promise:
    if book.second_copy_of_id is not None:
        return said(_("The book %(book)s is a second copy: entries go to the first one."), book=book.quyen_so)
    message = _("The book %(book)s is kept by %(unit)s: its officer takes the entries in.")
    return said(message, book=book.quyen_so, unit=book.custodian)
