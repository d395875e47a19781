"""The page of what one unit signed, where its leader signs and the district writes signed papers down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from civreg.lib import clock
from communes.guards import OfficeRequest, role_required
from communes.models import Unit
from digitization.posted import intent_in
from digitization.refusals import as_form_error
from digitization.verbs import Refused
from reports.campaigns import access, committing
from reports.campaigns.answering import form_page
from reports.campaigns.forms import PaperQuotaForm, QuotaForm
from reports.models import Campaign
from reports.progress.read import unit_progress
from reports.room.choosing import choose


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("see_figures")
def commitment(request: OfficeRequest, pk: int, slug: str) -> HttpResponse:
    """Show what a unit signed, and let its leader sign or the district write a signed paper down."""
    chosen = choose(str(pk), unit=slug)
    if chosen is None:
        raise Http404
    found, unit = chosen.campaign, get_object_or_404(chosen.campaign.units, slug=slug)
    signed = list(found.commitments.filter(unit=unit).select_related("by"))
    signs = access.signs_for(request.rights, unit.pk)
    form = _commitment_form(request, in_person=signs, changes=bool(signed))
    if request.method == "POST":
        if not (signs or access.leads(request.rights, found)):
            raise PermissionDenied
        if form.is_valid() and _committed(request, found, unit, form, in_person=signs):
            messages.success(request, _("The commitment is signed.") if signs else _("Written down."))
            return redirect("reports:commitment", pk, slug)
    return form_page(
        request,
        "commitment",
        form,
        pk,
        unit=unit,
        signed=signed,
        signs=signs,
        may_commit=access.may_commit(request.rights, found, unit.pk),
        progress=unit_progress(found, unit),
        today=clock.today(),
    )


def _commitment_form(request: OfficeRequest, *, in_person: bool, changes: bool) -> BaseForm:
    kind = QuotaForm if in_person else PaperQuotaForm
    return kind(request.POST or None, changes=changes)


def _committed(request: OfficeRequest, campaign: Campaign, unit: Unit, form: Any, *, in_person: bool) -> bool:
    """Write a commitment down; tells the form why not."""
    given = form.cleaned_data
    signed = committing.Signed(
        signer=request.user.name if in_person else given["signer"],
        position=given["position"],
        signed_on=clock.today() if in_person else given["signed_on"],
        per_day=given["per_day"],
        in_person=in_person,
    )
    try:
        committing.commit(
            by=request.user,
            campaign=campaign,
            unit=unit,
            signed=signed,
            reason=given.get("reason", ""),
            intent=intent_in(request.POST),
        )
    except Refused as refusal:
        form.add_error(None, as_form_error(refusal))
        return False
    return True
