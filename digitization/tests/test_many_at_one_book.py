"""Many people at one book at the same moment: real transactions, real connections, and a tally that stays exact."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import OperationalError, connections

from communes.models import Role, User
from digitization import verbs, workflow
from digitization.entry_rows import as_entry
from digitization.models import BookTally, Record, Status
from digitization.tests.making import make_book, make_commune, make_person, make_record

PEOPLE, ENTRIES, ROUNDS = 6, 4, 6


def check(record: Record, checker: User) -> None:
    workflow.check(by=checker, picked={record.pk: record.version}, intent=uuid4())
    record.refresh_from_db()


def to_and_fro(records: list[Record], typist: User, checker: User, ready: Barrier) -> None:
    """Check and correct each of one's own entries in turn, on a connection of one's own."""
    try:
        ready.wait(10)
        for _ in range(ROUNDS):
            for record in records:
                check(record, checker)
                workflow.correct(
                    by=typist, record=record, version=record.version, entry=as_entry(record), intent=uuid4()
                )
                record.refresh_from_db()
        for record in records[::2]:
            check(record, checker)
    finally:
        connections.close_all()


def test_those_who_check_and_those_who_correct_never_lock_each_other_out(
    committed_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    commune = make_commune()
    book = make_book(commune)
    typist, checker = (make_person(name, Role.OFFICER, commune) for name in ("lan", "mai"))
    records = [make_record(book, typist) for _ in range(PEOPLE * ENTRIES)]
    # A second try would hide a deadlock: here none is made.
    monkeypatch.setattr(verbs, "DEADLOCK", "never")
    ready = Barrier(PEOPLE)
    with ThreadPoolExecutor(PEOPLE) as pool:
        work = [
            pool.submit(to_and_fro, records[person::PEOPLE], typist, checker, ready)
            for person in range(PEOPLE)
        ]
        failures = [error for job in work if (error := job.exception(60))]
    assert failures == []
    counted = dict(Counter(Record.objects.values_list("status", "standing")))
    tally = {(t.status, t.standing): t.n for t in BookTally.objects.filter(book=book, n__gt=0)}
    assert tally == counted
    assert tally[Status.CHECKED, "normal"] == PEOPLE * ENTRIES // 2


def test_nobody_waits_for_ever_behind_a_forgotten_transaction(committed_database: str) -> None:
    commune = make_commune()
    record = make_record(make_book(commune), make_person("lan", Role.OFFICER, commune))
    checker = make_person("mai", Role.OFFICER, commune)
    with connections["owner"].cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE digitization_booktally SET n = n")
        with connections["default"].cursor() as limited:
            limited.execute("SET lock_timeout = 50")
        with pytest.raises(OperationalError) as refused:
            workflow.check(by=checker, picked={record.pk: 1}, intent=uuid4())
        cursor.execute("ROLLBACK")
    assert getattr(refused.value.__cause__, "pgcode", "") == "55P03"
    workflow.check(by=checker, picked={record.pk: 1}, intent=uuid4())
