"""Pages of what belongs to a campaign: documents, milestones, exceptions for books, commitments."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from civreg.lib import clock
from communes.guards import OfficeRequest, role_required
from communes.models import Unit
from digitization.models import Book
from digitization.posted import intent_in
from digitization.refusals import as_form_error, tell
from digitization.scans.keeping import EXTENSIONS, TYPES
from digitization.verbs import Refused
from reports.campaigns import access, books, committing, documents, files, milestones
from reports.campaigns.forms import (
    DocumentForm,
    ExceptionForm,
    MilestoneForm,
    PaperQuotaForm,
    QuotaForm,
)
from reports.models import Campaign, CampaignBook, CampaignDocument, Milestone
from reports.progress.read import unit_progress
from reports.room.choosing import choose


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("lead_campaign")
def add_document(request: OfficeRequest, pk: int) -> HttpResponse:
    """Add a plan or directive with its file."""
    found = _running(request, pk)
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"office": _office_name(found)})
    if request.method == "POST" and form.is_valid():
        try:
            documents.add_document(
                by=request.user,
                campaign=found,
                document=form.save(commit=False),
                sent=form.cleaned_data["file"],
                intent=intent_in(request.POST),
            )
        except Refused as refusal:
            form.add_error("file" if request.FILES else None, as_form_error(refusal))
        else:
            messages.success(request, _("The document is with the campaign."))
            return redirect("reports:campaign", pk)
    return _page(request, "document", form, found)


@require_POST
@role_required("lead_campaign")
def withdraw_document(request: OfficeRequest, pk: int, document_id: int) -> HttpResponse:
    """Withdraw a document that was added by mistake, with the reason."""
    found = _running(request, pk)
    document = get_object_or_404(found.documents, pk=document_id)
    try:
        documents.withdraw_document(
            by=request.user,
            document=document,
            reason=request.POST.get("reason", ""),
            intent=intent_in(request.POST),
        )
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("The document is withdrawn. It stays to be read, marked."))
    return redirect("reports:campaign", pk)


@require_safe
@role_required("see_figures")
def document_file(request: OfficeRequest, pk: int, document_id: int) -> HttpResponseBase:
    """Answer the file of a document as an attachment, byte for byte, kept in no cache."""
    document = get_object_or_404(CampaignDocument, pk=document_id, campaign=pk)
    try:
        answer = FileResponse(
            files.opened(document),
            as_attachment=True,
            filename=_file_name(document),
            content_type=TYPES[document.file_kind],
        )
    except (FileNotFoundError, KeyError) as error:
        raise Http404 from error
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    # Even opened by itself, a document runs nothing and loads nothing.
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("lead_campaign")
def campaign_milestones(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show the interim milestones of a campaign and set another one."""
    found = _running(request, pk)
    form = MilestoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            milestones.set_milestone(
                by=request.user, campaign=found, intent=intent_in(request.POST), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, as_form_error(refusal))
        else:
            messages.success(request, _("The milestone is set."))
            return redirect("reports:campaign_milestones", pk)
    return _page(request, "milestones", form, found, milestones=found.milestones.all())


@require_POST
@role_required("lead_campaign")
def drop_milestone(request: OfficeRequest, pk: int, milestone_id: int) -> HttpResponse:
    """Drop an interim milestone, with the reason."""
    found = _running(request, pk)
    milestone = get_object_or_404(
        Milestone.objects.select_related("campaign"), pk=milestone_id, campaign=found
    )
    try:
        milestones.drop_milestone(
            by=request.user,
            milestone=milestone,
            reason=request.POST.get("reason", ""),
            intent=intent_in(request.POST),
        )
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("The milestone is dropped; the history keeps it."))
    return redirect("reports:campaign_milestones", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("see_figures")
def campaign_books(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show the books taken out or in by exception; ``?don-vi=`` chooses the unit another book is chosen from."""
    found = access.campaign_to_read(pk)
    may_change = request.rights.may("lead_campaign") and access.may_change(request.rights, found)
    unit = _unit(found, request.GET.get("don-vi", ""))
    form = ExceptionForm(
        request.POST or None,
        books=books.books_of(found).filter(custodian=unit) if unit else Book.objects.none(),
    )
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid() and _excepted(request, found, form):
            messages.success(request, _("Saved. The figures follow within seconds."))
            return redirect("reports:campaign_books", pk)
    return _page(
        request,
        "books",
        form,
        found,
        unit=unit,
        units=found.units.order_by("name"),
        may_change=may_change,
        exceptions=CampaignBook.objects.filter(campaign=found).select_related("book__custodian"),
    )


@require_POST
@role_required("lead_campaign")
def end_exception(request: OfficeRequest, pk: int, book_id: int) -> HttpResponse:
    """Let a book count as its kind does again, with the reason."""
    found = _running(request, pk)
    book = get_object_or_404(Book.objects.select_related("custodian"), pk=book_id)
    try:
        books.end_exception(
            by=request.user,
            campaign=found,
            book=book,
            reason=request.POST.get("reason", ""),
            intent=intent_in(request.POST),
        )
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Saved. The figures follow within seconds."))
    return redirect("reports:campaign_books", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("see_figures")
def commitment(request: OfficeRequest, pk: int, slug: str) -> HttpResponse:
    """Show what a unit signed, and let its leader sign or the district write a signed paper down."""
    chosen = choose(str(pk), unit=slug)
    if chosen is None:
        raise Http404
    found, unit = chosen.campaign, get_object_or_404(chosen.campaign.units, slug=slug)
    signed = list(found.commitments.filter(unit=unit).select_related("by"))
    signs = access.signs_for(request.rights, unit)
    form = _commitment_form(request, in_person=signs, changes=bool(signed))
    if request.method == "POST":
        if not (signs or access.leads(request.rights, found)):
            raise PermissionDenied
        if form.is_valid() and _committed(request, found, unit, form, in_person=signs):
            messages.success(request, _("The commitment is signed.") if signs else _("Written down."))
            return redirect("reports:commitment", pk, slug)
    return _page(
        request,
        "commitment",
        form,
        found,
        unit=unit,
        signed=signed,
        signs=signs,
        may_commit=access.may_commit(request.rights, found, unit),
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


def _excepted(request: OfficeRequest, campaign: Campaign, form: ExceptionForm) -> bool:
    given = form.cleaned_data
    try:
        books.except_book(
            by=request.user,
            campaign=campaign,
            book=given["book"],
            in_scope=given["way"] == "in",
            reason=given["reason"],
            intent=intent_in(request.POST),
        )
    except Refused as refusal:
        form.add_error(None, as_form_error(refusal))
        return False
    return True


def _running(request: OfficeRequest, pk: int) -> Campaign:
    """Return a campaign of the person's to change; a form sent after it was closed is told so by the verb."""
    found = access.campaign_to_lead(request.rights, pk)
    if found.closed and request.method != "POST":
        raise Http404
    return found


def _unit(campaign: Campaign, slug: str) -> Unit | None:
    return campaign.units.filter(slug=slug).first() if slug else None


def _office_name(campaign: Campaign) -> str:
    return f"UBND {campaign.office.full_name}"


def _file_name(document: CampaignDocument) -> str:
    """Return a name a person finds again: ke-hoach-12-kh-ubnd-2024-11-11.pdf."""
    # The name a file came with is no name to give back; number and date tell it better.
    kind = {"plan": "ke-hoach", "directive": "chi-dao"}[document.kind]
    number = slugify(document.number.replace("/", "-")) or str(document.pk)
    return f"{kind}-{number}-{document.dated.isoformat()}.{EXTENSIONS[document.file_kind]}"


def _page(
    request: OfficeRequest, name: str, form: BaseForm, campaign: Campaign, **more: object
) -> HttpResponse:
    context = {"form": form, "campaign": campaign, "intent": uuid4(), **more}
    status = 422 if form.is_bound else 200
    return render(request, f"reports/campaigns/{name}.html", context, status=status)
