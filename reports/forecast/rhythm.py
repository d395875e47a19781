"""The rhythm of the week, learnt from what was gained on closed days: how much a weekday brings beside a working day.

Weights are seven numbers from Monday to Sunday. Their scale is that a working day weighs 1: the mean of the weekdays
that carry at least half of what the strongest one carries.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

Gains = Mapping[date, int]

WORKING_FROM = 0.5
# What is believed before anything is known: an office with some work at weekends.
OFFICE_WEEK = (1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.4)
# How many weeks of its own outweigh what is believed beforehand.
WEEKS_OF_BELIEF = 1.5


class Rhythm(NamedTuple):
    """What a campaign day of each weekday brings, as a share of a working day."""

    weights: tuple[float, ...]

    def on(self, day: date) -> float:
        """Return the weight of a day."""
        return self.weights[day.weekday()]


OFFICE = Rhythm(OFFICE_WEEK)


def learn(gains: Gains, belief: Rhythm = OFFICE) -> Rhythm:
    """Return the rhythm of these days, drawn towards ``belief`` while the weekdays were seen only a few times.

    Days that are not in ``gains`` are missing and say nothing. Without any gain the belief is all there is. Each day is
    measured against the level of the days around it, so that a unit that becomes faster has no stronger Sundays.
    """
    if not any(gains.values()):
        return belief
    levels = _levels(gains, belief)
    seen, brought = [0.0] * 7, [0.0] * 7
    for day, gain in gains.items():
        if levels[day] > 0:
            seen[day.weekday()] += 1
            brought[day.weekday()] += gain / levels[day]
    weights = [
        (brought[day] + WEEKS_OF_BELIEF * belief.weights[day]) / (seen[day] + WEEKS_OF_BELIEF)
        for day in range(7)
    ]
    return _scaled(weights)


def _levels(gains: Gains, belief: Rhythm) -> dict[date, float]:
    """Return, by day, what a working day brought in the week around it, as far as the belief explains it."""
    days = sorted(gains)
    levels = {}
    for at, day in enumerate(days):
        around = [near for near in days[max(at - 6, 0) : at + 7] if abs((near - day).days) <= 3]
        levels[day] = sum(gains[near] for near in around) / sum(belief.on(near) for near in around)
    return levels


def _scaled(weights: list[float]) -> Rhythm:
    strongest = max(weights)
    working = [weight for weight in weights if weight >= WORKING_FROM * strongest]
    mean = sum(working) / len(working)
    return Rhythm(tuple(weight / mean for weight in weights))
