"""Closing while others are at work, from connections of their own; and what even the owner of the tables cannot do."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from civreg.lib import clock
from communes.models import Role
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports.campaigns.closing import close
from reports.campaigns.settling import CampaignClosed, note
from reports.forecast.keeping import keep
from reports.models import Campaign, CampaignChange, UnitForecast, UnitLately, UnitProgress
from reports.progress.days import close_day
from reports.progress.gains import refresh_pace
from reports.progress.lately import prepare
from reports.progress.rollup import LOCK, roll_up
from reports.tests.conftest import SetClock
from reports.tests.making import make_campaign, type_in


def elsewhere(work: Callable[[], Any]) -> Any:
    """Do something in a connection of its own, and return what it gave."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_in_a_connection_of_its_own, work).result(30)


def _in_a_connection_of_its_own(work: Callable[[], Any]) -> Any:
    try:
        return work()
    finally:
        connections.close_all()


def test_a_roll_up_while_somebody_closes_does_nothing(committed_database: str) -> None:
    campaign = make_campaign()
    book = make_book(make_commune(), total=10)
    type_in(book, 3)
    by = make_person("taskforce", Role.TASK_FORCE, make_district())
    with transaction.atomic():
        close(by=by, campaign=campaign, reason="Hết hạn", intent=uuid4())
        assert elsewhere(roll_up) == 0
    type_in(book, 2)
    assert elsewhere(roll_up) == 0
    assert UnitProgress.objects.get().done == 3


def test_two_people_close_once(committed_database: str) -> None:
    campaign = make_campaign()
    by = make_person("taskforce", Role.TASK_FORCE, make_district())

    def closes() -> bool:
        try:
            close(by=by, campaign=campaign, reason="Hết hạn", intent=uuid4())
        except CampaignClosed:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(closes) for _person in range(2)]
        assert sorted(one.result(30) for one in done) == [False, True]
    assert CampaignChange.objects.filter(what="closed").count() == 1


def test_closing_waits_for_a_roll_up_at_work(committed_database: str) -> None:
    campaign = make_campaign()
    by = make_person("taskforce", Role.TASK_FORCE, make_district())
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            closing = pool.submit(
                elsewhere,
                lambda: close(by=by, campaign=campaign, reason="Hết hạn", intent=uuid4()),
            )
            with pytest.raises(TimeoutError):
                closing.result(0.5)
            assert not Campaign.objects.get().closed
        closing.result(30)
    assert Campaign.objects.get().closed


def test_even_the_owner_rewrites_no_history(committed_database: str) -> None:
    campaign = make_campaign()
    by = make_person("taskforce", Role.TASK_FORCE, make_district())
    note(campaign, by, CampaignChange.What.TITLE, before="a", after="b", reason="x")
    for statement in ("UPDATE reports_campaignchange SET reason = 'y'", "DELETE FROM reports_campaignchange"):
        with (
            pytest.raises(DatabaseError, match="is refused"),
            transaction.atomic(using="owner"),
            connections["owner"].cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_worker_that_took_the_campaign_for_running_writes_nothing_more(
    committed_database: str, set_clock: SetClock
) -> None:
    campaign = make_campaign()
    type_in(make_book(make_commune(), total=10), 3)
    for day in (4, 5):
        set_clock(datetime(2024, 12, day, 17, 0, 10, tzinfo=clock.VIETNAM))
        close_day(campaign, clock.now())
    roll_up()
    by = make_person("taskforce", Role.TASK_FORCE, make_district())
    close(by=by, campaign=campaign, reason="Hết hạn", intent=uuid4())
    set_clock(datetime(2024, 12, 6, 17, 0, 10, tzinfo=clock.VIETNAM))
    # The worker read the campaign before it was closed.
    assert not campaign.closed
    assert close_day(campaign, clock.now()) is None
    assert (refresh_pace(campaign), prepare(campaign), keep(campaign)) == (0, 0, 0)
    assert campaign.snapshots.count() == 2
    assert not UnitLately.objects.exists()
    assert not UnitForecast.objects.exists()


def test_a_day_is_not_closed_in_a_campaign_somebody_is_closing(
    committed_database: str, set_clock: SetClock
) -> None:
    campaign = make_campaign()
    set_clock(datetime(2024, 12, 5, 17, 0, 10, tzinfo=clock.VIETNAM))
    by = make_person("taskforce", Role.TASK_FORCE, make_district())
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            close(by=by, campaign=campaign, reason="Hết hạn", intent=uuid4())
            closing_day = pool.submit(_in_a_connection_of_its_own, lambda: close_day(campaign, clock.now()))
            with pytest.raises(TimeoutError):
                closing_day.result(0.5)
        assert closing_day.result(30) is None
    assert not campaign.snapshots.exists()
