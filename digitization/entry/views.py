"""Pages for typing: a new entry of a book, new words for an entry, drafts put aside."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.comparing import compared, typed_before
from digitization.entry.form import entry_form
from digitization.entry.saving import Outcome, Posted, put_aside, save
from digitization.entry_rows import as_entry
from digitization.models import Book, Draft, Record
from digitization.numbering import next_numbers
from digitization.record_types import BY_CODE
from digitization.record_types.reading import read, write


@require_http_methods(["GET", "POST"])
@role_required("enter")
def enter(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Type a new entry of a book; after saving, the next one or the book's page."""
    book = access.book_to_enter(request.rights, book_id)
    if request.method == "POST":
        return _posted(request, book)
    raw = _starting_values(book)
    context = {"form": entry_form(BY_CODE[book.kind], raw), "intent": uuid4()}
    return _page(request, book, None, context)


@require_http_methods(["GET", "POST"])
@role_required("enter")
def correct(request: OfficeRequest, record_id: int) -> HttpResponse:
    """Type new words for an entry that is not approved."""
    record = access.record_to_correct(request.rights, request.user, record_id)
    if request.method == "POST":
        return _posted(request, record.book, record)
    if record.frozen:
        messages.error(request, _("This entry is approved. A commune leader can reopen it, with a reason."))
        return redirect("digitization:record", record.pk)
    raw = write(BY_CODE[record.kind], as_entry(record))
    context = {"form": entry_form(BY_CODE[record.kind], raw), "intent": uuid4(), "version": record.version}
    return _page(request, record.book, record, context)


@require_http_methods(["GET"])
@role_required("enter")
def resume(request: OfficeRequest, draft_id: int) -> HttpResponse:
    """Open a draft of one's own again."""
    draft = get_object_or_404(Draft.objects.select_related("record__book"), pk=draft_id, owner=request.user)
    book = access.book_to_enter(request.rights, draft.book_id)
    context = {
        "form": entry_form(BY_CODE[book.kind], draft.typed),
        "intent": draft.intent,
        "version": draft.base_version or "",
        "draft": draft,
    }
    return _page(request, book, draft.record, context)


@require_POST
@role_required("enter")
def discard(request: OfficeRequest, draft_id: int) -> HttpResponse:
    """Throw a draft of one's own away."""
    draft = get_object_or_404(Draft, pk=draft_id, owner=request.user)
    book_id = draft.book_id
    draft.delete()
    messages.success(request, _("The draft was thrown away."))
    return redirect("digitization:book", book_id)


def _posted(request: OfficeRequest, book: Book, record: Record | None = None) -> HttpResponse:
    posted = Posted.of(book, request.POST)
    if request.POST.get("then") == "later":
        put_aside(posted, by=request.user, book=book, record=record)
        messages.success(request, _("Put aside as a draft. Only you can see it; it is in no figure yet."))
        return redirect("digitization:book", book.pk)
    outcome = save(posted, by=request.user, book=book, record=record)
    if outcome.record is None:
        return _page(request, book, record, _answer(request, posted, outcome), status=422)
    messages.success(request, _("Saved: number %(number)s.") % {"number": outcome.record.number_raw or "–"})
    if record is None and request.POST.get("then") == "next":
        return redirect("digitization:enter", book.pk)
    return redirect("digitization:record", outcome.record.pk)


def _answer(request: OfficeRequest, posted: Posted, outcome: Outcome) -> dict[str, Any]:
    version, mine = posted.version or "", None
    if outcome.current is not None:
        # The next save is meant against what stands there now, which the page shows field by field.
        version = outcome.current.version
        record_type = BY_CODE[outcome.current.kind]
        mine = compared(record_type, as_entry(outcome.current), read(record_type, posted.raw).entry)
    return {
        "form": outcome.form,
        "intent": posted.intent,
        "version": version,
        "refusal": outcome.refusal,
        "other": _shown_to(request, outcome.other),
        "differences": mine,
        "twin_reason": posted.twin_reason,
    }


def _shown_to(request: OfficeRequest, other: Record | None) -> Record | None:
    """Name the entry that holds a number only to somebody who may see it anyway."""
    visible = access.records_to_read(request.rights, request.user)
    return visible.filter(pk=other.pk).first() if other else None


def _page(
    request: OfficeRequest, book: Book, record: Record | None, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    drafts = Draft.objects.filter(owner=request.user, book=book)
    recent = access.records_to_read(request.rights, request.user).filter(book=book).order_by("-pk")
    before = typed_before(BY_CODE[record.kind], as_entry(record)) if record else None
    page = {
        "book": book,
        "record": record,
        "before": before,
        "drafts": drafts,
        "recent": recent[:8],
        **context,
    }
    return render(request, "digitization/entry.html", page, status=status)


def _starting_values(book: Book) -> dict[str, str]:
    """The next number, and the place in the words this book itself used last; the rest is for the clerk to read.

    The place is never taken from today's unit: a book of 1985 says Vĩnh Phú, not Phú Thọ.
    """
    number = next_numbers([book])[book.pk]
    last = (
        book.records.exclude(registration_place="")
        .order_by("-pk")
        .values_list("registration_place", flat=True)
    )
    return {"number": f"{number:02}", "registration_place": last.first() or ""}
