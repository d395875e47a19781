"""Moments frozen on demand are never the figures of a day; corrections are new revisions with a reason."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from civreg.lib import clock
from communes.models import Role, Unit, User
from digitization.models import Status
from digitization.tests.making import make_book, make_district, make_person
from digitization.verbs import NotAllowedNow
from reports import tasks
from reports.models import Campaign, DailySnapshot, UnitPace
from reports.progress.days import close_day, is_intact
from reports.progress.moments import NothingToCorrect, correct_day, take_snapshot
from reports.progress.rebuild import missing_days
from reports.room.choosing import choose
from reports.tests.conftest import SetClock
from reports.tests.history.making import dec, move, work
from reports.tests.making import type_in


@pytest.fixture
def chief(db: None) -> User:
    return make_person("chief", Role.TASK_FORCE, make_district())


def test_a_moment_stands_beside_the_open_day_with_its_figures_and_who_froze_it(
    campaign: Campaign, commune: Unit, chief: User, at: SetClock
) -> None:
    at(dec(5, 10))
    work(make_book(commune), 3)
    taken = take_snapshot(by=chief, campaign=campaign, intent=uuid4())
    assert (taken.day, taken.kind_of, taken.by) == (date(2024, 12, 5), DailySnapshot.Kind.DEMAND, chief)
    assert taken.figures["digitized"] == 3
    assert is_intact(DailySnapshot.objects.get())


def test_who_froze_a_moment_is_under_its_seal(campaign: Campaign, chief: User, at: SetClock) -> None:
    at(dec(5, 10))
    taken = take_snapshot(by=chief, campaign=campaign, intent=uuid4())
    taken.by = make_person("other", Role.TASK_FORCE, make_district())
    assert not is_intact(taken)


def test_pressing_twice_freezes_once(campaign: Campaign, chief: User, at: SetClock) -> None:
    at(dec(5, 10))
    intent = uuid4()
    first = take_snapshot(by=chief, campaign=campaign, intent=intent)
    assert take_snapshot(by=chief, campaign=campaign, intent=intent) == first


def test_the_cut_off_of_a_day_is_taken_whatever_moments_there_are(
    campaign: Campaign, chief: User, at: SetClock
) -> None:
    at(dec(5, 10))
    take_snapshot(by=chief, campaign=campaign, intent=uuid4())
    at(dec(5, 17, 0, 10))
    closed = close_day(campaign, clock.now())
    assert closed is not None
    assert (closed.revision, closed.kind_of) == (2, DailySnapshot.Kind.CUTOFF)


def test_a_day_with_nothing_but_a_moment_is_missing(campaign: Campaign, chief: User, at: SetClock) -> None:
    at(dec(5, 10))
    take_snapshot(by=chief, campaign=campaign, intent=uuid4())
    at(dec(5, 18))
    assert date(2024, 12, 5) in missing_days(campaign, clock.now())


def test_neither_curve_nor_pace_takes_a_moment_for_a_day(
    campaign: Campaign, commune: Unit, chief: User, at: SetClock
) -> None:
    book = make_book(commune)
    for day in (3, 4):
        at(dec(day, 9))
        work(book, 2)
        at(dec(day, 17, 0, 10))
        tasks.cut_off()
    at(dec(5, 10))
    work(book, 1)
    take_snapshot(by=chief, campaign=campaign, intent=uuid4())
    at(dec(6, 10))
    tasks.refresh_paces()
    shown = choose("")
    assert shown is not None
    assert [(one.day, one.done) for one in shown.days] == [(date(2024, 12, 3), 2), (date(2024, 12, 4), 4)]
    pace = UnitPace.objects.get(unit=commune)
    assert (pace.day, pace.done_yesterday) == (date(2024, 12, 4), 4)


def closed_too_late(campaign: Campaign, commune: Unit, at: SetClock) -> None:
    """Close 5 December nine minutes after its cut-off, with four entries typed meanwhile."""
    at(dec(5, 9))
    book = make_book(commune)
    work(book, 6)
    at(dec(5, 17, 3))
    work(book, 4)
    at(dec(5, 17, 9))
    assert close_day(campaign, clock.now())


def test_a_correction_is_a_new_revision_with_its_reason_and_the_old_one_stays(
    campaign: Campaign, commune: Unit, chief: User, at: SetClock
) -> None:
    closed_too_late(campaign, commune, at)
    at(dec(6, 9))
    made = correct_day(by=chief, campaign=campaign, day=date(2024, 12, 5), reason="Chốt muộn", intent=uuid4())
    assert (made.revision, made.by, made.reason, made.figures["digitized"]) == (2, chief, "Chốt muộn", 6)
    old, new = campaign.snapshots.all()
    assert (old.figures["digitized"], new) == (10, made)
    assert is_intact(old)
    assert is_intact(new)
    assert list(campaign.snapshots.in_force()) == [made]


def test_a_correction_needs_a_reason(campaign: Campaign, commune: Unit, chief: User, at: SetClock) -> None:
    closed_too_late(campaign, commune, at)
    with pytest.raises(NotAllowedNow):
        correct_day(by=chief, campaign=campaign, day=date(2024, 12, 5), reason=" ", intent=uuid4())
    assert campaign.snapshots.count() == 1


def test_nothing_is_corrected_where_counting_anew_changes_nothing(
    campaign: Campaign, commune: Unit, chief: User, at: SetClock
) -> None:
    at(dec(5, 9))
    move(work(make_book(commune), 6)[:2], Status.RETURNED)
    at(dec(5, 17, 0, 10))
    close_day(campaign, clock.now())
    at(dec(6, 9))
    with pytest.raises(NothingToCorrect):
        correct_day(by=chief, campaign=campaign, day=date(2024, 12, 5), reason="x", intent=uuid4())


def test_a_missing_day_is_rebuilt_and_not_corrected(campaign: Campaign, chief: User, at: SetClock) -> None:
    at(dec(6, 9))
    with pytest.raises(NothingToCorrect):
        correct_day(by=chief, campaign=campaign, day=date(2024, 12, 5), reason="x", intent=uuid4())


def test_a_day_of_which_not_everything_is_written_down_is_not_corrected(
    campaign: Campaign, commune: Unit, chief: User, at: SetClock
) -> None:
    at(dec(5, 9))
    type_in(make_book(commune), 2, at=clock.now())
    at(dec(5, 17, 0, 10))
    close_day(campaign, clock.now())
    at(dec(6, 9))
    with pytest.raises(NothingToCorrect):
        correct_day(by=chief, campaign=campaign, day=date(2024, 12, 5), reason="x", intent=uuid4())
