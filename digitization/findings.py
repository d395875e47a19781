"""Warnings as rows: open until corrected, or accepted as "đúng như sổ gốc" for exactly the text they were raised on."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import User
from digitization import histories
from digitization.entry_rows import as_columns, as_entry
from digitization.facts import facts_among
from digitization.models import Finding, Record, Verb
from digitization.record_types import BY_CODE
from digitization.record_types.checks.around import C07, C08, C22
from digitization.record_types.checks.kin import KH5
from digitization.record_types.contract import Entry, Problem, Severity
from digitization.record_types.entries import fingerprint
from digitization.surroundings import Placed
from digitization.verbs import NotAllowedNow, Stale, once

# What these rules ask rests on other entries too: it can settle itself when those are corrected.
OF_OTHERS = frozenset(rule.id for rule in (C07, C08, C22, KH5))


def of(
    record: Record, entry: Entry, problems: Iterable[Problem], *, accepted: Iterable[str], by: User
) -> list[Finding]:
    """Return the findings of an entry, unsaved: what ``by`` accepts now, and what was accepted for the same text."""
    now, agreed = clock.now(), set(accepted)
    earlier = (
        {f.fingerprint: f for f in record.findings.filter(accepted_by__isnull=False)} if record.pk else {}
    )
    found: dict[tuple[str, str], Finding] = {}
    for problem in problems:
        if problem.severity is not Severity.WARNING:
            continue
        finding = Finding(
            rule=problem.rule,
            field=problem.field,
            severity=problem.severity,
            fingerprint=fingerprint(problem, entry),
        )
        if known := earlier.get(finding.fingerprint):
            finding.accepted_by_id, finding.accepted_at = known.accepted_by_id, known.accepted_at
            finding.note = known.note
        elif finding.fingerprint in agreed:
            finding.accepted_by, finding.accepted_at = by, now
        found.setdefault((problem.rule, problem.field), finding)
    return list(found.values())


def count_open(found: Iterable[Finding]) -> int:
    """Count the findings nobody has accepted."""
    return sum(1 for finding in found if finding.accepted_by_id is None)


def replace(record: Record, found: list[Finding]) -> None:
    """Store these findings as the record's only ones."""
    Finding.objects.filter(record=record).delete()
    add(record, found)


def add(record: Record, found: list[Finding]) -> None:
    """Store the findings of an entry that has none yet."""
    for finding in found:
        finding.record = record
    Finding.objects.bulk_create(found)


def let_go(records: Iterable[Record]) -> None:
    """Drop the open questions about other entries that are not asked any more, and count anew what is open.

    Asks nothing where no such question is open. The records are given their new count.
    """
    doubted = {record.pk: record for record in records if record.open_warnings}
    still = Finding.objects.filter(record__in=doubted, rule__in=OF_OTHERS, accepted_by__isnull=True)
    asked = list(still.values_list("record_id", "rule", "field")) if doubted else []
    if not asked:
        return
    books = Record.objects.select_related("book").in_bulk({pk for pk, _rule, _field in asked})
    raised = _raised_today(list(books.values()))
    for pk, rule, field in asked:
        if (pk, rule, field) not in raised:
            open_one = Finding.objects.filter(record=pk, rule=rule, field=field, accepted_by__isnull=True)
            if not open_one.delete()[0]:
                continue
            Record.objects.filter(pk=pk).update(open_warnings=F("open_warnings") - 1)
            doubted[pk].open_warnings -= 1


def _raised_today(records: list[Record]) -> set[tuple[int, str, str]]:
    entries = [as_entry(record) for record in records]
    placed = [
        Placed(
            book=record.book,
            columns=as_columns(BY_CODE[record.kind], record.book, entry),
            record=record.pk,
        )
        for record, entry in zip(records, entries, strict=True)
    ]
    return {
        (record.pk, problem.rule, problem.field)
        for record, entry, facts in zip(records, entries, facts_among(placed), strict=True)
        for problem in BY_CODE[record.kind].said(entry, facts)
    }


def accept(*, by: User, record: Record, version: int, rule: str, field: str, note: str, intent: UUID) -> None:
    """Confirm one open warning as "đúng như sổ gốc". Raises Stale, and NotAllowedNow when it is not open any more."""

    def act() -> bool:
        current = Record.objects.select_for_update().get(pk=record.pk)
        if current.version != version:
            raise Stale(current)
        open_one = Finding.objects.filter(record=current, rule=rule, field=field, accepted_by__isnull=True)
        if not open_one.update(accepted_by=by, accepted_at=clock.now(), note=note):
            raise NotAllowedNow(_("This warning is not open any more."))
        Record.objects.filter(pk=current.pk).update(open_warnings=F("open_warnings") - 1)
        histories.add(
            [current], verb=Verb.ACCEPT_FINDING, by=by, reason=f"{rule} {note}".strip(), moved=False
        )
        return True

    body = {"record": record.pk, "version": version, "rule": rule, "field": field}
    once(act, by=by, verb=Verb.ACCEPT_FINDING, intent=intent, body=body)
