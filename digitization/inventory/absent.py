"""Numbers the paper does not have: stated, taken back, and what is missing without such a statement (C09)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import User
from digitization.inventory.coverage import Year
from digitization.models import AbsentNumber, Book, Record
from digitization.record_types.contract import Problem
from digitization.record_types.entries import said
from digitization.rules.books import C09
from digitization.verbs import NotAllowedNow, keepable, once

# More at once is a slip of the hand in the last number, not a gap.
MOST_AT_ONCE = 200
_LONGEST_REASON = 500


def statements_of(book: Book) -> QuerySet[AbsentNumber]:
    """Return the statements that hold for the numbers of the book's place, kind and series."""
    stated = AbsentNumber.objects.filter(
        place=book.place_id, kind=book.kind, series=book.series, withdrawn_at__isnull=True
    )
    return stated.select_related("by")


def absent_numbers(book: Book) -> dict[int, set[int]]:
    """Return the numbers stated absent, by year."""
    found: dict[int, set[int]] = {}
    for year, number in statements_of(book).order_by().values_list("number_year", "number"):
        found.setdefault(year, set()).add(number)
    return found


def gaps_told(years: Iterable[Year]) -> Iterator[Problem]:
    """C09: say for every year which numbers are neither typed nor stated absent."""
    for year in years:
        if year.gaps:
            message = _("%(missing)s missing: %(gaps)s")
            gaps = ", ".join(map(str, year.gaps))
            yield C09.notice("number", said(message, missing=year.missing, gaps=gaps))


def state_absent(
    *, by: User, book: Book, year: int, first: int, last: int, reason: str, intent: UUID
) -> list[AbsentNumber]:
    """State that the paper has no entry with the numbers from ``first`` to ``last`` of a year.

    Raises NotAllowedNow without a reason, for too many at once, and where an entry or a statement has one of them.
    """
    why = keepable(reason, limit=_LONGEST_REASON)
    if not why:
        raise NotAllowedNow(_("Say how you know that the paper does not have it."))
    if not 0 < first <= last or last - first >= MOST_AT_ONCE:
        raise NotAllowedNow(
            _("Give one number, or a first and a last one, at most %(most)s at once.")
            % {"most": MOST_AT_ONCE}
        )

    def act() -> list[int]:
        # Two people at the same book state one after the other.
        Book.objects.select_for_update().get(pk=book.pk)
        numbers = range(first, last + 1)
        _refuse_known(book, year, first, last)
        stated = AbsentNumber.objects.bulk_create(
            AbsentNumber(
                place_id=book.place_id,
                kind=book.kind,
                series=book.series,
                number_year=year,
                number=number,
                reason=why,
                by=by,
                at=clock.now(),
            )
            for number in numbers
        )
        return [one.pk for one in stated]

    body = {"book": book.pk, "year": year, "first": first, "last": last, "reason": why}
    stated = once(act, by=by, verb="state_absent", intent=intent, body=body)
    return list(AbsentNumber.objects.filter(pk__in=stated))


def withdraw_absent(*, by: User, statement: AbsentNumber, intent: UUID) -> None:
    """Take a statement back: the number is missing again. Raises NotAllowedNow where it was taken back already."""

    def act() -> bool:
        holding = AbsentNumber.objects.filter(pk=statement.pk, withdrawn_at__isnull=True)
        if not holding.update(withdrawn_by=by, withdrawn_at=clock.now()):
            raise NotAllowedNow(_("This statement has been taken back already."))
        return True

    once(act, by=by, verb="withdraw_absent", intent=intent, body={"statement": statement.pk})


def _refuse_known(book: Book, year: int, first: int, last: int) -> None:
    key = {
        "place": book.place_id,
        "kind": book.kind,
        "series": book.series,
        "number_year": year,
        "number__range": (first, last),
    }
    typed = Record.objects.counting().filter(**key).order_by("number").values_list("number", flat=True)
    if (number := typed.first()) is not None:
        raise NotAllowedNow(
            _("Number %(number)s of %(year)s is typed: it is not absent.") % {"number": number, "year": year}
        )
    known = statements_of(book).filter(number_year=year, number__range=(first, last))
    if one := known.first():
        raise NotAllowedNow(_("Number %(number)s is stated absent already.") % {"number": one.number})
