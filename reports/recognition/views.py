"""The page of recognition, the annex that prints it, and the file that carries it."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from civreg.lib import clock
from civreg.lib.written_tables import answer_with, form_asked
from civreg.templatetags.figures import day, moment
from communes.guards import OfficeRequest, role_required
from reports.recognition.page import Recognition, heads, rows
from reports.room.choosing import KEY, choose, choose_or_404


@require_safe
@role_required("see_figures")
def recognition(request: OfficeRequest) -> HttpResponse:
    """Show who finished ahead and who improved most."""
    chosen = choose(request.GET.get(KEY, ""))
    if chosen is None:
        return render(request, "reports/no_campaign.html")
    return render(request, "reports/recognition/recognition.html", {"page": Recognition.read(chosen)})


@require_safe
@role_required("see_figures")
def annex(request: OfficeRequest) -> HttpResponse:
    """Show the same as it is printed behind a decision: A4 upright, ruled."""
    return render(request, "reports/recognition/annex.html", {"page": _read(request)})


@require_safe
@role_required("see_figures")
def as_file(request: OfficeRequest) -> HttpResponseBase:
    """Answer both lists as a workbook, or with ``?dang=csv`` as comma-separated text."""
    page = _read(request)
    about = [
        (_("Campaign"), page.progress.campaign.title),
        (_("Deadline"), day(page.progress.campaign.deadline)),
        (_("As of"), moment(page.as_of)),
    ]
    name = f"bieu-duong-{clock.today():%Y-%m-%d}"
    return answer_with(form_asked(request.GET.get("dang")), name, heads(), rows(page), about)


def _read(request: OfficeRequest) -> Recognition:
    return Recognition.read(choose_or_404(request.GET.get(KEY, "")))
