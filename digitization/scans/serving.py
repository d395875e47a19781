"""Pictures as they are served: to who reads the book, from an address nobody can guess, kept in no cache."""

from __future__ import annotations

from typing import Literal

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from civreg.lib.pictures import VARIANTS
from civreg.lib.private_files import sealed
from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.models import Scan, ScanState
from digitization.scans import keeping

Variant = Literal["thumb", "read", "contrast", "original"]


def address_of(scan: Scan, variant: Variant) -> str:
    """Return the address of one form of a picture."""
    return reverse("digitization:scan", kwargs={"key": scan.key, "variant": variant})


@require_safe
@role_required("see_records")
def scan(request: OfficeRequest, key: str, variant: str) -> HttpResponseBase:
    """Answer one form of a picture; the original leaves as an attachment only, byte for byte as it came."""
    # What was taken out can still be seen, or nobody could tell whether it has to be brought back.
    there = (ScanState.READY, ScanState.ASIDE)
    readable = Scan.objects.filter(book__in=access.books_to_read(request.rights), state__in=there)
    found = get_object_or_404(readable.select_related("source", "book__custodian"), key=key)
    try:
        # A camera writes where it stood into its file; who only reads or types needs nothing but the picture.
        if variant == "original" and access.may_manage(request.rights, found.book):
            answer = _original(found)
        elif variant in VARIANTS:
            answer = FileResponse(keeping.variant(found, variant).open("rb"), content_type="image/jpeg")
        else:
            raise Http404
    except FileNotFoundError as error:
        raise Http404 from error
    return sealed(answer)


def _original(found: Scan) -> FileResponse:
    # The name a file came with is no name to give back: only its page and what it really is.
    name = f"{found.book.kind}-{found.book_id}-{found.pk}.{keeping.EXTENSIONS[found.kind]}"
    return FileResponse(
        keeping.original(found).open("rb"),
        as_attachment=True,
        filename=name,
        content_type=keeping.TYPES[found.kind],
    )
