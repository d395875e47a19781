"""What is foretold of communes and of the district they make up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reports.forecast.district import Setting, Standing, foresee, workable
from reports.forecast.rhythm import Rhythm

OPEN_DAY = date(2024, 12, 6)
SETTING = Setting(campaign=1, open_day=OPEN_DAY, deadline=date(2024, 12, 15), passed=0.0)


def gains(each: int = 100, *, days: int = 18, uneven: int = 20) -> dict[date, int]:
    """Return what a commune gained on the days before, every day of the week, now more and now less."""
    return {OPEN_DAY - timedelta(days=ago): each + uneven * (ago % 3 - 1) for ago in range(days, 0, -1)}


def commune(unit: int = 1, *, remaining: int = 700, today: int = 0, **of_gains: int) -> Standing:
    return Standing(unit=unit, gains=gains(**of_gains), remaining=remaining, today=today)


def test_seven_days_of_work_end_in_about_seven_days() -> None:
    found = foresee(SETTING, [commune()]).units[1]
    assert found.p10 is not None and found.p50 is not None and found.p90 is not None
    assert found.p10 <= found.p50 <= found.p90
    assert abs((found.p50 - date(2024, 12, 12)).days) <= 1
    assert found.pace == pytest.approx(100, rel=0.1)


def test_the_same_days_and_counts_foretell_the_same() -> None:
    units = [commune(1), commune(2, remaining=900)]
    assert foresee(SETTING, units) == foresee(SETTING, units)


def test_another_day_draws_anew() -> None:
    tomorrow = replace(SETTING, open_day=OPEN_DAY + timedelta(days=1))
    assert foresee(SETTING, [commune()]).units[1].p90 != foresee(tomorrow, [commune()]).units[1].p90


def test_an_uneven_commune_is_less_certain_than_an_even_one() -> None:
    even, uneven = (foresee(SETTING, [commune(uneven=by, remaining=1500)]).units[1] for by in (0, 95))
    assert even.p10 and even.p90 and uneven.p10 and uneven.p90
    assert even.p90 - even.p10 < uneven.p90 - uneven.p10


def test_weak_days_foretell_a_later_end() -> None:
    plain = commune()
    weak = {day: 0 if (OPEN_DAY - day).days <= 4 else gain for day, gain in plain.gains.items()}
    before, after = (foresee(SETTING, [unit]).units[1] for unit in (plain, replace(plain, gains=weak)))
    assert before.p50 and after.p50
    assert before.p50 < after.p50


def test_a_missing_day_is_no_weak_day() -> None:
    plain = commune()
    missing = {day: gain for day, gain in plain.gains.items() if (OPEN_DAY - day).days not in (3, 4)}
    with_gap, without = (foresee(SETTING, [unit]).units[1] for unit in (replace(plain, gains=missing), plain))
    assert with_gap.pace == pytest.approx(without.pace, rel=0.1)


def test_days_before_a_commune_began_do_not_count_against_it() -> None:
    early = {day: 0 if (OPEN_DAY - day).days > 8 else gain for day, gain in gains().items()}
    late_starter = Standing(unit=2, gains=early, remaining=700, today=0)
    found = foresee(SETTING, [commune(), late_starter]).units
    assert found[2].pace == pytest.approx(found[1].pace, rel=0.1)


def test_three_closed_days_foretell_nothing() -> None:
    found = foresee(SETTING, [commune(days=3)])
    assert (found.units, found.district, found.cone) == ({}, None, None)


def test_a_finished_commune_needs_no_forecast() -> None:
    assert foresee(SETTING, [commune(remaining=0), commune(2)]).units.keys() == {2}


def test_what_came_today_already_counts_for_today() -> None:
    nothing = foresee(replace(SETTING, passed=1.0), [commune(remaining=150)])
    enough = foresee(replace(SETTING, passed=1.0), [commune(remaining=150, today=100)])
    assert nothing.units[1].p50 == enough.units[1].p50
    fresh = foresee(SETTING, [commune(remaining=50)])
    assert fresh.units[1].p50 == OPEN_DAY


def test_the_end_of_a_standing_commune_cannot_be_told() -> None:
    still = replace(commune(), gains=dict.fromkeys(gains(), 0) | {min(gains()): 1})
    found = foresee(SETTING, [commune(2), still])
    assert found.units[1].p50 is None
    assert found.units[1].chance == 0


def test_the_district_ends_with_its_last_commune() -> None:
    found = foresee(SETTING, [commune(1, remaining=200), commune(2, remaining=1400)])
    assert found.district is not None
    assert found.district.p50 == found.units[2].p50


def test_two_communes_that_may_both_be_late_make_a_later_district() -> None:
    found = foresee(SETTING, [commune(unit, remaining=700, uneven=60) for unit in range(8)])
    assert found.district is not None and found.district.p50 is not None
    assert all(unit.p50 is not None and unit.p50 <= found.district.p50 for unit in found.units.values())
    assert found.district.chance <= min(unit.chance for unit in found.units.values())


def test_a_commune_nothing_is_known_of_keeps_the_district_open() -> None:
    new = Standing(unit=2, gains=dict.fromkeys(gains(), 0), remaining=50, today=0)
    found = foresee(SETTING, [commune(), new])
    assert found.district is not None
    assert found.district.p10 is None


def test_the_cone_opens_and_closes_at_nothing_left() -> None:
    cone = foresee(SETTING, [commune(1), commune(2, remaining=400)]).cone
    assert cone is not None
    assert cone.first == OPEN_DAY
    for slow, middle, fast in zip(cone.slow, cone.middle, cone.fast, strict=True):
        assert slow >= middle >= fast >= 0
    assert (cone.slow[-1], cone.middle[-1], cone.fast[-1]) == (0, 0, 0)
    assert 850 <= cone.middle[0] <= 950


def test_a_likely_end_long_before_the_deadline_is_nearly_certain() -> None:
    assert foresee(SETTING, [commune(remaining=200)]).units[1].chance == 100


def test_workable_days_are_worth_what_their_weekdays_are() -> None:
    rhythm = Rhythm((1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.0))
    assert workable(rhythm, SETTING) == pytest.approx(1 + 0.5 + 0 + 5 + 0.5 + 0)
    assert workable(rhythm, replace(SETTING, passed=0.5)) == pytest.approx(6.5)
    assert workable(rhythm, replace(SETTING, open_day=date(2024, 12, 16))) == 0


def test_the_worker_breathes_between_communes() -> None:
    breaths: list[int] = []
    foresee(SETTING, [commune(unit) for unit in range(5)], breathe=lambda: breaths.append(1))
    assert len(breaths) == 5
