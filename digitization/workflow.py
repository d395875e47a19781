"""The verbs that type in an entry and move it along: enter, correct, check, return, approve, reopen, transfer.

Every verb is keyword-only, takes the acting person, runs once per intent in one transaction, touches Record in one
statement and leaves events. Whether the person may see the entry at all is asked before, in ``access``; the rules
that hold for everybody are asked here. The verbs for standings are in ``standings``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import User
from digitization import findings, histories, telling_apart
from digitization.entry_rows import as_columns, as_entry
from digitization.facts import facts_for
from digitization.models import Book, Record, RecordEvent, Standing, Status, Verb
from digitization.models.states import FROZEN, MOVES, TYPING_VERBS
from digitization.numbering import free_twin, holding, key_of, number_key, refuse_same_entry, same_persons
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Entry, Facts, Problem, Severity
from digitization.record_types.upgrading import leftovers
from digitization.scan_duty import without_a_needed_scan
from digitization.telling_apart import SaidApart
from digitization.verbs import (
    LONGEST_TWIN_REASON,
    Frozen,
    NoScan,
    NotAllowedNow,
    OwnWork,
    Refused,
    Stale,
    keepable,
    once,
    stated,
)


class Unacceptable(Refused):
    """The entry has certain errors; ``problems`` are all of them, warnings too."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("The entry has errors and was not saved."))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the picked entries: the ids that moved, and for the others the words why not.

    ``rules`` names the rule where a refusal has one.
    """

    moved: list[int]
    refused: dict[int, str]
    rules: dict[int, str] = field(default_factory=dict)


def enter(
    *,
    by: User,
    book: Book,
    entry: Entry,
    intent: UUID,
    accepted: Iterable[str] = (),
    twin_reason: str = "",
    apart: Sequence[SaidApart] = (),
    facts: Facts | None = None,
    verb: Verb = Verb.ENTER,
) -> Record:
    """Save a new entry of ``book`` and return it.

    ``accepted`` are fingerprints of warnings confirmed as "đúng như sổ gốc". ``twin_reason`` lets the entry share
    the number of another one after that other was shown, not of one with the same persons (SameEntry).
    ``apart`` says of entries like it why they are others. ``facts`` are those of this entry if they are known already.
    Raises Unacceptable, NumberTaken, IntentReused.
    """
    twin_reason = keepable(twin_reason, limit=LONGEST_TWIN_REASON)
    kind = BY_CODE[book.kind]
    columns = as_columns(kind, book, entry)
    known = facts or facts_for(book, columns, apart=_others_in(apart))
    problems = _without_errors(kind.problems(entry, known))
    key = number_key(columns)

    def act() -> int:
        twin = free_twin(columns) if twin_reason else 0
        record = Record(**columns, twin=twin, twin_reason=twin_reason, entered_by=by, entered_at=clock.now())
        record.book = book
        found = findings.of(record, entry, problems, accepted=accepted, by=by)
        record.open_warnings = findings.count_open(found)
        record.save(force_insert=True)
        findings.add(record, found)
        histories.add([record], verb=verb, by=by)
        if apart:
            telling_apart.write_for(record, apart, by=by)
        made[record.pk] = record
        return record.pk

    made: dict[int, Record] = {}
    body = {"book": book.pk, "entry": entry, "twin": twin_reason} | _told(apart)
    pk = holding(key, lambda: once(act, by=by, verb=verb, intent=intent, body=body))
    return made[pk] if pk in made else Record.objects.get(pk=pk)


def correct(
    *,
    by: User,
    record: Record,
    version: int,
    entry: Entry,
    intent: UUID,
    accepted: Iterable[str] = (),
    twin_reason: str = "",
    apart: Sequence[SaidApart] = (),
    facts: Facts | None = None,
) -> Record:
    """Save new words for an entry that is not approved; it then waits to be checked again.

    What the stored entry holds beyond the fields of its kind stays in it.

    ``version`` is the version the person was looking at. Raises Stale, Frozen, Unacceptable, NumberTaken.
    """
    twin_reason = keepable(twin_reason, limit=LONGEST_TWIN_REASON)
    entry = {**leftovers(BY_CODE[record.kind], as_entry(record)), **entry}
    kind = BY_CODE[record.kind]
    columns = as_columns(kind, record.book, entry)
    known = facts or facts_for(record.book, columns, record=record.pk, apart=_others_in(apart))
    problems = _without_errors(kind.problems(entry, known))

    def act() -> int:
        current = Record.objects.select_for_update().get(pk=record.pk)
        _refuse_unless_current(current, version)
        _refuse_from_status(current, Verb.CORRECT)
        found = findings.of(current, entry, problems, accepted=accepted, by=by)
        changes = _changed_number(current, columns, twin_reason) | {
            "status": Status.ENTERED,
            "checked_by": None,
            "open_warnings": findings.count_open(found),
            **_lapsed_acceptance(current),
        }
        Record.objects.filter(pk=current.pk).update(**columns, **changes)
        findings.replace(current, found)
        to_standing = changes.get("standing", current.standing)
        histories.add([current], verb=Verb.CORRECT, by=by, to_status=Status.ENTERED, to_standing=to_standing)
        telling_apart.end_where_changed(current, columns, by=by)
        if apart:
            # What is written down of the pair is written of the entry as it is now.
            current.refresh_from_db()
            telling_apart.write_for(current, apart, by=by)
        return current.pk

    body = {"record": record.pk, "version": version, "entry": entry} | _told(apart)
    return Record.objects.get(
        pk=holding(
            number_key(columns),
            lambda: once(act, by=by, verb=Verb.CORRECT, intent=intent, body=body),
            but=record.pk,
        )
    )


def check(*, by: User, picked: Mapping[int, int], intent: UUID) -> Moved:
    """Confirm entries as compared with the book. ``picked`` maps the id to the version seen. Never one's own work."""
    return _move(Verb.CHECK, by=by, picked=picked, intent=intent, changes={"checked_by": by})


def send_back(*, by: User, picked: Mapping[int, int], reason: str, intent: UUID) -> Moved:
    """Return entries for correction; the reason says what is wrong. Raises NotAllowedNow without a reason."""
    changes = {"checked_by": None}
    return _move(Verb.SEND_BACK, by=by, picked=picked, intent=intent, reason=stated(reason), changes=changes)


def approve(*, by: User, picked: Mapping[int, int], intent: UUID) -> Moved:
    """Approve checked entries without open warnings: from then on they are frozen."""
    return _move(Verb.APPROVE, by=by, picked=picked, intent=intent, changes={"approved_by": by})


def reopen(*, by: User, picked: Mapping[int, int], reason: str, intent: UUID) -> Moved:
    """Unfreeze approved entries, with a reason, so that they can be corrected, checked and approved again."""
    changes = {"checked_by": None, "approved_by": None}
    return _move(Verb.REOPEN, by=by, picked=picked, intent=intent, reason=stated(reason), changes=changes)


def transfer(*, by: User, picked: Mapping[int, int], intent: UUID) -> Moved:
    """Note that the national system holds these approved entries as they stand now."""
    changes = {"transferred_version": F("version") + 1}
    return _move(Verb.TRANSFER, by=by, picked=picked, intent=intent, changes=changes)


def _move(
    verb: Verb,
    *,
    by: User,
    picked: Mapping[int, int],
    intent: UUID,
    changes: dict[str, Any],
    reason: str = "",
) -> Moved:
    """Move entries as a set: those that may not move are named with the reason, the others move in one statement."""
    to_status = MOVES[verb][1]

    def act() -> dict[str, Any]:
        records = list(Record.objects.select_for_update().filter(pk__in=picked).order_by("pk"))
        if verb is Verb.APPROVE:
            findings.let_go(records)
        refusals = _refusals(verb, records, picked, by)
        moving = [record for record in records if record.pk not in refusals]
        if not moving and refusals:
            raise next(iter(refusals.values()))
        Record.objects.filter(pk__in=[record.pk for record in moving]).update(status=to_status, **changes)
        histories.add(moving, verb=verb, by=by, to_status=to_status, reason=reason)
        return {
            "moved": [record.pk for record in moving],
            "refused": {str(pk): str(refusal.message) for pk, refusal in refusals.items()},
            "rules": {str(pk): refusal.rule for pk, refusal in refusals.items() if refusal.rule},
        }

    body = {"picked": {str(pk): version for pk, version in picked.items()}, "reason": reason}
    answer = once(act, by=by, verb=verb, intent=intent, body=body)
    refused, rules = (
        {int(pk): words for pk, words in answer.get(part, {}).items()} for part in ("refused", "rules")
    )
    return Moved(answer["moved"], refused, rules)


def _refusals(verb: Verb, records: list[Record], picked: Mapping[int, int], by: User) -> dict[int, Refused]:
    own = _typed_by(by, records) if verb in (Verb.CHECK, Verb.APPROVE) else set()
    unseen = without_a_needed_scan(records) if verb is Verb.APPROVE else set()
    found: dict[int, Refused] = {}
    for record in records:
        try:
            _refuse_unless_current(record, picked[record.pk])
            _refuse_from_status(record, verb)
            if record.pk in own:
                raise OwnWork(_("You typed in this entry yourself: somebody else must check and approve it."))
            if verb is Verb.APPROVE and record.open_warnings:
                raise NotAllowedNow(
                    _("Warnings are still open: correct them or confirm them as in the original book.")
                )
            if record.pk in unseen:
                raise NoScan(
                    _("There is no picture of its page, and the unit has to scan: scan page %(page)s first.")
                    % {"page": record.page_no or "?"}
                )
        except Refused as refusal:
            found[record.pk] = refusal
    return found


def _typed_by(user: User, records: list[Record]) -> set[int]:
    typed = RecordEvent.objects.filter(record__in=records, actor=user, verb__in=TYPING_VERBS)
    by_event = set(typed.values_list("record_id", flat=True))
    return by_event | {record.pk for record in records if record.entered_by_id == user.pk}


def _refuse_unless_current(record: Record, version: int) -> None:
    if record.version != version:
        raise Stale(record)


def _refuse_from_status(record: Record, verb: Verb) -> None:
    if record.can(verb):
        return
    if record.frozen and not set(FROZEN) & set(MOVES[verb][0]):
        raise Frozen(_("This entry is approved. A commune leader can reopen it, with a reason."))
    moves = record.status in MOVES[verb][0]
    status = Standing(record.standing).label if moves else Status(record.status).label
    raise NotAllowedNow(_("This cannot be done while the entry is: %(status)s.") % {"status": status})


def _without_errors(problems: list[Problem]) -> list[Problem]:
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise Unacceptable(problems)
    return problems


def _others_in(apart: Sequence[SaidApart]) -> frozenset[int]:
    return frozenset(said.other.pk for said in apart)


def _told(apart: Sequence[SaidApart]) -> dict[str, Any]:
    return {"apart": [said.as_json for said in apart]} if apart else {}


def _lapsed_acceptance(current: Record) -> dict[str, Any]:
    """An inspection accepted what it saw: other words must be accepted anew."""
    if current.standing != Standing.UNREADABLE_ACCEPTED:
        return {}
    return {"standing": Standing.UNREADABLE, "accepted_ref": ""}


def _changed_number(current: Record, columns: Mapping[str, Any], twin_reason: str) -> dict[str, Any]:
    """A new number leaves the twins of the old one; it becomes a twin of another entry only with a reason."""
    key = number_key(columns)
    if key == key_of(current):
        if not same_persons(current, columns):
            refuse_same_entry(columns, but=current.pk)
        return {}
    return {"twin": free_twin(columns, but=current.pk) if twin_reason else 0, "twin_reason": twin_reason}
