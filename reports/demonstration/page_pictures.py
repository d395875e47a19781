"""Pictures of register pages, drawn: what is typed already stands on them, and what comes next to be typed.

The pages are of the same invented entries as everything else, so that typing can be tried beside them. A few are faded
or lie on their side, as pages from real shelves do.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from random import Random

from django.conf import settings
from django.db.models import Count
from django.utils import translation
from PIL import Image, ImageDraw, ImageFont

from communes.models import User
from digitization.comparing import printed
from digitization.models import Book, Record
from digitization.models.states import NUMBER_FREE
from digitization.record_types import BY_CODE
from digitization.scans import receiving
from reports.demonstration.births import birth
from reports.demonstration.desks import PER_PAGE, Desk
from reports.demonstration.other_entries import other_entry
from reports.demonstration.registers import Register
from reports.demonstration.shelves import Shelved

# Pages before the one where typing goes on, and pages from there, by kind: births are what most people try.
_PAGES = {"KS": (2, 10), "KH": (1, 3), "KT": (1, 3), "CMC": (0, 2), "HN": (1, 3)}
_WIDTH, _HEIGHT, _MARGIN = 1240, 1754, 62
_PAPER, _INK, _PRINT = (236, 228, 206), (38, 42, 104), (86, 74, 60)
_FADED_INK = (176, 168, 160)
_QUALITY = 80


def load_pictures(desk: Desk, by: User) -> int:
    """Send drawn pages of a commune's books, of each kind the one typing goes on in; returns how many."""
    sent = 0
    for kind, (before, after) in _PAGES.items():
        going_on = _book_going_on(desk, kind)
        if going_on is None:
            continue
        shelved, book, typed = going_on
        here, last = typed // PER_PAGE + 1, -(-shelved.total // PER_PAGE)
        for page in range(max(here - before, 1), min(here + after, last + 1)):
            _send(desk, shelved, book, page, by)
            sent += 1
    return sent


def _book_going_on(desk: Desk, kind: str) -> tuple[Shelved, Book, int] | None:
    """Return the book of a kind that is half typed, else one not begun, else the last, with its typed entries."""
    counts = dict(
        Record.objects.filter(book__in=desk.books, kind=kind)
        .exclude(standing__in=NUMBER_FREE)
        .values_list("book")
        .annotate(n=Count("pk"))
    )
    books = [
        (shelved, book, counts.get(book.pk, 0))
        for shelved, book in zip(desk.shelf, desk.books, strict=True)
        if shelved.kind == kind
    ]
    unfinished = [one for one in books if one[2] < one[0].total]
    half = [one for one in unfinished if one[2]]
    return next(iter((*half, *unfinished, *reversed(books))), None)


def _send(desk: Desk, shelved: Shelved, book: Book, page: int, by: User) -> None:
    register = Register.of(
        key=shelved.key,
        kind=shelved.kind,
        commune=shelved.commune,
        name=desk.name,
        word=desk.word,
        odd=desk.odd,
    )
    invent = birth if shelved.kind == "KS" else other_entry
    slots = range((page - 1) * PER_PAGE, min(page * PER_PAGE, shelved.total))
    with translation.override("vi"):
        entries = [
            [
                (str(label), text)
                for passage in printed(BY_CODE[shelved.kind], invent(register, *shelved.entry_at(slot), page))
                for label, text, _code in passage.lines
            ]
            for slot in slots
        ]
        title = str(BY_CODE[shelved.kind].label)
    picture = _Page(f"{shelved.key}/{page}").drawn(title, book.quyen_so, page, entries)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    name = f"{shelved.kind}.{shelved.opened_year}.{shelved.book_no}.P{page:03}.jpg"
    receiving.take_whole(book=book, by=by, name=name, chunks=[out.getvalue()], page=str(page))


class _Page:
    """Draws one page; the same key draws the same page."""

    def __init__(self, key: str) -> None:
        self._rng = Random(f"picture/{key}")
        self._faded = self._rng.random() < 0.15
        self._picture = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
        self._pen = ImageDraw.Draw(self._picture)

    def drawn(
        self, title: str, book: str, page: int, entries: Sequence[Sequence[tuple[str, str]]]
    ) -> Image.Image:
        """Return the page with its printed frame and the written entries."""
        self._pen.text((_MARGIN, 60), f"Quyển số {book}", _PRINT, _font("Regular", 24))
        self._pen.text((_WIDTH / 2, 52), f"SỔ {title.upper()}", _PRINT, _font("Bold", 34), anchor="ma")
        self._pen.text((_WIDTH - _MARGIN, 60), f"Trang {page}", _PRINT, _font("Regular", 24), anchor="ra")
        height = (_HEIGHT - 190) // PER_PAGE
        for place, entry in enumerate(entries):
            self._entry(130 + place * height, height - 24, entry)
        self._speckle()
        # No page lies quite straight on the glass.
        return self._picture.rotate(self._rng.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=_PAPER)

    def _entry(self, top: int, height: int, entry: Sequence[tuple[str, str]]) -> None:
        self._pen.rectangle((_MARGIN, top, _WIDTH - _MARGIN, top + height), outline=_PRINT, width=2)
        step = min((height - 24) / max(len(entry), 1), 40)
        label, hand = _font("Regular", int(step * 0.55)), _font("Italic", int(step * 0.82))
        for place, (words, text) in enumerate(entry):
            y = top + 12 + place * step
            self._pen.text((_MARGIN + 16, y + step * 0.16), f"{words}:", _PRINT, label)
            x = _MARGIN + 390 + self._rng.uniform(-4, 6)
            ink = _FADED_INK if self._faded else _INK
            line = " ".join(text.split())
            self._pen.text((x, y + self._rng.uniform(-2, 2)), line, ink, hand)

    def _speckle(self) -> None:
        for x, y, shade in self._spots():
            self._pen.ellipse((x, y, x + 2, y + 2), fill=(shade, shade - 8, shade - 26))

    def _spots(self) -> Iterator[tuple[int, int, int]]:
        for _spot in range(700):
            yield self._rng.randrange(_WIDTH), self._rng.randrange(_HEIGHT), self._rng.randint(205, 228)


def _font(style: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(settings.BASE_DIR / f"static/fonts/print/Tinos-{style}.ttf", size)
