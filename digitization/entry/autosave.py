"""The draft a page keeps by itself while somebody types: every two seconds, and on leaving a field.

The answer is a line of JSON, because it crosses a slow line a thousand times an evening: ``at`` (the time the draft was
kept) and ``words`` (dates written out, to be compared with the book), or ``detail`` in words where it was not kept.
409: another page of the same person has the draft; its mark is ``window``, and a page that sends it as ``found`` takes
the draft over.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.http import JsonResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from civreg.lib.date_words import date_in_words
from civreg.templatetags.figures import clock_time
from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.entry.drafts import AlreadySaved, Window, WrittenElsewhere, put_aside
from digitization.entry.saving import Posted
from digitization.models import Book, Record
from digitization.record_types import BY_CODE
from digitization.record_types.entries import date_of
from digitization.record_types.reading import read

WORDS = "_words"


@require_POST
@role_required("enter")
def keep(request: OfficeRequest, book_id: int) -> JsonResponse:
    """Keep a new entry of a book as it stands now."""
    return _kept(request, access.book_to_enter(request.rights, book_id))


@require_POST
@role_required("enter")
def keep_correction(request: OfficeRequest, record_id: int) -> JsonResponse:
    """Keep new words for an entry as they stand now."""
    record = access.record_to_correct(request.rights, request.user, record_id)
    return _kept(request, record.book, record)


def _kept(request: OfficeRequest, book: Book, record: Record | None = None) -> JsonResponse:
    posted, window = Posted.of(book, request.POST), window_in(request.POST)
    try:
        draft = put_aside(posted, by=request.user, book=book, record=record, window=window)
    except AlreadySaved:
        return JsonResponse({"saved": True})
    except WrittenElsewhere as elsewhere:
        words = _(
            "This entry is open in another window, which was typed in last. Nothing was kept from here."
        )
        found = str(elsewhere.window) if elsewhere.window else ""
        return JsonResponse({"detail": words, "window": found}, status=409)
    return JsonResponse({"at": clock_time(draft.saved_at), "words": dates_in_words(book, posted.raw)})


def dates_in_words(book: Book, raw: Mapping[str, str]) -> dict[str, str]:
    """Return, by field, the words of every whole date whose words are asked for and not typed yet: a proposal."""
    record_type = BY_CODE[book.kind]
    entry = read(record_type, raw).entry
    beside = {f"{code}{WORDS}": date_of(entry, code) for code in record_type.by_code}
    return {
        code: _begun(date_in_words(date))
        for code, date in beside.items()
        if code in record_type.by_code and date and date.precision == "day" and not raw.get(code)
    }


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def window_in(data: QueryDict) -> Window:
    """Return the marks a page sends along; a page without one of its own is a new window each time."""
    return Window(_mark(data.get("window", "")) or uuid4(), _mark(data.get("found", "")))


def _mark(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
