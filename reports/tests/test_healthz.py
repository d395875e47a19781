"""Health: 200 only when database, workers and tallies are well; the body says which is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.models import F
from django.test import Client

from digitization.tests.making import make_commune
from reports.models import RollupState
from reports.progress.rollup import roll_up
from reports.tests.making import make_campaign

ADDRESS = "/healthz"


def ill_parts(client: Client) -> tuple[int, set[str]]:
    response = client.get(ADDRESS)
    parts = {"database", "workers", "tallies"}
    return response.status_code, {part for part in parts if not response.json()[part]}


@pytest.mark.django_db
def test_all_is_well_after_a_roll_up(client: Client) -> None:
    make_campaign(make_commune())
    roll_up()
    assert ill_parts(client) == (200, set())


@pytest.mark.django_db
def test_before_a_campaign_runs_nobody_waits_for_workers(client: Client) -> None:
    assert ill_parts(client) == (200, set())


@pytest.mark.django_db
def test_workers_that_never_looked_are_ill(client: Client) -> None:
    make_campaign(make_commune())
    assert ill_parts(client) == (503, {"workers"})


@pytest.mark.django_db
def test_workers_silent_for_half_a_minute_are_ill(client: Client) -> None:
    make_campaign(make_commune())
    roll_up()
    RollupState.objects.update(checked_at=F("checked_at") - timedelta(seconds=31))
    assert ill_parts(client) == (503, {"workers"})


@pytest.mark.django_db
def test_drift_is_an_illness_of_the_tallies(client: Client) -> None:
    make_campaign(make_commune())
    roll_up()
    RollupState.objects.update(drift=2)
    assert ill_parts(client) == (503, {"tallies"})


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_not_raised(client: Client) -> None:
    def away(*_: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(away):
        assert ill_parts(client) == (503, {"database", "workers", "tallies"})
