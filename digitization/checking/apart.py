"""On an entry's page: which entries are like it, who said that they are others, and saying so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communes.guards import OfficeRequest, role_required
from digitization import access, standings, telling_apart
from digitization.likeness import Likeness, likeness_of
from digitization.models import ApartReason, Record, ToldApart, Verb
from digitization.models.states import NUMBER_FREE
from digitization.posted import intent_in, whole
from digitization.refusals import tell as tell_refusal
from digitization.verbs import Refused


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that holds; ``other`` is None where the person may not see the other entry, nor then its words."""

    statement: ToldApart
    other: Record | None


@dataclass(frozen=True, slots=True)
class Apart:
    """The entries like one, those told apart from it, and whether this person may say more.

    ``repeats`` are the ids of the entries this one may be marked a duplicate of.
    """

    likeness: Likeness
    told: list[Told]
    may_tell: bool
    repeats: frozenset[int]
    reasons: list[tuple[str, Any]]

    def __bool__(self) -> bool:
        return bool(self.likeness or self.told)


def apart_of(request: OfficeRequest, record: Record) -> Apart:
    """Return what the page of an entry says of entries like it; nothing of one that counts no more."""
    visible = access.records_to_read(request.rights, request.user)
    likeness = likeness_of(record, visible) if record.standing not in NUMBER_FREE else Likeness()
    return Apart(
        likeness,
        [_told(request, record, one) for one in telling_apart.statements_about(record)],
        access.may_tell_apart(request.rights, request.user, record),
        _repeats(request, record, likeness),
        ApartReason.choices,
    )


@require_POST
@role_required("see_records")
def tell(request: OfficeRequest, record_id: int) -> HttpResponse:
    """State that the entry and another one the person sees are two, and why."""
    record = access.record_to_read(request.rights, request.user, record_id)
    other = access.record_to_read(request.rights, request.user, whole(request.POST.get("other", "")))
    if not access.may_tell_pair_apart(request.rights, request.user, record, other):
        raise Http404
    try:
        telling_apart.tell_apart(
            by=request.user,
            record=record,
            other=other,
            reason=request.POST.get(f"apart-{other.pk}", ""),
            words=request.POST.get(f"apart_words-{other.pk}", ""),
            intent=intent_in(request.POST),
        )
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, _("Noted: they are two entries. Nobody is asked about the two again."))
    return _back(request, record)


@require_POST
@role_required("see_records")
def take_back(request: OfficeRequest, statement_id: int) -> HttpResponse:
    """Take back that two entries are two."""
    statement = get_object_or_404(ToldApart.objects.select_related("first", "second"), pk=statement_id)
    pair = [
        access.record_to_read(request.rights, request.user, pk)
        for pk in (statement.first_id, statement.second_id)
    ]
    if not access.may_tell_pair_apart(request.rights, request.user, *pair):
        raise Http404
    try:
        telling_apart.take_back(by=request.user, statement=statement, intent=intent_in(request.POST))
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, _("Taken back: both entries are asked about again."))
    return _back(request, pair[0])


def _told(request: OfficeRequest, record: Record, statement: ToldApart) -> Told:
    other = statement.second_id if statement.first_id == record.pk else statement.first_id
    return Told(statement, access.records_to_read(request.rights, request.user).filter(pk=other).first())


def _repeats(request: OfficeRequest, record: Record, likeness: Likeness) -> frozenset[int]:
    """A duplicate repeats an entry of its own kind in the hands of the same office; nothing approved becomes one."""
    turns = standings.TURNS[Verb.MARK_DUPLICATE][0]
    if record.standing not in turns or not access.may_turn(request.rights, record, Verb.MARK_DUPLICATE):
        return frozenset()
    key = (record.custodian_id, record.kind)
    others = (like.record for like in likeness.shown)
    return frozenset(other.pk for other in others if (other.custodian_id, other.kind) == key)


def _back(request: OfficeRequest, record: Record) -> HttpResponse:
    """Go back to the list somebody came from, else to the entry's page."""
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("digitization:record", record.pk)
