"""The forecast of one unit: what is known of it in, dates with their odds out. No ORM, no clock.

In every draw the coming days repeat past ones, weekday by weekday put into the rhythm of the week; the work ends on the
day on which the sum reaches what was left at the last cut-off. A tenth, half and nine tenths of the draws end on or
before P10, P50 and P90.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import exp
from operator import mul

from reports.forecast.draws import FADING, Draws, standard_error
from reports.forecast.rhythm import Gains, Rhythm

# So few days tell no rhythm and no spread: until then the plain average has to do.
FEWEST_DAYS = 4
# On a day that usually brings less than this share of a working day, what came says nothing about working days.
RESTING = 0.25
# A trend is believed for about a week and a half: every day a tenth of it is gone.
DAMPING = 0.9
TREND_BELIEVED = 0.4
STEEPEST = 0.06
LEAST_ERROR = 0.1
BEGUN_FROM = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is known of a unit. ``gains`` are those of closed days: one that is missing is not there, never 0.

    ``pool`` are the closed days the draws speak of, the oldest first. ``today`` came since the last cut-off, while
    ``passed`` (0 to 1) of the open day's work hours went by; ``remaining`` is what is left now.
    """

    gains: Gains
    rhythm: Rhythm
    pool: tuple[date, ...]
    remaining: int
    today: int
    passed: float
    open_day: date

    @property
    def left_at_cutoff(self) -> int:
        """Return what was left when the open day began."""
        return self.remaining + max(self.today, 0)


def levels(work: Work) -> list[float]:
    """Return what the days of the pool would have brought as working days; of none before the unit really began.

    It began on the first day that brought a fifth of what its best day did: somebody trying it out is no beginning.
    """
    begun = BEGUN_FROM * max(work.gains.values(), default=0)
    first = min((day for day, gain in work.gains.items() if gain > 0 and gain >= begun), default=None)
    if first is None:
        return []
    return [
        max(work.gains[day], 0) / work.rhythm.on(day)
        for day in work.pool
        if day >= first and day in work.gains and work.rhythm.on(day) >= RESTING
    ]


def pace(known: Sequence[float]) -> float:
    """Return what a working day brings now: the mean of the days known, the younger the heavier."""
    weights = [FADING ** (len(known) - 1 - at) for at in range(len(known))]
    return sum(map(mul, known, weights)) / sum(weights)


def runs(work: Work, draws: Draws, known: Sequence[float], *, shift: int) -> Iterator[list[float]]:
    """Yield, for each draw, what came by the cut-off of each coming day since the last one, the open day first.

    A run is as long as it takes to reach what was left, or the horizon; it may be longer. ``known`` are the levels of
    at least ``FEWEST_DAYS`` days. ``shift`` is any number of the unit's own: it sways apart from its neighbours.
    """
    # Where the unit is younger than the pool, its own days stand in for those it lacks.
    own = [known[at % len(known)] for at in range(-len(work.pool), 0)]
    ahead = _ahead(work, known, horizon=len(draws.days[0]))
    # Nearly every run ends within twice the days the plain pace takes; the others are drawn out to the horizon.
    usual = ahead[: 2 * _days_at(pace(known), ahead, work.left_at_cutoff) + 7]
    error = max(standard_error(list(known)), LEAST_ERROR)
    today, left_of_day = float(max(work.today, 0)), 1 - work.passed
    for k, days in enumerate(draws.days):
        other = (k + shift) % draws.count
        level = exp(error * draws.level[other] - error**2 / 2)
        again = [level * gain for gain in own]
        for weights in (usual, ahead):
            gains = list(map(mul, map(again.__getitem__, days), map(mul, weights, draws.sway[other])))
            gains[0] = today + left_of_day * max(gains[0] - today, 0.0)
            sums = list(accumulate(gains))
            if sums[-1] >= work.left_at_cutoff:
                break
        yield sums


def _days_at(pace: float, ahead: Sequence[float], left: int) -> int:
    return ends(list(accumulate(pace * weight for weight in ahead)), left)


def _ahead(work: Work, known: Sequence[float], *, horizon: int) -> list[float]:
    """Return the weight of each coming day, with the trend of the last days going on for a while."""
    slope, grown, ahead = trend(known), 0.0, []
    for days in range(horizon):
        grown += slope * DAMPING ** (days + 1)
        ahead.append(work.rhythm.on(work.open_day + timedelta(days=days)) * exp(grown))
    return ahead


def trend(known: Sequence[float]) -> float:
    """Return by which share a working day brings more than the one before, as far as believed; 0 while it is early."""
    half = len(known) // 2
    if half < 3:
        return 0.0
    before, since = sum(known[:half]) / half, sum(known[-half:]) / half
    if before <= 0 or since <= 0:
        return 0.0
    change = 2 * (since - before) / (since + before) / (len(known) - half)
    return min(max(TREND_BELIEVED * change, -STEEPEST), STEEPEST)


def ends(sums: Sequence[float], left: int) -> int:
    """Return on which coming day (0 is the open one) ``left`` is reached; the number of days when on none."""
    return bisect_left(sums, left)


def quantile(ordered: Sequence[int], share: float) -> int:
    """Return the smallest of ascending numbers that at least ``share`` of them do not exceed."""
    return ordered[min(int(-(-share * len(ordered) // 1)), len(ordered)) - 1]
