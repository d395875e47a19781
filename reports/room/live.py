"""Pages that stay fresh: every two seconds the browser asks whether anything changed, and gets only what did.

A page consists of parts, and a part may hold pieces that are swapped alone, as a table its rows. Each has a mark of
what it shows. The browser sends back the marks it has; the answer is 204 when all still hold and the figures are as old
as said, else the line with their age and what changed. The page is complete without any of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import zip_longest
from typing import Any, Protocol

from django.http import HttpResponse
from django.shortcuts import render

from communes.guards import OfficeRequest
from reports.progress.read import DistrictProgress

# The marks stand in an address: with more pieces than these it would grow too long, and a part is swapped whole.
MOST_PIECES = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a part: its template, which finds ``about`` as ``piece``, and a mark of what it shows.

    Its outermost element is swapped by its id. It comes inside of a ``template`` element, or the browser would not
    read a row without its table.
    """

    template: str
    about: Any
    mark: str
    alone = True

    @classmethod
    def showing(cls, template: str, about: Any, *shown: Any) -> Piece:
        """Return a piece with a mark that changes when any of ``shown`` does."""
        return cls(template, about, _mark(shown, size=3))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its template, a mark of what it shows beside its pieces, and these in their order.

    Its outermost element is swapped by its id.
    """

    template: str
    mark: str
    pieces: tuple[Piece, ...] = ()
    alone = False

    @classmethod
    def showing(cls, template: str, *shown: Any, pieces: Iterable[Piece] = ()) -> Part:
        """Return a part with a mark that changes when any of ``shown`` does, or the number of its pieces."""
        listed = tuple(pieces)
        if len(listed) > MOST_PIECES:
            return cls(template, _mark((shown, listed), size=4))
        return cls(template, _mark((shown, len(listed)), size=4), listed)

    @property
    def marks(self) -> str:
        """Return its mark and those of its pieces as the address of a poll carries them."""
        return "-".join((self.mark, *(piece.mark for piece in self.pieces)))

    def since(self, marks: str) -> list[Part | Piece]:
        """Return what changed since these marks: nothing, some pieces, or the part with all of them."""
        mark, *of_pieces = marks.split("-")
        if mark != self.mark:
            return [self]
        had = zip_longest(self.pieces, of_pieces)
        return [piece for piece, had_mark in had if piece is not None and piece.mark != had_mark]


def _mark(shown: Any, *, size: int) -> str:
    return blake2b(repr(shown).encode("utf-8"), digest_size=size).hexdigest()


class LivePage(Protocol):
    """What a page object must offer to be kept fresh."""

    @property
    def progress(self) -> DistrictProgress: ...
    @property
    def parts(self) -> Sequence[Part]: ...
    @property
    def query(self) -> str: ...


def hour_of(progress: DistrictProgress) -> datetime:
    """Return the hour: how long a unit has been idle changes with the clock alone."""
    return progress.schedule.now.replace(minute=0, second=0, microsecond=0)


def marks_of(page: LivePage) -> str:
    """Return the marks of all parts as the address of a poll carries them."""
    return ".".join(part.marks for part in page.parts)


def changed_since(page: LivePage, marks: str) -> list[Part | Piece]:
    """Return what is not as the browser has it; all parts where it does not say."""
    had = zip_longest(page.parts, marks.split("."), fillvalue="")
    return [changed for part, own in had if isinstance(part, Part) for changed in part.since(str(own))]


def moment_of(progress: DistrictProgress) -> str:
    """Return a mark of the line that says how old the figures are."""
    stale_minutes = int(progress.age.total_seconds() // 60) if progress.stale and progress.age else 0
    computed = progress.computed_at.timestamp() if progress.computed_at else 0
    return f"{computed:.0f}.{stale_minutes:d}.{progress.stale:d}"


def answer(request: OfficeRequest, template: str, page: LivePage, **context: Any) -> HttpResponse:
    """Answer with the whole page, or to a poll with what changed since the marks the browser sends along."""
    moment = moment_of(page.progress)
    context |= {"page": page, "moment_mark": moment, "marks": marks_of(page)}
    if not request.htmx:
        return render(request, template, context)
    changed = changed_since(page, request.GET.get("ban", ""))
    if not changed and request.GET.get("luc") == moment:
        return HttpResponse(status=204)
    return render(request, "reports/parts/live_answer.html", {**context, "changed": changed, "swap": True})
