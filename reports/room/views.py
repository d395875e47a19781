"""The dashboard and the page of one unit."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communes.guards import OfficeRequest, role_required
from reports.progress.read import current_campaign, district_progress, unit_progress
from reports.room.breakdown import Breakdown
from reports.room.chain import Choice
from reports.room.commune import CommunePage
from reports.room.dashboard import Dashboard, newest_campaign
from reports.room.live import answer


@require_safe
@role_required("see_figures")
def dashboard(request: OfficeRequest) -> HttpResponse:
    """Show the whole campaign; ``?sap=`` orders the table by state, remaining or name."""
    campaign = newest_campaign()
    if campaign is None:
        return render(request, "reports/no_campaign.html")
    page = Dashboard.read(campaign, request.GET.get("sap", ""))
    return answer(request, "reports/dashboard.html", page)


@require_safe
@role_required("see_figures")
def breakdown(request: OfficeRequest) -> HttpResponse:
    """Show the communes behind one number of the district."""
    campaign = current_campaign()
    if campaign is None:
        return render(request, "reports/no_campaign.html")
    page = Breakdown(district_progress(campaign), Choice.read(request.GET))
    return render(request, "reports/breakdown.html", {"page": page})


@require_safe
@role_required("see_figures")
def commune(request: OfficeRequest, slug: str) -> HttpResponse:
    """Show one unit of the campaign, with all its books, or those behind one number; 404 where it takes no part."""
    campaign = current_campaign()
    progress = unit_progress(campaign, slug) if campaign else None
    if progress is None:
        raise Http404
    page = CommunePage.read(progress, Choice.read(request.GET), number=_page(request), rights=request.rights)
    if not page.books and page.number > 1:
        raise Http404
    return answer(request, "reports/commune.html", page)


def _page(request: OfficeRequest) -> int:
    asked = request.GET.get("trang", "1")
    return int(asked) if asked.isdecimal() and 0 < len(asked) < 5 and int(asked) else 1
