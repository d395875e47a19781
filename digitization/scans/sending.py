"""Files on their way into a book: piece by piece from a script, whole from the plain form."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.models import Book, Upload
from digitization.posted import whole
from digitization.scans import receiving

# Bytes of one piece: some seconds on a slow line, so that a cut costs little.
PIECE = 256 * 1024
MOST_FILES = 100


@require_POST
@role_required("see_records")
def start(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Begin to send a file, or learn where one that was cut goes on: ``upload`` and ``offset`` as JSON."""
    book = access.book_to_send(request.rights, book_id)
    posted = request.POST
    size = posted.get("size", "")
    try:
        upload = receiving.start(
            book=book,
            by=request.user,
            name=posted.get("name", ""),
            size=whole(size),
            sha256=posted.get("sha256", ""),
            page=posted.get("page", ""),
        )
    except receiving.NotTaken as refusal:
        return JsonResponse({"detail": str(refusal)}, status=422)
    return JsonResponse({"upload": upload.key, "offset": receiving.received_of(upload)})


@require_http_methods(["GET", "POST"])
@role_required("see_records")
def piece(request: OfficeRequest, key: str) -> HttpResponse:
    """Take the next piece of a file, which is the body; or say, by GET, how much of it is here."""
    upload = get_object_or_404(Upload.objects.select_related("book", "user"), key=key, user=request.user)
    access.book_to_send(request.rights, upload.book_id)
    if request.method == "GET":
        return JsonResponse({"offset": receiving.received_of(upload)})
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isascii() and offset.isdecimal() and len(offset) < 12):
        return HttpResponseBadRequest()
    try:
        scan = receiving.append(upload, int(offset), request.body)
    except receiving.WrongOffset as elsewhere:
        return JsonResponse({"offset": elsewhere.received}, status=409)
    except receiving.NotTaken as refusal:
        return JsonResponse({"detail": str(refusal)}, status=422)
    except Upload.DoesNotExist as gone:
        raise Http404 from gone
    here = int(offset) + len(request.body)
    if scan is None:
        return JsonResponse({"offset": here})
    return JsonResponse({"offset": here, "done": True, "page": scan.page})


@require_POST
@role_required("see_records")
def send_files(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Take files from the plain form, each with its own message where it is refused; the good ones are kept."""
    book = access.book_to_send(request.rights, book_id)
    files = request.FILES.getlist("files")
    taken = sum(_taken(request, book, file) for file in files)
    if not files:
        messages.error(request, _("Choose one or more files first."))
    if taken:
        words = ngettext("%(n)s file received.", "%(n)s files received.", taken)
        messages.success(request, words % {"n": taken})
    return redirect("digitization:book_scans", book.pk)


def _taken(request: OfficeRequest, book: Book, file: UploadedFile) -> bool:
    name = file.name or ""
    page = request.POST.get("page", "")
    try:
        receiving.take_whole(book=book, by=request.user, name=name, chunks=file.chunks(), page=page)
    except receiving.NotTaken as refusal:
        told = {"name": receiving.tidy_name(name), "why": str(refusal)}
        messages.error(request, _("%(name)s: %(why)s") % told)
        return False
    return True
