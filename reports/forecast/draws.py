"""What chance decides, once for a whole district: which past days come again, and how the level of work sways.

All units share the drawn days, so that what hit all of them (a power cut, a holiday, a push) hits all of them again.
Drawn are blocks of days on end: a weak day seldom comes alone. (Künsch 1989, Politis and Romano 1994.)
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from math import exp, sqrt
from random import Random

COUNT = 200
# Beyond so many campaign days no end is foretold.
HORIZON = 120
BLOCK = 3
# A day counts less the older it is: after a week of working days a third.
FADING = 0.86
# How far the level of work strays from one day to the next, for reasons no past day knows.
SWAY = 0.08
SWAY_AT_MOST = 0.6
# How likely work stops on a coming day for some days, though it never did before: an illness, a wedding, mud.
STOP = 0.012
STOP_DAYS = (2, 5)


@dataclass(frozen=True, slots=True)
class Draws:
    """``days[k]`` are the past days (0 is the oldest of the pool) that the coming ones repeat in draw k.

    ``sway[k]`` are the factors by which the level of work has strayed on each coming day; ``level[k]`` is a standard
    normal number: how wrong the level is known.
    """

    days: tuple[tuple[int, ...], ...]
    sway: tuple[tuple[float, ...], ...]
    level: tuple[float, ...]

    @property
    def count(self) -> int:
        """Return how many draws there are."""
        return len(self.days)


def draw(seed: str, *, pool: int, count: int = COUNT, horizon: int = HORIZON) -> Draws:
    """Return the draws from a pool of so many past days; the same for the same seed."""
    rng = Random(seed)
    recency = [FADING ** (pool - 1 - day) for day in range(pool)]
    return Draws(
        days=tuple(_blocks(rng, pool, recency, horizon) for _ in range(count)),
        sway=tuple(_walk(rng, horizon) for _ in range(count)),
        level=tuple(rng.gauss() for _ in range(count)),
    )


def _blocks(rng: Random, pool: int, recency: list[float], horizon: int) -> tuple[int, ...]:
    """Return the days of blocks put end to end; a block ends at the youngest day and goes on at the oldest."""
    length = min(BLOCK, pool)
    # Weighed by its middle day, so that the youngest day is no rarer than its neighbours.
    starts = rng.choices(range(pool), recency, k=-(-horizon // length))
    return tuple((start + step - length // 2) % pool for start in starts for step in range(length))[:horizon]


def _walk(rng: Random, horizon: int) -> tuple[float, ...]:
    # Drawn back a little each day, so that the walk never spreads without end.
    pull = SWAY**2 / (2 * SWAY_AT_MOST**2)
    steps = accumulate((rng.gauss(0, SWAY) for _ in range(horizon)), lambda at, step: at * (1 - pull) + step)
    sway = [exp(at) for at in steps]
    for day in range(horizon):
        if rng.random() < STOP:
            for stopped in range(day, min(day + rng.randint(*STOP_DAYS), horizon)):
                sway[stopped] = 0.0
    return tuple(sway)


def standard_error(values: list[float]) -> float:
    """Return how wrong the mean of values drawn by recency may be, as a share of it; 0 where there is no mean."""
    weights = [FADING ** (len(values) - 1 - at) for at in range(len(values))]
    mean = sum(weight * value for weight, value in zip(weights, values, strict=True)) / sum(weights)
    if mean <= 0:
        return 0.0
    spread = sum(w * (v - mean) ** 2 for w, v in zip(weights, values, strict=True)) / sum(weights)
    days = sum(weights) ** 2 / sum(weight**2 for weight in weights)
    return sqrt(spread / max(days - 1, 1)) / mean
