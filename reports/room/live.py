"""Pages that stay fresh: every two seconds the browser asks whether anything changed, and gets only what did.

The answer is 204 when nothing did, the line with the age of the figures when only that moved on, and the whole
part below the head when a figure changed. The page is complete without any of it.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Protocol

from django.http import HttpResponse
from django.shortcuts import render

from communes.guards import OfficeRequest
from reports.progress.read import DistrictProgress


class LivePage(Protocol):
    """What a page object must offer to be kept fresh."""

    @property
    def progress(self) -> DistrictProgress: ...
    @property
    def live_template(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def query(self) -> str: ...


def version_of(progress: DistrictProgress, *beside: Any) -> str:
    """Return a short mark of the figures and of the hour: how long a unit has been idle changes with the clock."""
    hour = progress.schedule.now.replace(minute=0, second=0, microsecond=0)
    shown = repr((progress.units, progress.schedule.day, hour, beside))
    return blake2b(shown.encode("utf-8"), digest_size=8).hexdigest()


def moment_of(progress: DistrictProgress) -> str:
    """Return a mark of the line that says how old the figures are."""
    stale_minutes = int(progress.age.total_seconds() // 60) if progress.stale and progress.age else 0
    computed = progress.computed_at.timestamp() if progress.computed_at else 0
    return f"{computed:.0f}.{stale_minutes:d}.{progress.stale:d}"


def answer(request: OfficeRequest, template: str, page: LivePage, **context: Any) -> HttpResponse:
    """Answer with the whole page, or to a poll with what changed since the marks the browser sends along."""
    moment = moment_of(page.progress)
    context |= {"page": page, "moment_mark": moment}
    if not request.htmx:
        return render(request, template, context)
    changed = request.GET.get("ban") != page.version
    if not changed and request.GET.get("luc") == moment:
        return HttpResponse(status=204)
    return render(request, "reports/parts/live_answer.html", {**context, "changed": changed})
