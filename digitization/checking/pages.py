"""An entry's own page: what it says, what the checks say, what happened to it, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communes.guards import OfficeRequest, role_required
from digitization import access, findings, standings
from digitization.checking.apart import apart_of
from digitization.comparing import Passage, printed
from digitization.crops import has_pictures, leaf_of
from digitization.entry_rows import as_columns, as_entry
from digitization.facts import facts_for
from digitization.models import Finding, Record, Verb
from digitization.posted import intent_in, version_in, whole
from digitization.record_types import BY_CODE
from digitization.record_types.checks import RULES
from digitization.record_types.entries import full_label
from digitization.refusals import tell
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
        "may_accept": access.may_accept(request.rights, request.user, found),
        "apart": apart_of(request, found),
        "intent": uuid4(),
    }
    if has_pictures(found.book):
        context["leaf"] = leaf_of(found)
    return render(request, "digitization/record.html", context)


@require_POST
@role_required("see_records")
def accept(request: OfficeRequest, record_id: int) -> HttpResponse:
    """Confirm a warning as "đúng như sổ gốc"."""
    found = access.record_to_read(request.rights, request.user, record_id)
    if not access.may_accept(request.rights, request.user, found):
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
        tell(request, refusal)
    return redirect("digitization:record", record_id)


@require_POST
@role_required("see_records")
def turn(request: OfficeRequest, record_id: int, verb: str) -> HttpResponse:
    """Give an entry another standing: cancelled in the book, unreadable, duplicate, withdrawn, normal again."""
    found = access.record_to_read(request.rights, request.user, record_id)
    if verb not in standings.TURNS or not access.may_turn(request.rights, found, Verb(verb)):
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
        tell(request, refusal)
    return redirect("digitization:record", record_id)


def passages(found: Record) -> list[Passage]:
    """Return the entry for reading, group by group."""
    return printed(BY_CODE[found.kind], as_entry(found))


def warnings(found: Record) -> list[Doubt]:
    """Return the stored findings with today's words; open ones first."""
    record_type, entry = BY_CODE[found.kind], as_entry(found)
    stored = list(found.findings.select_related("accepted_by").order_by("-accepted_by", "rule", "field"))
    if not stored:
        return []
    facts = facts_for(found.book, as_columns(record_type, found.book, entry), record=found.pk)
    words = {
        (problem.rule, problem.field): str(problem.message) for problem in record_type.problems(entry, facts)
    }
    return [
        Doubt(finding, str(full_label(record_type, finding.field)), _words_of(finding, words))
        for finding in stored
    ]


def _words_of(finding: Finding, words: dict[tuple[str, str], str]) -> str:
    """Return what the check says today; of a question that other entries have settled, that it will go."""
    said = words.get((finding.rule, finding.field)) or str(RULES[finding.rule].title)
    if (
        (finding.rule, finding.field) in words
        or finding.rule not in findings.OF_OTHERS
        or finding.accepted_by
    ):
        return said
    return _(
        "%(rule)s: no longer so, since other entries were corrected. This question ends at the approval."
    ) % {"rule": said}


def buttons(request: OfficeRequest, found: Record) -> Buttons:
    """Return what this person may do to the entry as it stands."""
    rights, user = request.rights, request.user
    return Buttons(
        correct=found.can(Verb.CORRECT) and access.may_correct(rights, user, found),
        check=found.can(Verb.CHECK) and _among(access.records_to_check(rights, user), found),
        approve=found.can(Verb.APPROVE) and _approves(request, found),
        reopen=found.can(Verb.REOPEN) and _approves(request, found),
        transfer=found.can(Verb.TRANSFER) and _among(access.records_to_transfer(rights, user), found),
        turn=tuple(
            verb
            for verb, (sources, _target) in standings.TURNS.items()
            if found.standing in sources and access.may_turn(rights, found, verb)
        ),
    )


def _among(records: QuerySet[Record], found: Record) -> bool:
    return records.filter(pk=found.pk).exists()


def _approves(request: OfficeRequest, found: Record) -> bool:
    return request.rights.may("approve") and _among(
        access.records_to_approve(request.rights, request.user), found
    )


def _other(request: OfficeRequest) -> Record | None:
    """Return the entry a duplicate repeats, named by its id, if the person may see it."""
    named = whole(request.POST.get("other", "").strip())
    return access.records_to_read(request.rights, request.user).filter(pk=named).first()
