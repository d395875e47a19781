"""The cross-checks of a unit: pairs of entries about one person, what was said of them, and values too common.

For whoever sees all entries of the unit. Of an entry of a pair that the reader may not see, only that it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from communes.guards import OfficeRequest, role_required
from communes.models import Unit
from digitization import access
from digitization.filters import OPEN, address_of
from digitization.floods import flooded
from digitization.kin_lists import MOST, Pair, births_twice, deaths_unmarked
from digitization.likeness import Like
from digitization.models import ApartReason, Book, BookFlood, Record, ToldApart
from digitization.record_types.checks.kin import KH5, KS9, KT6
from digitization.record_types.contract import Label, Problem
from digitization.rules.books import B06


@dataclass(frozen=True, slots=True)
class Part:
    """One list of the page, by its name in the address: what it is called, its rule, and what it says when empty."""

    name: str
    label: Label
    rule: str
    empty: Label


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two entries about one person; of one the reader may not see, None."""

    one: Like | None
    other: Like | None


@dataclass(frozen=True, slots=True)
class FloodLine:
    """A value too common, its book, what is asked, and the list of the entries that have it."""

    book: Book
    problem: Problem
    address: str


TWICE = Part("trung", _("Births typed twice?"), KS9.id, _("No two births of the unit seem to be one."))
DEATHS = Part(
    "khai-tu",
    _("Deaths not noted at the birth"),
    KT6.id,
    _("Every death whose birth is registered in the district is noted there."),
)
APART = Part(
    "khac-nhau",
    _("Said to be two"),
    KS9.id,
    _("Nobody has said of two entries like each other that they are two."),
)
COMMON = Part(
    "gia-tri", _("Values too common"), B06.id, _("No value stands in more entries than can be true.")
)
PARTS = (TWICE, DEATHS, APART, COMMON)
_PAIRS: dict[str, Callable[[int], list[Pair]]] = {TWICE.name: births_twice, DEATHS.name: deaths_unmarked}


@require_safe
@role_required("see_records")
def cross_checks(request: OfficeRequest) -> HttpResponse:
    """Show one list of the cross-checks of one unit; justice chooses the unit."""
    units = [
        unit for unit in access.units_to_read(request.rights) if access.reads_whole_unit(request.rights, unit)
    ]
    if not units:
        raise Http404
    unit = next((one for one in units if one.slug == request.GET.get("don-vi")), units[0])
    part = next((one for one in PARTS if one.name == request.GET.get("muc")), TWICE)
    pairs = _PAIRS[part.name](unit.pk) if part.name in _PAIRS else []
    context = {
        "units": units,
        "unit": unit,
        "part": part,
        "parts": PARTS,
        "pairs": _lines(request, pairs[:MOST]),
        "more": len(pairs) > MOST,
        "most": MOST,
        "told": _told(request, unit) if part is APART else [],
        "floods": _floods(unit) if part is COMMON else [],
        "marriages": address_of({"rule": KH5.id, "finding": OPEN, "unit": unit.slug}),
        "may_tell": access.may_tell_apart_in(request.rights, unit),
        "reasons": ApartReason.choices,
        "intent": uuid4(),
    }
    return render(request, "digitization/cross_checks.html", context)


def _lines(request: OfficeRequest, pairs: Iterable[Pair]) -> list[PairLine]:
    listed = list(pairs)
    visible = access.records_to_read(request.rights, request.user)
    records = visible.in_bulk({pk for pair in listed for pk in pair})
    found = {pk: Like(record, "") for pk, record in records.items()}
    return [PairLine(found.get(one), found.get(other)) for one, other in listed]


def _told(request: OfficeRequest, unit: Unit) -> list[tuple[ToldApart, PairLine]]:
    """Return what was said about entries of the unit, the latest first, what has ended among it."""
    ours = Record.objects.filter(custodian=unit).order_by().values("pk")
    about = ToldApart.objects.filter(Q(first__in=ours) | Q(second__in=ours))
    stated = list(about.select_related("by", "ended_by")[:MOST])
    lines = _lines(request, [(one.first_id, one.second_id) for one in stated])
    return list(zip(stated, lines, strict=True))


def _floods(unit: Unit) -> list[FloodLine]:
    found = BookFlood.objects.filter(book__custodian=unit).select_related("book")
    return [
        FloodLine(
            flood.book,
            flooded(flood.book.kind, flood),
            address_of({"book": flood.book_id, "flood": flood.pk}),
        )
        for flood in found.order_by("book__kind", "book__opened_year", "book__book_no", "-n")
    ]
