"""The worker is killed in the midst of its tasks, again and again, while people go on with their work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from random import Random
from typing import IO

import pytest
from django.db import connection

from civreg import env
from civreg.lib import clock
from communes.models import Mail, Role, Unit, User
from digitization.models import Book, Record, Standing, Status
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports import tasks
from reports.forecast import keeping
from reports.models import BookDay, Campaign, DailySnapshot, UnitForecast
from reports.progress import reconcile
from reports.tests.conftest import SetClock
from reports.tests.history.making import dec, move, put, work
from reports.tests.making import make_campaign

KILLS, DAYS = 50, (8, 9, 10, 11, 12)
LONGEST_LIFE = 0.16
LONG_AGO = datetime(2024, 1, 1, tzinfo=clock.VIETNAM)
ROUND = (
    tasks.roll_up,
    tasks.cut_off,
    tasks.rebuild_days,
    tasks.refresh_paces,
    tasks.foresee,
    tasks.send_digests,
    tasks.reconcile_all,
)

Kill = Callable[[Callable[[], object], float], None]


@contextmanager
def _worker(database: str) -> Iterator[Kill]:
    """Start the worker; yields how one life of it is begun, something is done meanwhile, and it is killed."""
    words = [sys.executable, "-m", "reports.tests.faults.worker", database]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        seeds = iter(range(KILLS))

        def kill(meanwhile: Callable[[], object], life: float) -> None:
            begun = time.monotonic()
            child = int(_says(process.stdin, process.stdout, f"{next(seeds)}\n"))
            meanwhile()
            time.sleep(max(begun + life - time.monotonic(), 0))
            os.kill(child, signal.SIGKILL)
            assert _says(None, process.stdout) == "gone"

        yield kill
        process.stdin.close()
        assert process.wait(10) == 0


def _says(to: IO[str] | None, back: IO[str] | None, words: str = "") -> str:
    if to:
        to.write(words)
        to.flush()
    assert back
    return back.readline().strip()


def _eventually(happens: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _no_lock_hangs() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return bool(cursor.fetchone()[0] == 0)


def _somebody_works(chance: Random, books: list[Book]) -> None:
    """Type a few entries, check one, send one back, find one that is there twice."""
    typed = work(chance.choice(books), chance.randrange(1, 4))
    move(typed[:1], chance.choice([Status.CHECKED, Status.RETURNED]))
    if chance.random() < 0.2:
        put(typed[-1:], Standing.DUPLICATE)


def _digitized_by_books(campaign: Campaign, day: date) -> int:
    """Add up the days of the books, as everything that is measured later reads them."""
    rows = BookDay.objects.filter(day__lte=day, book__custodian__campaigns=campaign).order_by(
        "book_id", "-day"
    )
    return sum(min(row.total or 0, row.counted) for row in rows.distinct("book_id"))


@pytest.fixture
def books(committed_database: str, at: SetClock) -> list[Book]:
    """Two communes in a campaign with a week of closed days behind it; everybody wants the digest."""
    soc_dang, hop_nhat = make_commune(), make_commune("Hợp Nhất", "hop-nhat")
    make_campaign(soc_dang, hop_nhat)
    Campaign.objects.update(starts=date(2024, 12, 1))
    at(dec(1, 8))
    for role, unit in ((Role.CHAIRMAN, make_district()), (Role.LEADER, soc_dang), (Role.LEADER, hop_nhat)):
        _wants_digest(make_person(f"reader-{unit.slug}", role, unit))
    books = [make_book(unit, total=400) for unit in (soc_dang, hop_nhat, hop_nhat)]
    for day in range(1, 8):
        at(dec(day, 12))
        for book in books:
            work(book, 5 + day)
        at(dec(day, 17, 0, 5))
        tasks.cut_off()
    return books


def _wants_digest(person: User) -> None:
    User.objects.filter(pk=person.pk).update(email=f"{person.username}@example.vn", mail_digest=True)


def test_a_worker_killed_fifty_times_leaves_nothing_half_done(
    committed_database: str, books: list[Book], at: SetClock, settings: pytest.FixtureRequest
) -> None:
    chance = Random(20241208)
    with _worker(committed_database) as kill:
        for day in DAYS:
            for step in range(KILLS // len(DAYS)):
                # The cut-off is passed in the middle of a day's lives, and somebody works before and after it.
                at(dec(day, 16, 59) if step < 4 else dec(day, 17, 0, 5))
                kill(lambda: _somebody_works(chance, books), chance.uniform(0.005, LONGEST_LIFE))
    assert _eventually(_no_lock_hangs)
    settings.MAIL_SERVER = env.MailServer("127.0.0.1", 1, "", "", tls=False, starttls=False)  # type: ignore[attr-defined]
    # A forecast rests after a long round; whoever waits long enough sees the next one.
    UnitForecast.objects.update(worked_out_at=LONG_AGO)
    for task in ROUND:
        task()

    _every_figure_is_the_recount()
    _every_day_is_whole(Campaign.objects.get())
    _the_forecast_is_of_one_round(Campaign.objects.get())
    assert Record.objects.filter(events__isnull=True).count() == 0
    told = Counter(Mail.objects.values_list("user", "about"))
    assert told
    assert set(told.values()) == {1}
    assert _no_lock_hangs()


def _every_figure_is_the_recount() -> None:
    found = reconcile.check(patience=0)
    assert (found.tallies, found.figures, found.books, found.spoilt) == ((), (), (), ())


def _every_day_is_whole(campaign: Campaign) -> None:
    days = [date(2024, 12, day) for day in range(1, DAYS[-1] + 1)]
    told = list(campaign.snapshots.order_by("day", "revision").prefetch_related("rows"))
    assert [snapshot.day for snapshot in told] == days
    for snapshot in told:
        parts = [row.figures["digitized"] for row in snapshot.rows.all() if row.kind]
        assert snapshot.figures["digitized"] == sum(parts) == _digitized_by_books(campaign, snapshot.day)


def _the_forecast_is_of_one_round(campaign: Campaign) -> None:
    """Work everything out anew: nothing but the row that says when it was is written, so it was all there."""
    rows = UnitForecast.objects.filter(campaign=campaign)
    assert {row.day for row in rows} == {date(2024, 12, DAYS[-1] + 1)}
    assert rows.filter(chance__isnull=False).count() == 3
    rows.filter(unit=None).update(basis="", worked_out_at=LONG_AGO)
    assert keeping.keep(campaign) == 1


def test_a_worker_killed_before_a_cut_off_closes_it_all_the_same(
    committed_database: str, books: list[Book], at: SetClock
) -> None:
    """The cut-off is the one task that is lost for good when it comes too late: it is taken by the next life."""
    at(dec(8, 17, 0, 5))
    with _worker(committed_database) as kill:
        for _life in range(KILLS // 5):
            kill(lambda: None, 0.3)
    closed = DailySnapshot.objects.get(day=date(2024, 12, 8))
    assert closed.kind_of == DailySnapshot.Kind.CUTOFF
    assert Unit.objects.filter(campaigns=closed.campaign).count() == closed.rows.filter(kind="").count()
