"""The page of a book's pictures, and what is said there of pages."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.models import Book, PageState, Scan
from digitization.record_types import BY_CODE
from digitization.scans import keeping, pages
from digitization.scans.sending import MOST_FILES, PIECE

_ON_ONE_PAGE = 100


@require_safe
@role_required("see_records")
def book_scans(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Show the pictures of a book in page order, how they stand against its pages, and the way to add more."""
    book = access.book_to_read(request.rights, book_id)
    put_away = Scan.objects.filter(book=book).put_away()
    shows_put_away = "bo-ra" in request.GET
    scans = put_away if shows_put_away else Scan.objects.filter(book=book).in_the_book()
    page = Paginator(scans, _ON_ONE_PAGE).get_page(request.GET.get("trang"))
    may_send = access.may_send(request.rights, book)
    context = {
        "book": book,
        "record_type": BY_CODE[book.kind],
        "page": page,
        "reckoning": pages.reckoning_of(book),
        "put_away": put_away.count(),
        "shows_put_away": shows_put_away,
        "said": book.page_states.exclude(state=PageState.NORMAL),
        "states": PageState.choices,
        "may_send": may_send,
        "may_have_originals": access.may_manage(request.rights, book),
        "has_room": keeping.has_room() if may_send else True,
        "next_page": pages.next_page(book) if may_send else "",
        "piece": PIECE,
        "most_files": MOST_FILES,
    }
    return render(request, "digitization/scans.html", context)


@require_POST
@role_required("see_records")
def confirm_pages(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Take the page labels of pictures as they stand in the form."""
    book = access.book_to_send(request.rights, book_id)
    labels = {name[5:]: text for name, text in request.POST.items() if name.startswith("page-")}
    settled = pages.confirm(book, {key: str(text) for key, text in labels.items()})
    told = ngettext("%(n)s page confirmed.", "%(n)s pages confirmed.", settled)
    messages.success(request, told % {"n": settled})
    return _back(request, book)


@require_POST
@role_required("see_records")
def say_pages(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Note that pages are blank, damaged or lost, or normal after all."""
    book = access.book_to_send(request.rights, book_id)
    if request.POST.get("state") not in PageState.values:
        return HttpResponseBadRequest()
    try:
        n = pages.say(
            book=book,
            by=request.user,
            pages=request.POST.get("pages", ""),
            state=PageState(request.POST["state"]),
            note=request.POST.get("note", "").strip(),
        )
    except pages.NotSaid as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, ngettext("Noted of %(n)s page.", "Noted of %(n)s pages.", n) % {"n": n})
    return _back(request, book)


@require_POST
@role_required("see_records")
def prefer(request: OfficeRequest, key: str) -> HttpResponse:
    """Keep one of several pictures of a page."""
    scan = access.scan_to_send(request.rights, key)
    book = access.book_to_read(request.rights, scan.book_id)
    if pages.prefer(scan):
        messages.success(request, _("This picture now stands for page %(page)s.") % {"page": scan.page})
    return _back(request, book)


@require_POST
@role_required("see_records")
def turn(request: OfficeRequest, key: str) -> HttpResponse:
    """Turn a picture for everybody, by ``by`` degrees clockwise; the original stays as it came."""
    scan = access.scan_to_send(request.rights, key)
    if request.POST.get("by") not in ("90", "180", "270"):
        return HttpResponseBadRequest()
    try:
        pages.turn(scan.pk, int(request.POST["by"]))
    except pages.Busy as refusal:
        if request.htmx:
            return HttpResponse(status=409)
        messages.error(request, str(refusal))
        return _back(request, access.book_to_read(request.rights, scan.book_id))
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, _("The picture is being turned."))
    return _back(request, access.book_to_read(request.rights, scan.book_id))


@require_POST
@role_required("see_records")
def take_out(request: OfficeRequest, key: str) -> HttpResponse:
    """Take a picture out of a book it does not belong to."""
    scan = access.scan_to_send(request.rights, key)
    if pages.take_out(scan, by=request.user):
        messages.success(request, _("Taken out of the book. It is kept, and can be brought back."))
    return _back(request, access.book_to_read(request.rights, scan.book_id))


@require_POST
@role_required("see_records")
def bring_back(request: OfficeRequest, key: str) -> HttpResponse:
    """Bring back a picture that was taken out."""
    scan = access.scan_to_send(request.rights, key)
    if pages.bring_back(scan):
        messages.success(request, _("The picture is in the book again."))
    return _back(request, access.book_to_read(request.rights, scan.book_id))


def _back(request: OfficeRequest, book: Book) -> HttpResponse:
    answer = redirect("digitization:book_scans", book.pk)
    turned = request.POST.get("trang", "")
    if turned.isascii() and turned.isdecimal():
        answer["Location"] += f"?trang={turned}"
    return answer
