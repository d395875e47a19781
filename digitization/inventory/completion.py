"""How done a book is: what speaks against its totals, what is open in it, who accepted it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from communes.rights import Rights
from digitization import access
from digitization.filters import address_of
from digitization.floods import flooded
from digitization.inventory.accepting import changed_since
from digitization.inventory.doubts import doubts_of
from digitization.inventory.still_open import OpenItem, still_open
from digitization.models import Book, BookAcceptance, BookTotal, Verdict
from digitization.record_types.contract import Problem


def with_doubts(stated: list[BookTotal]) -> list[tuple[BookTotal, list[Problem]]]:
    """Return each statement that waits with what speaks against it: an earlier one on another basis (B03)."""
    of_book: dict[int, list[BookTotal]] = {}
    for one in BookTotal.objects.filter(book__in={waiting.book_id for waiting in stated}):
        of_book.setdefault(one.book_id, []).append(one)
    return [
        (waiting, doubts_of(total=None, digitized=0, stated=of_book[waiting.book_id])) for waiting in stated
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """How done a book is: what is asked about it, what is open in it, and who accepted it when.

    ``last`` is the last verdict, an acceptance or its withdrawal. ``open`` and ``floods``, values too common to be true
    with the list of the entries that have them, are told only to those who see all entries.
    """

    doubts: list[Problem]
    floods: list[tuple[Problem, str]]
    open: list[OpenItem]
    last: BookAcceptance | None
    changed: bool
    follows: bool
    accepts: bool

    @property
    def accepted(self) -> bool:
        """Tell whether an acceptance is in force."""
        return self.last is not None and self.last.verdict == Verdict.ACCEPTED


def floods_of(book: Book) -> list[tuple[Problem, str]]:
    """Return what is asked about the values too common in a book, each with the list of the entries that have it."""
    return [
        (flooded(book.kind, flood), address_of({"book": book.pk, "flood": flood.pk}))
        for flood in book.floods.all()
    ]


def completion(rights: Rights, book: Book, stated: Iterable[BookTotal]) -> Completion:
    """Return how done a book of ``with_counts`` is, as this person may see it."""
    last = book.acceptances.select_related("by", "book").first()
    accepted = last is not None and last.verdict == Verdict.ACCEPTED
    follows = access.may_follow(rights, book)
    return Completion(
        doubts=doubts_of(total=book.total, digitized=book.digitized, stated=stated),  # type: ignore[attr-defined]
        floods=floods_of(book) if follows else [],
        open=still_open(book) if follows and not accepted else [],
        last=last,
        changed=last is not None and accepted and changed_since(last),
        follows=follows and book.second_copy_of_id is None,
        accepts=access.may_accept_book(rights, book),
    )
