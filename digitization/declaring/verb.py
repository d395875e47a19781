"""The verb: say of books how many entries each has in the national system at the end of a day.

It is the whole number of the book, whatever it grew from, and never what was added that day. One transaction for all
books of a statement: a line that cannot be true refuses them all, and names itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import User
from digitization.models import Book, Declaration, Proof
from digitization.record_types.entries import said
from digitization.rules.books import B07
from digitization.verbs import Refused, keepable, once

DECLARE = "declare"
LONGEST_NOTE = 500
LOOK_AT_LINES = _("Nothing was declared yet: look at the marked lines.")


class NotTrue(Refused):
    """B07: the statement cannot be true or rests on nothing; ``lines`` says why of each book it is about."""

    rule = B07.id

    def __init__(self, message: str | Promise, lines: Mapping[int, str | Promise] | None = None) -> None:
        super().__init__(message)
        self.lines = dict(lines or {})


@dataclass(frozen=True, slots=True)
class Line:
    """What is declared of one book; ``seen`` is what the person saw declared before, None for nothing."""

    book: int
    n: int
    seen: int | None


def declare(
    *, by: User, day: date, lines: Sequence[Line], note: str, proof: Proof | None, intent: UUID
) -> int:
    """Declare books as they stood at the end of ``day``; returns how many. Raises NotTrue, and then writes nothing.

    Who may declare the books is asked before. A second statement of a day is a new revision of it.
    """
    words = keepable(note, limit=LONGEST_NOTE)
    if day > clock.today():
        raise NotTrue(_("The day lies in the future. Declare what the system holds today."))
    if not words and proof is None:
        raise NotTrue(_("Say in a note what the numbers rest on, or send a file that shows them."))
    if not lines:
        raise NotTrue(_("No number was changed, so there is nothing to declare."))

    def act() -> int:
        before = _before({line.book for line in lines}, day)
        wrong = {line.book: why for line in lines if (why := _wrong(line, before, words))}
        if wrong:
            raise NotTrue(LOOK_AT_LINES, wrong)
        made = [
            Declaration(
                book_id=line.book,
                day=day,
                revision=before[line.book].revision + 1,
                n=line.n,
                note=words,
                proof=proof,
                by=by,
                at=clock.now(),
            )
            for line in lines
        ]
        return len(Declaration.objects.bulk_create(made))

    body = {
        "day": day.isoformat(),
        "note": words,
        "proof": proof and proof.pk,
        "lines": {str(line.book): line.n for line in lines},
    }
    return int(once(act, by=by, verb=DECLARE, intent=intent, body=body))


def newest(books: QuerySet[Book]) -> dict[int, Declaration]:
    """Return the declaration that holds for each of the books somebody has declared."""
    last = Declaration.objects.filter(book__in=books.order_by().values("pk"))
    return {row.book_id: row for row in last.order_by("book_id", "-day", "-revision").distinct("book_id")}


@dataclass(frozen=True, slots=True)
class _Known:
    """A book under its lock: what is declared now and up to the day, and the last revision of the day."""

    book: Book
    shown: int | None
    until_then: int | None
    revision: int


def _before(ids: set[int], day: date) -> dict[int, _Known]:
    """Lock the books, in the order of their ids, and return what was declared of each."""
    books = {
        book.pk: book
        for book in Book.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    }
    shown: dict[int, int] = {}
    until_then: dict[int, int] = {}
    revisions: dict[int, int] = {}
    for row in Declaration.objects.filter(book__in=ids).order_by("day", "revision"):
        shown[row.book_id] = row.n
        if row.day <= day:
            until_then[row.book_id] = row.n
        if row.day == day:
            revisions[row.book_id] = row.revision
    return {
        pk: _Known(book, shown.get(pk), until_then.get(pk), revisions.get(pk, 0))
        for pk, book in books.items()
    }


def _wrong(line: Line, before: Mapping[int, _Known], note: str) -> str | Promise:
    """Return why a line cannot be true, "" where it can."""
    known = before[line.book]
    if known.book.second_copy_of_id is not None:
        return _("This is a second copy, which never counts: declare the first one.")
    if known.shown != line.seen:
        return said(_("Somebody has declared %(n)s meanwhile. Look at the book again."), n=known.shown)
    if known.book.total is not None and line.n > known.book.total:
        return said(
            _("The book holds %(total)s entries. State the right total first, if it is more."),
            total=known.book.total,
        )
    if known.until_then is not None and line.n < known.until_then and not note:
        return said(_("It was %(n)s before. Say in the note why it is less now."), n=known.until_then)
    return ""
