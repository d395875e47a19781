"""The search for a name: posted, answered with the entries, and nowhere written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from civreg.lib.vietnamese import fold
from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.entry_columns import born
from digitization.entry_lists import PAGE
from digitization.entry_rows import as_entry
from digitization.lists.finding import Found, Hit, find
from digitization.lists.readings import Rank
from digitization.lists.search_form import SearchForm
from digitization.models import Record
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Entry, Group, Label, RecordType
from digitization.record_types.entries import text_of


@dataclass(frozen=True, slots=True)
class Line:
    """One entry that was found: who in it bears the name, as the entry writes it, and in which part of it."""

    record: Record
    rank: Rank
    bearers: list[tuple[str, list[Label]]]

    @property
    def born(self) -> str:
        """Return when the person registered was born."""
        return born(self.record)

    @property
    def near(self) -> bool:
        """Tell whether the name is spelt differently from what was typed."""
        return self.rank >= Rank.NEAR


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found: its lines, how many there are in all, and where the other pages begin."""

    lines: list[Line]
    total: int
    more: bool
    previous: int | None
    next: int | None
    first: int
    last: int


@require_http_methods(["GET", "POST"])
@role_required("see_records")
def search(request: OfficeRequest) -> HttpResponse:
    """Find the entries of a person by name. The answer is the page itself, never an address that holds the name."""
    units = access.units_to_read(request.rights)
    several = access.reads_several_units(request.rights)
    form = SearchForm(request.POST if request.method == "POST" else None, units=units, several=several)
    results = _results(request, form) if form.is_valid() else None
    if results is None:
        form.fields["name"].widget.attrs["autofocus"] = True
    status = 422 if form.errors else 200
    return render(request, "digitization/search.html", {"form": form, "results": results}, status=status)


def _results(request: OfficeRequest, form: SearchForm) -> Results:
    wanted = form.cleaned_data
    records = access.records_to_read(request.rights, request.user).select_related(None)
    unit = wanted.get("unit")
    units = [unit.pk] if unit else list(access.units_to_read(request.rights).values_list("pk", flat=True))
    found = find(wanted["name"], form.narrow(records), units)
    start = min(wanted["place"] or 0, len(found.hits))
    page = found.hits[start : start + PAGE]
    return Results(
        lines=_lines(request, found, page),
        total=len(found.hits),
        more=found.more,
        previous=max(start - PAGE, 0) if start else None,
        next=start + PAGE if start + PAGE < len(found.hits) else None,
        first=start + 1,
        last=start + len(page),
    )


def _lines(request: OfficeRequest, found: Found, page: Sequence[Hit]) -> list[Line]:
    records = access.records_to_read(request.rights, request.user).select_related(None)
    shown = records.select_related("book", "custodian").in_bulk([hit.pk for hit in page])
    return [Line(shown[hit.pk], hit.rank, bearers(shown[hit.pk], found)) for hit in page if hit.pk in shown]


def bearers(record: Record, found: Found) -> list[tuple[str, list[Label]]]:
    """Return who in the entry bears the name that was looked for: the name as written, and its parts of the entry."""
    record_type, entry = BY_CODE[record.kind], as_entry(record)
    people = record_type.people(entry)
    names = {people.subject.name, people.second.name, *people.others} - {""}
    bearing: dict[str, list[Label]] = {}
    for group in record_type.groups:
        for field in group.fields:
            name = text_of(entry, field.code)
            if not field.head and name in names and found.answers(fold(name)):
                bearing.setdefault(name, []).append(_part(group, field.code, record_type, entry, names))
    return list(bearing.items())


def _part(group: Group, code: str, record_type: RecordType, entry: Entry, names: set[str]) -> Label:
    """Return the label of a person: the group's, where it is about one person alone."""
    alone = sum(text_of(entry, field.code) in names for field in group.fields) == 1
    return group.label if alone and len(record_type.groups) > 2 else record_type.field_of(code).label
