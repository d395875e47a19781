"""Exceptions: a book taken out of a campaign, or in though its kind is not, with the reason; and their end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communes.models import User
from digitization.models import Book
from reports.campaigns.joining import joining
from reports.campaigns.settling import NotPossible, note, settle, why
from reports.models import Campaign, CampaignBook, CampaignChange

What = CampaignChange.What


def books_of(campaign: Campaign) -> QuerySet[Book]:
    """Return the books an exception may be made for: kept by the campaign's units, second copies aside."""
    kept = Book.objects.filter(custodian__campaigns=campaign, second_copy_of__isnull=True)
    return kept.select_related("custodian")


def except_book(
    *, by: User, campaign: Campaign, book: Book, in_scope: bool, reason: str, intent: UUID
) -> None:
    """Take a book in or out. Raises NotPossible where it already is, or where the campaign cannot have it."""
    words = why(reason)

    def act(current: Campaign) -> None:
        if not books_of(current).filter(pk=book.pk).exists():
            raise NotPossible(_("No unit of the campaign keeps this book."))
        standing = CampaignBook.objects.filter(campaign=current, book=book)
        now = standing.values_list("in_scope", flat=True).first()
        if in_scope == (book.kind in current.kinds if now is None else now):
            raise NotPossible(
                _("The book counts in the campaign already.")
                if in_scope
                else _("The book does not count in the campaign as it is.")
            )
        with joining(current):
            standing.delete()
            if in_scope != (book.kind in current.kinds):
                CampaignBook.objects.create(campaign=current, book=book, in_scope=in_scope, reason=words)
        note(current, by, What.BOOK_IN if in_scope else What.BOOK_OUT, after=_told(book), reason=words)

    body = {"book": book.pk, "in": in_scope, "reason": words}
    settle(act, by=by, campaign=campaign, verb="except_book", intent=intent, body=body)


def end_exception(*, by: User, campaign: Campaign, book: Book, reason: str, intent: UUID) -> None:
    """Let a book count as its kind does again; raises NotPossible where there is no exception."""
    words = why(reason)

    def act(current: Campaign) -> None:
        with joining(current):
            deleted, _rows = CampaignBook.objects.filter(campaign=current, book=book).delete()
        if not deleted:
            raise NotPossible(_("There is no exception for this book any more."))
        note(current, by, What.BOOK_AS_USUAL, after=_told(book), reason=words)

    body = {"book": book.pk, "reason": words}
    settle(act, by=by, campaign=campaign, verb="end_exception", intent=intent, body=body)


def _told(book: Book) -> dict[str, Any]:
    return {"book": book.pk, "kind": book.kind, "no": book.quyen_so, "unit": book.custodian.full_name}
