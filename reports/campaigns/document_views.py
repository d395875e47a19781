"""Pages of plans and directives: add one with its file, take the file, withdraw it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from civreg.lib.private_files import sealed
from communes.guards import OfficeRequest, role_required
from digitization.posted import intent_in
from digitization.refusals import as_form_error, tell
from digitization.scans.keeping import EXTENSIONS, TYPES
from digitization.verbs import Refused
from reports.campaigns import access, documents, files
from reports.campaigns.answering import form_page, running
from reports.campaigns.forms import DocumentForm
from reports.models import Campaign, CampaignDocument


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("lead_campaign")
def add_document(request: OfficeRequest, pk: int) -> HttpResponse:
    """Add a plan or directive with its file."""
    found = running(request, pk)
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
            form.add_error("file" if isinstance(refusal, files.NotTaken) else None, as_form_error(refusal))
        else:
            messages.success(request, _("The document is with the campaign."))
            return redirect("reports:campaign", pk)
    return form_page(request, "document", form, pk)


@require_POST
@role_required("lead_campaign")
def withdraw_document(request: OfficeRequest, pk: int, document_id: int) -> HttpResponse:
    """Withdraw a document that was added by mistake, with the reason."""
    found = running(request, pk)
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
    document = get_object_or_404(access.campaign_to_read(pk).documents, pk=document_id)
    try:
        answer = FileResponse(
            files.opened(document),
            as_attachment=True,
            filename=_file_name(document),
            content_type=TYPES[document.file_kind],
        )
    except (FileNotFoundError, KeyError) as error:
        raise Http404 from error
    return sealed(answer)


def _office_name(campaign: Campaign) -> str:
    return f"UBND {campaign.office.full_name}"


def _file_name(document: CampaignDocument) -> str:
    """Return a name a person finds again: ke-hoach-12-kh-ubnd-2024-11-11.pdf."""
    # The name a file came with is no name to give back; number and date tell it better.
    kind = {"plan": "ke-hoach", "directive": "chi-dao"}[document.kind]
    number = slugify(document.number.replace("/", "-")) or str(document.pk)
    return f"{kind}-{number}-{document.dated.isoformat()}.{EXTENSIONS[document.file_kind]}"
