"""The rhythm of the week is learnt from the days there are, and believed the more the more weeks were seen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reports.forecast.rhythm import OFFICE, Rhythm, learn

MONDAY = date(2024, 11, 18)
FLAT = Rhythm((1.0,) * 7)


def weeks(count: int, week: tuple[int, ...]) -> dict[date, int]:
    return {MONDAY + timedelta(days=day): week[day % 7] for day in range(7 * count)}


def test_a_commune_that_rests_on_sundays_is_learnt() -> None:
    rhythm = learn(weeks(4, (100, 100, 100, 100, 100, 100, 0)))
    assert rhythm.weights[6] < 0.2
    assert rhythm.weights[5] > 0.8


def test_a_single_week_is_only_half_believed() -> None:
    one, four = (learn(weeks(n, (100, 100, 100, 100, 100, 0, 0)), FLAT).weights[6] for n in (1, 4))
    assert 0.3 < one < 0.8
    assert four < one


def test_without_any_gain_the_belief_is_all_there_is() -> None:
    assert learn({}) == OFFICE
    assert learn(weeks(1, (0,) * 7)) == OFFICE


def test_a_missing_day_is_no_day_without_work() -> None:
    whole = weeks(4, (100,) * 7)
    without_sundays = {day: gain for day, gain in whole.items() if day.weekday() != 6}
    assert learn(without_sundays, FLAT).weights[6] == pytest.approx(1, abs=0.01)


def test_a_commune_that_becomes_faster_has_no_stronger_sundays_for_that() -> None:
    rising = {day: 10 * at for at, day in enumerate(weeks(3, (1,) * 7), start=1)}
    assert learn(rising, FLAT).weights[6] == pytest.approx(1, abs=0.2)


def test_a_working_day_weighs_one() -> None:
    rhythm = learn(weeks(4, (80, 120, 100, 90, 110, 20, 0)))
    assert sum(rhythm.weights[:5]) / 5 == pytest.approx(1, abs=0.05)
