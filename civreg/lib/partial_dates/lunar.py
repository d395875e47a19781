"""Where a lunar date of an old register can lie in the solar calendar: bounds, never a conversion.

The rule (Vietnam, and China since 1645): lunar month m holds the m-th principal solar term, so its
first day moves inside a window of about a month; a leap month follows the month whose number it bears.
``_FIRST_DAYS`` holds the earliest and latest first day of each month, leap months included, computed
with the astronomical rule (the algorithm published by Hồ Ngọc Đức) for 1850–2100 at UTC+7, at Hanoi's
local time and at UTC+8. ``_PRINTED_CALENDARS`` is added on both sides: two printed calendars of one
year differ by a day now and then (Tết 1968 fell on 29 January in the north, 30 January in the south).
"""

from __future__ import annotations

import datetime

# (month, day) of the earliest and of the latest first day; month 13 is January of the next solar year.
_FIRST_DAYS = (
    ((1, 21), (2, 20)),
    ((2, 19), (3, 23)),
    ((3, 21), (4, 22)),
    ((4, 21), (5, 23)),
    ((5, 23), (6, 25)),
    ((6, 24), (7, 26)),
    ((7, 25), (8, 25)),
    ((8, 24), (9, 25)),
    ((9, 23), (10, 24)),
    ((10, 23), (11, 23)),
    ((11, 22), (12, 22)),
    ((12, 22), (13, 21)),
)
_PRINTED_CALENDARS = 2
LONGEST_MONTH = 30


def bounds(year: int, month: int | None, day: int | None) -> tuple[datetime.date, datetime.date]:
    """The first and the last solar day a lunar year, month or day can mean.

    Clerks wrote the lunar day with the lunar year or with the solar year of the entry, and the book does
    not say which. Where the two differ (the window runs past 31 December) the first bound is therefore
    1 January of the year written.
    """
    first, last = (month or 1), (month or 12)
    opens = _ordinal(year, _FIRST_DAYS[first - 1][0]) + (day or 1) - 1 - _PRINTED_CALENDARS
    closes = _ordinal(year, _FIRST_DAYS[last - 1][1]) + (day or LONGEST_MONTH) - 1 + _PRINTED_CALENDARS
    new_year = datetime.date(year, 1, 1).toordinal()
    if closes > datetime.date(year, 12, 31).toordinal():
        opens = min(opens, new_year)
    return datetime.date.fromordinal(opens), _date_or_last(closes)


def _ordinal(year: int, month_and_day: tuple[int, int]) -> int:
    month, day = month_and_day
    if month > 12:
        return datetime.date(year, 12, 31).toordinal() + day
    return datetime.date(year, month, day).toordinal()


def _date_or_last(ordinal: int) -> datetime.date:
    return datetime.date.fromordinal(min(ordinal, datetime.date.max.toordinal()))
