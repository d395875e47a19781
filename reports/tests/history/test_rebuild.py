"""Days nobody closed: which are missing, which can be put together, and what is said of the others."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from civreg.lib import clock
from communes.models import Unit
from digitization.models import Status
from digitization.tests.making import declare_of, make_book, make_district
from reports import tasks
from reports.models import BookDay, Campaign, CampaignUnit, DailySnapshot, UnitPace
from reports.progress.days import close_day, is_intact
from reports.progress.rebuild import count_then, missing_days, rebuild_missing
from reports.tests.conftest import SetClock
from reports.tests.history.making import checker, dec, hand_over, move, work
from reports.tests.making import make_campaign, type_in


@pytest.fixture
def campaign(commune: Unit, neighbour: Unit) -> Campaign:
    made = make_campaign(commune, neighbour)
    Campaign.objects.filter(pk=made.pk).update(starts=date(2024, 12, 1))
    made.refresh_from_db()
    return made


def test_days_before_the_start_and_days_still_going_on_are_not_missing(
    campaign: Campaign, at: SetClock
) -> None:
    at(dec(3, 17, 5))
    # The third may still be closed for ten minutes.
    assert missing_days(campaign, clock.now()) == (date(2024, 12, 1), date(2024, 12, 2))
    at(dec(3, 17, 11))
    assert missing_days(campaign, clock.now())[-1] == date(2024, 12, 3)


def test_a_closed_campaign_misses_no_day_after_its_deadline(campaign: Campaign, at: SetClock) -> None:
    at(dec(31))
    campaign.closed = True
    assert missing_days(campaign, clock.now())[-1] == campaign.deadline


def test_a_rebuilt_day_is_labelled_in_the_snapshot_and_in_the_days_of_books(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    at(dec(1, 9))
    work(make_book(commune), 2)
    at(dec(1, 17, 30))
    assert rebuild_missing(campaign).days == (date(2024, 12, 1),)
    snapshot = DailySnapshot.objects.get()
    assert (snapshot.kind_of, snapshot.figures["digitized"]) == (DailySnapshot.Kind.REBUILT, 2)
    assert is_intact(snapshot)
    assert BookDay.objects.get().rebuilt


def test_work_after_the_cut_off_is_not_in_a_rebuilt_day(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    at(dec(1, 9))
    book = make_book(commune)
    at(dec(1, 16, 59, 58))
    work(book, 2)
    at(dec(1, 17))
    work(book, 5)
    at(dec(2, 17, 30))
    rebuild_missing(campaign)
    assert [s.figures["digitized"] for s in campaign.snapshots.all()] == [2, 7]


def test_a_day_with_entries_of_which_nothing_is_written_down_stays_missing_and_says_why(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    at(dec(2, 9))
    book = make_book(commune)
    brought = type_in(book, 3, at=dec(2, 9))
    at(dec(3, 9))
    move(brought, Status.CHECKED)
    at(dec(3, 18))
    found = rebuild_missing(campaign)
    assert found.days == (date(2024, 12, 1), date(2024, 12, 3))
    assert found.silent == {date(2024, 12, 2): 3}
    assert list(campaign.silent_days.values_list("day", "entries")) == [(date(2024, 12, 2), 3)]
    assert missing_days(campaign, clock.now()) == (date(2024, 12, 2),)


def test_a_day_that_cannot_be_rebuilt_is_tried_again_only_for_a_person(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    at(dec(1, 9))
    type_in(make_book(commune), 3, at=dec(1, 9))
    at(dec(1, 18))
    assert rebuild_missing(campaign).silent
    assert not rebuild_missing(campaign).silent
    assert rebuild_missing(campaign, by=checker()).silent


def test_a_closed_day_is_never_rebuilt(campaign: Campaign, commune: Unit, at: SetClock) -> None:
    at(dec(1, 17, 1))
    assert close_day(campaign, clock.now())
    at(dec(1, 18))
    assert rebuild_missing(campaign).days == ()
    assert DailySnapshot.objects.get().kind_of == DailySnapshot.Kind.CUTOFF


def test_a_day_without_a_worker_is_rebuilt_when_one_returns_and_the_pace_goes_on(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    at(dec(1, 8))
    book = make_book(commune)
    for day in (1, 2, 3):
        at(dec(day, 9))
        work(book, day)
        if day != 2:
            at(dec(day, 17, 0, 20))
            tasks.cut_off()
    at(dec(3, 17, 20))
    for task in (tasks.rebuild_days, tasks.cut_off, tasks.rebuild_days, tasks.refresh_paces):
        task()
    told = campaign.snapshots.values_list("day", "kind_of", "figures__digitized")
    assert [(day.day, kind, done) for day, kind, done in told] == [
        (1, "cutoff", 1),
        (2, "rebuilt", 3),
        (3, "cutoff", 6),
    ]
    pace = UnitPace.objects.get(unit=commune)
    assert (pace.done_yesterday - pace.done_week_ago, pace.days) == (5, 2)


def test_the_pace_does_not_jump_where_a_missing_day_took_something_back(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    """The day after wrote nothing, being as the day before; with a row in between it has to be told."""
    at(dec(1, 9))
    entries = work(make_book(commune), 4)
    at(dec(1, 17, 1))
    tasks.cut_off()
    at(dec(2, 9))
    move(entries[:1], Status.RETURNED)
    at(dec(3, 9))
    move(entries[:1], Status.ENTERED)
    at(dec(3, 17, 1))
    tasks.cut_off()
    at(dec(3, 18))
    tasks.rebuild_days()
    rows = BookDay.objects.order_by("day").values_list("day", "counted", "rebuilt")
    assert [(day.day, count, rebuilt) for day, count, rebuilt in rows] == [
        (1, 4, False),
        (2, 3, True),
        (3, 4, True),
    ]


def test_the_command_names_what_it_rebuilt_and_what_stays_missing(
    campaign: Campaign, commune: Unit, at: SetClock, capsys: pytest.CaptureFixture[str]
) -> None:
    at(dec(2, 9))
    type_in(make_book(commune), 3, at=dec(2, 9))
    at(dec(2, 18))
    call_command("rebuild_days")
    said = capsys.readouterr().out
    assert "2024-12-01: rebuilt" in said
    assert "2024-12-02: stays missing, 3 entries have no history" in said


def test_the_command_refuses_a_campaign_nobody_knows(campaign: Campaign) -> None:
    with pytest.raises(CommandError):
        call_command("rebuild_days", campaign=campaign.pk + 1)


def test_a_book_handed_out_of_the_campaign_still_counts_on_the_day_before(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    at(dec(1, 9))
    book = make_book(commune)
    work(book, 2)
    at(dec(2, 9))
    hand_over(book, make_district())
    at(dec(2, 18))
    rebuild_missing(campaign)
    assert [s.figures["digitized"] for s in campaign.snapshots.all()] == [2, 0]


def test_a_unit_of_the_campaign_without_books_is_in_a_rebuilt_day(campaign: Campaign, at: SetClock) -> None:
    at(dec(1, 18))
    rebuild_missing(campaign)
    assert CampaignUnit.objects.filter(campaign=campaign).count() == campaign.snapshots.get().rows.count()


def test_a_rebuilt_day_knows_when_a_declaring_commune_was_heard_from(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    at(dec(4, 9))
    book = make_book(commune, total=50)
    work(book, 20)
    for day in (4, 5):
        at(dec(day, 16, 30))
        declare_of(book, 30 + day)
    said = book.declarations.order_by("day").values_list("at", flat=True)
    at(dec(5, 18))
    told = count_then(campaign, date(2024, 12, 4)), count_then(campaign, date(2024, 12, 5))
    assert [figures[commune.pk, "KS"].last_at for figures in told] == list(said)
