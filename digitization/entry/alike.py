"""While somebody types: the entries that have the same number in the year, or the same person.

Asked by POST, because names must never stand in an address. Only entries the person may see are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.entry.form import typed_by_hand
from digitization.entry.shared_work import held_by_another
from digitization.entry_columns import born
from digitization.entry_rows import as_columns, as_entry
from digitization.models import Book, Record
from digitization.models.names import HoldsAny, scoped_word
from digitization.models.record import RecordQuerySet
from digitization.numbering import number_key
from digitization.posted import whole
from digitization.record_types import BY_CODE
from digitization.record_types.reading import read

SHOWN_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Other:
    """An entry that may be the one being typed, and in what it is the same."""

    record: Record
    same_number: bool
    second: str

    @property
    def born(self) -> str:
        """Return when the person registered was born."""
        return born(self.record)


@require_POST
@role_required("enter")
def alike(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Show the entries like what is typed so far: a part of a page, blank where there is none."""
    book = access.book_to_enter(request.rights, book_id)
    kind = BY_CODE[book.kind]
    columns = as_columns(kind, book, read(kind, typed_by_hand(kind, request.POST)).entry)
    corrected = whole(request.POST.get("record", ""))
    visible = access.records_to_read(request.rights, request.user).counting().exclude(pk=corrected)
    others = _others(book, columns, visible)
    hidden = not any(other.same_number for other in others) and _is_taken(columns, but=corrected)
    held = "" if corrected else held_by_another(book, request.user, columns)
    said = {"others": others, "hidden": hidden, "held": held}
    return render(request, "digitization/parts/alike.html", said)


def _others(book: Book, columns: Mapping[str, Any], visible: RecordQuerySet) -> list[Other]:
    found: dict[int, Other] = {}
    if _has_number(columns):
        for record in visible.filter(**number_key(columns)).order_by("pk")[:SHOWN_AT_MOST]:
            found[record.pk] = Other(record, same_number=True, second=_second(record))
    for record in _same_person(book, columns, visible):
        found.setdefault(record.pk, Other(record, same_number=False, second=_second(record)))
    return list(found.values())[:SHOWN_AT_MOST]


def _same_person(book: Book, columns: Mapping[str, Any], visible: RecordQuerySet) -> list[Record]:
    """Return entries of the kind with this name and birth, and no other mother; the index of words leads to them."""
    name, earliest = columns["subject_fold"], columns["subject_born_earliest"]
    if not name or earliest is None:
        return []
    same = visible.filter(
        _holds(book.custodian_id, name),
        custodian=book.custodian_id,
        kind=book.kind,
        subject_fold=name,
        subject_born_earliest=earliest,
        subject_born_latest=columns["subject_born_latest"],
    )
    if second := columns["second_fold"]:
        same = same.filter(Q(second_fold=second) | Q(second_fold=""))
    return list(same.order_by("pk")[:SHOWN_AT_MOST])


def _holds(unit: int, name: str) -> HoldsAny:
    """Return the condition that an entry of the unit holds all words of a folded name, as the index answers it."""
    return HoldsAny([" & ".join(scoped_word(unit, word) for word in sorted(set(name.split())))])


def _is_taken(columns: Mapping[str, Any], *, but: int) -> bool:
    """Tell whether an entry holds the number at all, be it one the person may not see."""
    held = Record.objects.counting().filter(**number_key(columns)).exclude(pk=but)
    return _has_number(columns) and held.exists()


def _has_number(columns: Mapping[str, Any]) -> bool:
    return columns["number"] is not None and columns["number_year"] is not None


def _second(record: Record) -> str:
    return BY_CODE[record.kind].people(as_entry(record)).second.name
