"""The pages of notices: the list, one notice, and writing a new one."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from civreg.lib import clock
from communes.guards import OfficeRequest, role_required
from communes.models import Notice
from communes.notices import lists, sending
from communes.notices.access import (
    communes_under,
    offices_of,
    own_addresses,
    readable_by,
    sent_by_office_of,
)
from communes.notices.attachments import file_answer
from communes.notices.forms import NoticeForm, ReasonForm, ReportForm, proposed
from communes.notices.page import NoticePage
from communes.notices.unread import open_notice

PER_PAGE = 30


@require_safe
@role_required("see_notices")
def notices(request: OfficeRequest) -> HttpResponse:
    """List what came to the person's units, and what their office sent."""
    rights = request.rights
    context: dict[str, object] = {"received": None, "sent": None}
    if rights.may("get_notices"):
        page = Paginator(lists.received(request.user, rights), PER_PAGE).get_page(request.GET.get("trang"))
        context |= {"received": page, "received_rows": lists.rows_received(page)}
    if rights.may("lead_campaign"):
        page = Paginator(lists.sent(rights), PER_PAGE).get_page(request.GET.get("trang"))
        context |= {"sent": page, "sent_rows": lists.rows_sent(page)}
    return render(request, "communes/notices/notices.html", context)


@require_safe
@role_required("see_notices")
def notice(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show a notice, and write the receipt of whoever gets it; its office sees the receipts."""
    found = _readable(request, pk)
    if request.method == "GET" and request.rights.may("get_notices"):
        open_notice(request.user, request.rights, found)
    return _page(request, found)


@require_safe
@role_required("see_notices")
def notice_file(request: OfficeRequest, pk: int) -> HttpResponse:
    """Answer the file that came with a notice."""
    found = get_object_or_404(readable_by(request.rights).filter(file__isnull=False), pk=pk)
    return file_answer(found, found.file)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("lead_campaign")
def new_notice(request: OfficeRequest) -> HttpResponse:
    """Write to communes; ``?unit=slug``, as often as needed, has chosen them already."""
    communes = communes_under(request.rights, clock.today())
    if request.method != "POST":
        form = NoticeForm(initial=proposed(request.GET.getlist("unit")), communes=communes)
        return _compose(request, form, uuid4())
    form = NoticeForm(request.POST, request.FILES, communes=communes)
    intent = intent_in(request.POST)
    valid = form.is_valid()
    if valid and (sent := _send(request, form, intent)):
        words = ngettext("Sent to %(n)s commune.", "Sent to %(n)s communes.", sent.addressed)
        messages.success(request, words % {"n": sent.addressed})
        return redirect("communes:notice", sent.pk)
    # What was sent under an intent stays under it: the form, looked at again, is another one.
    return _compose(request, form, uuid4() if valid else intent)


@require_POST
@role_required("lead_campaign")
def remind(request: OfficeRequest, pk: int) -> HttpResponse:
    """Remind the communes where a notice waits."""
    found = get_object_or_404(sent_by_office_of(request.rights), pk=pk)
    try:
        reminded = sending.remind(by=request.user, notice=found)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        if reminded:
            words = ngettext("%(n)s commune was reminded.", "%(n)s communes were reminded.", reminded)
            messages.success(request, words % {"n": reminded})
        else:
            messages.info(
                request, _("Nobody was reminded: all have done their part, or were told already today.")
            )
    return redirect("communes:notice", pk)


@require_POST
@role_required("lead_campaign")
def withdraw_notice(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a notice back, with the reason."""
    found = get_object_or_404(sent_by_office_of(request.rights), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reason=form)
    try:
        sending.withdraw(by=request.user, notice=found, why=form.cleaned_data["why"])
    except ValidationError as refused:
        form.add_error("why", refused)
        return _page(request, found, reason=form)
    messages.success(request, _("The notice was withdrawn. It stays readable, with your reason."))
    return redirect("communes:notice", pk)


@require_POST
@role_required("get_notices")
def report_notice(request: OfficeRequest, pk: int, unit: str) -> HttpResponse:
    """Report that one of the person's units has carried a directive out."""
    found = _readable(request, pk)
    address = get_object_or_404(own_addresses(request.rights, found), unit__slug=unit)
    form = ReportForm(request.POST)
    if form.is_valid():
        try:
            sending.report(
                by=request.user,
                address=address,
                words=form.cleaned_data["words"],
                intent=intent_in(request.POST),
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Reported to %(office)s.") % {"office": found.office.full_name})
            return redirect("communes:notice", pk)
    return _page(request, found, report=form, reporting=unit)


def intent_in(data: QueryDict) -> UUID:
    """Return the form's intent; a new one where it is missing or spoilt, so that the act still has one."""
    try:
        return UUID(data.get("intent", ""))
    except ValueError:
        return uuid4()


def _readable(request: OfficeRequest, pk: int) -> Notice:
    return get_object_or_404(readable_by(request.rights).select_related("office", "sent_by"), pk=pk)


def _page(
    request: OfficeRequest,
    found: Notice,
    *,
    reason: ReasonForm | None = None,
    report: ReportForm | None = None,
    reporting: str = "",
) -> HttpResponse:
    page = NoticePage.read(found, request.rights, reason=reason, report=report, reporting=reporting)
    status = 422 if reason or report else 200
    return render(request, "communes/notices/notice.html", {"page": page}, status=status)


def _send(request: OfficeRequest, form: NoticeForm, intent: UUID) -> Notice | None:
    """Send what a valid form says; None, with an error in the form, where it was sent with other words before."""
    addressed = form.addressed
    office = offices_of(request.rights).filter(children__in=addressed).first()
    if office is None:
        form.add_error(None, _("There is no commune under your office to write to."))
        return None
    try:
        return sending.send(
            by=request.user,
            office=office,
            units=[unit for unit in addressed if unit.parent_id == office.pk],
            words=form.words,
            attachment=form.attachment,
            intent=intent,
        )
    except sending.SentWithOtherWords:
        form.add_error(
            None,
            _("This form was already sent once with other words. Look into the list before you send again."),
        )
        return None


def _compose(request: OfficeRequest, form: NoticeForm, intent: UUID) -> HttpResponse:
    context = {"form": form, "intent": intent, "communes": form.fields["units"].queryset}  # type: ignore[attr-defined]
    status = 422 if form.is_bound else 200
    return render(request, "communes/notices/new_notice.html", context, status=status)
