"""Pages of campaigns: the list, a new one, one to read, its terms and units, its end."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communes.guards import OfficeRequest, role_required
from communes.models import Unit
from digitization.posted import intent_in
from digitization.refusals import as_form_error
from digitization.verbs import Refused, answered
from reports.campaigns import access, closing, setting_up
from reports.campaigns.answering import form_page, running
from reports.campaigns.forms import ChangeForm, NewCampaignForm, ReasonForm, UnitsForm
from reports.campaigns.pages import CampaignList, CampaignPage
from reports.progress.read import district_progress
from reports.room.choosing import KEY, choose, start_in


@require_safe
@role_required("see_figures")
def campaigns(request: OfficeRequest) -> HttpResponse:
    """List all campaigns, running and closed, with their figures."""
    context = {"page": CampaignList.read(request.rights), "start": start_in(request.GET.get(KEY, ""))}
    return render(request, "reports/campaigns/campaigns.html", context)


@require_safe
@role_required("see_figures")
def campaign(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one campaign: plan, documents, units with what they signed, milestones, history."""
    chosen = choose(str(pk))
    if chosen is None:
        raise Http404
    page = CampaignPage.read(chosen, request.rights)
    return render(request, "reports/campaigns/campaign.html", {"page": page, "intent": uuid4()})


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("lead_campaign")
def new_campaign(request: OfficeRequest) -> HttpResponse:
    """Set up a campaign of one of the person's offices; ``office`` chooses where there are several."""
    intent = intent_in(request.POST)
    if made := answered(by=request.user, verb=setting_up.CREATE, intent=intent):
        return redirect("reports:campaign", made)
    office, offices = _office(request)
    form = NewCampaignForm(request.POST or None, choices=access.units_to_choose(office))
    if request.method == "POST" and form.is_valid():
        try:
            made = setting_up.create(
                by=request.user,
                office=office,
                terms=form.terms(),
                units=form.cleaned_data["units"],
                intent=intent,
            )
        except Refused as refusal:
            form.add_error(None, as_form_error(refusal))
        else:
            messages.success(request, _("The campaign is set up. Its figures appear within seconds."))
            return redirect("reports:campaign", made.pk)
    context = {"form": form, "office": office, "offices": offices, "intent": uuid4()}
    return render(
        request, "reports/campaigns/new_campaign.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("lead_campaign")
def edit_campaign(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change title, days, cut-off hour or kinds of a running campaign, with the reason."""
    found = running(request, pk)
    form = ChangeForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        moved = form.moved()
        try:
            setting_up.revise(
                by=request.user,
                campaign=found,
                changes=moved,
                reason=form.cleaned_data["reason"],
                intent=intent_in(request.POST),
            )
        except Refused as refusal:
            form.add_error(None, as_form_error(refusal))
        else:
            messages.success(request, _("Saved.") if moved else _("Nothing was changed."))
            return redirect("reports:campaign", pk)
    frozen = setting_up.days_were_closed(found)
    return form_page(request, "edit_campaign", form, pk, frozen=frozen)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("lead_campaign")
def campaign_units(request: OfficeRequest, pk: int) -> HttpResponse:
    """Add units to a running campaign or take them out, with the reason."""
    found = running(request, pk)
    present = list(found.units.values_list("pk", flat=True))
    choices = (access.units_to_choose(found.office) | Unit.objects.filter(pk__in=present)).distinct()
    form = UnitsForm(request.POST or None, choices=choices, initial={"units": present, "shown": present})
    if request.method == "POST" and form.is_valid():
        try:
            chosen = setting_up.choose_units(
                by=request.user, campaign=found, intent=intent_in(request.POST), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, as_form_error(refusal))
        else:
            _tell(request, chosen)
            return redirect("reports:campaign", pk)
    return form_page(request, "units", form, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("lead_campaign")
def close_campaign(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say what closing does, and close the campaign for ever."""
    found = running(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            closing.close(
                by=request.user,
                campaign=found,
                reason=form.cleaned_data["reason"],
                intent=intent_in(request.POST),
            )
        except Refused as refusal:
            form.add_error(None, as_form_error(refusal))
        else:
            messages.success(request, _("The campaign is closed. Its last figures stay to be read."))
            return redirect("reports:campaign", pk)
    return form_page(request, "close", form, pk, progress=district_progress(found))


def _tell(request: OfficeRequest, chosen: setting_up.Chosen) -> None:
    """Tell what came of a choice of units, and what others did to them while the page was open."""
    messages.success(request, _("Saved.") if chosen.moved else _("Nothing was changed."))
    if chosen.others_in:
        said = _("Meanwhile somebody else has taken in: %(units)s. That stays.")
        messages.warning(request, said % {"units": ", ".join(chosen.others_in)})
    if chosen.others_out:
        said = _("Meanwhile somebody else has taken out: %(units)s. That stays.")
        messages.warning(request, said % {"units": ", ".join(chosen.others_out)})


def _office(request: OfficeRequest) -> tuple[Unit, list[Unit]]:
    """Return the office a campaign is set up for, and all the person may choose from."""
    offices = list(access.offices(request.rights))
    asked = request.POST.get("office") or request.GET.get("office")
    chosen = next((office for office in offices if office.slug == asked), None)
    if (asked and chosen is None) or not offices:
        raise Http404
    return chosen or offices[0], offices
