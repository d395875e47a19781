"""An entry's own page: what it says, what the checks say, what happened to it, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from communes.guards import OfficeRequest, role_required
from communes.models import Role
from digitization import access, findings, standings
from digitization.comparing import Passage, printed
from digitization.entry_rows import as_entry
from digitization.facts import facts_of
from digitization.models import Finding, Record, Standing, Status, Verb
from digitization.models.states import MOVES
from digitization.posted import intent_in, version_in, whole
from digitization.record_types import BY_CODE
from digitization.record_types.checks import RULES
from digitization.record_types.entries import full_label
from digitization.verbs import Refused


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stored finding with the words the check has for it today."""

    finding: Finding
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """What this person may do to this entry now: list, button and refusal ask the same questions."""

    correct: bool
    check: bool
    approve: bool
    reopen: bool
    transfer: bool
    turn: tuple[Verb, ...]


@require_safe
@role_required("see_records")
def record(request: OfficeRequest, record_id: int) -> HttpResponse:
    """Show one entry."""
    found = access.record_to_read(request.rights, request.user, record_id)
    context = {
        "record": found,
        "record_type": BY_CODE[found.kind],
        "passages": passages(found),
        "warnings": warnings(found),
        "events": found.events.select_related("actor", "unit"),
        "buttons": buttons(request, found),
        "may_accept": may_accept(request, found),
        "intent": uuid4(),
    }
    return render(request, "digitization/record.html", context)


@require_POST
@role_required("see_records")
def accept(request: OfficeRequest, record_id: int) -> HttpResponse:
    """Confirm a warning as "đúng như sổ gốc"."""
    found = access.record_to_read(request.rights, request.user, record_id)
    if not may_accept(request, found):
        raise Http404
    data = request.POST
    try:
        findings.accept(
            by=request.user,
            record=found,
            version=version_in(data),
            rule=data.get("rule", ""),
            field=data.get("field", ""),
            note=data.get("note", "").strip()[:500],
            intent=intent_in(data),
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("digitization:record", record_id)


@require_POST
@role_required("see_records")
def turn(request: OfficeRequest, record_id: int, verb: str) -> HttpResponse:
    """Give an entry another standing: cancelled in the book, unreadable, duplicate, withdrawn, normal again."""
    found = access.record_to_read(request.rights, request.user, record_id)
    if verb not in standings.TURNS or not may_turn(request, found, Verb(verb)):
        raise Http404
    try:
        standings.turn(
            Verb(verb),
            by=request.user,
            record=found,
            version=version_in(request.POST),
            reason=request.POST.get("reason", ""),
            intent=intent_in(request.POST),
            other=_other(request),
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("digitization:record", record_id)


def passages(found: Record) -> list[Passage]:
    """Return the entry for reading, group by group."""
    return printed(BY_CODE[found.kind], as_entry(found))


def warnings(found: Record) -> list[Doubt]:
    """Return the stored findings with today's words; open ones first."""
    record_type, entry = BY_CODE[found.kind], as_entry(found)
    words = {
        (problem.rule, problem.field): str(problem.message)
        for problem in record_type.problems(entry, facts_of([found.book])[found.book_id])
    }
    stored = found.findings.select_related("accepted_by").order_by("-accepted_by", "rule", "field")
    return [
        Doubt(
            finding,
            full_label(record_type, finding.field),
            words.get((finding.rule, finding.field)) or str(RULES[finding.rule].title),
        )
        for finding in stored
    ]


def may_accept(request: OfficeRequest, found: Record) -> bool:
    """Warnings are confirmed by who types for the unit or checks above it, while the entry is not frozen."""
    typing = access.may_enter(request.rights, found.book)
    return not found.frozen and (typing or access.may_confirm_totals(request.rights, found.book))


def may_turn(request: OfficeRequest, found: Record, verb: Verb) -> bool:
    """The unit's officer says what an entry is; that an unreadable one counts is accepted by justice alone."""
    if found.frozen:
        return False
    if verb is Verb.ACCEPT_UNREADABLE:
        return access.may_confirm_totals(request.rights, found.book)
    return found.custodian_id in request.rights.own_units(Role.OFFICER)


def buttons(request: OfficeRequest, found: Record) -> Buttons:
    """Return what this person may do to the entry as it stands."""
    rights, user, alive = request.rights, request.user, _alive(found)
    own = found.entered_by_id == user.pk
    return Buttons(
        correct=alive
        and _moves(found, Verb.CORRECT)
        and rights.may("enter")
        and access.may_enter(rights, found.book),
        check=alive
        and _moves(found, Verb.CHECK)
        and not own
        and rights.may("check")
        and access.records_to_check(rights, user).filter(pk=found.pk).exists(),
        approve=alive and _moves(found, Verb.APPROVE) and _approves(request, found),
        reopen=_moves(found, Verb.REOPEN) and _approves(request, found),
        transfer=alive and found.status == Status.APPROVED and rights.may("transfer"),
        turn=tuple(
            verb
            for verb, (sources, _target) in standings.TURNS.items()
            if found.standing in sources and may_turn(request, found, verb)
        ),
    )


def _alive(found: Record) -> bool:
    return found.standing not in (Standing.DUPLICATE, Standing.WITHDRAWN)


def _moves(found: Record, verb: Verb) -> bool:
    return found.status in MOVES[verb][0]


def _approves(request: OfficeRequest, found: Record) -> bool:
    if not request.rights.may("approve"):
        return False
    return access.records_to_approve(request.rights, request.user).filter(pk=found.pk).exists()


def _other(request: OfficeRequest) -> Record | None:
    """Return the entry a duplicate repeats, named by its id, if the person may see it."""
    named = whole(request.POST.get("other", "").strip())
    return access.records_to_read(request.rights, request.user).filter(pk=named).first()
