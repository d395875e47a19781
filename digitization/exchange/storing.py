"""Storing a plan: books, entries, their warnings and their events, one statement for each (a large import: a few)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db import connection

from civreg.lib import clock
from communes.models import User
from digitization import findings, histories
from digitization.exchange.plan import Candidate, Plan, holders, number_refusal
from digitization.models import Book, Finding, Record, Verb
from digitization.numbering import KEYS

# A statement holds its rows several times over: 20,000 in one took 614 MB at the peak, in these batches 455 MB.
_AT_ONCE = 5_000


def store(plan: Plan, *, by: User) -> Plan:
    """Store the accepted rows of a plan inside the caller's transaction and return the plan as it came out.

    The plan itself is left as it is, so a second attempt may begin with it. Rows whose number somebody took since
    the plan was made come back as refused; the database decides that, not a look beforehand.
    """
    books = _stored_books(plan.new_books)
    drafts = [_Draft(candidate, books, by) for candidate in plan.accepted]
    for draft, pk in zip(drafts, _new_ids(len(drafts)), strict=True):
        draft.record.pk = pk
    stored = _insert([draft.record for draft in drafts])
    done = [draft for draft in drafts if draft.record.pk in stored]
    Finding.objects.bulk_create([finding for draft in done for finding in draft.warnings()])
    histories.add([draft.record for draft in done], verb=Verb.IMPORT, by=by)
    return _outcome(plan, [draft.candidate for draft in drafts if draft.record.pk not in stored])


class _Draft:
    """An entry about to be stored, with its warnings."""

    def __init__(self, candidate: Candidate, books: Mapping[tuple[str, int], int], by: User) -> None:
        self.candidate = candidate
        book = candidate.book
        book_id = book.pk or books[book.book_no, book.opened_year]
        columns = {**candidate.columns, "book_id": book_id}
        self.record = Record(**columns, entered_by=by, entered_at=clock.now())
        self._findings = findings.of(self.record, candidate.entry, candidate.problems, accepted=(), by=by)
        self.record.open_warnings = findings.count_open(self._findings)

    def warnings(self) -> list[Finding]:
        for finding in self._findings:
            finding.record = self.record
        return self._findings


def _stored_books(books: list[Book]) -> dict[tuple[str, int], int]:
    """Store new books and return the ids by number and year; one made by somebody else meanwhile is used as it is."""
    if not books:
        return {}
    Book.objects.bulk_create(books, ignore_conflicts=True)
    numbers = {book.book_no for book in books}
    same = Book.objects.filter(
        place=books[0].place, kind=books[0].kind, series="", copy_no=1, book_no__in=numbers
    )
    return {(book_no, year): pk for pk, book_no, year in same.values_list("pk", "book_no", "opened_year")}


def _new_ids(count: int) -> list[int]:
    """Take ids beforehand: an insert that skips conflicts does not say which ids its rows got."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Record._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _insert(records: list[Record]) -> set[int]:
    """Insert what has a free number and return the ids that went in.

    In the order of the numbers: two imports that meet wait for each other instead of locking each other out.
    """
    Record.objects.bulk_create(sorted(records, key=_by_number), batch_size=_AT_ONCE, ignore_conflicts=True)
    return set(Record.objects.filter(pk__in=[record.pk for record in records]).values_list("pk", flat=True))


def _by_number(record: Record) -> tuple[tuple[bool, str], ...]:
    values = [getattr(record, name) for name in KEYS]
    return tuple((value is None, f"{value:>10}" if value is not None else "") for value in values)


def _outcome(plan: Plan, missed: list[Candidate]) -> Plan:
    if not missed:
        return plan
    held = holders(candidate.number_key for candidate in missed)
    late = [number_refusal(plan, candidate, held.get(candidate.number_key or (), "")) for candidate in missed]
    rows = {refusal.row for refusal in late}
    return replace(
        plan,
        accepted=[candidate for candidate in plan.accepted if candidate.row not in rows],
        refusals=sorted([*plan.refusals, *late], key=lambda refusal: refusal.row),
    )
