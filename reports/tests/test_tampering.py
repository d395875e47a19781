"""A tally somebody changed behind the triggers is found, repaired and reported."""

from __future__ import annotations

from django.db import connections

from digitization.tests.making import make_book, make_commune
from reports.models import RollupState
from reports.progress import reconcile
from reports.progress.rollup import roll_up
from reports.tests.making import make_campaign, type_in


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
