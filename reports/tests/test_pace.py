"""What every day left requires, and how a unit stands against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from civreg.lib.clock import VIETNAM
from reports.models import Campaign
from reports.progress.figures import Figures
from reports.progress.pace import (
    Band,
    Expected,
    Pace,
    Schedule,
    State,
    Window,
    average_end,
    band_of,
    required_per_day,
    state_of,
    window,
)

CAMPAIGN = Campaign(starts=date(2024, 11, 17), deadline=date(2024, 12, 15))


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> Schedule:
    now = datetime(2024, 12, day, hour, minute, second, tzinfo=VIETNAM)
    return Schedule(
        now=now,
        day=CAMPAIGN.day_of(now),
        deadline=CAMPAIGN.deadline,
        began=CAMPAIGN.cutoff_of(date(2024, 11, 16)),
        last_day_begins=CAMPAIGN.cutoff_of(date(2024, 12, 14)),
    )


EVENING = at(5, 20, 40)
BUSY = Figures(books=10, full_books=2, total=1000, done=900, last_at=EVENING.now - timedelta(hours=1))


def test_the_day_turns_at_the_cut_off_to_the_second() -> None:
    assert at(5, 16, 59, 59).days_left == 11
    assert at(5, 17, 0, 0).days_left == 10


def test_the_last_day_ends_at_its_cut_off() -> None:
    assert at(15, 16, 59, 59).days_left == 1
    assert at(15, 17, 0, 0).days_left == 0


def test_what_is_left_of_the_district_takes_1699_a_day() -> None:
    assert required_per_day(16_984, 10) == 1_699


def test_nothing_left_requires_nothing_even_after_the_deadline() -> None:
    assert required_per_day(0, 0) == 0


def test_after_the_deadline_no_number_a_day_would_do() -> None:
    assert required_per_day(5, 0) is None


def test_the_work_ends_on_the_day_that_finishes_it() -> None:
    assert average_end(100, Pace(70, 7), day=date(2024, 12, 6)) == date(2024, 12, 15)


@pytest.mark.parametrize("pace", [Pace(), Pace(0, 7), Pace(-3, 7)])
def test_without_a_pace_no_end_is_foretold(pace: Pace) -> None:
    assert average_end(100, pace, day=date(2024, 12, 6)) is None


@pytest.mark.parametrize(
    ("gained", "state"),
    [
        (105, State.AHEAD),
        (104, State.ON_TRACK),
        (70, State.ON_TRACK),
        (69, State.AT_RISK),
        (56, State.AT_RISK),
        (55, State.LATE),
        (0, State.LATE),
    ],
)
def test_ten_a_day_needed_judges_what_seven_days_brought(gained: int, state: State) -> None:
    assert state_of(BUSY, Pace(gained, 7), EVENING) is state


def expected(p50: int | None, p90: int | None, **rest: float) -> Expected:
    """Return a forecast with these days of December, for a unit that gains ten entries on each of ten working days."""
    p10, middle, late = (None if day is None else date(2024, 12, day) for day in (p50, p50, p90))
    known = {"pace": 10.0, "workable": 10.0, **rest}
    return Expected(day=EVENING.day, p10=p10, p50=middle, p90=late, chance=50, **known)


@pytest.mark.parametrize(
    ("p50", "p90", "state"),
    [
        (16, 20, State.LATE),
        (None, None, State.LATE),
        (15, 16, State.AT_RISK),
        (10, None, State.AT_RISK),
        (15, 15, State.ON_TRACK),
        (12, 13, State.ON_TRACK),
        (11, 13, State.AHEAD),
    ],
)
def test_where_the_forecast_lies_to_the_deadline_judges_a_unit(
    p50: int | None, p90: int | None, state: State
) -> None:
    assert state_of(BUSY, Pace(70, 7), EVENING, expected(p50, p90)) is state


def test_the_forecast_judges_and_not_the_average() -> None:
    assert state_of(BUSY, Pace(700, 7), EVENING, expected(16, 20)) is State.LATE
    assert state_of(BUSY, Pace(0, 7), EVENING, expected(8, 9)) is State.AHEAD


def test_a_unit_that_stands_still_is_stalled_whatever_is_foretold() -> None:
    idle = replace(BUSY, last_at=EVENING.now - timedelta(hours=72))
    assert state_of(idle, Pace(70, 7), EVENING, expected(8, 9)) is State.STALLED


def test_the_people_needed_bring_a_working_day_to_what_is_required() -> None:
    assert expected(16, 20, per_person=4.0).people_needed(101) == 1
    assert expected(16, 20, per_person=4.0).people_needed(141) == 2
    assert expected(16, 20, per_person=4.0).people_needed(100) == 0


def test_nobody_knows_how_many_people_where_nobody_typed_or_no_day_is_left() -> None:
    assert expected(16, 20).people_needed(200) is None
    assert expected(16, 20, per_person=4.0, workable=0.0).people_needed(200) is None


def test_a_forecast_older_than_a_day_or_of_finished_work_is_not_believed() -> None:
    assert expected(12, 13).holds(BUSY, EVENING)
    assert expected(12, 13).holds(BUSY, at(6, 18))
    assert not expected(12, 13).holds(BUSY, at(7, 18))
    assert not expected(12, 13).holds(replace(BUSY, done=1000), EVENING)


@pytest.mark.parametrize(
    ("done", "full", "band"),
    [
        (0, 0, Band.NOTHING),
        (1, 0, Band.UNDER_TENTH),
        (99, 0, Band.UNDER_TENTH),
        (100, 0, Band.UNDER_HALF),
        (499, 5, Band.UNDER_HALF),
        (500, 5, Band.HALF),
        (999, 9, Band.HALF),
        (1000, 10, Band.COMPLETE),
    ],
)
def test_a_band_is_told_by_counts(done: int, full: int, band: Band) -> None:
    assert band_of(replace(BUSY, done=done, full_books=full)) is band


def test_a_unit_is_stalled_after_72_hours_without_a_new_entry() -> None:
    idle = replace(BUSY, last_at=EVENING.now - timedelta(hours=72))
    assert state_of(idle, Pace(500, 7), EVENING) is State.STALLED
    just = replace(BUSY, last_at=EVENING.now - timedelta(hours=72) + timedelta(seconds=1))
    assert state_of(just, Pace(500, 7), EVENING) is State.AHEAD


def test_a_unit_that_never_began_is_stalled() -> None:
    assert state_of(Figures(books=1, total=10), Pace(), EVENING) is State.STALLED


def test_a_complete_unit_is_done_early_and_never_late_or_stalled() -> None:
    done = Figures(books=1, full_books=1, total=10, done=10, last_at=EVENING.now - timedelta(days=9))
    assert state_of(done, Pace(0, 7), EVENING) is State.DONE_EARLY
    assert state_of(done, Pace(0, 7), at(20, 9)) is State.DONE_EARLY


def test_a_unit_that_finishes_on_the_last_day_is_done() -> None:
    done = Figures(books=1, full_books=1, total=10, done=10, last_at=at(15, 9).now)
    assert state_of(done, Pace(), at(15, 10)) is State.DONE


def test_after_the_deadline_unfinished_work_is_late() -> None:
    busy = replace(BUSY, last_at=at(15, 16).now)
    assert state_of(busy, Pace(700, 7), at(15, 17)) is State.LATE


def test_nothing_left_but_a_book_without_total_is_no_success() -> None:
    figures = Figures(books=2, full_books=1, no_total_books=1, total=10, done=10)
    assert state_of(figures, Pace(), EVENING) is State.NO_TOTAL


def test_without_closed_days_nothing_is_judged() -> None:
    assert state_of(BUSY, Pace(), EVENING) is State.NOT_MEASURED


def days(*numbers: int) -> list[date]:
    return [date(2024, 12, number) for number in numbers]


def test_the_window_is_the_last_seven_closed_days() -> None:
    assert window(days(*range(1, 16)), open_day=date(2024, 12, 16)) == Window(*days(8, 15))


def test_a_young_history_is_measured_over_what_there_is() -> None:
    found = window(days(3, 4, 5), open_day=date(2024, 12, 6))
    assert found == Window(*days(3, 5))
    assert found.days == 2


def test_a_missed_day_is_replaced_by_the_closed_one_before_it() -> None:
    found = window(days(1, 2, 4, 5, 6, 7, 8, 9, 10), open_day=date(2024, 12, 11))
    assert found == Window(*days(2, 10))


def test_one_closed_day_measures_nothing() -> None:
    assert window(days(5), open_day=date(2024, 12, 6)) is None
