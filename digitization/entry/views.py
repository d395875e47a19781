"""Pages for typing: a new entry of a book, new words for an entry, drafts put aside."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from civreg.lib import clock
from civreg.templatetags.figures import clock_time
from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.bookmarks import ON, address_of
from digitization.comparing import compared, typed_before
from digitization.crops import Leaf, has_pictures, leaf_of
from digitization.entry.carrying import follows, keep_on, kept_of, start_of
from digitization.entry.drafts import AlreadySaved, put_aside
from digitization.entry.form import entry_form
from digitization.entry.saving import Outcome, Posted, save
from digitization.entry.shared_work import Onward, all_typed, onward
from digitization.entry.shorthand import words_of
from digitization.entry_rows import as_entry
from digitization.models import Book, Draft, Record
from digitization.posted import whole
from digitization.record_types import BY_CODE
from digitization.record_types.reading import read, write


@require_http_methods(["GET", "POST"])
@role_required("enter")
def enter(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Type a new entry of a book; after saving, the next one or the book's page."""
    book = access.book_to_enter(request.rights, book_id)
    if request.method == "POST":
        return _posted(request, book)
    on, wanted = request.GET.get(ON) == "1", whole(request.GET.get("khoang", ""))
    start = start_of(book, request.user, on=on, wanted=wanted)
    form = entry_form(BY_CODE[book.kind], start.raw, carried=start.carried, kept=start.kept)
    context = {"form": form, "intent": uuid4(), "place": start.place, "told": all_typed(start.place)}
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


@require_POST
@role_required("enter")
def carry(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Carry a field on from entry to entry, or no longer; remembered for the person and the book."""
    book = access.book_to_enter(request.rights, book_id)
    code = request.POST.get("field", "")
    kept = kept_of(book, request.user)
    keep_on(book, request.user, kept | {code} if request.POST.get("on") == "1" else kept - {code})
    return HttpResponse(status=204)


@require_http_methods(["GET"])
@role_required("enter")
def before(request: OfficeRequest, book_id: int) -> JsonResponse:
    """Answer what stands in the entry the person typed last in a book: raw texts by control, to copy a field from."""
    book = access.book_to_enter(request.rights, book_id)
    own = access.records_to_read(request.rights, request.user).filter(book=book, entered_by=request.user)
    last = own.order_by("-pk").first()
    return JsonResponse(write(BY_CODE[book.kind], as_entry(last)) if last else {})


def _posted(request: OfficeRequest, book: Book, record: Record | None = None) -> HttpResponse:
    posted = Posted.of(book, request.POST)
    if request.POST.get("then") == "later":
        return _put_aside(request, posted, book, record)
    visible = access.records_to_read(request.rights, request.user)
    outcome = save(posted, by=request.user, book=book, visible=visible, record=record)
    if outcome.record is None:
        return _page(request, book, record, _answer(request, posted, outcome), status=422)
    further = onward(book, request.user, outcome.record) if record is None else None
    if further and request.POST.get("then") == "next" and request.htmx:
        return JsonResponse(_next(outcome.record, further))
    messages.success(request, _("Saved: number %(number)s.") % {"number": outcome.record.number_raw or "–"})
    if further and further.told:
        messages.info(request, further.told)
    if further and request.POST.get("then") == "next":
        return _on_to(request, address_of(book.pk))
    return _on_to(request, reverse("digitization:record", args=[outcome.record.pk]))


def _put_aside(request: OfficeRequest, posted: Posted, book: Book, record: Record | None) -> HttpResponse:
    try:
        put_aside(posted, by=request.user, book=book, record=record)
        messages.success(request, _("Put aside as a draft. Only you can see it; it is in no figure yet."))
    except AlreadySaved:
        messages.error(request, _("This form was saved already. Open the entry again to change it."))
    return redirect("digitization:book", book.pk)


def _on_to(request: OfficeRequest, address: str) -> HttpResponse:
    """Lead on to a page; the desk, which sent the form behind the page, is told where to go."""
    return JsonResponse({"go": address}) if request.htmx else redirect(address)


def _next(saved: Record, further: Onward) -> dict[str, Any]:
    """What the desk needs to type on without another page: what was saved, and what the next entry begins with."""
    return {
        "saved": {
            "number": saved.number_text,
            "subject": saved.subject_name or "–",
            "address": reverse("digitization:record", args=[saved.pk]),
            "at": clock_time(clock.now()),
        },
        "intent": str(uuid4()),
        "follows": follows(further.place),
        "told": further.told,
    }


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
        "shorthand": json.dumps(words_of(request.user), ensure_ascii=False),
        **context,
    }
    # The desk already has the form: it gets what is said about it.
    if request.htmx and status == 422:
        return render(request, "digitization/parts/answered.html", page, status=status)
    if has_pictures(book):
        page |= {"leaf": leaf_of(record) if record else Leaf(), "may_turn": True}
    return render(request, "digitization/entry.html", page, status=status)
