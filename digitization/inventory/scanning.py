"""C23 on the page of a unit's books: whether it has to scan to approve, who decided so and why, and deciding."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communes.guards import OfficeRequest, role_required
from communes.models import Unit
from communes.rights import Rights
from digitization import access, scan_duty
from digitization.models import ScanDuty
from digitization.posted import intent_in
from digitization.refusals import tell
from digitization.verbs import Refused

_ANSWERS = {"1": True, "0": False}


@dataclass(frozen=True, slots=True)
class Duty:
    """The decision in force for a unit, None where nobody has decided, and whether this person may decide."""

    last: ScanDuty | None
    may_decide: bool

    @property
    def required(self) -> bool:
        """Tell whether an entry needs a picture of its page to be approved."""
        return self.last is not None and self.last.required


def duty_shown(rights: Rights, unit: Unit) -> Duty:
    """Return what the page of a unit's books says about scanning."""
    return Duty(scan_duty.duty_of(unit), rights.may("confirm_totals") and access.justice_over(rights, unit))


@require_POST
@role_required("confirm_totals")
def decide(request: OfficeRequest, unit_id: int) -> HttpResponse:
    """Decide whether the entries of a unit need a picture of their page to be approved."""
    unit = get_object_or_404(Unit, pk=unit_id)
    if not access.justice_over(request.rights, unit):
        raise Http404
    required = _ANSWERS.get(request.POST.get("required", ""))
    if required is None:
        return HttpResponseBadRequest()
    reason = request.POST.get("reason", "")
    try:
        scan_duty.decide(
            by=request.user, unit=unit, required=required, reason=reason, intent=intent_in(request.POST)
        )
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Decided."))
    return redirect(f"{reverse('digitization:books')}?don-vi={unit.slug}")
