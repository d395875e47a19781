"""Where entries stand in the pictures of their pages: read from a form, kept with the entry, and found again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q

from digitization.models import Book, Record, RecordScan, Scan, ScanState
from digitization.models.scans import WHOLE, labels_showing, tidy_label

_FOUR = re.compile(r"([0-9]{1,5}),([0-9]{1,5}),([0-9]{1,5}),([0-9]{1,5})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """Part of a picture in ten-thousandths of its width and height, from the upper left corner."""

    top: int
    left: int
    width: int
    height: int

    @classmethod
    def read(cls, text: str) -> Box | None:
        """Return the box written as "left,top,width,height"; None for anything that is no part of a picture."""
        found = _FOUR.fullmatch(text)
        if found is None:
            return None
        left, top, width, height = map(int, found.groups())
        inside = 0 < width <= WHOLE - left and 0 < height <= WHOLE - top
        return cls(top, left, width, height) if inside else None

    @classmethod
    def of(cls, link: RecordScan) -> Box | None:
        """Return the part of the picture an entry takes up, None where nobody showed it."""
        if link.top is None or link.left is None or link.width is None or link.height is None:
            return None
        return cls(link.top, link.left, link.width, link.height)

    @property
    def text(self) -> str:
        """Return the box as ``read`` understands it."""
        return f"{self.left},{self.top},{self.width},{self.height}"

    def turned(self, degrees: int) -> Box:
        """Return the same part of the picture after it was turned clockwise by a multiple of 90 degrees."""
        box = self
        for _quarter in range(degrees // 90 % 4):
            box = Box(box.left, WHOLE - box.top - box.height, box.height, box.width)
        return box


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the desk and an entry's page show beside the words at first: page, key of the picture, part of it.

    ``place`` counts the entries above this one on its page; None where the page goes on being typed.
    """

    page: str = ""
    key: str = ""
    box: str = ""
    place: int | None = None


def leaf_of(record: Record) -> Leaf:
    """Return the picture an entry was typed from, or at least its page."""
    seen = Q(scan__replaced_by=None, scan__state=ScanState.READY)
    link = RecordScan.objects.filter(seen, record=record).select_related("scan").first()
    if link is None or link.scan.book_id != record.book_id or not shows(link.scan, record):
        return Leaf(page=record.page_no, place=_place_of(record))
    box = Box.of(link)
    return Leaf(page=record.page_no, key=link.scan.key, box=box.text if box else "", place=_place_of(record))


def _place_of(record: Record) -> int:
    """Return how many entries of the same page come before this one by number."""
    if record.number is None:
        return 0
    above = Record.objects.counting().filter(book=record.book_id).on_page(record.page_no)
    return above.filter(number_year=record.number_year, number__lt=record.number).count()


def shows(scan: Scan, record: Record) -> bool:
    """Tell whether a picture shows the page an entry stands on, as both are numbered now."""
    return scan.page in labels_showing(tidy_label(record.page_no))


def has_pictures(book: Book) -> bool:
    """Tell whether any page of a book can be looked at."""
    return Scan.objects.ready().filter(book=book).exists()


def link(record: Record, picture: str, box: Box | None) -> None:
    """Keep which picture of its page an entry was typed from; anything else is left out.

    ``picture`` is "key" or "key/degrees", as it was turned when it was looked at: a part of it counts only while it
    still is. Without ``box`` a part shown before stays, as long as the picture is the same.
    """
    key, _turned, degrees = picture.partition("/")
    scan = Scan.objects.ready().filter(book=record.book_id, key=key).first() if key else None
    if scan is None or not shows(scan, record):
        return
    if degrees and degrees != str(scan.turned):
        box = None
    said = {"left": box.left, "top": box.top, "width": box.width, "height": box.height} if box else {}
    if not said and RecordScan.objects.filter(record=record, ordinal=1, scan=scan).exists():
        return
    RecordScan.objects.bulk_create(
        [RecordScan(record=record, scan=scan, **said)],
        update_conflicts=True,
        unique_fields=["record", "ordinal"],
        update_fields=["scan", "left", "top", "width", "height"],
    )
