"""The verbs for a whole book: accept it as done, and take the acceptance back. What is still open refuses it (B04).

An accepted book is not locked: the law may want an entry reopened later. Its page then says that it changed since.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import User
from digitization.book_counts import COUNTS
from digitization.inventory.still_open import OpenItem, still_open, tallied
from digitization.models import Book, BookAcceptance, BookTally, RecordEvent, Verb, Verdict
from digitization.models.states import DEFINITION_VERSION
from digitization.record_types.entries import said
from digitization.rules.books import B04
from digitization.verbs import NotAllowedNow, Refused, keepable, once, stated

LONGEST_NOTE = 500


class NotAcceptable(Refused):
    """B04: something in the book is still open; ``open`` is all of it."""

    rule = B04.id

    def __init__(self, found: list[OpenItem]) -> None:
        message = _("The book cannot be accepted yet. Still open: %(items)s.")
        super().__init__(said(message, items="; ".join(str(item.sentence) for item in found)))
        self.open = found


def last_acceptance(book: Book) -> BookAcceptance | None:
    """Return the acceptance in force, None where there is none or it was withdrawn."""
    last = book.acceptances.select_related("by").first()
    return last if last and last.verdict == Verdict.ACCEPTED else None


def accept_book(*, by: User, book: Book, note: str, intent: UUID) -> BookAcceptance:
    """Accept a book as done, with its figures of this moment. Raises NotAcceptable naming what is still open."""
    words = keepable(note, limit=LONGEST_NOTE)

    def act() -> int:
        current = Book.objects.select_for_update().get(pk=book.pk)
        if last_acceptance(current):
            raise NotAllowedNow(_("The book is accepted already."))
        if found := still_open(current):
            raise NotAcceptable(found)
        return _write(current, by, Verdict.ACCEPTED, words)

    body = {"book": book.pk, "note": words}
    return BookAcceptance.objects.get(pk=once(act, by=by, verb="accept_book", intent=intent, body=body))


def withdraw_acceptance(*, by: User, book: Book, reason: str, intent: UUID) -> BookAcceptance:
    """Take the acceptance of a book back, with the reason. Raises NotAllowedNow where it is not accepted."""
    words = keepable(stated(reason), limit=LONGEST_NOTE)

    def act() -> int:
        current = Book.objects.select_for_update().get(pk=book.pk)
        if not last_acceptance(current):
            raise NotAllowedNow(_("The book is not accepted."))
        return _write(current, by, Verdict.WITHDRAWN, words)

    body = {"book": book.pk, "reason": words}
    return BookAcceptance.objects.get(
        pk=once(act, by=by, verb="withdraw_acceptance", intent=intent, body=body)
    )


def changed_since(acceptance: BookAcceptance) -> bool:
    """Tell whether anything but a transfer happened to the book's entries after it was accepted, or to its total."""
    book, figures = acceptance.book, acceptance.figures
    if (book.total, book.basis) != (figures["total"], figures["basis"]):
        return True
    later = RecordEvent.objects.filter(record__book=book, at__gt=acceptance.at)
    return later.exclude(verb=Verb.TRANSFER).exists()


def _write(book: Book, by: User, verdict: Verdict, note: str) -> int:
    row = BookAcceptance.objects.create(
        book=book, at=clock.now(), by=by, verdict=verdict, figures=_figures(book), note=note
    )
    return row.pk


def _figures(book: Book) -> dict[str, Any]:
    """Return the figures of a book now: total with its basis, digitized entries, and how many are in each state."""
    states = BookTally.objects.filter(book=book, n__gt=0).order_by("status", "standing")
    rows = states.values_list("status", "standing", "n")
    return {
        "definition": DEFINITION_VERSION,
        "total": book.total,
        "basis": book.basis,
        "digitized": tallied(book, digitized=COUNTS)["digitized"],
        "states": {f"{status} {standing}": n for status, standing, n in rows},
    }
