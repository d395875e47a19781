"""The forecast keeps its promise on invented campaigns (``bench forecast`` plays three hundred of them)."""

from __future__ import annotations

from functools import cache

import pytest

from reports.forecast.trials import Trial, campaigns, share, trials


@cache
def played() -> tuple[Trial, ...]:
    """Return the forecasts of sixty campaigns, other ones than those the method was tuned on."""
    return tuple(trial for campaign in campaigns("tested", 60) for trial in trials(campaign))


@pytest.mark.parametrize("district", [False, True])
def test_at_least_85_in_a_hundred_end_by_p90(district: bool) -> None:
    assert share(trial.in_time for trial in played() if trial.district is district) >= 0.85


def test_at_least_70_units_in_a_hundred_end_from_p10_to_p90() -> None:
    assert share(trial.between for trial in played() if not trial.district) >= 0.70


def test_p50_is_neither_hopeful_nor_gloomy() -> None:
    by_p50 = share(trial.p50 is None or trial.true <= trial.p50 for trial in played() if not trial.district)
    assert 0.4 <= by_p50 <= 0.65


def test_the_promise_is_not_kept_by_promising_nothing() -> None:
    units = [trial for trial in played() if not trial.district]
    assert share(trial.p90 is None for trial in units) <= 0.1
    widths = sorted(t.p90 - t.p10 for t in units if t.p90 is not None and t.p10 is not None)
    lengths = sorted(trial.true for trial in units)
    assert widths[len(widths) // 2] <= lengths[len(lengths) // 2]
