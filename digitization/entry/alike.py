"""While somebody types: the entries that have the same number in the year, or the same person.

Asked by POST, because names must never stand in an address. Only entries the person may see are shown; of others it is
only said that there are some. Why one of the same person is another entry can be said on the spot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.entry.form import typed_by_hand
from digitization.entry.saving import said_apart_in
from digitization.entry.shared_work import held_by_another
from digitization.entry_rows import as_columns
from digitization.likeness import Like, likeness_among
from digitization.models import ApartReason, Book, Record
from digitization.models.names import HoldsAny, scoped_word
from digitization.models.record import RecordQuerySet
from digitization.numbering import number_key
from digitization.posted import whole
from digitization.record_types import BY_CODE
from digitization.record_types.reading import read
from digitization.telling_apart import told_apart_from

SHOWN_AT_MOST = 3
_SAME_NUMBER = _("Same number in this year")
_SAME_PERSON = _("Same name and date of birth")


@dataclass(frozen=True, slots=True)
class Other:
    """An entry that may be the one being typed. ``same_person``: it can be said why it is another, as it was posted."""

    like: Like
    same_person: bool
    reason: str = ""
    words: str = ""


@require_POST
@role_required("enter")
def alike(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Show the entries like what is typed so far: a part of a page, blank where there is none."""
    book = access.book_to_enter(request.rights, book_id)
    kind = BY_CODE[book.kind]
    columns = as_columns(kind, book, read(kind, typed_by_hand(kind, request.POST)).entry)
    corrected = whole(request.POST.get("record", ""))
    visible = access.records_to_read(request.rights, request.user).counting().exclude(pk=corrected)
    numbered = _of_the_number(columns, visible)
    found = likeness_among(columns, visible, record=corrected)
    told = told_apart_from(corrected) if corrected else set()
    by_name = _by_name_alone(book, columns, visible.exclude(pk__in=told))
    said = said_apart_in(request.POST)
    others = {other.like.record.pk: other for other in numbered}
    for like in (*found.shown, *by_name):
        pk = like.record.pk
        others.setdefault(pk, Other(like, True, *said.get(pk, ("", ""))))
    context = {
        "others": list(others.values())[:SHOWN_AT_MOST],
        "taken": not numbered and _is_taken(columns, but=corrected),
        "more_near": found.more_near,
        "more_far": found.more_far,
        "reasons": ApartReason.choices,
        "held": "" if corrected else held_by_another(book, request.user, columns),
    }
    return render(request, "digitization/parts/alike.html", context)


def _of_the_number(columns: Mapping[str, Any], visible: RecordQuerySet) -> list[Other]:
    if not _has_number(columns):
        return []
    held = visible.filter(**number_key(columns)).order_by("pk")[:SHOWN_AT_MOST]
    return [Other(Like(record, _SAME_NUMBER), same_person=False) for record in held]


def _by_name_alone(book: Book, columns: Mapping[str, Any], visible: RecordQuerySet) -> list[Like]:
    """Return entries of the kind with this name and birth, and no other mother; the index of words leads to them.

    So the kinds are asked that the district is not searched for, and births of which only the year is known.
    """
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
    return [Like(record, _SAME_PERSON) for record in same.order_by("pk")[:SHOWN_AT_MOST]]


def _holds(unit: int, name: str) -> HoldsAny:
    """Return the condition that an entry of the unit holds all words of a folded name, as the index answers it."""
    return HoldsAny([" & ".join(scoped_word(unit, word) for word in sorted(set(name.split())))])


def _is_taken(columns: Mapping[str, Any], *, but: int) -> bool:
    """Tell whether an entry holds the number at all, be it one the person may not see."""
    held = Record.objects.counting().filter(**number_key(columns)).exclude(pk=but)
    return _has_number(columns) and held.exists()


def _has_number(columns: Mapping[str, Any]) -> bool:
    return columns["number"] is not None and columns["number_year"] is not None
