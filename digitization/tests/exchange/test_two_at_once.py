"""Two officers, or one with two windows, at the same moment: real transactions, real connections."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from django.db import connections

from communes.models import Role, Unit, User
from digitization.exchange.report import Report
from digitization.exchange.taking_in import take_in
from digitization.models import Book, ImportRun, Record, RecordEvent
from digitization.tests.exchange.sheets import BIRTH, birth, workbook
from digitization.tests.making import make_commune, make_person


def together(unit: Unit, by: User, *paths: Path) -> list[Report]:
    """Take in the files all at once, each on a connection of its own."""
    ready = Barrier(len(paths))

    def one(path: Path) -> Report:
        try:
            ready.wait(10)
            return take_in(path, unit=unit, record_type=BIRTH, by=by, commit=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(paths)) as pool:
        return list(pool.map(one, paths))


def test_the_same_file_sent_twice_at_once_is_taken_in_once(committed_database: str, tmp_path: Path) -> None:
    commune = make_commune()
    officer = make_person("officer.soc-dang", Role.OFFICER, commune)
    path = workbook(tmp_path / "a.xlsx", *(birth(str(number)) for number in range(1, 31)))
    first, second = together(commune, officer, path, path)
    assert sorted([bool(first.imported), bool(second.imported)]) == [False, True]
    assert (first.accepted, second.accepted) == (30, 30)
    assert (Record.objects.count(), Book.objects.count(), ImportRun.objects.count()) == (30, 1, 1)


def test_two_files_that_share_numbers_share_them_out(committed_database: str, tmp_path: Path) -> None:
    commune = make_commune()
    officer = make_person("officer.soc-dang", Role.OFFICER, commune)
    one = workbook(tmp_path / "a.xlsx", *(birth(str(number)) for number in range(1, 41)))
    other = workbook(tmp_path / "b.xlsx", *(birth(str(number)) for number in range(50, 20, -1)))
    reports = together(commune, officer, one, other)
    assert (
        sum(report.accepted for report in reports)
        == Record.objects.count()
        == RecordEvent.objects.count()
        == 50
    )
    assert sum(report.refused for report in reports) == 20
    assert set(Record.objects.values_list("number", flat=True)) == set(range(1, 51))
    for report in reports:
        assert all("entry no." in error["reason"] or "hồ sơ mã" in error["reason"] for error in report.errors)
