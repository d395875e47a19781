"""The cut-off keeps Vietnamese business time whatever zone the servers live in, however often and late it is run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.db import connection, connections

from civreg.lib import clock
from digitization.tests.making import make_book, make_commune
from reports import tasks
from reports.models import BookDay, Campaign, DailySnapshot
from reports.progress.rollup import roll_up
from reports.tests.conftest import SetClock
from reports.tests.history.making import dec, work
from reports.tests.making import make_campaign

ZONES = ("UTC", "America/Los_Angeles", "Asia/Ho_Chi_Minh", "Pacific/Kiritimati")
# An ordinary day, and the ends of a month, a year, and of February with and without a leap day.
ENDS = (date(2024, 12, 5), date(2024, 11, 30), date(2024, 12, 31), date(2024, 2, 29), date(2025, 2, 28))


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[str]:
    """Put the computer and the session of the database into a time zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('timezone', %s, false)", [request.param])
        yield request.param
        cursor.execute("SELECT set_config('timezone', 'UTC', false)")
    monkeypatch.undo()
    time.tzset()


def local(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=clock.VIETNAM)


def campaign_around(day: date) -> Campaign:
    made = make_campaign(make_commune())
    made.starts, made.deadline = day - timedelta(days=2), day + timedelta(days=30)
    made.save()
    return made


@pytest.mark.parametrize("day", ENDS, ids=str)
def test_a_day_ends_at_seventeen_hours_in_vietnam(day: date, zone: str, at: SetClock) -> None:
    campaign = campaign_around(day)
    book = make_book(make_commune())
    at(local(day, 16, 59, 58))
    work(book, 2)
    tasks.cut_off()
    assert not DailySnapshot.objects.filter(day=day).exists()
    at(local(day, 17))
    tasks.cut_off()
    work(book, 3)
    tasks.cut_off()
    closed = DailySnapshot.objects.get(day=day)
    assert closed.figures["digitized"] == 2
    assert BookDay.objects.get(book=book).day == day
    assert campaign.day_of(clock.now()) == day + timedelta(days=1)


@pytest.mark.parametrize("day", ENDS, ids=str)
def test_a_day_rebuilt_ends_at_the_same_moment(day: date, zone: str, at: SetClock) -> None:
    campaign_around(day)
    at(local(day, 9))
    book = make_book(make_commune())
    at(local(day, 16, 59, 58))
    work(book, 2)
    at(local(day, 17))
    work(book, 3)
    at(local(day, 18))
    tasks.rebuild_days()
    told = DailySnapshot.objects.get(day=day)
    assert (told.kind_of, told.figures["digitized"]) == (DailySnapshot.Kind.REBUILT, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_tasks_delivered_three_times_in_any_order_do_their_work_once(seed: int, at: SetClock) -> None:
    make_campaign(make_commune())
    at(dec(4, 9))
    book = make_book(make_commune())
    for day in (4, 5, 6):
        at(dec(day, 12))
        work(book, day)
        at(dec(day, 17, 0, 20))
        delivered = 3 * [tasks.cut_off, tasks.rebuild_days, tasks.refresh_paces, tasks.roll_up]
        Random(f"{seed}/{day}").shuffle(delivered)
        for task in delivered:
            task()
    told = DailySnapshot.objects.filter(day__gte=date(2024, 12, 4)).order_by("day")
    assert [(s.kind_of, s.figures["digitized"]) for s in told] == [
        ("cutoff", 4),
        ("cutoff", 9),
        ("cutoff", 15),
    ]
    assert [row.counted for row in BookDay.objects.filter(book=book).order_by("day")] == [4, 9, 15]


def test_workers_that_close_and_rebuild_at_once_write_each_day_once(
    committed_database: str, at: SetClock
) -> None:
    campaign = make_campaign(make_commune())
    Campaign.objects.update(starts=date(2024, 12, 3))
    at(dec(3, 9))
    work(make_book(make_commune()), 5)
    at(dec(5, 17, 0, 20))

    def run(number: int) -> None:
        try:
            (tasks.cut_off, tasks.rebuild_days)[number % 2]()
        finally:
            connections.close_all()

    for _ in range(2):
        with ThreadPoolExecutor(4) as workers:
            list(workers.map(run, range(8)))
    told = campaign.snapshots.order_by("day").values_list("day", "kind_of", "figures__digitized")
    assert [(day.day, kind, done) for day, kind, done in told] == [
        (3, "rebuilt", 5),
        (4, "rebuilt", 5),
        (5, "cutoff", 5),
    ]


@pytest.mark.django_db
def test_after_a_day_without_workers_every_figure_is_the_recount(at: SetClock) -> None:
    campaign = make_campaign(make_commune())
    at(dec(4, 9))
    book = make_book(make_commune())
    work(book, 2)
    roll_up()
    at(dec(5, 9))
    work(book, 4)
    at(dec(5, 21))
    for task in (tasks.roll_up, tasks.cut_off, tasks.rebuild_days, tasks.refresh_paces, tasks.reconcile_all):
        task()
    assert campaign.rollup.drift == 0
    in_force = {s.day: s.figures["digitized"] for s in campaign.snapshots.in_force()}
    assert (in_force[date(2024, 12, 4)], in_force[date(2024, 12, 5)]) == (2, 6)
