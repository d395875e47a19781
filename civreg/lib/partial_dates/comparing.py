"""Before, after, how old: answers that are certain, or say that they are not.

A whole solar date (today, a deadline) may stand on either side.
"""

from __future__ import annotations

import datetime
from typing import Literal

from civreg.lib.partial_dates.partial_date import PartialDate

Order = Literal["before", "after", "same", "cannot_tell"]


def compare(a: PartialDate | datetime.date, b: PartialDate | datetime.date) -> Order:
    """Say where ``a`` lies against ``b``; "same" only when both are one and the same certain day."""
    a_first, a_last = _span(a)
    b_first, b_last = _span(b)
    if a_last < b_first:
        return "before"
    if a_first > b_last:
        return "after"
    return "same" if a_first == a_last == b_first == b_last else "cannot_tell"


def certainly_before(a: PartialDate | datetime.date, b: PartialDate | datetime.date) -> bool:
    return compare(a, b) == "before"


def certainly_after(a: PartialDate | datetime.date, b: PartialDate | datetime.date) -> bool:
    return compare(a, b) == "after"


def years_between(a: PartialDate | datetime.date, b: PartialDate | datetime.date) -> tuple[int, int]:
    """Fewest and most completed years from ``a`` to ``b`` (an age); negative when ``b`` comes first."""
    (a_first, a_last), (b_first, b_last) = _span(a), _span(b)
    return _completed_years(a_last, b_first), _completed_years(a_first, b_last)


def days_between(a: PartialDate | datetime.date, b: PartialDate | datetime.date) -> tuple[int, int]:
    """Fewest and most days from ``a`` to ``b``; negative when ``b`` comes first."""
    (a_first, a_last), (b_first, b_last) = _span(a), _span(b)
    return (b_first - a_last).days, (b_last - a_first).days


def _span(value: PartialDate | datetime.date) -> tuple[datetime.date, datetime.date]:
    if isinstance(value, PartialDate):
        return value.earliest, value.latest
    return value, value


def _completed_years(start: datetime.date, end: datetime.date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
