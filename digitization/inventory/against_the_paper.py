"""The page of a book against the paper: all numbers and pages, and what the paper itself does not have."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.inventory.absent import gaps_told, state_absent, statements_of, withdraw_absent
from digitization.inventory.book_page import Linked, coverage_of, doubled_of, pages_with_links
from digitization.inventory.coverage import Year
from digitization.models import AbsentNumber, Book
from digitization.posted import intent_in, whole
from digitization.record_types.contract import Problem
from digitization.refusals import tell
from digitization.verbs import Refused


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year of the book: its numbers, those several entries have, what is missing, what is stated absent."""

    year: Year
    doubled: list[tuple[str, Linked]]
    notices: list[Problem]
    absent: list[AbsentNumber]


@require_safe
@role_required("see_records")
def against_the_paper(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Show all numbers and pages of a book: typed, doubled, missing, and absent from the paper."""
    found = access.book_to_read(request.rights, book_id)
    if not access.reads_whole_book(request.rights, found):
        raise Http404
    coverage = coverage_of(found, access.records_to_read(request.rights, request.user).filter(book=found))
    context = {
        "book": found,
        "coverage": coverage,
        "years": _lines(found, coverage.years),
        "pages": pages_with_links(found, coverage.pages.counts),
        "other_pages": pages_with_links(found, coverage.pages.others),
        "may_state": request.rights.may("manage_books") and access.may_manage(request.rights, found),
        "intent": uuid4(),
    }
    return render(request, "digitization/against_the_paper.html", context)


@require_POST
@role_required("manage_books")
def absent(request: OfficeRequest, book_id: int) -> HttpResponse:
    """State that the paper does not have these numbers."""
    found = access.book_to_manage(request.rights, book_id)
    first = whole(request.POST.get("first", "").strip())
    last = request.POST.get("last", "").strip()
    try:
        state_absent(
            by=request.user,
            book=found,
            year=_year_in(request),
            first=first,
            last=whole(last) if last else first,
            reason=request.POST.get("reason", ""),
            intent=intent_in(request.POST),
        )
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Stated as absent from the paper."))
    return redirect("digitization:against_the_paper", found.pk)


@require_POST
@role_required("manage_books")
def not_absent(request: OfficeRequest, book_id: int, statement_id: int) -> HttpResponse:
    """Take a statement back."""
    found = access.book_to_manage(request.rights, book_id)
    statement = get_object_or_404(statements_of(found), pk=statement_id)
    try:
        withdraw_absent(by=request.user, statement=statement, intent=intent_in(request.POST))
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Taken back: the number is missing again."))
    return redirect("digitization:against_the_paper", found.pk)


def _year_in(request: OfficeRequest) -> int:
    year = whole(request.POST.get("year", ""))
    if not 1850 <= year <= 9999:
        raise Http404
    return year


def _lines(book: Book, years: list[Year]) -> list[YearLine]:
    stated = {
        year: list(group)
        for year, group in groupby(
            statements_of(book).order_by("number_year", "number"), key=lambda one: one.number_year
        )
    }
    return [
        YearLine(
            year,
            doubled_of(book, year),
            list(gaps_told([year])),
            _within(year, stated.get(year.year or 0, [])),
        )
        for year in years
    ]


def _within(year: Year, stated: list[AbsentNumber]) -> list[AbsentNumber]:
    """Another book of the year may have numbers of its own."""
    return [one for one in stated if year.first <= one.number <= year.last]
