"""The Vietnamese calendar, worked out from sun and moon: what the bounds of ``lunar`` are measured against.

The rule: months begin on the day of the new moon, the month of the winter solstice is the eleventh, and between two
eleventh months a thirteenth month, if there is one, is the first without a principal term and repeats the number before
it. Positions after Jean Meeus, Astronomical Algorithms, as far as a day needs them; the arrangement follows the
algorithm Hồ Ngọc Đức has published.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import floor, pi, sin

_RADIANS = pi / 180
_SYNODIC_MONTH = 29.530588853
_FIRST_NEW_MOON = 2415021.076998695  # of 1900
_TO_ORDINAL = 1721425  # Julian day number of 31 December of the year 0


@dataclass(frozen=True, slots=True)
class LunarMonth:
    """A month: its first solar day, how many days it has, and whether it repeats the number of the one before."""

    year: int
    month: int
    leap: bool
    first: datetime.date
    days: int


def months(first_year: int, last_year: int, *, zone: float) -> Iterator[LunarMonth]:
    """Give the months of some lunar years, at ``zone`` hours east of Greenwich."""
    for year in range(first_year - 1, last_year + 1):
        for month in _from_eleventh_to_eleventh(year, zone):
            if first_year <= month.year <= last_year:
                yield month


def _from_eleventh_to_eleventh(year: int, zone: float) -> Iterator[LunarMonth]:
    """Give the months from the eleventh of ``year`` up to the one before the next eleventh."""
    begin, end = _eleventh(year, zone), _eleventh(year + 1, zone)
    starts = [_new_moon(begin + at, zone) for at in range(end - begin + 1)]
    leap_at = _leap_at(starts, zone) if len(starts) == 14 else len(starts)
    for at, (first, following) in enumerate(pairwise(starts)):
        number = 10 + at - (at >= leap_at)
        yield LunarMonth(
            year=year + (number >= 12),
            month=number % 12 + 1,
            leap=at == leap_at,
            first=datetime.date.fromordinal(first - _TO_ORDINAL),
            days=following - first,
        )


def _leap_at(starts: list[int], zone: float) -> int:
    terms = [_principal_term(start, zone) for start in starts]
    return next(at for at in range(1, len(starts)) if terms[at] == terms[at + 1])


def _eleventh(year: int, zone: float) -> int:
    """Return which new moon, counted from that of January 1900, begins the month of the winter solstice."""
    last_day = datetime.date(year, 12, 31).toordinal() + _TO_ORDINAL
    index = floor((last_day - _FIRST_NEW_MOON) / _SYNODIC_MONTH) + 1
    while _new_moon(index, zone) > last_day or _principal_term(_new_moon(index, zone), zone) >= 9:
        index -= 1
    return index


@cache
def _new_moon(index: int, zone: float) -> int:
    """Return the Julian day number of the civil day on which a new moon falls."""
    t = index / 1236.85
    anomaly_of_sun = _RADIANS * (359.2242 + 29.10535608 * index - t * t * (0.0000333 + 0.00000347 * t))
    anomaly_of_moon = _RADIANS * (306.0253 + 385.81691806 * index + t * t * (0.0107306 + 0.00001236 * t))
    latitude = _RADIANS * (21.2964 + 390.67050646 * index - t * t * (0.0016528 + 0.00000239 * t))
    mean = 2415020.75933 + 29.53058868 * index + t * t * (0.0001178 - 0.000000155 * t)
    mean += 0.00033 * sin(_RADIANS * (166.56 + 132.87 * t - 0.009173 * t * t))
    moment = mean + _from_mean(t, anomaly_of_sun, anomaly_of_moon, latitude) - _clock_behind(t)
    return floor(moment + 0.5 + zone / 24)


def _from_mean(t: float, sun: float, moon: float, latitude: float) -> float:
    """Return how many days the true new moon is behind the mean one."""
    terms = (
        (0.1734 - 0.000393 * t, sun),
        (0.0021, 2 * sun),
        (-0.4068, moon),
        (0.0161, 2 * moon),
        (-0.0004, 3 * moon),
        (0.0104, 2 * latitude),
        (-0.0051, sun + moon),
        (-0.0074, sun - moon),
        (0.0004, 2 * latitude + sun),
        (-0.0004, 2 * latitude - sun),
        (-0.0006, 2 * latitude + moon),
        (0.0010, 2 * latitude - moon),
        (0.0005, 2 * moon + sun),
    )
    return sum(size * sin(angle) for size, angle in terms)


def _clock_behind(t: float) -> float:
    """Return the days between dynamical and universal time, roughly."""
    return -0.000278 + 0.000265 * t + 0.000262 * t * t


@cache
def _principal_term(day: int, zone: float) -> int:
    """Return in which twelfth of its way the sun stands as a civil day begins: 9 from the winter solstice on."""
    t = (day - 2451545.5 - zone / 24) / 36525
    anomaly = _RADIANS * (357.52910 + 35999.05030 * t - 0.0001559 * t * t - 0.00000048 * t**3)
    centre = (1.914600 - 0.004817 * t - 0.000014 * t * t) * sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t * t + centre
    return floor(longitude % 360 / 30)
