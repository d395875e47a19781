"""What who leads the campaign does with its history: freeze a moment, rebuild missing days, correct one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from civreg.templatetags.figures import day as day_in_words
from civreg.templatetags.figures import moment
from communes.guards import OfficeRequest, role_required
from digitization.posted import intent_in, whole
from digitization.verbs import Refused
from reports.campaigns.access import campaign_to_lead
from reports.past.views import chosen_of, day_or_404, show_day
from reports.progress.gains import refresh_pace
from reports.progress.lately import prepare
from reports.progress.moments import DaysBusy, correct_day, take_snapshot
from reports.progress.rebuild import AT_ONCE_ASKED, Rebuilt, rebuild_missing
from reports.room.choosing import Chosen


@require_POST
@role_required("lead_campaign")
def freeze_moment(request: OfficeRequest) -> HttpResponse:
    """Freeze the figures of this moment."""
    chosen = _chosen_to_change(request)
    try:
        taken = take_snapshot(by=request.user, campaign=chosen.campaign, intent=intent_in(request.POST))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        said = _("The figures of %(at)s are frozen. They stand beside the days and can be compared with any.")
        messages.success(request, said % {"at": moment(taken.taken_at)})
    return redirect(f"{reverse('reports:history')}{chosen.start}")


@require_POST
@role_required("lead_campaign")
def rebuild_days(request: OfficeRequest) -> HttpResponse:
    """Put the missing days together that can be, and say which cannot."""
    chosen = _chosen_to_change(request)
    found = rebuild_missing(chosen.campaign, by=request.user, most=AT_ONCE_ASKED)
    if found.days:
        refresh_pace(chosen.campaign)
        prepare(chosen.campaign)
    _tell(request, found)
    return redirect(f"{reverse('reports:history')}{chosen.start}")


@require_POST
@role_required("lead_campaign")
def correct(request: OfficeRequest, day: str) -> HttpResponse:
    """Count a published day anew, with the reason; 422 with the form as typed where that is refused."""
    chosen = _chosen_to_change(request)
    corrected, reason = day_or_404(day), request.POST.get("reason", "")
    try:
        made = correct_day(
            by=request.user,
            campaign=chosen.campaign,
            day=corrected,
            reason=reason,
            intent=intent_in(request.POST),
        )
    except Refused as refusal:
        return show_day(request, day, reason=reason, error=str(refusal.message))
    said = _("%(day)s now holds revision %(revision)s. The earlier ones stay readable.")
    messages.success(request, said % {"day": day_in_words(corrected), "revision": made.revision})
    return redirect(f"{reverse('reports:day', args=[day])}{chosen.start}")


def _chosen_to_change(request: OfficeRequest) -> Chosen:
    """Return the campaign the form was shown for; raises Http404 for a closed one, or one of another office."""
    campaign = campaign_to_lead(request.rights, whole(request.POST.get("campaign", "")) or 0)
    chosen = chosen_of(request)
    if campaign.closed or campaign != chosen.campaign:
        raise Http404
    return chosen


def _tell(request: OfficeRequest, found: Rebuilt) -> None:
    if found.busy:
        messages.error(request, str(DaysBusy().message))
    if found.days:
        said = ngettext("%(days)s day was rebuilt.", "%(days)s days were rebuilt.", len(found.days))
        messages.success(request, said % {"days": len(found.days)})
    if found.silent:
        said = ngettext(
            "%(days)s day stays missing: of entries typed by then nothing is written down.",
            "%(days)s days stay missing: of entries typed by then nothing is written down.",
            len(found.silent),
        )
        messages.warning(request, said % {"days": len(found.silent)})
    if not (found.busy or found.days or found.silent):
        messages.info(request, _("No day is missing."))
