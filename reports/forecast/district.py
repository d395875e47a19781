"""The forecast of a whole campaign: every unit, and in each draw the units added up.

A unit stops at its own remaining and helps nobody else. So the district is finished on the day on which its last unit
is, which is the day on which its count reaches the total; nine fast communes do not make up for one that is slow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import add
from zlib import crc32

from reports.forecast.draws import HORIZON, Draws, draw
from reports.forecast.rhythm import Gains, Rhythm, learn
from reports.forecast.work import FEWEST_DAYS, RESTING, Work, ends, levels, pace, quantile, runs

# The draws speak of so many closed days on which the district worked.
POOL = 14
# The cone is drawn over so many coming days.
CONE = 60
SHARES = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One unit as it stands: what closed days brought, what came since the cut-off, what is left now."""

    unit: int
    gains: Gains
    remaining: int
    today: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What all units share. ``passed`` is the share (0 to 1) of the open day's work hours that went by."""

    campaign: int
    open_day: date
    deadline: date
    passed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What is foretold. A date is None beyond the horizon; ``chance`` is the percent of draws that meet the deadline.

    ``pace`` is what a working day brings, ``workable`` how many working days are left until the deadline (the open day
    as far as it is not over), ``days`` how many closed days speak of the unit.
    """

    p10: date | None
    p50: date | None
    p90: date | None
    chance: int
    pace: float
    workable: float
    days: int
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class Cone:
    """What the district has left at the cut-off of each coming day from ``first``: P90, P50 and P10 of it."""

    first: date
    slow: tuple[int, ...]
    middle: tuple[int, ...]
    fast: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """The forecasts by unit, those that can be told, and of the district; None where a unit's is missing."""

    units: Mapping[int, Forecast]
    district: Forecast | None
    cone: Cone | None


def foresee(
    setting: Setting, units: Sequence[Standing], *, breathe: Callable[[], object] = lambda: None
) -> Foresight:
    """Return what is foretold of every unit and of all together; the same for the same campaign, days and counts.

    ``breathe`` is called between units: a worker may do its other duties there.
    """
    together = _together(units)
    rhythm = learn(together)
    pool = tuple(day for day in sorted(together) if rhythm.on(day) >= RESTING)[-POOL:]
    if len(pool) < FEWEST_DAYS:
        return Foresight(units={}, district=None, cone=None)
    draws = draw(f"{setting.campaign}/{setting.open_day}", pool=len(pool))
    sums, found = _Sums(draws), dict[int, Forecast]()
    for unit in units:
        work = _work(unit, setting, pool, learn(unit.gains, rhythm))
        known = levels(work)
        if len(known) >= FEWEST_DAYS and unit.remaining > 0:
            found[unit.unit] = _forecast(unit.unit, work, known, draws, sums, setting)
        else:
            sums.stand_still(unit.remaining)
        breathe()
    return Foresight(
        units=found, district=sums.forecast(together, rhythm, pool, setting), cone=sums.cone(setting)
    )


def _together(units: Iterable[Standing]) -> dict[date, int]:
    together: dict[date, int] = {}
    for unit in units:
        for day, gain in unit.gains.items():
            together[day] = together.get(day, 0) + gain
    return together


def _work(unit: Standing, setting: Setting, pool: tuple[date, ...], rhythm: Rhythm) -> Work:
    return Work(
        gains=unit.gains,
        rhythm=rhythm,
        pool=pool,
        remaining=unit.remaining,
        today=unit.today,
        passed=setting.passed,
        open_day=setting.open_day,
    )


def _forecast(
    unit: int, work: Work, known: Sequence[float], draws: Draws, sums: _Sums, setting: Setting
) -> Forecast:
    left = work.left_at_cutoff
    found = []
    for k, run in enumerate(runs(work, draws, known, shift=crc32(f"{setting.campaign}/{unit}".encode()))):
        end = ends(run, left) if run[-1] >= left else HORIZON
        found.append(end)
        sums.add(k, run, end, left)
    return _told(found, pace=pace(known), days=len(known), rhythm=work.rhythm, setting=setting)


def _told(found: list[int], *, pace: float, days: int, rhythm: Rhythm, setting: Setting) -> Forecast:
    last = (setting.deadline - setting.open_day).days
    ordered = sorted(found)
    p10, p50, p90 = (_day(quantile(ordered, share), setting) for share in SHARES)
    return Forecast(
        p10=p10,
        p50=p50,
        p90=p90,
        chance=100 * sum(end <= last for end in found) // len(found),
        pace=pace,
        workable=workable(rhythm, setting),
        days=days,
        rhythm=rhythm,
    )


def _day(end: int, setting: Setting) -> date | None:
    return setting.open_day + timedelta(days=end) if end < HORIZON else None


def workable(rhythm: Rhythm, setting: Setting) -> float:
    """Return how many working days the days until the deadline are worth, the open one as far as it is left."""
    days = range((setting.deadline - setting.open_day).days + 1)
    weights = [rhythm.on(setting.open_day + timedelta(days=day)) for day in days]
    return sum(weights) - setting.passed * weights[0] if weights else 0.0


class _Sums:
    """The draws of all units added up, each unit stopping where it has nothing left."""

    def __init__(self, draws: Draws) -> None:
        self.counts: list[list[float]] = [[0.0] * CONE for _ in range(draws.count)]
        self.last = [0] * draws.count
        self.left = 0
        self.told = False

    def add(self, k: int, run: list[float], end: int, left: int) -> None:
        """Add one draw of a unit that ends on coming day ``end``."""
        if k == 0:
            self.left, self.told = self.left + left, True
        capped = run[:CONE] if end >= CONE else [*run[:end], *([float(left)] * (CONE - end))]
        self.counts[k] = list(map(add, self.counts[k], capped))
        self.last[k] = max(self.last[k], end)

    def stand_still(self, remaining: int) -> None:
        """Add a unit nothing is foretold of: if anything is left in it, the district is never finished."""
        self.left += remaining
        if remaining > 0:
            self.last = [HORIZON] * len(self.last)

    def forecast(
        self, together: Gains, rhythm: Rhythm, pool: tuple[date, ...], setting: Setting
    ) -> Forecast | None:
        """Return what is foretold of the district; None where nothing is of any unit."""
        if not self.told:
            return None
        known = [max(together[day], 0) / rhythm.on(day) for day in pool]
        return _told(self.last, pace=pace(known), days=len(pool), rhythm=rhythm, setting=setting)

    def cone(self, setting: Setting) -> Cone | None:
        """Return the cone, as far as the slower draws need to the goal."""
        if not self.told:
            return None
        slow, middle, fast = list[int](), list[int](), list[int]()
        for day in range(CONE):
            counts = sorted(count[day] for count in self.counts)
            for line, share in zip((slow, middle, fast), SHARES, strict=True):
                line.append(self.left - int(counts[round(share * (len(counts) - 1))]))
            if slow[-1] <= 0:
                break
        return Cone(setting.open_day, tuple(slow), tuple(middle), tuple(fast))
