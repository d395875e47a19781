"""What is still open in a book: entries on their way, entries missing, a total nobody has confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from digitization.book_counts import COUNTS
from digitization.models import (
    COUNTED_STANDINGS,
    Book,
    BookTally,
    Decision,
    Record,
    Standing,
    Status,
)
from digitization.models.states import NUMBER_FREE
from digitization.record_types.contract import Label
from digitization.record_types.entries import said

_NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """One thing that is open, in words with its count; ``records`` are the first of the entries it is about."""

    words: Label
    records: tuple[Record, ...] = ()
    more: bool = False

    @property
    def sentence(self) -> Label:
        """Return the words with the numbers of the entries, so that they can be found."""
        if not self.records:
            return self.words
        numbers = [record.number_text for record in self.records] + (["…"] if self.more else [])
        message = _("%(words)s (numbers %(numbers)s)")
        return said(message, words=self.words, numbers=", ".join(numbers))


# Each entry is in one of these at most. The same conditions count in the tallies and find the entries.
_ENTRIES = {
    "unreadable": (
        Q(standing=Standing.UNREADABLE),
        ngettext_lazy(
            "%(n)s unreadable entry not accepted by an inspection",
            "%(n)s unreadable entries not accepted by an inspection",
            "n",
        ),
    ),
    "returned": (
        Q(status=Status.RETURNED) & ~Q(standing__in=(Standing.UNREADABLE, *NUMBER_FREE)),
        ngettext_lazy("%(n)s entry returned for correction", "%(n)s entries returned for correction", "n"),
    ),
    "unchecked": (
        Q(status=Status.ENTERED, standing__in=COUNTED_STANDINGS),
        ngettext_lazy("%(n)s entry not checked yet", "%(n)s entries not checked yet", "n"),
    ),
    "unapproved": (
        Q(status=Status.CHECKED, standing__in=COUNTED_STANDINGS),
        ngettext_lazy("%(n)s entry not approved yet", "%(n)s entries not approved yet", "n"),
    ),
}


def still_open(book: Book) -> list[OpenItem]:
    """Return what keeps a book from being accepted, in the order of the work; nothing where it is done."""
    counts = tallied(
        book, digitized=COUNTS, **{code: condition for code, (condition, _w) in _ENTRIES.items()}
    )
    return [*_about_the_total(book, counts["digitized"]), *_about_entries(book, counts)]


def tallied(book: Book, **conditions: Q) -> dict[str, int]:
    """Return how many entries of the book meet each condition on status and standing, from its tallies."""
    sums = {name: Coalesce(Sum("n", filter=condition), 0) for name, condition in conditions.items()}
    return BookTally.objects.filter(book=book).aggregate(**sums)


def _about_the_total(book: Book, digitized: int) -> Iterator[OpenItem]:
    if book.second_copy_of_id is not None:
        yield OpenItem(words=_("this is a second copy, which is never counted: accept the first one"))
        return
    if book.totals.filter(decision=Decision.PENDING).exists():
        yield OpenItem(words=_("a stated total waits for confirmation"))
    if book.total is None:
        yield OpenItem(words=_("no total is confirmed"))
        return
    done = max(digitized, book.declared)
    if done < book.total:
        words = ngettext_lazy("%(n)s entry not typed in yet", "%(n)s entries not typed in yet", "n")
        yield OpenItem(words=_counted(words, book.total - done))
    elif digitized > book.total:
        words = ngettext_lazy("%(n)s entry more than the total", "%(n)s entries more than the total", "n")
        yield OpenItem(words=_counted(words, digitized - book.total))


def _about_entries(book: Book, counts: dict[str, int]) -> Iterator[OpenItem]:
    for code, (condition, words) in _ENTRIES.items():
        if counts[code]:
            found = list(
                book.records.filter(condition).order_by("number_year", "number", "pk")[:_NAMED_AT_MOST]
            )
            more = counts[code] > len(found)
            yield OpenItem(words=_counted(words, counts[code]), records=tuple(found), more=more)


def _counted(words: Label, n: int) -> Label:
    return words % {"n": n}
