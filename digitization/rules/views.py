"""The page that lists the rules, for whoever was asked or refused something by one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communes.guards import OfficeRequest, role_required
from digitization.rules.catalogue import RULES, found

LONGEST_SEARCH = 100


@require_safe
@role_required("see_reference")
def rules(request: OfficeRequest) -> HttpResponse:
    """List all rules, or with ``?tim=`` those in whose id or words all the words searched for occur."""
    wanted = " ".join(request.GET.get("tim", "").split())[:LONGEST_SEARCH]
    sections = found(wanted)
    context = {
        "sections": sections,
        "wanted": wanted,
        "count": sum(len(section.rules) for section in sections),
        "all": len(RULES),
    }
    return render(request, "digitization/rules.html", context)
