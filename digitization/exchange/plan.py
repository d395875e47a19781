"""What taking in a sheet would do: every row judged and placed, nothing stored. Reads the database, never writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from civreg.lib.spreadsheets import Row
from communes.models import Unit
from digitization.entry_rows import as_columns
from digitization.exchange.cells import book_text, texts_of
from digitization.exchange.header import Table, national_name
from digitization.exchange.shelf import NoPlace, Shelf
from digitization.facts import facts_among
from digitization.models import Book, Record
from digitization.numbering import KEYS, number_key
from digitization.record_types.contract import Entry, Facts, Label, Problem, RecordType, Severity
from digitization.record_types.layouts import BOOK
from digitization.record_types.reading import Reading, judge, read
from digitization.rules.work import C06
from digitization.surroundings import Placed

NumberKey = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row was refused: the sheet's own row number, the column as the file writes it, and words."""

    row: int
    column: str
    reason: str

    @classmethod
    def by(cls, rule: str, row: int, column: str, words: Label) -> Refusal:
        """Return a refusal whose reason ends with the id of its rule, if it has one."""
        return cls(row, column, f"{words} ({rule})" if rule else str(words))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may become an entry of ``book``, which may not be stored yet."""

    row: int
    book: Book
    entry: Entry
    columns: Mapping[str, Any]
    problems: tuple[Problem, ...]

    @property
    def number_key(self) -> NumberKey | None:
        """Return what must be unique, None where the number or its year is not known (then nothing is compared)."""
        return key_of_columns(self.columns)

    @property
    def warnings(self) -> int:
        return len({(p.rule, p.field) for p in self.problems if p.severity is Severity.WARNING})


@dataclass(slots=True)
class Plan:
    """All rows of a sheet: those that would be stored and those refused. ``rows`` counts both."""

    rows: int
    skipped: tuple[int, ...]
    number_column: str
    accepted: list[Candidate] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def new_books(self) -> list[Book]:
        """Return the books that the accepted rows need and nobody has stored yet."""
        found = {
            id(candidate.book): candidate.book for candidate in self.accepted if candidate.book.pk is None
        }
        return sorted(found.values(), key=lambda book: (book.opened_year, book.book_no))


def make_plan(table: Table, *, record_type: RecordType, unit: Unit) -> Plan:
    """Judge and place every row of a sheet for ``unit``."""
    names = _Names(table, record_type)
    plan = Plan(len(table.rows), table.skipped, names["number"])
    rows = _Rows(table, record_type, Shelf(unit, record_type.code), names)
    placed, candidates = [], []
    for row in table.rows:
        found = rows.place(row)
        if isinstance(found, _PlacedRow):
            placed.append(found)
        else:
            plan.refusals.extend(found)
    # All rows know their book before the first is judged: what is around them is asked for the whole sheet at once.
    for one, facts in zip(placed, facts_among([one.placed for one in placed]), strict=True):
        judged = rows.judge(one, facts)
        if isinstance(judged, Candidate):
            candidates.append(judged)
        else:
            plan.refusals.extend(judged)
    _share_out_numbers(plan, candidates)
    plan.refusals.sort(key=lambda refusal: refusal.row)
    return plan


class _Names:
    """The column of a field as the file writes it, its national name where the file has no such column."""

    def __init__(self, table: Table, record_type: RecordType) -> None:
        self._typed = {heading.field: heading.typed for heading in table.headings.values()}
        self._record_type = record_type

    def __getitem__(self, field: str) -> str:
        return self._typed.get(field) or national_name(field, self._record_type)


@dataclass(frozen=True, slots=True)
class _PlacedRow:
    """A row that was read and whose book is known, not judged yet."""

    row: Row
    reading: Reading
    doubts: list[Problem]
    placed: Placed


@dataclass(slots=True)
class _Rows:
    table: Table
    record_type: RecordType
    shelf: Shelf
    names: _Names

    def place(self, row: Row) -> _PlacedRow | list[Refusal]:
        """Return the row as an entry placed in its book, or every reason why it has none."""
        cells = self.table.cells(row)
        raw, doubts = texts_of(self.record_type, cells)
        reading = read(self.record_type, raw)
        try:
            book = self.shelf.book_for(book_text(cells.get(BOOK)), reading.entry)
        except NoPlace as refusal:
            reasons = self._refusals(row, [*doubts, *reading.problems])
            return [*reasons, Refusal.by(refusal.rule, row.number, self.names[BOOK], refusal.message)]
        columns = as_columns(self.record_type, book, reading.entry)
        return _PlacedRow(row, reading, doubts, Placed(book=book, columns=columns))

    def judge(self, one: _PlacedRow, facts: Facts) -> Candidate | list[Refusal]:
        """Return the row as one that may be stored, or every reason against it."""
        problems = [*one.doubts, *judge(self.record_type, one.reading, facts)]
        if reasons := self._refusals(one.row, problems):
            return reasons
        book, columns = one.placed.book, one.placed.columns
        return Candidate(one.row.number, book, one.reading.entry, columns, tuple(problems))

    def _refusals(self, row: Row, problems: Iterable[Problem]) -> list[Refusal]:
        return [
            Refusal.by(problem.rule, row.number, self.names[problem.field], problem.message)
            for problem in problems
            if problem.severity is Severity.ERROR
        ]


def _share_out_numbers(plan: Plan, candidates: list[Candidate]) -> None:
    """Accept the candidates whose number is free in the register and was not in a row above."""
    taken = holders(candidate.number_key for candidate in candidates)
    above: dict[NumberKey, int] = {}
    for candidate in candidates:
        key = candidate.number_key
        if key is not None and key in taken:
            plan.refusals.append(number_refusal(plan, candidate, taken[key]))
        elif key is not None and key in above:
            reason = _("Row %(row)s of this file already has the number %(number)s of %(year)s.")
            words = {"row": above[key], **_numbered(candidate)}
            plan.refusals.append(Refusal.by(C06.id, candidate.row, plan.number_column, reason % words))
        else:
            plan.accepted.append(candidate)
            if key is not None:
                above[key] = candidate.row


def number_refusal(plan: Plan, candidate: Candidate, holder: str) -> Refusal:
    """Return the refusal of a row whose number another entry holds, naming that entry."""
    reason = _("The number %(number)s of %(year)s is already held by %(holder)s.")
    words = reason % {**_numbered(candidate), "holder": holder}
    return Refusal.by(C06.id, candidate.row, plan.number_column, words)


def _numbered(candidate: Candidate) -> dict[str, Any]:
    return {"number": candidate.columns["number_raw"], "year": candidate.columns["number_year"]}


def key_of_columns(columns: Mapping[str, Any]) -> NumberKey | None:
    """Return the number key of column values as something to look up, None where nothing is to be unique."""
    key = number_key(columns)
    return None if key["number"] is None or key["number_year"] is None else tuple(key[name] for name in KEYS)


def holders(keys: Iterable[NumberKey | None]) -> dict[NumberKey, str]:
    """Return which of these numbers the register already holds, and the words that name the entry. One query."""
    wanted = {key for key in keys if key is not None}
    return {key: words for key, words in _held(wanted) if key in wanted} if wanted else {}


def _held(wanted: set[NumberKey]) -> Iterator[tuple[NumberKey, str]]:
    names = dict(zip(KEYS, zip(*wanted, strict=True), strict=True))
    same = {f"{name}__in": set(names[name]) for name in ("place_id", "kind", "number_year")}
    found = Record.objects.counting().filter(**same, number__isnull=False, twin=0)
    for pk, book_no, opened_year, *key in found.values_list(
        "pk", "book__book_no", "book__opened_year", *KEYS
    ):
        words = _("entry no. %(id)s in the book %(book)s") % {"id": pk, "book": f"{book_no}/{opened_year}"}
        yield tuple(key), words
