"""One commune's typed entries as rows: records, their events, approved versions and findings, in files for COPY.

The entries go through the record type's own checks and through ``as_columns``, as those of a form or an import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from digitization.entry_rows import as_columns
from digitization.models import Book, Finding, Record, RecordEvent, RecordVersion, Standing, Status, Verb
from digitization.models.states import FROZEN
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Facts, Problem, Severity
from digitization.record_types.entries import fingerprint
from reports.demonstration.births import birth
from reports.demonstration.copying import columns_of, line
from reports.demonstration.figures import NOW, Commune
from reports.demonstration.lives import Hand, Step, lives
from reports.demonstration.other_entries import other_entry
from reports.demonstration.registers import Register
from reports.demonstration.shelves import Shelved
from reports.demonstration.stints import Quota, Stint, stints

TABLES = (Record, RecordEvent, RecordVersion, Finding)
RECORD = columns_of(Record)
EVENT = columns_of(RecordEvent, but=("id",))
VERSION = columns_of(RecordVersion)
FINDING = columns_of(Finding)
COLUMNS = dict(zip(TABLES, (RECORD, EVENT, VERSION, FINDING), strict=True))
PER_PAGE = 2

Write = Callable[[str], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What one commune's work is written with: its stored books in the order of the shelf, its people, its ids."""

    commune: Commune
    odd: float
    word: str
    name: str
    quota: Quota
    shelf: Sequence[Shelved]
    books: Sequence[Book]
    crew: Sequence[int]
    ids: Sequence[int]


def path_of(folder: Path, slug: str, table: Any) -> Path:
    """Return the file in which the rows of a commune for a table end up, complete as soon as it exists."""
    return folder / f"{slug}.{table._meta.db_table}"


def write_desk(desk: Desk, folder: Path) -> None:
    """Write the rows of a commune; the files take their names only when all of them are complete."""
    slug = desk.commune.slug
    drafts = {
        table: path_of(folder, slug, table).with_suffix(".part-" + table._meta.db_table) for table in TABLES
    }
    with ExitStack() as files:
        writes = {
            table: files.enter_context(path.open("w", encoding="utf-8", newline="\n")).write
            for table, path in drafts.items()
        }
        _Pen(desk, *(writes[table] for table in TABLES)).write_all()
    for table in reversed(TABLES):
        drafts[table].rename(path_of(folder, slug, table))


@dataclass(frozen=True, slots=True)
class _Typed:
    """One record while its rows are written."""

    id: int
    stint: Stint
    steps: list[Step]
    book: Book
    entry: dict[str, Any]


class _Pen:
    """Writes the rows of one commune in the order of typing."""

    def __init__(self, desk: Desk, record: Write, event: Write, version: Write, finding: Write) -> None:
        self._desk = desk
        self._record, self._event, self._version, self._finding = record, event, version, finding
        self._rng = Random(f"desk/{desk.commune.slug}/{desk.commune.total}")
        self._facts = [_facts(book) for book in desk.books]
        self._registers = [
            Register.of(
                key=book.key,
                kind=book.kind,
                commune=book.commune,
                name=desk.name,
                word=desk.word,
                odd=desk.odd,
            )
            for book in desk.shelf
        ]
        self._held: dict[tuple[int, int], int] = {}

    def write_all(self) -> None:
        typed = stints(self._desk.commune, self._desk.quota, self._desk.shelf)
        for pk, stint, steps in zip(self._desk.ids, typed, lives(self._desk.commune, typed), strict=True):
            entry = self._invent(stint)
            self._write(_Typed(pk, stint, steps, self._desk.books[stint.book], entry))
            if stint.standing not in (Standing.DUPLICATE, Standing.WITHDRAWN):
                self._held[stint.book, stint.slot] = pk

    def _invent(self, stint: Stint) -> dict[str, Any]:
        shelved, register = self._desk.shelf[stint.book], self._registers[stint.book]
        run, number = shelved.entry_at(stint.slot)
        page = stint.slot // PER_PAGE + 1
        entry = birth if shelved.kind == "KS" else other_entry
        return entry(register, run, number, page)

    def _write(self, typed: _Typed) -> None:
        open_warnings = self._write_findings(typed)
        self._record(line(self._columns(typed, open_warnings)))
        for step in typed.steps:
            self._write_event(typed, step)
        if typed.stint.status is Status.APPROVED:
            last = typed.steps[-1]
            values = {
                "record_id": typed.id,
                "version": last.version,
                "entry": typed.entry,
                "status": last.to_status,
                "standing": last.to_standing,
                "by_id": self._who(last.hand),
                "at": last.at,
            }
            self._version(line(values[column] for column in VERSION))

    def _columns(self, typed: _Typed, open_warnings: int) -> Iterator[Any]:
        stint, last = typed.stint, typed.steps[-1]
        values = {
            **as_columns(BY_CODE[typed.book.kind], typed.book, typed.entry),
            "id": typed.id,
            "twin": 0,
            "twin_reason": "",
            "position": stint.slot % PER_PAGE + 1,
            "status": stint.status,
            "standing": stint.standing,
            "duplicate_of_id": self._held[stint.book, stint.slot]
            if stint.standing is Standing.DUPLICATE
            else None,
            "accepted_ref": _reason(typed.steps, Verb.ACCEPT_UNREADABLE),
            "version": last.version,
            "transferred_version": None,
            "open_warnings": open_warnings,
            "entered_by_id": self._who(Hand(stint.typist)),
            "entered_at": stint.at,
            "checked_by_id": self._by(typed, Verb.CHECK),
            "approved_by_id": self._by(typed, Verb.APPROVE),
        }
        return (values[column] for column in RECORD)

    def _write_event(self, typed: _Typed, step: Step) -> None:
        values = {
            "record_id": typed.id,
            "at": step.at,
            "actor_id": self._who(step.hand),
            "unit_id": typed.book.custodian_id,
            **{name: getattr(step, name) for name in _SAME},
        }
        self._event(line(values[column] for column in EVENT))

    def _write_findings(self, typed: _Typed) -> int:
        """Write the warnings of the checks; returns how many are open. Approved entries have none open."""
        problems = BY_CODE[typed.book.kind].problems(typed.entry, self._facts[typed.stint.book])
        found = _warnings(problems, typed)
        if not found:
            return 0
        by, at = self._acceptance(typed)
        for problem in found:
            values = {
                "record_id": typed.id,
                "rule": problem.rule,
                "field": problem.field,
                "severity": problem.severity,
                "fingerprint": fingerprint(problem, typed.entry),
                "accepted_by_id": by,
                "accepted_at": at,
                "note": "Đúng như sổ gốc" if by else "",
            }
            self._finding(line(values[column] for column in FINDING))
        return 0 if by else len(found)

    def _acceptance(self, typed: _Typed) -> tuple[int | None, datetime | None]:
        """Say who confirmed the warnings as in the book, and when: at typing, if at all."""
        share = {Status.ENTERED: 0.25, Status.RETURNED: 0.25, Status.CHECKED: 0.8}.get(
            typed.stint.status, 1.0
        )
        if typed.stint.status not in FROZEN and self._rng.random() >= share:
            return None, None
        return self._who(Hand(typed.stint.typist)), typed.stint.at

    def _by(self, typed: _Typed, verb: Verb) -> int | None:
        """Return who did the last step of a verb that still holds."""
        if typed.stint.status is Status.RETURNED:
            return None
        return next((self._who(step.hand) for step in reversed(typed.steps) if step.verb is verb), None)

    def _who(self, hand: Hand) -> int:
        return self._desk.crew[hand]


_SAME = ("verb", "from_status", "to_status", "from_standing", "to_standing", "reason", "version")


def _facts(book: Book) -> Facts:
    return Facts(
        today=NOW.date(),
        book_year_from=book.year_from,
        book_year_to=book.year_to,
        book_closed_on=book.closed_on,
    )


def _warnings(problems: Sequence[Problem], typed: _Typed) -> list[Problem]:
    """Return one warning per rule and field; an invented entry with an error would be a mistake of ours."""
    found: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR:
            raise ValueError(f"{typed.book} {typed.entry['number']}: {problem.rule} {problem.field}")
        if problem.severity is Severity.WARNING:
            found.setdefault((problem.rule, problem.field), problem)
    return list(found.values())


def _reason(steps: Sequence[Step], verb: Verb) -> str:
    return next((step.reason for step in steps if step.verb is verb), "")
