"""Taking in a workbook: read apart from us, judged as a whole, stored in one transaction or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from civreg.lib.long_work import lift_time_limits
from civreg.lib.spreadsheets import Limits, Sheet, UnreadableWorkbook, WorkbookProblem, read_workbook
from communes.models import Role, Unit, User
from communes.rights import Rights
from digitization.exchange.header import Table, UnfitHeader, read_table
from digitization.exchange.plan import Plan, make_plan
from digitization.exchange.report import Report
from digitization.exchange.storing import store
from digitization.models import ImportRun, Verb
from digitization.record_types.contract import RecordType
from digitization.rules.work import C02
from digitization.verbs import Refused, once

# Instructions, option lists and the sheet itself; nobody has more, and each one looked at costs a reading.
_SHEETS_TRIED = 8
# Judging keeps every row in memory (12 KB each, measured); no commune has as many entries of one kind.
_LIMITS = Limits(rows=30_000)


class NotTheOfficer(Refused):
    """C02: only an officer of the unit takes in entries of its books."""

    rule = C02.id


def take_in(path: Path, *, unit: Unit, record_type: RecordType, by: User, commit: bool) -> Report:
    """Judge the workbook at ``path`` and, with ``commit``, store its rows as entries of ``unit``; say what happened.

    The same file answers as it did the first time and changes nothing. Raises NotTheOfficer, OSError,
    UnreadableWorkbook and UnfitHeader; then nothing was stored.
    """
    if not by.open_on(clock.today()) or unit.pk not in Rights.of(by).own_units(Role.OFFICER):
        raise NotTheOfficer(_("Only an officer of the unit may take in entries of its books."))
    table = _table(path, record_type)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    runs = ImportRun.objects.filter(unit=unit, kind=record_type.code, sha256=sha256)
    if earlier := runs.select_related("by").first():
        return Report.of_earlier(earlier)
    plan = make_plan(table, record_type=record_type, unit=unit)
    if not commit or not plan.accepted:
        return Report.of_plan(plan, committed=commit)
    return _commit(plan, ImportRun(unit=unit, kind=record_type.code, sha256=sha256, by=by))


def _table(path: Path, record_type: RecordType) -> Table:
    """Return the table of the first sheet that has one; raises the refusal of the sheet that came closest."""
    first = read_workbook(path, limits=_LIMITS)
    refusals = []
    for sheet in (first, *_other_sheets(path, first)):
        try:
            return read_table(sheet.rows, record_type)
        except UnfitHeader as refusal:
            refusals.append(refusal)
    raise max(refusals, key=lambda refusal: refusal.matched)


def _other_sheets(path: Path, first: Sheet) -> list[Sheet]:
    others = [name for name in first.sheets if name != first.name]
    found = []
    for name in others[:_SHEETS_TRIED]:
        try:
            found.append(read_workbook(path, sheet=name, limits=_LIMITS))
        except UnreadableWorkbook as refusal:
            if refusal.reason is not WorkbookProblem.EMPTY:
                raise
    return found


def _commit(plan: Plan, run: ImportRun) -> Report:
    """Store the plan once, whoever else sends the same file or types the same numbers meanwhile."""
    same = {"unit": run.unit, "kind": run.kind, "sha256": run.sha256}
    stored: list[Plan] = []

    def act() -> bool:
        lift_time_limits()
        at = clock.now()
        kept, fresh = ImportRun.objects.get_or_create(
            **same, defaults={"by": run.by, "at": at, **_counts(plan)}
        )
        if fresh:
            stored.append(store(plan, by=run.by))
            ImportRun.objects.filter(pk=kept.pk).update(**_counts(stored[-1]))
        return fresh

    body = {"unit": run.unit.pk, "kind": run.kind, "sha256": run.sha256}
    if once(act, by=run.by, verb=Verb.IMPORT, intent=uuid4(), body=body):
        return Report.of_plan(stored[-1], committed=True)
    return Report.of_earlier(ImportRun.objects.select_related("by").get(**same))


def _counts(plan: Plan) -> dict[str, Any]:
    report = Report.of_plan(plan).as_json()
    return {name: report[name] for name in ("rows", "accepted", "refused", "warnings", "errors")}
