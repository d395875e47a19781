"""The dashboard, on a desk and on a wall, its table as a file, and the page of one unit."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from civreg.lib.written_tables import answer_with, form_asked
from communes.guards import OfficeRequest, role_required
from reports.models import Campaign
from reports.progress.read import current_campaign, district_progress, unit_progress
from reports.room import files
from reports.room.commune import CommunePage
from reports.room.dashboard import Dashboard, newest_campaign
from reports.room.live import answer
from reports.room.multiples import Multiples
from reports.room.since import look
from reports.support.commune import CommuneSupport, beside


@require_safe
@role_required("see_figures")
def dashboard(request: OfficeRequest) -> HttpResponse:
    """Show the whole campaign; ``?sap=`` names an order of the table (``orders.ORDERS``)."""
    campaign = newest_campaign()
    if campaign is None:
        return render(request, "reports/no_campaign.html")
    page = Dashboard.read(campaign, request.GET.get("sap", ""))
    # What is asked for every two seconds is no look of anybody's.
    since = None if request.htmx else look(page.progress, request.user)
    return answer(request, "reports/dashboard.html", page, since=since)


@require_safe
@role_required("see_figures")
def screen(request: OfficeRequest) -> HttpResponse:
    """Show the campaign to a whole room: large, without what is to be pressed, fresh by itself."""
    campaign = newest_campaign()
    if campaign is None:
        return render(request, "reports/no_campaign.html")
    return answer(request, "reports/screen.html", Dashboard.read(campaign, ""), on_wall=True)


@require_safe
@role_required("see_figures")
def multiples(request: OfficeRequest) -> HttpResponse:
    """Show the course of every unit; the dashboard asks for the pictures alone once they come into sight."""
    template = "reports/parts/multiples.html" if request.htmx else "reports/multiples.html"
    return render(request, template, {"page": Multiples.read(district_progress(_current()))})


@require_safe
@role_required("see_figures")
def dashboard_file(request: OfficeRequest) -> HttpResponseBase:
    """Answer the table of units as a file; ``?dang=`` is xlsx or csv."""
    progress = district_progress(_current())
    name = f"tien-do-{progress.schedule.now:%Y-%m-%d}"
    form = form_asked(request.GET.get("dang"))
    return answer_with(
        form, name, files.heads(), files.lines(progress), files.about(progress, request.user.name)
    )


@require_safe
@role_required("see_figures")
def commune(request: OfficeRequest, slug: str) -> HttpResponse:
    """Show one unit of the campaign; 404 for a unit that takes no part."""
    campaign = current_campaign(**beside(slug))
    progress = unit_progress(campaign, slug) if campaign else None
    if campaign is None or progress is None:
        raise Http404
    page = CommunePage.read(progress, number=_page(request), rights=request.rights)
    if not page.books and page.number > 1:
        raise Http404
    support = CommuneSupport.of(campaign, page.unit, request.rights)
    return answer(request, "reports/commune.html", page, support=support)


def _current() -> Campaign:
    campaign = current_campaign()
    if campaign is None:
        raise Http404
    return campaign


def _page(request: OfficeRequest) -> int:
    asked = request.GET.get("trang", "1")
    return int(asked) if asked.isdecimal() and 0 < len(asked) < 5 and int(asked) else 1
