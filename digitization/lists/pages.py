"""The list of entries: narrowed, in an order, a page at a time, with a total that agrees with the tallies."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communes.guards import OfficeRequest, role_required
from communes.models import User
from digitization import access
from digitization.entry_columns import (
    Column,
    Row,
    columns_for_person,
    rows_of,
    with_what_is_shown,
)
from digitization.entry_lists import IN_BOOK, NEWEST, Order, Page, page_of
from digitization.entry_totals import Total, total_of
from digitization.filters import address_of
from digitization.lists.asking import Asked, asked
from digitization.lists.controls import controls_of, later_controls
from digitization.models import SavedFilter

# Asks for the rest of the form.
MORE = "them"
# Filters that leave few entries, or those of one unit: an index of their own finds them without asking each unit.
NARROW = frozenset({"book", "unit", "typed_by", "checked_by", "rule"})
ORDERS = {order.name: order for order in (NEWEST, IN_BOOK)}
# What one file holds at most: an office works with a book or a year, not with everything.
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class RecordList:
    """One page of a list as it is printed. ``keep`` is the rest of the address: filters and order."""

    order: Order
    columns: list[Column]
    rows: list[Row]
    page: Page
    total: Total
    keep: str


@require_safe
@role_required("see_records")
def records(request: OfficeRequest) -> HttpResponse:
    """List entries by book, kind, year, state, finding, person and period.

    With ``MORE`` in the address the form comes whole; a page that only wants its rest gets just that.
    """
    found, more = asked(request, request.GET), MORE in request.GET
    if more and request.htmx:
        return render(request, "digitization/parts/later_filters.html", {"later": later_controls(found)})
    context = {
        "asked": found,
        "controls": controls_of(found, whole=more),
        "chips": found.chips(),
        "list": listed(request, found) if found.filters.is_valid() else None,
        "saved": kept_by(request.user),
        "most_rows": MOST_ROWS,
    }
    return render(request, "digitization/records.html", context, status=200 if context["list"] else 422)


def listed(request: OfficeRequest, found: Asked) -> RecordList:
    """Return the page of the list that the address names."""
    columns = columns_for(request, found)
    order = order_of(request.GET.get("xep", ""), found)
    narrowed = found.filters.qs
    page = page_of(
        with_what_is_shown(narrowed, columns),
        order,
        after=request.GET.get("sau", ""),
        before=request.GET.get("truoc", ""),
        units=access.units_to_read(request.rights) if reads_many(request, found) else None,
    )
    total = Total(len(page.records)) if page.whole else total_of(narrowed, found.filters, request.rights)
    keep = f"{found.query}xep={order.name}&" if found.book and order is NEWEST else found.query
    return RecordList(order, columns, rows_of(page.records, columns), page, total, keep)


def kept_by(user: User) -> list[tuple[SavedFilter, str]]:
    """Return the filters a person keeps, with the address each leads to."""
    return [(kept, address_of(kept.filters)) for kept in SavedFilter.objects.filter(user=user)]


def columns_for(request: OfficeRequest, found: Asked) -> list[Column]:
    """Return the columns this person sees in a list of this kind."""
    several = access.reads_several_units(request.rights) and "unit" not in found.given
    return columns_for_person(request.user, found.kind, in_book=found.book is not None, several_units=several)


def order_of(name: str, found: Asked) -> Order:
    """Return the order asked for: a book is read in its own order, everything else newest first."""
    if found.book is None:
        return NEWEST
    return ORDERS.get(name, IN_BOOK)


def reads_many(request: OfficeRequest, found: Asked) -> bool:
    """Tell whether the entries of the list are of many units, each of which is asked for its first ones."""
    return access.reads_several_units(request.rights) and not NARROW & found.given.keys()
