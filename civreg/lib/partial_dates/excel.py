"""Dates as spreadsheets count them."""

from __future__ import annotations

import datetime

from civreg.lib.partial_dates.partial_date import PartialDate
from civreg.lib.partial_dates.problems import LATEST_YEAR, DateProblem, UnreadableDate

_DAY_ZERO = datetime.date(1899, 12, 30)
_FALSE_LEAP_DAY = 60


def from_excel_serial(number: float) -> PartialDate:
    """Turn a day number of Excel's 1900 calendar into a date; the time of day is dropped.

    Excel believes in 29/02/1900 (number 60, refused here), so the numbers before it lie one day off.
    A number from 1850 to 2100 is far likelier a year: the caller decides that before it asks here.
    Raises UnreadableDate.
    """
    if not 1 <= number < datetime.date(LATEST_YEAR + 1, 1, 1).toordinal() - _DAY_ZERO.toordinal():
        raise UnreadableDate(DateProblem.YEAR_OUT_OF_RANGE)
    serial = int(number)
    if serial == _FALSE_LEAP_DAY:
        raise UnreadableDate(DateProblem.NO_SUCH_DAY)
    days = serial + (serial < _FALSE_LEAP_DAY)
    return PartialDate((_DAY_ZERO + datetime.timedelta(days=days)).isoformat())
