"""The cut-off: books that changed are written down, the district is frozen, once and in time or not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from civreg.lib.clock import VIETNAM
from communes.models import Unit
from digitization.models import Book
from digitization.tests.making import make_book, make_commune, state_total
from reports.models import BookDay, Campaign, DailySnapshot, SnapshotRow, UnitPace
from reports.progress.days import close_day, is_intact
from reports.progress.gains import refresh_pace
from reports.tests.conftest import SetClock
from reports.tests.making import make_campaign, type_in

pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 17, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2024, 12, day, hour, minute, second, tzinfo=VIETNAM)


@pytest.fixture
def commune() -> Unit:
    return make_commune()


@pytest.fixture
def campaign(commune: Unit) -> Campaign:
    return make_campaign(commune)


def test_a_second_before_the_cut_off_the_day_is_still_open(campaign: Campaign) -> None:
    assert close_day(campaign, at(5, 16, 59, 59)) is None


def test_at_the_cut_off_the_day_that_ended_is_closed(campaign: Campaign) -> None:
    snapshot = close_day(campaign, at(5))
    assert snapshot is not None
    assert snapshot.day == date(2024, 12, 5)


def test_a_day_is_closed_once(campaign: Campaign) -> None:
    close_day(campaign, at(5))
    assert close_day(campaign, at(5, 17, 0, 30)) is None
    assert DailySnapshot.objects.count() == 1


def test_ten_minutes_late_is_in_time_and_a_second_more_is_missed(campaign: Campaign) -> None:
    assert close_day(campaign, at(5, 17, 10, 1)) is None
    assert close_day(campaign, at(5, 17, 10)) is not None


def test_no_day_is_closed_before_the_campaign_starts(campaign: Campaign) -> None:
    assert close_day(campaign, datetime(2024, 11, 16, 17, 0, tzinfo=VIETNAM)) is None


def test_a_snapshot_freezes_units_and_kinds_and_knows_when_it_was_touched(
    campaign: Campaign, commune: Unit
) -> None:
    type_in(make_book(commune, total=10), 4)
    type_in(make_book(commune, kind="KH", total=10), 1)
    snapshot = close_day(campaign, at(5))
    assert snapshot is not None
    rows = {row.kind: row.figures["digitized"] for row in SnapshotRow.objects.filter(unit=commune)}
    assert rows == {"": 5, "KS": 4, "KH": 1}
    assert (snapshot.figures["digitized"], snapshot.figures["percent"]) == (5, 25)
    stored = DailySnapshot.objects.get()
    assert is_intact(stored)
    stored.figures["digitized"] = 6
    assert not is_intact(stored)


def test_a_unit_without_books_is_in_the_snapshot_too(campaign: Campaign, commune: Unit) -> None:
    close_day(campaign, at(5))
    assert SnapshotRow.objects.get(unit=commune).figures["total"] == 0


def test_only_books_that_changed_are_written_down(campaign: Campaign, commune: Unit) -> None:
    quiet, busy = make_book(commune), make_book(commune)
    close_day(campaign, at(4))
    type_in(busy, 2)
    close_day(campaign, at(5))
    assert list(BookDay.objects.filter(day=date(2024, 12, 5)).values_list("book", "counted")) == [
        (busy.pk, 2)
    ]
    assert BookDay.objects.filter(book=quiet).count() == 1


def test_a_new_total_is_a_change_worth_writing_down(campaign: Campaign, commune: Unit) -> None:
    book = make_book(commune, total=10)
    close_day(campaign, at(4))
    state_total(book, 12)
    close_day(campaign, at(5))
    assert BookDay.objects.get(book=book, day=date(2024, 12, 5)).total == 12


def worked(campaign: Campaign, book: Book, counts: dict[int, int]) -> None:
    """Close days of December with so many entries more in the book."""
    for day, count in counts.items():
        type_in(book, count)
        close_day(campaign, at(day))


def pace_of(campaign: Campaign, unit: Unit) -> tuple[int, int]:
    refresh_pace(campaign)
    row = UnitPace.objects.get(campaign=campaign, unit=unit)
    return row.done_yesterday - row.done_week_ago, row.days


def test_the_pace_is_what_the_last_seven_closed_days_brought(
    campaign: Campaign, commune: Unit, set_clock: SetClock
) -> None:
    worked(campaign, make_book(commune, total=100), {1: 50, **dict.fromkeys(range(2, 10), 2)})
    set_clock(at(9, 20))
    assert pace_of(campaign, commune) == (14, 7)


def test_a_handover_is_no_production(campaign: Campaign, commune: Unit, set_clock: SetClock) -> None:
    other = make_commune("Hợp Nhất", "hop-nhat")
    campaign.campaignunit_set.create(unit=other)
    book = make_book(commune, total=100)
    worked(campaign, book, {1: 40, 2: 2})
    Book.objects.filter(pk=book.pk).update(custodian=other)
    close_day(campaign, at(3))
    set_clock(at(3, 20))
    assert pace_of(campaign, other) == (2, 2)


def test_a_total_stated_later_is_no_production(
    campaign: Campaign, commune: Unit, set_clock: SetClock
) -> None:
    book = make_book(commune, total=None)
    worked(campaign, book, {1: 40, 2: 3})
    state_total(book, 100)
    close_day(campaign, at(3))
    set_clock(at(3, 20))
    assert pace_of(campaign, commune) == (3, 2)


def test_nothing_is_measured_before_two_days_are_closed(
    campaign: Campaign, commune: Unit, set_clock: SetClock
) -> None:
    worked(campaign, make_book(commune), {1: 40})
    set_clock(at(1, 20))
    assert refresh_pace(campaign) == 0


def test_measuring_again_writes_nothing(campaign: Campaign, commune: Unit, set_clock: SetClock) -> None:
    worked(campaign, make_book(commune), {1: 4, 2: 4})
    set_clock(at(2) + timedelta(hours=2))
    assert refresh_pace(campaign) == 1
    assert refresh_pace(campaign) == 0
