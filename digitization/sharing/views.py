"""Pages for sharing work out: what a unit's people have, a book to share out, and the way to the next number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communes.guards import OfficeRequest, role_required
from communes.models import User
from digitization import access, ranges
from digitization.models import Book, Measure, RangeState, WorkRange
from digitization.models.sharing import WorkRangeQuerySet
from digitization.numbering import next_numbers
from digitization.posted import intent_in
from digitization.refusals import as_form_error, tell
from digitization.sharing.forms import RangeForm, proposed
from digitization.sharing.people import people_at_work
from digitization.sharing.picking import next_for
from digitization.sharing.progress import lines_of
from digitization.verbs import Refused

# Of the ranges that ended, a page shows the last ones.
_HISTORY = 50


@require_safe
@role_required("enter")
def next_for_me(request: OfficeRequest) -> HttpResponse:
    """Open the desk at what is next for the person; where nothing is left, say so and what to do."""
    picked = next_for(request.rights, request.user)
    if picked.address:
        return redirect(picked.address)
    return render(request, "digitization/nothing_left.html", {"full": picked.full})


@require_safe
@role_required("share_work")
def sharing(request: OfficeRequest) -> HttpResponse:
    """Show who of one unit has which ranges, and the people whose work one may see; justice chooses the unit."""
    units = list(access.units_to_share(request.rights))
    unit = next(
        (each for each in units if each.slug == request.GET.get("don-vi")), units[0] if units else None
    )
    shared = access.ranges_to_share(request.rights).filter(book__custodian=unit)
    context = {
        "units": units,
        "unit": unit,
        "lines": lines_of(shared.open().order_by("book", "year", "first")),
        "ended": _ended(shared),
        "people": people_at_work(request.rights, request.user, unit) if unit else [],
        "intent": uuid4(),
    }
    return render(request, "digitization/sharing.html", context)


@require_http_methods(["GET", "POST"])
@role_required("share_work")
def share_book(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Give ranges of one book to people, and see what was given of it."""
    book = access.book_to_share(request.rights, book_id)
    begins = proposed(book, next_numbers([book])[book.pk])
    form = RangeForm(request.POST or None, book=book, initial=begins)
    if request.method == "POST" and form.is_valid():
        try:
            given = _give(request, book, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, as_form_error(refusal))
        else:
            words = _("%(person)s now has %(range)s.") % {"person": given.person, "range": given.words}
            messages.success(request, words)
            return redirect("digitization:share_book", book.pk)
    return _book_page(request, book, form)


@require_POST
@role_required("share_work")
def take_range_back(request: OfficeRequest, range_id: int) -> HttpResponse:
    """Take a range from whoever has it."""
    one = get_object_or_404(access.ranges_to_share(request.rights), pk=range_id)
    back = reverse("digitization:share_book", args=[one.book_id])
    return _end(request, one, ranges.take_back, _("Taken back: what is left of it is free."), back)


@require_POST
@role_required("enter")
def hand_back_range(request: OfficeRequest, range_id: int) -> HttpResponse:
    """Give one's own range back."""
    one = get_object_or_404(access.own_ranges(request.user), pk=range_id)
    said = _("Given back: what is left of it is free for others.")
    return _end(request, one, ranges.hand_back, said, reverse("digitization:my_work"))


@require_POST
@role_required("enter")
def finish_range(request: OfficeRequest, range_id: int) -> HttpResponse:
    """Say that one's own range is done."""
    one = get_object_or_404(access.own_ranges(request.user), pk=range_id)
    return _end(request, one, ranges.finish, _("Noted as done."), reverse("digitization:my_work"))


def _give(request: OfficeRequest, book: Book, cleaned: dict[str, Any]) -> WorkRange:
    return ranges.give(
        by=request.user,
        book=book,
        intent=intent_in(request.POST),
        **{**cleaned, "measure": Measure(cleaned["measure"])},
    )


def _end(
    request: OfficeRequest, one: WorkRange, verb: Callable[..., None], said: str, back: str
) -> HttpResponse:
    by: User = request.user
    intent: UUID = intent_in(request.POST)
    try:
        verb(by=by, one=one, intent=intent)
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, said)
    return redirect(back)


def _book_page(request: OfficeRequest, book: Book, form: RangeForm) -> HttpResponse:
    shared = access.ranges_to_share(request.rights).filter(book=book)
    context = {
        "book": book,
        "form": form,
        "lines": lines_of(shared.open().order_by("year", "first")),
        "ended": _ended(shared),
        "intent": request.POST.get("intent") or uuid4(),
    }
    status = 422 if form.errors else 200
    return render(request, "digitization/share_book.html", context, status=status)


def _ended(shared: WorkRangeQuerySet) -> QuerySet[WorkRange]:
    return shared.exclude(state=RangeState.OPEN).order_by("-ended_at", "-pk")[:_HISTORY]
