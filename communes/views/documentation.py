"""The page about the API, for those who write programs that ask it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communes.api.documentation import chapters
from communes.guards import OfficeRequest, role_required


@require_safe
@role_required("see_reference")
def page(request: OfficeRequest) -> HttpResponse:
    """Show every operation with its parameters, answers and examples."""
    context = {"chapters": chapters(), "site": request.build_absolute_uri("/").rstrip("/")}
    return render(request, "communes/api.html", context)
