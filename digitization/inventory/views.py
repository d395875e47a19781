"""Pages of the inventory: the books of one's units, a book, its totals."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from civreg.lib import clock
from communes.guards import OfficeRequest, role_required
from communes.models import Unit
from digitization import access
from digitization.book_counts import with_counts
from digitization.bookmarks import stops_of
from digitization.entry_columns import columns_for_person, rows_of, with_what_is_shown
from digitization.entry_lists import IN_BOOK, page_of
from digitization.entry_totals import Total, counted
from digitization.filters import address_of
from digitization.inventory import accepting, stating
from digitization.inventory.book_page import coverage_of, links_of, people_of, rules_of
from digitization.inventory.completion import completion, with_doubts
from digitization.inventory.forms import BookForm, DescriptionForm, TotalForm
from digitization.inventory.pages import Shelf, shelves
from digitization.inventory.scanning import duty_shown
from digitization.models import Book, BookAcceptance, BookTotal, Decision, Draft, WorkRange
from digitization.posted import intent_in
from digitization.record_types import BY_CODE
from digitization.refusals import as_form_error, broken_rules, tell
from digitization.verbs import Refused, answered
from digitization.what_next import first_place, ranges_in

# The page of a book shows the last few declarations; all of them have a page of their own.
DECLARED_SHOWN = 3


@require_safe
@role_required("see_records")
def books(request: OfficeRequest) -> HttpResponse:
    """List the books of one unit; justice chooses the unit."""
    visible = access.books_to_read(request.rights)
    units = list(Unit.objects.filter(pk__in=visible.values("custodian")))
    chosen = next(
        (unit for unit in units if unit.slug == request.GET.get("don-vi")), units[0] if units else None
    )
    whole = chosen is not None and access.reads_whole_unit(request.rights, chosen)
    drafts = list(Draft.objects.filter(owner=request.user).select_related("book")[:20])
    context = {
        "units": units,
        "unit": chosen,
        "shelves": _shelves(request, visible, chosen, drafts, whole=whole) if chosen else [],
        "ranges": _own_ranges(request),
        "whole": whole,
        "duty": duty_shown(request.rights, chosen) if chosen and whole else None,
        "intent": uuid4(),
        "drafts": drafts,
        "may_add": access.units_to_inventory(request.rights).exists() and request.rights.may("manage_books"),
    }
    return render(request, "digitization/books.html", context)


@require_safe
@role_required("see_records")
def book(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Show a book: what it is, its total with history, its entries, and how they stand against the paper."""
    found = get_object_or_404(with_counts(access.books_to_read(request.rights)), pk=book_id)
    records = access.records_to_read(request.rights, request.user).filter(book=found)
    totals = list(found.totals.select_related("by", "decided_by"))
    columns = columns_for_person(request.user, found.kind, in_book=True)
    page = page_of(
        with_what_is_shown(records, columns),
        IN_BOOK,
        after=request.GET.get("sau", ""),
        before=request.GET.get("truoc", ""),
    )
    whole = access.reads_whole_book(request.rights, found)
    may_enter = access.may_enter(request.rights, found)
    held, drafts = ranges_in(found), list(Draft.objects.filter(owner=request.user, book=found))
    context = {
        "book": found,
        "record_type": BY_CODE[found.kind],
        "page": page,
        "columns": columns,
        "rows": rows_of(page.records, columns),
        "total": Total(len(page.records)) if page.whole else counted(records),
        "list_address": address_of({"book": found.pk}),
        "links": links_of(found) if whole else {},
        "coverage": coverage_of(found, records) if whole else None,
        "rules": rules_of(found, records),
        "people": people_of(found, records) if whole else [],
        "totals": totals,
        "declared": found.declarations.select_related("by", "proof")[:DECLARED_SHOWN] if whole else [],
        "completion": completion(request.rights, found, totals),
        "place": first_place(found, request.user, held, paged=False) if may_enter else None,
        "stop": stops_of(request.user, Q(book=found), drafts).get(found.pk) if may_enter else None,
        "ranges": [one for one in held if whole or one.person_id == request.user.pk],
        "may_enter": may_enter,
        "may_share": access.may_share(request.rights, found),
        "may_manage": access.may_manage(request.rights, found),
        "may_confirm": access.may_confirm_totals(request.rights, found),
        "drafts": drafts,
        "intent": uuid4(),
    }
    return render(request, "digitization/book.html", context)


def _shelves(
    request: OfficeRequest, visible: QuerySet[Book], unit: Unit, drafts: list[Draft], *, whole: bool
) -> list[Shelf]:
    typed = request.rights.may("enter")
    return shelves(
        visible.filter(custodian=unit),
        access.records_to_read(request.rights, request.user).filter(custodian=unit),
        stops_of(request.user, Q(book__custodian=unit), drafts) if typed else {},
        whole=whole,
    )


def _own_ranges(request: OfficeRequest) -> list[WorkRange]:
    if not request.rights.may("enter"):
        return []
    return list(access.own_ranges(request.user).in_force(clock.today()).order_by("until", "pk"))


@require_http_methods(["GET", "POST"])
@role_required("manage_books")
def new_book(request: OfficeRequest) -> HttpResponse:
    """Add a book to the inventory."""
    intent = intent_in(request.POST)
    if added := answered(by=request.user, verb=stating.ADD_BOOK, intent=intent):
        return redirect("digitization:book", added)
    form = BookForm(request.POST or None, units=access.units_to_inventory(request.rights))
    if request.method == "POST" and form.is_valid():
        try:
            book = stating.add_book(by=request.user, book=form.save(commit=False), intent=intent)
        except Refused as refusal:
            form.add_error(None, as_form_error(refusal))
        else:
            words = _("The book is in the inventory. State its total now: it counts only then.")
            messages.success(request, words)
            return redirect("digitization:book", book.pk)
    return _form(request, form, _("New book"))


@require_http_methods(["GET", "POST"])
@role_required("manage_books")
def describe(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Change the description of a book."""
    found = access.book_to_manage(request.rights, book_id)
    form = DescriptionForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            stating.describe(by=request.user, book=found, changes=changes, intent=intent_in(request.POST))
        except Refused as refusal:
            form.add_error(None, as_form_error(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("digitization:book", found.pk)
    return _form(request, form, _("Description of the book"), found)


@require_http_methods(["GET", "POST"])
@role_required("manage_books")
def state_total(request: OfficeRequest, book_id: int) -> HttpResponse:
    """State how many entries a book holds."""
    found = access.book_to_manage(request.rights, book_id)
    form = TotalForm(request.POST or None, initial={"total": found.total})
    if request.method == "POST" and form.is_valid():
        try:
            stating.state_total(
                by=request.user, book=found, intent=intent_in(request.POST), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, as_form_error(refusal))
        else:
            messages.success(request, _("The total waits for confirmation by the justice office."))
            return redirect("digitization:book", found.pk)
    return _form(request, form, _("State the total"), found)


@require_POST
@role_required("confirm_totals")
def accept_book(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Accept a book as done."""
    note = request.POST.get("note", "")
    return _verdict(request, book_id, partial(accepting.accept_book, note=note), _("The book is accepted."))


@require_POST
@role_required("confirm_totals")
def withdraw_acceptance(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Take the acceptance of a book back."""
    withdraw = partial(accepting.withdraw_acceptance, reason=request.POST.get("reason", ""))
    return _verdict(request, book_id, withdraw, _("The acceptance was withdrawn."))


def _verdict(
    request: OfficeRequest, book_id: int, verb: Callable[..., BookAcceptance], done: str
) -> HttpResponse:
    found = access.book_to_read(request.rights, book_id)
    if not access.may_accept_book(request.rights, found):
        raise Http404
    try:
        verb(by=request.user, book=found, intent=intent_in(request.POST))
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, done)
    return redirect("digitization:book", found.pk)


@require_safe
@role_required("confirm_totals")
def pending_totals(request: OfficeRequest) -> HttpResponse:
    """List the stated totals that wait for confirmation."""
    visible = access.books_to_read(request.rights)
    stated = BookTotal.objects.filter(decision=Decision.PENDING, book__in=visible)
    waiting_ones = list(stated.select_related("book__custodian", "by").order_by("at"))
    context = {"totals": with_doubts(waiting_ones), "intent": uuid4()}
    return render(request, "digitization/pending_totals.html", context)


@require_POST
@role_required("confirm_totals")
def decide_total(request: OfficeRequest, total_id: int) -> HttpResponse:
    """Confirm or refuse a stated total."""
    stated = get_object_or_404(BookTotal.objects.select_related("book__custodian"), pk=total_id)
    if not access.may_confirm_totals(request.rights, stated.book):
        raise Http404
    if request.POST.get("decision") not in (Decision.CONFIRMED, Decision.REFUSED):
        return HttpResponseBadRequest()
    decision = Decision(request.POST["decision"])
    try:
        stating.decide(by=request.user, stated=stated, decision=decision, intent=intent_in(request.POST))
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Decided."))
    return redirect("digitization:pending_totals")


def _form(request: OfficeRequest, form: Any, title: str, found: Book | None = None) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "book": found,
        "intent": request.POST.get("intent") or uuid4(),
        "broken": broken_rules(form),
    }
    return render(request, "digitization/book_form.html", context, status=422 if form.errors else 200)
