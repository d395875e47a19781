"""The verbs of the inventory: add a book, describe it, state its total, confirm or refuse a stated total.

Leaders hate a moving denominator: every total keeps who stated it, on what basis and why, and only a confirmed one
counts. The officer proposes, justice confirms.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import User
from digitization.models import Book, BookTotal, Decision
from digitization.rules.books import B01, B05
from digitization.verbs import NotAllowedNow, Refused, keepable, once, violated

ADD_BOOK = "add_book"
LONGEST_WHY = 500


class ImpossibleBook(Refused):
    """B01: there cannot be such a book, or it is listed already."""

    rule = B01.id


class TotalWithoutReason(Refused):
    """B05: nobody moves a total without saying why."""

    rule = B05.id


def add_book(*, by: User, book: Book, intent: UUID) -> Book:
    """Put a book, built but not saved, into the inventory. Raises ImpossibleBook, also if somebody was quicker."""

    def act() -> int:
        book.save(force_insert=True)
        return book.pk

    body = {"place": book.place_id, "kind": book.kind, "book": book.quyen_so, "copy": book.copy_no}
    with _possible():
        return Book.objects.get(pk=once(act, by=by, verb=ADD_BOOK, intent=intent, body=body))


def describe(*, by: User, book: Book, changes: dict[str, Any], intent: UUID) -> Book:
    """Change what ``changes`` names of a book's description: years, pages, the day it was locked, the note.

    Raises ImpossibleBook, also where somebody else changed the other half of it meanwhile.
    """

    def act() -> int:
        if changes:
            Book.objects.filter(pk=book.pk).update(**changes)
        return book.pk

    body = {"book": book.pk, **changes}
    with _possible():
        return Book.objects.get(pk=once(act, by=by, verb="describe_book", intent=intent, body=body))


def state_total(*, by: User, book: Book, total: int, basis: str, reason: str, intent: UUID) -> BookTotal:
    """Propose a total. Raises TotalWithoutReason, and NotAllowedNow while another proposal for the book waits."""
    why = keepable(reason, limit=LONGEST_WHY)
    if not why:
        raise TotalWithoutReason(_("Say what was counted, and why this is the total."))

    def act() -> int:
        Book.objects.select_for_update().get(pk=book.pk)
        if BookTotal.objects.filter(book=book, decision=Decision.PENDING).exists():
            raise NotAllowedNow(_("Another total for this book already waits for confirmation."))
        return BookTotal.objects.create(
            book=book, at=clock.now(), total=total, basis=basis, reason=why, by=by
        ).pk

    body = {"book": book.pk, "total": total, "basis": basis, "reason": why}
    return BookTotal.objects.get(pk=once(act, by=by, verb="state_total", intent=intent, body=body))


def decide(*, by: User, stated: BookTotal, decision: Decision, intent: UUID) -> BookTotal:
    """Confirm or refuse a proposed total; a trigger writes a confirmed one into the book.

    Raises NotAllowedNow, and ImpossibleBook where the book itself must be corrected first.
    """

    def act() -> int:
        waiting = BookTotal.objects.filter(pk=stated.pk, decision=Decision.PENDING)
        if stated.by_id == by.pk:
            raise NotAllowedNow(_("Somebody else must confirm the total you stated yourself."))
        if not waiting.update(decision=decision, decided_by=by, decided_at=clock.now()):
            raise NotAllowedNow(_("This total has already been decided."))
        return stated.pk

    body = {"total": stated.pk, "decision": decision}
    with _possible():
        return BookTotal.objects.get(pk=once(act, by=by, verb="decide_total", intent=intent, body=body))


@contextmanager
def _possible() -> Iterator[None]:
    """Turn what the database refuses of a book into a sentence (B01)."""
    try:
        yield
    except IntegrityError as error:
        broken = next((rule for rule in Book._meta.constraints if rule.name == violated(error)), None)
        if broken is None or broken.violation_error_code != B01.id:
            raise
        raise ImpossibleBook(broken.violation_error_message or "") from None
