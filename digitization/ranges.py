"""The verbs of sharing work out: give a range, take it back, give it back, finish it.

A range informs and locks nobody out: whoever types a number in somebody else's range is told, and nothing is lost.
Numbers and pages are given to people who type for the unit that keeps the book; who leaves leaves theirs free.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import Posting, User
from digitization.models import Book, Measure, RangeState, WorkRange
from digitization.models.sharing import LARGEST_END, TYPING_ROLES
from digitization.verbs import NotAllowedNow, keepable, once, violated

# More is a slip of the hand in the last number: nobody types so many before the work is shared out anew.
MOST_AT_ONCE = 2_000
_LONGEST_NOTE = 200
_CLASHES = {"range_once_while_open", "range_one_measure_while_open"}


class Clash(NotAllowedNow):
    """The range overlaps another one; ``other`` is that one, where it could be found."""

    def __init__(self, other: WorkRange | None) -> None:
        if other is None:
            super().__init__(_("Somebody else has just shared out this book. Look at it again."))
        else:
            words = {"person": other.person, "range": other.words}
            super().__init__(_("%(person)s has %(range)s: take them back first, or give others.") % words)
        self.other = other


class OtherMeasure(NotAllowedNow):
    """One book is shared out by numbers or by pages: which numbers stand on a page nobody knows beforehand."""

    def __init__(self, other: WorkRange) -> None:
        words = {"person": other.person, "range": other.words}
        super().__init__(
            _(
                "This book is shared out the other way: %(person)s has %(range)s. "
                "Give numbers or pages, not both at the same time."
            )
            % words
        )


def people_who_type(book: Book, day: date) -> QuerySet[User]:
    """Return the people who type for the unit that keeps the book, by name."""
    held = Posting.objects.at(day).filter(unit=book.custodian_id, role__in=TYPING_ROLES)
    still_open = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return User.objects.filter(still_open, is_active=True, pk__in=held.values("user")).order_by("name", "pk")


def give(
    *,
    by: User,
    book: Book,
    person: User,
    measure: Measure,
    first: int,
    last: int,
    intent: UUID,
    year: int | None = None,
    until: date | None = None,
    note: str = "",
) -> WorkRange:
    """Give a person numbers of a year, or pages, of a book to type until the day ``until``, which is the last one.

    Raises Clash where somebody has some of them, OtherMeasure where the book is shared out by the other measure,
    NotAllowedNow for what nobody can mean, and IntentReused.
    """
    words = keepable(note, limit=_LONGEST_NOTE)
    today = clock.today()
    _refuse_impossible(measure, first, last, year, until, today)

    def act() -> int:
        # Two who share out one book do so one after the other; who types in it meanwhile waits for neither.
        Book.objects.select_for_update(no_key=True).get(pk=book.pk)
        if not people_who_type(book, today).filter(pk=person.pk).exists():
            raise NotAllowedNow(_("This person does not type for the unit that keeps the book."))
        _free_what_was_left(book, by, today)
        _refuse_overlap(book, measure, year, first, last)
        given = WorkRange(book=book, person=person, **terms, given_by=by, given_at=clock.now())
        given.save(force_insert=True)
        return given.pk

    span = {"measure": measure, "year": year, "first": first, "last": last}
    terms: dict[str, Any] = {**span, "until": until, "note": words}
    body = {"book": book.pk, "person": person.pk, **terms}
    try:
        given = once(act, by=by, verb="give_range", intent=intent, body=body)
    except IntegrityError as error:
        if violated(error) not in _CLASHES:
            raise
        raise Clash(None) from None
    return WorkRange.objects.select_related("person", "book").get(pk=given)


def take_back(*, by: User, one: WorkRange, intent: UUID) -> None:
    """Take a range from somebody: what is left of it is free. Raises NotAllowedNow where it has ended already."""
    _end(by, one, RangeState.RETURNED, intent, "take_range_back")


def hand_back(*, by: User, one: WorkRange, intent: UUID) -> None:
    """Give one's own range back: what is left of it is free. Raises NotAllowedNow where it has ended already."""
    _end(by, one, RangeState.RETURNED, intent, "hand_range_back")


def finish(*, by: User, one: WorkRange, intent: UUID) -> None:
    """Say that one's own range is done. Raises NotAllowedNow where it has ended already."""
    _end(by, one, RangeState.DONE, intent, "finish_range")


def finished_by_itself(by: User, one: WorkRange) -> bool:
    """End a range of numbers none of which is left; returns whether it was open until now. Pages only a person ends."""
    if not one.by_numbers:
        return False
    ended = {"state": RangeState.DONE, "ended_by": by, "ended_at": clock.now()}
    return bool(WorkRange.objects.open().filter(pk=one.pk).update(**ended))


def _end(by: User, one: WorkRange, state: RangeState, intent: UUID, verb: str) -> None:
    def act() -> bool:
        ended = WorkRange.objects.open().filter(pk=one.pk)
        if not ended.update(state=state, ended_by=by, ended_at=clock.now()):
            raise NotAllowedNow(_("This range has ended already."))
        return True

    once(act, by=by, verb=verb, intent=intent, body={"range": one.pk})


def _refuse_impossible(
    measure: Measure, first: int, last: int, year: int | None, until: date | None, today: date
) -> None:
    if not 0 < first <= last <= LARGEST_END or last - first >= MOST_AT_ONCE:
        words = _("Give a first and a last one, at most %(most)s at once.") % {"most": MOST_AT_ONCE}
        raise NotAllowedNow(words)
    if (measure == Measure.NUMBERS) is (year is None):
        raise NotAllowedNow(_("Numbers are of a year; pages are not."))
    if until is not None and until < today:
        raise NotAllowedNow(_("The last day lies in the past."))


def _free_what_was_left(book: Book, by: User, today: date) -> None:
    """Who no longer types here holds nothing: their ranges end when the book is shared out again."""
    held = WorkRange.objects.open().filter(book=book)
    kept = WorkRange.objects.in_force(today).filter(book=book).values("pk")
    held.exclude(pk__in=kept).update(state=RangeState.RETURNED, ended_by=by, ended_at=clock.now())


def _refuse_overlap(book: Book, measure: Measure, year: int | None, first: int, last: int) -> None:
    held = WorkRange.objects.open().filter(book=book).select_related("person")
    if other := held.exclude(measure=measure).first():
        raise OtherMeasure(other)
    if other := held.filter(year=year, first__lte=last, last__gte=first).order_by("first").first():
        raise Clash(other)
