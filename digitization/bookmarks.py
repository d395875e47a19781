"""Where a person stopped in a book: at the entry they saved last there, or at one half typed since. Theirs alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communes.models import User
from digitization.models import Bookmark, Draft, Record

# What the address of the desk is asked with to begin behind the entry somebody saved last.
ON = "tiep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place in a book (an id), as far as it is known, and the address at which to go on from there."""

    book: int
    at: datetime
    number: str
    page: str
    address: str

    @property
    def words(self) -> str | Promise:
        """Return the place in words."""
        if self.number and self.page:
            return _("Continue from number %(number)s, page %(page)s") % {
                "number": self.number,
                "page": self.page,
            }
        if self.number:
            return _("Continue from number %(number)s") % {"number": self.number}
        return _("Continue where you stopped")


def keep_place(user: User, record: Record) -> None:
    """Remember the entry as the one this person saved last in its book."""
    mark = Bookmark(user=user, book_id=record.book_id, record=record, at=record.entered_at)
    Bookmark.objects.bulk_create(
        [mark], update_conflicts=True, unique_fields=["user", "book"], update_fields=["record", "at"]
    )


def stops_of(user: User, books: Q, drafts: Iterable[Draft]) -> dict[int, Stop]:
    """Return where the person stopped, by book; ``books`` says of a bookmark which books are meant.

    ``drafts`` are those of theirs in these books, as far as the page knows of them.
    """
    marks = Bookmark.objects.filter(books, user=user)
    found = {
        pk: Stop(book=pk, at=at, number=number, page=page, address=address_of(pk))
        for pk, at, number, page in marks.values_list(
            "book_id", "at", "record__number_raw", "record__page_no"
        )
    }
    for draft in drafts:
        known = found.get(draft.book_id)
        if draft.record_id is None and (known is None or known.at < draft.saved_at):
            found[draft.book_id] = _half_typed(draft)
    return found


def address_of(book_id: int) -> str:
    """Return the address of the desk that begins behind the entry the person saved last in the book."""
    return f"{reverse('digitization:enter', args=[book_id])}?{ON}=1"


def _half_typed(draft: Draft) -> Stop:
    return Stop(
        book=draft.book_id,
        at=draft.saved_at,
        number=str(draft.typed.get("number", "")),
        page=str(draft.typed.get("page_no", "")),
        address=reverse("digitization:resume", args=[draft.pk]),
    )
