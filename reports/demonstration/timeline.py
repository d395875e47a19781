"""When people worked: office hours and evenings, weighted by day, cut at the moment they stopped."""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime, time, timedelta
from random import Random

from civreg.lib.clock import VIETNAM
from reports.demonstration.figures import BEGAN, NOW, Drive

_DAYS = (NOW.date() - BEGAN.date()).days + 1
# (from, to, entries an hour compared with a usual hour)
_WEEKDAY = (
    (time(7, 30), time(11, 30), 1.0),
    (time(13, 30), time(17, 0), 1.0),
    (time(19, 0), time(22, 0), 0.45),
)
_WEEKEND = (
    (time(8, 0), time(11, 0), 0.5),
    (time(14, 0), time(16, 30), 0.45),
    (time(19, 30), time(21, 30), 0.3),
)


def _drive(drive: Drive, day: int) -> float:
    """Return how hard a commune works on a day of the campaign, counted from 0, compared with others."""
    passed = day / (_DAYS - 1)
    return {
        Drive.STEADY: 1.0,
        Drive.RISING: 0.45 + 1.1 * passed,
        Drive.SLOWING: 1.4 - 0.75 * passed,
        Drive.FADING: 1.7 - 1.45 * passed,
        Drive.LATE_START: 0.05 if day < 7 else 1.0,
    }[drive]


class Timeline:
    """Turns "this share of the work was done" into a moment."""

    def __init__(self, seed: str, drive: Drive, *, until: datetime | None = None, first_day: int = 0) -> None:
        rng = Random(f"timeline/{seed}")
        self._end = min(until or NOW, NOW - timedelta(seconds=rng.randint(70, 900)))
        self._starts: list[datetime] = []
        self._lengths: list[float] = []
        self._done: list[float] = [0.0]
        for day in range(_DAYS):
            effort = _drive(drive, day) * rng.uniform(0.85, 1.15)
            if day >= first_day:
                self._add_day(day, effort)

    def _add_day(self, day: int, effort: float) -> None:
        date = BEGAN.date() + timedelta(days=day)
        for start, end, weight in _WEEKEND if date.weekday() > 4 else _WEEKDAY:
            begins = datetime.combine(date, start, tzinfo=VIETNAM)
            ends = min(datetime.combine(date, end, tzinfo=VIETNAM), self._end)
            if begins < ends:
                length = (ends - begins).total_seconds()
                self._starts.append(begins)
                self._lengths.append(length)
                self._done.append(self._done[-1] + length * weight * effort)

    def at(self, share: float) -> datetime:
        """Return the moment by which ``share`` (up to 1) of the work was done, to the millisecond."""
        work = share * self._done[-1]
        stretch = min(max(bisect_left(self._done, work) - 1, 0), len(self._starts) - 1)
        before, after = self._done[stretch], self._done[stretch + 1]
        seconds = self._lengths[stretch] * min((work - before) / (after - before), 1.0)
        return self._starts[stretch] + timedelta(milliseconds=round(seconds * 1000))
