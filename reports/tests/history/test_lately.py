"""Today against yesterday and the same weekday last week: one query, and unknown where a day was not closed."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.models import Unit
from digitization.models import Book
from digitization.tests.making import make_book, state_total
from reports import tasks
from reports.models import Campaign
from reports.progress.lately import Lately, prepare
from reports.progress.read import district_progress
from reports.tests.conftest import SetClock
from reports.tests.history.making import dec, hand_over, work


def worked(at: SetClock, book: Book, counts: dict[int, int], *, missed: tuple[int, ...] = ()) -> None:
    """Let a commune type so many entries on days of December, each closed but for the missed ones."""
    for day, count in counts.items():
        at(dec(day, 10))
        work(book, count)
        at(dec(day, 17, 0, 10))
        if day not in missed:
            tasks.cut_off()


def lately(campaign: Campaign, *, unit_id: int | None = None) -> Lately:
    progress = district_progress(campaign)
    units = {unit.unit_id: unit.lately for unit in progress.units}
    return progress.lately if unit_id is None else units[unit_id] or Lately.sum([], day=progress.schedule.day)


def now(campaign: Campaign, **of: Any) -> tuple[int | None, int | None, int | None]:
    tasks.roll_up()
    prepare(campaign)
    found = lately(campaign, **of)
    return found.today, found.yesterday, found.week_ago


EVERY_DAY = {day: day for day in range(2, 11)}


def test_it_tells_today_so_far_yesterday_and_the_same_weekday(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    at(dec(1))
    book = make_book(commune)
    worked(at, book, EVERY_DAY)
    at(dec(11, 9))
    work(book, 7)
    # The 11th is open: yesterday was the 10th, a week ago the 4th.
    assert now(campaign) == (7, 10, 4)


def test_reading_it_is_one_query(campaign: Campaign, at: SetClock) -> None:
    at(dec(1))
    with CaptureQueriesContext(connection) as asked:
        found = lately(campaign)
    assert len(asked) == 1
    assert found == Lately(day=dec(1).date(), today=None, yesterday=None, week_ago=None)


def test_a_handover_or_another_total_is_no_gain(
    campaign: Campaign, commune: Unit, neighbour: Unit, at: SetClock
) -> None:
    at(dec(1))
    book = make_book(commune, total=None)
    worked(at, book, EVERY_DAY)
    at(dec(11, 9))
    state_total(book, 100)
    hand_over(book, neighbour)
    work(book, 1)
    assert now(campaign) == (1, 10, 4)
    assert now(campaign, unit_id=neighbour.pk) == (1, 10, 4)


def test_a_day_nobody_closed_makes_the_days_beside_it_unknown(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    at(dec(1))
    book = make_book(commune)
    worked(at, book, EVERY_DAY, missed=(9,))
    at(dec(11, 9))
    assert now(campaign) == (0, None, 4)
    tasks.rebuild_days()
    assert now(campaign) == (0, 10, 4)


def test_after_the_cut_off_nothing_old_is_told_for_the_new_day(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    at(dec(1))
    worked(at, make_book(commune), EVERY_DAY)
    at(dec(11, 17, 0, 1))
    assert lately(campaign).today is None


def test_preparing_again_writes_nothing(campaign: Campaign, commune: Unit, at: SetClock) -> None:
    at(dec(1))
    worked(at, make_book(commune), EVERY_DAY)
    prepare(campaign)
    assert prepare(campaign) == 0
