"""What became of a milestone: the day it asks for decides; where that was not closed, a neighbour if it can."""

from __future__ import annotations

from datetime import date

import pytest

from reports.progress.milestones import DayCount, Goal, Result, needed, reached, tell

GOAL = Goal(date(2024, 11, 25), 50)


def on(day: int, done: int, total: int = 1000) -> DayCount:
    return DayCount(date(2024, 11, day), done, total)


def result(*closed: DayCount, now: DayCount) -> Result:
    return tell([GOAL], closed, now)[0].result


def test_the_figures_of_its_day_decide_even_if_they_fell_or_rose_later() -> None:
    assert result(on(25, 500), now=on(28, 400)) == Result.MET
    assert result(on(25, 499), now=on(28, 900)) == Result.MISSED


def test_a_missed_one_tells_what_was_lacking() -> None:
    told = tell([GOAL], [on(25, 487)], on(28, 900))[0]
    assert (told.missing, told.percent_then) == (13, 48)


def test_before_its_day_it_is_open_or_reached_already() -> None:
    told = tell([GOAL], [], on(20, 300))[0]
    assert (told.result, told.missing) == (Result.OPEN, 200)
    assert result(now=on(20, 500)) == Result.AHEAD


def test_on_its_own_day_it_is_still_open() -> None:
    assert result(now=on(25, 499)) == Result.OPEN


def test_a_day_that_was_not_closed_is_decided_by_a_neighbour_that_can() -> None:
    assert result(on(24, 510), on(26, 700), now=on(28, 900)) == Result.MET
    assert result(on(24, 300), on(26, 450), now=on(28, 900)) == Result.MISSED
    assert result(on(24, 300), on(26, 700), now=on(28, 900)) == Result.UNKNOWN


def test_with_no_day_closed_only_todays_lack_is_certain() -> None:
    assert result(now=on(28, 450)) == Result.MISSED
    assert result(now=on(28, 900)) == Result.UNKNOWN


@pytest.mark.parametrize(("percent", "total", "entries"), [(50, 3, 2), (100, 86_984, 86_984), (1, 99, 1)])
def test_a_percentage_takes_whole_entries_rounded_up(percent: int, total: int, entries: int) -> None:
    assert needed(percent, total) == entries


def test_ninety_nine_point_nine_is_not_a_hundred() -> None:
    assert not reached(100, on(1, 2485, 2486))
    assert reached(99, on(1, 2485, 2486))


def test_of_nothing_nothing_is_reached() -> None:
    assert not reached(1, on(1, 0, 0))
