"""The verbs of the inventory: add a book, describe it, state its total, confirm or refuse a stated total.

Leaders hate a moving denominator: every total keeps who stated it, on what basis and why, and only a confirmed one
counts. The officer proposes, justice confirms.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import User
from digitization.models import Book, BookTotal, Decision
from digitization.verbs import NotAllowedNow, once, violated

ADD_BOOK = "add_book"


def add_book(*, by: User, book: Book, intent: UUID) -> Book:
    """Put a book, built but not saved, into the inventory. Raises NotAllowedNow if somebody was quicker."""

    def act() -> int:
        book.save(force_insert=True)
        return book.pk

    body = {"place": book.place_id, "kind": book.kind, "book": book.quyen_so, "copy": book.copy_no}
    try:
        return Book.objects.get(pk=once(act, by=by, verb=ADD_BOOK, intent=intent, body=body))
    except IntegrityError as error:
        if violated(error) != "book_once":
            raise
        raise NotAllowedNow(_("This book is already in the inventory.")) from None


def describe(*, by: User, book: Book, changes: dict[str, Any], intent: UUID) -> Book:
    """Change what ``changes`` names of a book's description: years, pages, the day it was locked, the note."""

    def act() -> int:
        if changes:
            Book.objects.filter(pk=book.pk).update(**changes)
        return book.pk

    body = {"book": book.pk, **changes}
    return Book.objects.get(pk=once(act, by=by, verb="describe_book", intent=intent, body=body))


def state_total(*, by: User, book: Book, total: int, basis: str, reason: str, intent: UUID) -> BookTotal:
    """Propose a total. Raises NotAllowedNow while another proposal for the book waits."""

    def act() -> int:
        Book.objects.select_for_update().get(pk=book.pk)
        if BookTotal.objects.filter(book=book, decision=Decision.PENDING).exists():
            raise NotAllowedNow(_("Another total for this book already waits for confirmation."))
        return BookTotal.objects.create(
            book=book, at=clock.now(), total=total, basis=basis, reason=reason, by=by
        ).pk

    body = {"book": book.pk, "total": total, "basis": basis, "reason": reason}
    return BookTotal.objects.get(pk=once(act, by=by, verb="state_total", intent=intent, body=body))


def decide(*, by: User, stated: BookTotal, decision: Decision, intent: UUID) -> BookTotal:
    """Confirm or refuse a proposed total; a trigger writes a confirmed one into the book. Raises NotAllowedNow."""

    def act() -> int:
        waiting = BookTotal.objects.filter(pk=stated.pk, decision=Decision.PENDING)
        if stated.by_id == by.pk:
            raise NotAllowedNow(_("Somebody else must confirm the total you stated yourself."))
        if not waiting.update(decision=decision, decided_by=by, decided_at=clock.now()):
            raise NotAllowedNow(_("This total has already been decided."))
        return stated.pk

    body = {"total": stated.pk, "decision": decision}
    return BookTotal.objects.get(pk=once(act, by=by, verb="decide_total", intent=intent, body=body))
