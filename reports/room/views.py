"""The dashboard and the page of one unit."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communes.guards import OfficeRequest, role_required
from reports.progress.read import unit_progress
from reports.room.choosing import KEY, choose
from reports.room.commune import CommunePage
from reports.room.dashboard import Dashboard
from reports.room.live import answer


@require_safe
@role_required("see_figures")
def dashboard(request: OfficeRequest) -> HttpResponse:
    """Show the current campaign, or that of ``?dot=``; ``?sap=`` orders the table by state, remaining or name."""
    chosen = choose(request.GET.get(KEY, ""))
    if chosen is None:
        return render(request, "reports/no_campaign.html")
    page = Dashboard.read(chosen, request.GET.get("sap", ""))
    return answer(request, "reports/dashboard.html", page)


@require_safe
@role_required("see_figures")
def commune(request: OfficeRequest, slug: str) -> HttpResponse:
    """Show one unit of the campaign; 404 for a unit that takes no part."""
    chosen = choose(request.GET.get(KEY, ""), unit=slug)
    progress = unit_progress(chosen.campaign, slug) if chosen else None
    if chosen is None or progress is None:
        raise Http404
    page = CommunePage.read(progress, number=_page(request), rights=request.rights, chosen=chosen)
    if not page.books and page.number > 1:
        raise Http404
    return answer(request, "reports/commune.html", page)


def _page(request: OfficeRequest) -> int:
    asked = request.GET.get("trang", "1")
    return int(asked) if asked.isdecimal() and 0 < len(asked) < 5 and int(asked) else 1
