"""What is next for somebody: a number of their ranges, else the book where they stopped."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q, Sum
from django.urls import reverse

from civreg.lib import clock
from communes.models import Role, User
from communes.rights import Rights
from digitization import access
from digitization.bookmarks import stops_of
from digitization.models import Book, BookTally, Draft, WorkRange
from digitization.models.sharing import WorkRangeQuerySet
from digitization.models.states import NUMBER_FREE
from digitization.record_types.numbers import read_number
from digitization.what_next import begin_in

# Whoever stopped in more books than these has forgotten the others.
_BOOKS_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Picked:
    """The address of the desk where something is left to type, "" where nothing is; the ranges that are all typed."""

    address: str
    full: list[WorkRange]


def held_by(rights: Rights, user: User) -> WorkRangeQuerySet:
    """Return the ranges somebody has now, the most urgent first."""
    mine = access.own_ranges(user).in_force(clock.today()).filter(book__custodian__in=_typing(rights))
    return mine.order_by(F("until").asc(nulls_last=True), "pk")


def next_for(rights: Rights, user: User) -> Picked:
    """Return where somebody goes on: in a range of theirs, else where they stopped last in a book that is not full."""
    full: list[WorkRange] = []
    drafts = list(Draft.objects.filter(owner=user, record=None, book__custodian__in=_typing(rights)))
    for one in held_by(rights, user):
        place = begin_in(one, one.book, user)
        if place is None:
            full.append(one)
            continue
        return Picked(_half_typed(drafts, one, place.number) or _desk(one), full)
    return Picked(_where_one_stopped(rights, user, drafts), full)


def _typing(rights: Rights) -> frozenset[int]:
    return rights.own_units(Role.OFFICER, Role.HELPER)


def _desk(one: WorkRange) -> str:
    return f"{reverse('digitization:enter', args=[one.book_id])}?khoang={one.pk}"


def _half_typed(drafts: list[Draft], one: WorkRange, number: int | None) -> str:
    """Return the address of the draft in which this number of the range stands already."""
    for draft in drafts:
        typed = read_number(str(draft.typed.get("number", ""))).number
        if draft.book_id == one.book_id and number is not None and typed == number:
            return reverse("digitization:resume", args=[draft.pk])
    return ""


def _where_one_stopped(rights: Rights, user: User, drafts: list[Draft]) -> str:
    """Return where the person stopped last in a book they may type in and that is not full, "" where there is none."""
    stops = stops_of(user, Q(book__custodian__in=_typing(rights)), drafts)
    last = sorted(stops.values(), key=lambda stop: stop.at, reverse=True)[:_BOOKS_LOOKED_AT]
    books = Book.objects.counted().in_bulk([stop.book for stop in last])
    open_ones = (stop for stop in last if stop.book in books and not _full(books[stop.book]))
    return next((stop.address for stop in open_ones), "")


def _full(book: Book) -> bool:
    """Tell whether the entries that hold a number are as many as the book is stated to have."""
    if book.total is None:
        return False
    held = BookTally.objects.filter(book=book).exclude(standing__in=NUMBER_FREE).aggregate(n=Sum("n"))
    return (held["n"] or 0) >= book.total
