"""From a posted form to a saved entry, or to a form with answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict

from communes.models import User
from digitization import workflow
from digitization.bookmarks import keep_place
from digitization.entry.form import EntryForm, entry_form, typed_by_hand
from digitization.facts import facts_of
from digitization.models import Book, Draft, Record
from digitization.posted import intent_in, version_in
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Problem, Severity
from digitization.record_types.entries import fingerprint
from digitization.record_types.reading import judge, read
from digitization.verbs import NumberTaken, Refused, Stale


@dataclass(frozen=True, slots=True)
class Posted:
    """What came with a posted form besides the fields themselves."""

    raw: dict[str, str]
    intent: UUID
    version: int
    accepted: frozenset[str]
    seen: frozenset[str]
    twin_reason: str

    @classmethod
    def of(cls, book: Book, data: QueryDict) -> Posted:
        """Read the posted data; a missing or spoilt intent or version is replaced, never a crash."""
        return cls(
            raw=typed_by_hand(BY_CODE[book.kind], data),
            intent=intent_in(data),
            version=version_in(data),
            accepted=frozenset(data.getlist("accept")),
            seen=frozenset(data.getlist("seen")),
            twin_reason=data.get("twin_reason", "").strip(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Either ``record`` is saved, or ``form`` goes back to the person with everything they typed in it."""

    record: Record | None = None
    form: EntryForm | None = None
    refusal: Refused | None = None

    @property
    def other(self) -> Record | None:
        """Return the entry that holds the number, when that is why nothing was saved."""
        return self.refusal.other if isinstance(self.refusal, NumberTaken) else None

    @property
    def current(self) -> Record | None:
        """Return the entry as somebody else left it, when that is why nothing was saved."""
        return self.refusal.current if isinstance(self.refusal, Stale) else None


def save(posted: Posted, *, by: User, book: Book, record: Record | None = None) -> Outcome:
    """Save a new entry, or new words for ``record``, if nothing is certainly wrong and every warning was shown once."""
    record_type = BY_CODE[book.kind]
    reading = read(record_type, posted.raw)
    problems = judge(record_type, reading, facts_of([book])[book.pk])
    if _must_look_again(problems, reading.entry, posted.seen):
        return Outcome(form=_again(posted, book, reading.entry, problems))
    try:
        saved = _save(posted, reading.entry, by=by, book=book, record=record)
    except Refused as refusal:
        return Outcome(form=_again(posted, book, reading.entry, problems), refusal=refusal)
    used = Q(record=record) if record else Q(record=None, intent=posted.intent)
    Draft.objects.filter(used, owner=by).delete()
    if record is None:
        keep_place(by, saved)
    return Outcome(record=saved)


def _save(posted: Posted, entry: dict[str, Any], *, by: User, book: Book, record: Record | None) -> Record:
    if record is None:
        return workflow.enter(
            by=by,
            book=book,
            entry=entry,
            intent=posted.intent,
            accepted=posted.accepted,
            twin_reason=posted.twin_reason,
        )
    return workflow.correct(
        by=by,
        record=record,
        version=posted.version,
        entry=entry,
        intent=posted.intent,
        accepted=posted.accepted,
        twin_reason=posted.twin_reason,
    )


def _must_look_again(problems: list[Problem], entry: dict[str, Any], seen: frozenset[str]) -> bool:
    """A warning asks once: what was shown and not corrected is saved, as an open warning unless it was ticked."""
    return any(
        problem.severity is Severity.ERROR
        or (problem.severity is Severity.WARNING and fingerprint(problem, entry) not in seen)
        for problem in problems
    )


def _again(posted: Posted, book: Book, entry: dict[str, Any], problems: list[Problem]) -> EntryForm:
    return entry_form(
        BY_CODE[book.kind], posted.raw, entry=entry, problems=problems, accepted=posted.accepted
    )
