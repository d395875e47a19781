"""Pages of inspection summaries: choose a commune, see the paper as it prints, take the PDF."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from civreg.lib.vietnamese import sort_key
from communes.guards import OfficeRequest, role_required
from communes.models import Level, Unit
from communes.rights import Rights
from digitization.posted import intent_in
from digitization.refusals import tell
from digitization.verbs import IntentReused, Refused
from reports.models import Campaign, Paper
from reports.papers.freezing import freeze
from reports.papers.page import PaperPage
from reports.papers.printing import PAPER, PdfOff, pdf_of, pdf_works
from reports.room.choosing import KEY, choose

PER_PAGE = 50


@require_safe
@role_required("make_papers")
def papers(request: OfficeRequest) -> HttpResponse:
    """Let the reader choose a commune (``?unit=`` chooses it already), and list the papers made, newest first.

    ``?dot=`` makes papers of another campaign than the current one.
    """
    chosen = choose(request.GET.get(KEY, ""))
    campaign = chosen.campaign if chosen else None
    page = Paginator(_papers(request.rights), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "campaign": campaign,
        "campaigns": chosen,
        "communes": sorted(_communes(request.rights, campaign), key=lambda unit: sort_key(unit.name)),
        "chosen": request.GET.get("unit", ""),
        "intent": uuid4(),
        "page": page,
        "papers": [PaperPage(made) for made in page],
    }
    return render(request, "reports/papers/papers.html", context)


@require_POST
@role_required("make_papers")
def make_paper(request: OfficeRequest) -> HttpResponse:
    """Freeze the figures of the commune chosen and show the paper; 404 for a commune outside of the campaign."""
    chosen_campaign = choose(request.POST.get(KEY, ""))
    campaign = chosen_campaign.campaign if chosen_campaign else None
    slug = request.POST.get("unit", "")
    if not slug:
        messages.error(request, _("Choose a commune first. No paper was made."))
        return redirect("reports:papers")
    unit = get_object_or_404(_communes(request.rights, campaign), slug=slug)
    if campaign is None:
        raise Http404
    try:
        made = freeze(by=request.user, campaign=campaign, unit=unit, intent=intent_in(request.POST))
    except IntentReused:
        messages.error(request, _("This page has already made the paper of another commune. Choose again."))
        return redirect("reports:papers")
    except Refused as refusal:
        tell(request, refusal)
        return redirect("reports:papers")
    return redirect("reports:paper", made.pk)


@require_safe
@role_required("make_papers")
def paper(request: OfficeRequest, paper_id: int) -> HttpResponse:
    """Show a paper exactly as it prints."""
    page = _page(request.rights, paper_id)
    if not page.intact:
        return _spoilt(request, page)
    return render(request, PAPER, {"page": page, "pdf_works": pdf_works()})


@require_safe
@role_required("make_papers")
def paper_pdf(request: OfficeRequest, paper_id: int) -> HttpResponse:
    """Return a paper as PDF; 503 with words where this machine cannot make one."""
    page = _page(request.rights, paper_id)
    if not page.intact:
        return _spoilt(request, page)
    try:
        document = pdf_of(page)
    except PdfOff:
        return render(request, "reports/papers/no_pdf.html", {"page": page}, status=503)
    disposition = f'attachment; filename="{page.file_name}"'
    return HttpResponse(
        document, content_type="application/pdf", headers={"Content-Disposition": disposition}
    )


def _communes(rights: Rights, campaign: Campaign | None) -> QuerySet[Unit]:
    """Return the communes whose papers these rights may make: of the campaign, and of their own office."""
    own = Unit.objects.within(rights.units_for("make_papers"))
    running = campaign is not None and not campaign.closed
    return own.filter(level=Level.COMMUNE, campaigns=campaign) if running else own.none()


def _papers(rights: Rights) -> QuerySet[Paper]:
    return Paper.objects.filter(unit__in=Unit.objects.within(rights.units_for("make_papers")))


def _page(rights: Rights, paper_id: int) -> PaperPage:
    return PaperPage(get_object_or_404(_papers(rights), pk=paper_id))


def _spoilt(request: OfficeRequest, page: PaperPage) -> HttpResponse:
    return render(request, "reports/papers/spoilt.html", {"page": page}, status=500)
