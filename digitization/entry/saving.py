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
from digitization.crops import Box, link
from digitization.entry.form import EntryForm, entry_form, typed_by_hand
from digitization.entry_rows import as_columns
from digitization.facts import facts_for
from digitization.models import Book, Draft, Record, Verb
from digitization.models.record import RecordQuerySet
from digitization.posted import intent_in, version_in, whole
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Facts, Problem, Severity
from digitization.record_types.entries import fingerprint
from digitization.record_types.reading import judge, read
from digitization.telling_apart import SaidApart, checked
from digitization.verbs import NumberTaken, Refused, Stale, answered

# Controls beside an entry that looks like the one being typed: "apart-4711" and "apart_words-4711".
APART, APART_WORDS = "apart-", "apart_words-"
_MOST_OTHERS = 10


@dataclass(frozen=True, slots=True)
class Posted:
    """What came with a posted form besides the fields themselves.

    ``apart`` are what is said of entries like this one, by their ids: why they are others, and in words.
    """

    raw: dict[str, str]
    intent: UUID
    version: int
    accepted: frozenset[str]
    seen: frozenset[str]
    twin_reason: str
    picture: str
    part: Box | None
    apart: dict[int, tuple[str, str]]

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
            picture=data.get("picture", ""),
            part=Box.read(data.get("part", "")),
            apart=said_apart_in(data),
        )


def said_apart_in(data: QueryDict) -> dict[int, tuple[str, str]]:
    """Return what a form says of entries like it, where it says anything: (reason, words) by the id of the other."""
    ids = {whole(name.removeprefix(APART)) for name in data if name.startswith(APART)}
    said = {
        pk: (data.get(f"{APART}{pk}", ""), data.get(f"{APART_WORDS}{pk}", "").strip())
        for pk in sorted(ids - {0})[:_MOST_OTHERS]
    }
    return {pk: each for pk, each in said.items() if any(each)}


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


def save(
    posted: Posted, *, by: User, book: Book, visible: RecordQuerySet, record: Record | None = None
) -> Outcome:
    """Save a new entry, or new words for ``record``, if nothing is certainly wrong and every warning was shown once.

    ``visible`` are the entries the person may see: of others nothing can be said.
    """
    record_type = BY_CODE[book.kind]
    reading = read(record_type, posted.raw)
    columns = as_columns(record_type, book, reading.entry)
    others = list(visible.filter(pk__in=posted.apart)) if posted.apart else []
    apart = frozenset(other.pk for other in others)
    facts = facts_for(book, columns, record=record.pk if record else 0, apart=apart)
    problems = judge(record_type, reading, facts)
    again = record is None and _must_look_again(problems, reading.entry, posted.seen)
    # Sent again after a broken line, the entry is there already: it must not be held against itself.
    if again and (saved_before := answered(by=by, verb=Verb.ENTER, intent=posted.intent)):
        facts = facts_for(book, columns, record=saved_before, apart=apart)
        problems = judge(record_type, reading, facts)
    if _must_look_again(problems, reading.entry, posted.seen):
        return Outcome(form=_again(posted, book, reading.entry, problems))
    try:
        said = [checked(other, *posted.apart[other.pk]) for other in others]
        saved = _save(posted, reading.entry, said, facts, by=by, book=book, record=record)
    except Refused as refusal:
        return Outcome(form=_again(posted, book, reading.entry, problems), refusal=refusal)
    used = Q(record=record) if record else Q(record=None, intent=posted.intent)
    Draft.objects.filter(used, owner=by).delete()
    if record is None and saved.version > 1:
        # The same form came again, late: what happened to the entry since then stands.
        return Outcome(record=saved)
    link(saved, posted.picture, posted.part)
    if record is None:
        keep_place(by, saved)
    return Outcome(record=saved)


def _save(
    posted: Posted,
    entry: dict[str, Any],
    apart: list[SaidApart],
    facts: Facts,
    *,
    by: User,
    book: Book,
    record: Record | None,
) -> Record:
    if record is None:
        return workflow.enter(
            by=by,
            book=book,
            entry=entry,
            intent=posted.intent,
            accepted=posted.accepted,
            twin_reason=posted.twin_reason,
            apart=apart,
            facts=facts,
        )
    return workflow.correct(
        by=by,
        record=record,
        version=posted.version,
        entry=entry,
        intent=posted.intent,
        accepted=posted.accepted,
        twin_reason=posted.twin_reason,
        apart=apart,
        facts=facts,
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
