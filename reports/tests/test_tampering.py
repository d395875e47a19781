"""A tally somebody changed behind the triggers is found, repaired and reported."""

from __future__ import annotations

from datetime import timedelta

from django.db import connections

from digitization.models import Record, Standing
from digitization.tests.making import make_book, make_commune
from reports.models import RollupState, UnitProgress
from reports.progress import reconcile
from reports.progress.rollup import roll_up
from reports.tests.making import EVENING, make_campaign, type_in


def test_a_tally_the_owner_tampered_with_is_found_and_repaired(committed_database: str) -> None:
    make_campaign()
    type_in(make_book(make_commune(), total=10), 3)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE digitization_booktally SET n = 5")
    roll_up()
    found = reconcile.reconcile()
    assert [(drift.entries, drift.tally) for drift in found.tallies] == [(3, 5)]
    assert RollupState.objects.get().drift == 1
    assert reconcile.check(patience=0).drift == 0


def test_a_last_entry_the_tally_has_lost_is_found_and_repaired(committed_database: str) -> None:
    make_campaign()
    type_in(make_book(make_commune(), total=10), 3)
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE digitization_booktally SET last_at = NULL")
    found = reconcile.reconcile()
    assert [(drift.last_entry, drift.last_at) for drift in found.tallies] == [(EVENING, None)]
    assert reconcile.check(patience=0).drift == 0


def test_a_last_entry_withdrawn_since_is_no_drift_and_is_lowered(committed_database: str) -> None:
    make_campaign()
    book = make_book(make_commune(), total=10)
    type_in(book, 1, at=EVENING - timedelta(days=3))
    latest = type_in(book, 1)
    Record.objects.filter(pk=latest[0].pk).update(standing=Standing.WITHDRAWN)
    roll_up()
    assert reconcile.reconcile().drift == 0
    assert UnitProgress.objects.get().last_at == EVENING - timedelta(days=3)
