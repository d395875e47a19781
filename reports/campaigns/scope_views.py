"""Pages of interim milestones, and of books taken out of a campaign or in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from civreg.lib.vietnamese import sort_key
from communes.guards import OfficeRequest, role_required
from communes.models import Unit
from digitization.models import Book
from digitization.posted import intent_in
from digitization.refusals import as_form_error, tell
from digitization.verbs import Refused
from reports.campaigns import access, books, milestones
from reports.campaigns.answering import form_page, running
from reports.campaigns.forms import ExceptionForm, MilestoneForm
from reports.models import Campaign, CampaignBook, Milestone


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("lead_campaign")
def campaign_milestones(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show the interim milestones of a campaign and set another one."""
    found = running(request, pk)
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
    return form_page(request, "milestones", form, pk, milestones=found.milestones.all())


@require_POST
@role_required("lead_campaign")
def drop_milestone(request: OfficeRequest, pk: int, milestone_id: int) -> HttpResponse:
    """Drop an interim milestone, with the reason."""
    found = running(request, pk)
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
    return form_page(
        request,
        "books",
        form,
        pk,
        unit=unit,
        units=sorted(found.units.all(), key=lambda one: sort_key(one.name)),
        may_change=may_change,
        exceptions=CampaignBook.objects.filter(campaign=found).select_related("book__custodian"),
    )


@require_POST
@role_required("lead_campaign")
def end_exception(request: OfficeRequest, pk: int, book_id: int) -> HttpResponse:
    """Let a book count as its kind does again, with the reason."""
    found = running(request, pk)
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


def _unit(campaign: Campaign, slug: str) -> Unit | None:
    return campaign.units.filter(slug=slug).first() if slug else None
