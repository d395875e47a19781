"""Invented campaigns, and the forecast put to the test on them: was the true last day where it was said to be?

Every unit has its own weekly rhythm, noise that lingers, days without work, and a course: steady, rising, slowing,
starting late, or standing still for some days. All units of a campaign share power cuts, and days nobody closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from random import Random

from reports.forecast.district import Forecast, Setting, Standing, foresee

COURSES = ("steady", "steady", "rising", "slowing", "late", "pausing")
MOMENTS = (0.3, 0.5, 0.7)
LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """A campaign that has been: what each unit gained on each of its days, until all of it was done."""

    campaign: int
    first: date
    deadline: date
    gains: Mapping[int, tuple[int, ...]]
    not_closed: frozenset[int]

    def total(self, unit: int) -> int:
        """Return how much there was to do."""
        return sum(self.gains[unit])

    def ended(self, unit: int) -> int:
        """Return the day, counted from 0, on which a unit was finished."""
        return max(day for day, gain in enumerate(self.gains[unit]) if gain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One forecast against the truth. ``at`` is the share of all work done when it was made; days from then on."""

    at: float
    district: bool
    p10: int | None
    p50: int | None
    p90: int | None
    true: int

    @property
    def in_time(self) -> bool:
        """Tell whether the work ended by P90."""
        return self.p90 is None or self.true <= self.p90

    @property
    def between(self) -> bool:
        """Tell whether it ended from P10 to P90."""
        return self.in_time and self.p10 is not None and self.p10 <= self.true


def campaigns(seed: str, count: int, *, units: int = 6) -> Iterator[Invented]:
    """Invent so many campaigns; the same ones for the same seed."""
    for number in range(count):
        yield _invent(Random(f"{seed}/{number}"), number, units)


def trials(campaign: Invented) -> Iterator[Trial]:
    """Yield what was foretold of unfinished units and of the district when 30, 50 and 70 percent of all was done."""
    sums = tuple(map(sum, zip(*campaign.gains.values(), strict=True)))
    ends = {unit: campaign.ended(unit) for unit in campaign.gains}
    for moment in MOMENTS:
        day = _reached(sums, moment)
        units, district = _told(campaign, day)
        for unit, told in units.items():
            yield _trial(moment, told, campaign, day, ends[unit], district=False)
        if district:
            yield _trial(moment, district, campaign, day, max(ends.values()), district=True)


def share(trials: Iterable[bool]) -> float:
    """Return how many of them hold, as a share."""
    held = list(trials)
    return sum(held) / len(held)


def _trial(moment: float, told: Forecast, campaign: Invented, day: int, end: int, *, district: bool) -> Trial:
    def days(on: date | None) -> int | None:
        return None if on is None else (on - campaign.first).days - day

    return Trial(
        at=moment,
        district=district,
        p10=days(told.p10),
        p50=days(told.p50),
        p90=days(told.p90),
        true=end - day,
    )


def _told(campaign: Invented, day: int) -> tuple[Mapping[int, Forecast], Forecast | None]:
    """Return what is foretold on a day's morning, when the day before was the last to be closed."""
    open_day = campaign.first + timedelta(days=day)
    setting = Setting(campaign=campaign.campaign, open_day=open_day, deadline=campaign.deadline, passed=0.0)
    known = range(max(day - 28, 0), day)
    closed = [one for one in known if not {one - 1, one} & campaign.not_closed]
    standing = [
        Standing(
            unit=unit,
            gains={campaign.first + timedelta(days=one): gains[one] for one in closed},
            remaining=sum(gains[day:]),
            today=0,
        )
        for unit, gains in campaign.gains.items()
    ]
    foretold = foresee(setting, standing)
    return foretold.units, foretold.district


def _reached(gains: tuple[int, ...], moment: float) -> int:
    """Return the day after the one on which this share of the work was done."""
    wanted, done = moment * sum(gains), 0
    for day, gain in enumerate(gains):
        done += gain
        if done >= wanted:
            return day + 1
    return len(gains)


def _invent(rng: Random, number: int, units: int) -> Invented:
    planned = rng.randint(18, 60)
    first = date(2024, 1, 1) + timedelta(days=rng.randrange(365))
    weekend = rng.choice((0.05, 0.3, 0.5, 0.8))
    cuts = {day for day in range(LONGEST) if rng.random() < 0.02}
    gains = {unit: _unit(rng, planned, first, weekend, cuts) for unit in range(units)}
    longest = max(len(days) for days in gains.values())
    return Invented(
        campaign=number,
        first=first,
        deadline=first + timedelta(days=planned - 1),
        gains={unit: (*days, *[0] * (longest - len(days))) for unit, days in gains.items()},
        not_closed=frozenset(day for day in range(longest) if rng.random() < 0.03),
    )


def _unit(rng: Random, planned: int, first: date, weekend: float, cuts: set[int]) -> list[int]:
    """Return what a unit gains day by day until it is done, near the planned end or far from it."""
    course = _course(rng, planned)
    week = [rng.uniform(0.85, 1.15) for _ in range(5)]
    week += [weekend * rng.uniform(0.7, 1.3), weekend * rng.uniform(0.4, 1.2)]
    spread, lingering, idle = rng.uniform(0.15, 0.5), rng.uniform(0, 0.6), rng.uniform(0, 0.08)
    total = rng.randint(600, 6000)
    usual = total / (planned * (5 + 2 * weekend) / 7) * exp(rng.gauss(0.05, 0.3))
    gains, noise, left = [], 0.0, total
    for day in range(LONGEST):
        noise = lingering * noise + (1 - lingering**2) ** 0.5 * rng.gauss(0, spread)
        works = day not in cuts and rng.random() >= idle
        level = usual * course(day) * week[(first + timedelta(days=day)).weekday()]
        gain = min(round(level * exp(noise - spread**2 / 2)) if works else 0, left)
        gains.append(gain)
        left -= gain
        if not left:
            break
    return gains if not left else [*gains, left]


def _course(rng: Random, planned: int) -> Callable[[int], float]:
    """Return the level of work by day, around 1."""
    course = rng.choice(COURSES)
    change, begins, pauses = rng.uniform(0.3, 1.2), rng.randint(3, 10), rng.randint(3, 6)
    pause = range(begin := rng.randrange(planned), begin + pauses)

    def level(day: int) -> float:
        passed = min(day / planned, 1.3)
        return {
            "steady": 1.0,
            "rising": 1 - change / 2 + change * passed,
            "slowing": max(1 + change / 2 - change * passed, 0.15),
            "late": 0.03 if day < begins else 1.0,
            "pausing": 0.0 if day in pause else 1.0,
        }[course]

    return level
