"""The digest of the newest closed day, and of any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from civreg.lib import clock
from communes.guards import OfficeRequest, role_required
from reports.digest.page import DigestPage
from reports.digest.published import published_days
from reports.models import Campaign
from reports.room.choosing import KEY, Chosen, choose, choose_or_404


@require_safe
@role_required("see_figures")
def newest_digest(request: OfficeRequest) -> HttpResponse:
    """Show the digest of the last closed day of the current campaign, or of that of ``?dot=``."""
    chosen = choose(request.GET.get(KEY, ""))
    if chosen is None:
        return render(request, "reports/no_campaign.html")
    days = published_days(chosen.campaign)
    if not days:
        return render(request, "reports/digest/none.html", {"chosen": chosen})
    return _page(request, chosen, days[-1], days)


@require_safe
@role_required("see_figures")
def digest_of_day(request: OfficeRequest, day: str) -> HttpResponse:
    """Show the digest of one day; 404 outside of the campaign, and a page that says so for a day never closed."""
    chosen = choose_or_404(request.GET.get(KEY, ""))
    try:
        asked = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    days = published_days(chosen.campaign)
    if not chosen.campaign.starts <= asked <= _last_day(chosen.campaign, days):
        raise Http404
    return _page(request, chosen, asked, days)


def _last_day(campaign: Campaign, days: Sequence[date]) -> date:
    """Return the last day that has ended: the newest may be missing. A closed campaign misses none after its end."""
    ended = campaign.day_of(clock.now()) - timedelta(days=1)
    return max([min(ended, campaign.deadline) if campaign.closed else ended, *days])


def _page(request: OfficeRequest, chosen: Chosen, day: date, days: list[date]) -> HttpResponse:
    page = DigestPage.read(chosen.campaign, day, days, request.user, request.rights)
    return render(request, "reports/digest/digest.html", {"chosen": chosen, "page": page})
