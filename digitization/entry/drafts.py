"""Drafts: what somebody has half typed, kept for them alone until it is saved or thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from civreg.lib import clock
from communes.models import User
from digitization.entry.saving import Posted
from digitization.models import Book, Draft, Intent, Record


@dataclass(frozen=True, slots=True)
class Window:
    """The page a draft is written from: its own mark, and the mark the draft had when the page was opened."""

    own: UUID
    found: UUID | None = None


class WrittenElsewhere(Exception):
    """Another page of the same person wrote the draft meanwhile; ``window`` is that page's mark."""

    def __init__(self, window: UUID | None) -> None:
        super().__init__(window)
        self.window = window


class AlreadySaved(Exception):
    """The form was saved meanwhile: what comes late must not bring its draft back."""


def put_aside(
    posted: Posted, *, by: User, book: Book, record: Record | None = None, window: Window | None = None
) -> Draft:
    """Keep what was typed as a private draft, replacing what this form put aside before.

    ``window`` is known where the page keeps the draft by itself. Raises WrittenElsewhere when another page has it,
    and AlreadySaved; then nothing was kept.
    """
    try:
        with transaction.atomic():
            return _put_aside(posted, by, book, record, window)
    except IntegrityError:
        # The draft came into being between looking and writing.
        raise WrittenElsewhere(None) from None


def _put_aside(posted: Posted, by: User, book: Book, record: Record | None, window: Window | None) -> Draft:
    if Intent.objects.filter(pk=posted.intent, user=by).exists():
        raise AlreadySaved
    draft = _own_draft(posted, by, record)
    if draft and window and draft.window not in (None, window.own, window.found):
        raise WrittenElsewhere(draft.window)
    draft = draft or Draft(owner=by, record=record, intent=_free(posted.intent))
    draft.book = book
    draft.base_version = posted.version or None
    draft.typed = posted.raw
    draft.saved_at = clock.now()
    draft.window = window.own if window else None
    draft.save()
    return draft


def _own_draft(posted: Posted, by: User, record: Record | None) -> Draft | None:
    """An entry has one draft of a person, whichever tab it comes from; a new entry has one for each form."""
    mine = Draft.objects.select_for_update().filter(owner=by)
    return (mine.filter(record=record) if record else mine.filter(record=None, intent=posted.intent)).first()


def _free(intent: UUID) -> UUID:
    """An intent that another draft already has is no key to it."""
    return uuid4() if Draft.objects.filter(intent=intent).exists() else intent
