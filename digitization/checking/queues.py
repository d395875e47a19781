"""The lists that wait: to be checked, approved, corrected, transferred; and the buttons that move them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from communes.guards import OfficeRequest, role_required
from communes.models import User
from communes.rights import Rights
from digitization import access, histories, workflow
from digitization.checking.picking import Pick
from digitization.entry_columns import Cell, Column, columns_shown, rows_of, with_what_is_shown
from digitization.entry_lists import OLDEST, page_of
from digitization.entry_totals import Total, counted
from digitization.models import Record
from digitization.models.record import RecordQuerySet
from digitization.posted import whole
from digitization.record_types.contract import Label
from digitization.refusals import tell
from digitization.verbs import Refused
from digitization.workflow import Moved


@dataclass(frozen=True, slots=True)
class Queue:
    """What one list page says: its title, what it is for, and the buttons under it (route name, word, kind)."""

    title: Label
    purpose: Label
    empty: Label
    buttons: tuple[tuple[str, Label, str], ...] = ()
    reason: bool = False


CHECKING = Queue(
    gettext_lazy("Waiting to be checked"),
    gettext_lazy("Compare each entry with the book. What you typed yourself is not in this list."),
    gettext_lazy("Nothing waits to be checked. What colleagues type appears here."),
    (
        ("digitization:check", gettext_lazy("Confirm as checked"), "primary"),
        ("digitization:send_back", gettext_lazy("Return for correction"), "danger"),
    ),
    reason=True,
)
APPROVING = Queue(
    gettext_lazy("Waiting for approval"),
    gettext_lazy("Approved entries are frozen: only a reopening with a reason changes them."),
    gettext_lazy("Nothing waits for approval. Entries appear here once they were checked against the book."),
    (("digitization:approve", gettext_lazy("Approve the ticked entries"), "primary"),),
)
RETURNED = Queue(
    gettext_lazy("Returned for correction"),
    gettext_lazy("Open an entry to see why it came back, correct it, and it waits to be checked again."),
    gettext_lazy("Nothing was returned to you. Go on with the next entry of your book."),
)
TRANSFERRING = Queue(
    gettext_lazy("Waiting for transfer"),
    gettext_lazy("Tick what the national system holds now."),
    gettext_lazy("Nothing waits for transfer. Approved entries appear here."),
    (("digitization:transfer", gettext_lazy("Note as transferred"), "primary"),),
)


@require_safe
@role_required("check")
def checking(request: OfficeRequest) -> HttpResponse:
    """List what the person may compare with the book."""
    return _list(request, CHECKING, access.records_to_check(request.rights, request.user).awaiting_check())


@require_safe
@role_required("approve")
def approving(request: OfficeRequest) -> HttpResponse:
    """List the checked entries the person may approve."""
    return _list(
        request, APPROVING, access.records_to_approve(request.rights, request.user).awaiting_approval()
    )


@require_safe
@role_required("enter")
def returned(request: OfficeRequest) -> HttpResponse:
    """List the returned entries the person may correct."""
    return _list(
        request, RETURNED, access.records_to_read(request.rights, request.user).awaiting_correction()
    )


@require_safe
@role_required("transfer")
def transferring(request: OfficeRequest) -> HttpResponse:
    """List the approved entries the national system does not hold yet."""
    return _list(
        request, TRANSFERRING, access.records_to_transfer(request.rights, request.user).awaiting_transfer()
    )


@require_POST
@role_required("check")
def check(request: OfficeRequest) -> HttpResponse:
    """Confirm the ticked entries as compared with the book."""
    return _move(request, access.records_to_check, workflow.check)


@require_POST
@role_required("check")
def send_back(request: OfficeRequest) -> HttpResponse:
    """Return the ticked entries, with the reason."""
    return _move(request, access.records_to_check, partial(workflow.send_back, reason=_reason(request)))


@require_POST
@role_required("approve")
def approve(request: OfficeRequest) -> HttpResponse:
    """Approve the ticked entries."""
    return _move(request, access.records_to_approve, workflow.approve)


@require_POST
@role_required("approve")
def reopen(request: OfficeRequest) -> HttpResponse:
    """Unfreeze the ticked entries, with the reason."""
    return _move(request, access.records_to_approve, partial(workflow.reopen, reason=_reason(request)))


@require_POST
@role_required("transfer")
def transfer(request: OfficeRequest) -> HttpResponse:
    """Note the ticked entries as held by the national system."""
    return _move(request, access.records_to_transfer, workflow.transfer)


def _list(request: OfficeRequest, queue: Queue, records: RecordQuerySet) -> HttpResponse:
    """Show a list, or with ``?so=`` the part of it that is of one book: nobody leafs through two at once."""
    book = access.books_to_read(request.rights).filter(pk=whole(request.GET.get("so", ""))).first()
    listed = records.filter(book=book) if book else records
    several = book is None and access.reads_several_units(request.rights)
    columns = _columns(queue, in_book=book is not None)
    page = page_of(
        with_what_is_shown(listed, columns),
        OLDEST,
        after=request.GET.get("sau", ""),
        before=request.GET.get("truoc", ""),
        units=access.units_to_read(request.rights) if several else None,
    )
    if queue is RETURNED:
        histories.say_why_returned(page.records)
    context = {
        "queue": queue,
        "page": page,
        "total": Total(len(page.records)) if page.whole else counted(listed),
        "columns": columns,
        "rows": rows_of(page.records, columns),
        "keep": f"so={book.pk}&" if book else "",
        "book": book,
        "intent": uuid4(),
    }
    return render(request, "digitization/queue.html", context)


def _columns(queue: Queue, *, in_book: bool) -> list[Column]:
    """Return what these lists show; the one of returned entries says why instead of their status."""
    columns = columns_shown("", ("book", "subject", "status", "typed_by", "typed_at"), in_book=in_book)
    if queue is not RETURNED:
        return columns
    return [_WHY if column.code == "status" else column for column in columns]


def _why(record: Record) -> Cell:
    returned = record.returned  # type: ignore[attr-defined]
    return Cell(f"“{returned.reason}” {returned.actor}" if returned else "–")


_WHY = Column(code="why", label=gettext_lazy("Why it came back"), cell=_why, reads=(), on_phone=True)


def _move(
    request: OfficeRequest,
    allowed: Callable[[Rights, User], QuerySet[Record]],
    verb: Callable[..., Moved],
) -> HttpResponse:
    """Carry out a verb of the workflow on what was ticked, as far as it is among what the person may move so."""
    pick = Pick.of(request.POST)
    picked = pick.within(allowed(request.rights, request.user))
    if pick.picked and not picked:
        raise Http404
    if not picked:
        messages.warning(request, _("Nothing was ticked."))
        return redirect(_back(request))
    try:
        moved = verb(by=request.user, picked=picked, intent=pick.intent)
    except Refused as refusal:
        tell(request, refusal)
        return redirect(_back(request))
    _tell(request, moved)
    return redirect(_back(request))


def _reason(request: OfficeRequest) -> str:
    return request.POST.get("reason", "")


def _tell(request: OfficeRequest, moved: Moved) -> None:
    done = len(moved.moved)
    if done:
        messages.success(request, ngettext("%(n)s entry done.", "%(n)s entries done.", done) % {"n": done})
    reasons = Counter((words, moved.rules.get(pk, "")) for pk, words in moved.refused.items())
    for (words, rule), count in sorted(reasons.items()):
        left = ngettext("%(n)s entry left as it was", "%(n)s entries left as they were", count) % {"n": count}
        messages.warning(request, f"{left}: {words}", extra_tags=rule)


def _back(request: OfficeRequest) -> str:
    """Return the page the buttons stood on, if it is one of ours."""
    wanted = request.POST.get("back", "")
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own and wanted.startswith("/") else "digitization:books"
