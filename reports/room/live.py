"""Pages that stay fresh: every two seconds the browser asks whether anything changed, and gets only what did.

A page consists of parts, each with a mark of what it shows. The browser sends back the marks it has; the answer is 204
when all still hold and the figures are as old as said, else the line with their age and the parts that changed. The
page is complete without any of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import zip_longest
from typing import Any, Protocol

from django.http import HttpResponse
from django.shortcuts import render

from communes.guards import OfficeRequest
from reports.progress.read import DistrictProgress


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a page: its template, whose outermost element is swapped by its id, and a mark of what it shows."""

    template: str
    mark: str

    @classmethod
    def showing(cls, template: str, *shown: Any) -> Part:
        """Return a part with a mark that changes when any of ``shown`` does."""
        return cls(template, blake2b(repr(shown).encode("utf-8"), digest_size=4).hexdigest())


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
    return ".".join(part.mark for part in page.parts)


def changed_parts(page: LivePage, marks: str) -> list[Part]:
    """Return the parts that are not as the browser has them; all of them where it does not say."""
    had = zip_longest(page.parts, marks.split("."))
    return [part for part, mark in had if part is not None and part.mark != mark]


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
    changed = changed_parts(page, request.GET.get("ban", ""))
    if not changed and request.GET.get("luc") == moment:
        return HttpResponse(status=204)
    return render(request, "reports/parts/live_answer.html", {**context, "changed": changed, "swap": True})
