"""The dashboard, on a desk and on a wall, its table as a file, and the page of one unit."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from civreg.lib.written_tables import answer_with, form_asked
from communes.guards import OfficeRequest, role_required
from reports.progress.read import district_progress, unit_progress
from reports.room import files
from reports.room.breakdown import Breakdown
from reports.room.chain import Choice
from reports.room.choosing import KEY, Chosen, choose, choose_or_404
from reports.room.commune import CommunePage
from reports.room.dashboard import Dashboard, Wall, choose_with_requests
from reports.room.live import answer
from reports.room.multiples import Multiples
from reports.room.since import look
from reports.support.commune import CommuneSupport, beside


@require_safe
@role_required("see_figures")
def dashboard(request: OfficeRequest) -> HttpResponse:
    """Show the current campaign, or that of ``?dot=``; ``?sap=`` names an order of the table (``orders.ORDERS``)."""
    chosen = choose_with_requests(request.GET.get(KEY, ""))
    if chosen is None:
        return render(request, "reports/no_campaign.html")
    page = Dashboard.read(chosen, request.GET.get("sap", ""))
    # What is asked for every two seconds is no look of anybody's, and a closed campaign has no news.
    quiet = request.htmx or chosen.campaign.closed
    since = None if quiet else look(page.progress, request.user)
    return answer(request, "reports/dashboard.html", page, since=since)


@require_safe
@role_required("see_figures")
def screen(request: OfficeRequest) -> HttpResponse:
    """Show a campaign to a whole room: large, without what is to be pressed, fresh by itself."""
    chosen = choose_with_requests(request.GET.get(KEY, ""))
    if chosen is None:
        return render(request, "reports/no_campaign.html")
    return answer(request, "reports/screen.html", Wall.read(chosen, ""), on_wall=True)


@require_safe
@role_required("see_figures")
def multiples(request: OfficeRequest) -> HttpResponse:
    """Show the course of every unit; the dashboard asks for the pictures alone once they come into sight."""
    template = "reports/parts/multiples.html" if request.htmx else "reports/multiples.html"
    chosen = _chosen(request)
    page = Multiples.read(district_progress(chosen.campaign), chosen)
    return render(request, template, {"page": page})


@require_safe
@role_required("see_figures")
def dashboard_file(request: OfficeRequest) -> HttpResponseBase:
    """Answer the table of units as a file; ``?dang=`` is xlsx or csv."""
    progress = district_progress(_chosen(request).campaign)
    name = f"tien-do-{progress.schedule.now:%Y-%m-%d}"
    form = form_asked(request.GET.get("dang"))
    return answer_with(
        form, name, files.heads(), files.lines(progress), files.about(progress, request.user.name)
    )


@require_safe
@role_required("see_figures")
def breakdown(request: OfficeRequest) -> HttpResponse:
    """Show the communes behind one number of the district."""
    chosen = _chosen(request)
    page = Breakdown(district_progress(chosen.campaign), Choice.read(request.GET), chosen)
    return render(request, "reports/breakdown.html", {"page": page})


@require_safe
@role_required("see_figures")
def commune(request: OfficeRequest, slug: str) -> HttpResponse:
    """Show one unit of the campaign, with all its books, or those behind one number; 404 where it takes no part."""
    chosen = choose(request.GET.get(KEY, ""), unit=slug, **beside(slug))
    progress = unit_progress(chosen.campaign, slug) if chosen else None
    if chosen is None or progress is None:
        raise Http404
    choice, number = Choice.read(request.GET), _page(request)
    page = CommunePage.read(progress, choice, number=number, rights=request.rights, chosen=chosen)
    if not page.books and page.number > 1:
        raise Http404
    support = CommuneSupport.of(chosen.campaign, page.unit, request.rights)
    return answer(request, "reports/commune.html", page, support=support)


def _chosen(request: OfficeRequest) -> Chosen:
    return choose_or_404(request.GET.get(KEY, ""))


def _page(request: OfficeRequest) -> int:
    asked = request.GET.get("trang", "1")
    return int(asked) if asked.isdecimal() and 0 < len(asked) < 5 and int(asked) else 1
