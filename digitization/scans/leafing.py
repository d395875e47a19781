"""Leafing through the pictures of a book beside the words typed from them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.crops import Box, shows
from digitization.models import Book, BookPage, PageState, RecordScan, Scan
from digitization.models.scans import WHOLE, pages_in, sort_of, tidy_label
from digitization.scans.serving import address_of

# Enough links to find a whole page typed lately among them.
_LATELY = 40


@dataclass(frozen=True, slots=True)
class Slots:
    """Where the entries of a page stand, in their order; ``guessed`` if nobody has shown it on any page yet."""

    boxes: tuple[Box, ...]
    guessed: bool


@require_safe
@role_required("see_records")
def leaf(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Answer the pictures of one page of a book (``trang``), its neighbours, and where its entries stand.

    Without a page, or where nothing is known of it, ``pictures`` is empty and the neighbours lead to what there is.
    """
    book = access.book_to_read(request.rights, book_id)
    label = tidy_label(request.GET.get("trang", ""))
    shown = (
        list(Scan.objects.ready().of_page(book, label).order_by("sort", "-confirmed", "pk")) if label else []
    )
    before, after = _neighbours(book, shown[0].sort if shown else sort_of(label), label)
    told: dict[str, Any] = {
        "page": label,
        "said": _said_of(book, label),
        "pictures": [_picture(scan) for scan in shown],
        "before": before,
        "after": after,
        "typed": book.records.counting().on_page(label).count() if label else 0,
    }
    if shown:
        slots = slots_of(book, shown[0], label)
        told |= {"slots": [box.text for box in slots.boxes], "guessed": slots.guessed}
    return JsonResponse(told, headers={"Cache-Control": "private, no-store"})


def slots_of(book: Book, scan: Scan, label: str) -> Slots:
    """Return where the entries of a page stand: as on the page typed last, else its height in equal parts."""
    per_page = book.per_page
    links = RecordScan.objects.filter(scan__book=book, top__isnull=False).exclude(scan=scan)
    half = _half(scan, label)
    lately = links.select_related("scan", "record").order_by("-record_id")[:_LATELY]
    for _scan, group in groupby(lately, key=lambda link: link.scan_id):
        true = [one for one in group if shows(one.scan, one.record)]
        boxes = tuple(sorted(box for one in true if (box := Box.of(one)) and _within(box, half)))
        if len(boxes) >= per_page:
            return Slots(boxes, guessed=False)
    left, width = half
    height = WHOLE // per_page
    equal = tuple(Box(place * height, left, width, height) for place in range(per_page))
    return Slots(equal, guessed=True)


def _half(scan: Scan, label: str) -> tuple[int, int]:
    """Return left edge and width of the page within its picture: of the open book it is one half."""
    both = pages_in(scan.page)
    if len(both) < 2 or scan.page == label:
        return 0, WHOLE
    return (0, WHOLE // 2) if label == str(both[0]) else (WHOLE // 2, WHOLE // 2)


def _within(box: Box, half: tuple[int, int]) -> bool:
    middle = box.left + box.width // 2
    return half[0] <= middle <= half[0] + half[1]


def _neighbours(book: Book, sort: int, label: str) -> tuple[str, str]:
    """Return the labels of the pages with a picture before and after a place in the book, "" at its ends."""
    ready = Scan.objects.ready().filter(book=book).exclude(page="")
    before = ready.filter(sort__lt=sort).order_by("-sort").values_list("page", flat=True).first()
    after = ready.filter(sort__gt=sort).order_by("sort").values_list("page", flat=True).first()
    return _page_of(before, label, last=True), _page_of(after, label, last=False)


def _page_of(shown: str | None, label: str, *, last: bool) -> str:
    """Return the page to leaf to: of an open book, the one next to where the person is."""
    both = pages_in(shown or "")
    return str(both[-1 if last else 0]) if len(both) > 1 else shown or ""


def _said_of(book: Book, label: str) -> str:
    said = BookPage.objects.filter(book=book, label=label).exclude(state=PageState.NORMAL).first()
    return str(said.get_state_display()) if said else ""


def _picture(scan: Scan) -> dict[str, Any]:
    # What is served changes when it is turned: the address has to, too, or a page would go on showing what it has.
    made = f"?v={scan.turned_as_served}"
    return {
        "key": scan.key,
        "thumb": address_of(scan, "thumb") + made,
        "read": address_of(scan, "read") + made,
        "contrast": address_of(scan, "contrast") + made,
        "made": scan.turned_as_served,
        "turn": reverse("digitization:turn_scan", args=[scan.key]),
        "turning": (scan.turned - scan.turned_as_served) % 360,
    }
