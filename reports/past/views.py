"""The history of a campaign: its days, one day, two days beside each other."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from civreg.lib import clock
from civreg.lib.written_tables import answer_with, form_asked
from communes.guards import OfficeRequest, role_required
from digitization.posted import whole
from reports.campaigns.access import may_change
from reports.past.comparing import Comparison
from reports.past.day import DayPage
from reports.past.files import about_comparison, about_history, comparison_table, history_table
from reports.past.listing import PER_PAGE, History, proven
from reports.room.choosing import KEY, Chosen, choose, choose_or_404


@require_safe
@role_required("see_figures")
def history(request: OfficeRequest) -> HttpResponse:
    """List the days of the campaign, a month on a page, the newest first; missing days stand in their place."""
    chosen = choose(request.GET.get(KEY, ""))
    if chosen is None:
        return render(request, "reports/no_campaign.html")
    read = History.read(chosen.campaign)
    page = Paginator(read.lines, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "chosen": chosen,
        "history": read,
        "page": page,
        "lines": proven(page),
        "intent": uuid4(),
        "may_change": may_change(request.rights, chosen.campaign),
    }
    return render(request, "reports/past/history.html", context)


@require_safe
@role_required("see_figures")
def history_file(request: OfficeRequest) -> HttpResponseBase:
    """Give out the list of days; ``?dang=`` xlsx or csv."""
    read = History.read(chosen_of(request).campaign)
    heads, rows = history_table(read)
    name = f"lich-su-{clock.today():%Y-%m-%d}"
    return answer_with(form_asked(request.GET.get("dang")), name, heads, rows, about_history(read))


@require_safe
@role_required("see_figures")
def day(request: OfficeRequest, day: str) -> HttpResponse:
    """Show one day as published; ``?ban=`` another revision or moment of it, ``?don-vi=hien-nay`` units of today."""
    return show_day(request, day)


def show_day(request: OfficeRequest, day: str, *, reason: str = "", error: str = "") -> HttpResponse:
    """Show a day, with the form of a correction as it was sent where that was refused."""
    chosen = chosen_of(request)
    page = DayPage.read(
        chosen.campaign,
        day_or_404(day),
        revision=whole(request.GET.get("ban", "")),
        today=request.GET.get("don-vi") == "hien-nay",
    )
    if page is None:
        raise Http404
    context = {
        "chosen": chosen,
        "page": page,
        "intent": uuid4(),
        "reason": reason,
        "error": error,
        "may_change": may_change(request.rights, page.campaign),
    }
    return render(request, "reports/past/day.html", context, status=422 if error else 200)


@require_safe
@role_required("see_figures")
def compare(request: OfficeRequest) -> HttpResponse:
    """Compare two days or moments: ``tu``, ``den``; ``don-vi=hien-nay`` for units of today, ``sap`` the order."""
    chosen = choose(request.GET.get(KEY, ""))
    if chosen is None:
        return render(request, "reports/no_campaign.html")
    page = Comparison.read(chosen.campaign, request.GET.dict())
    return render(request, "reports/past/compare.html", {"chosen": chosen, "page": page})


@require_safe
@role_required("see_figures")
def comparison_file(request: OfficeRequest) -> HttpResponseBase:
    """Give out the same comparison; ``?dang=`` xlsx or csv."""
    page = Comparison.read(chosen_of(request).campaign, request.GET.dict())
    heads, rows = comparison_table(page)
    name = f"so-sanh-{page.asked_then}-{page.asked_now}"
    return answer_with(form_asked(request.GET.get("dang")), name, heads, rows, about_comparison(page))


def chosen_of(request: OfficeRequest) -> Chosen:
    """Return the campaign the page speaks about: the current one, or that of ``?dot=``."""
    return choose_or_404(request.GET.get(KEY, ""))


def day_or_404(text: str) -> date:
    """Read a day out of an address: 2024-12-05."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
