"""Dates as the registers give them: a year, a month of a year, or a day; solar or lunar.

Half of the parents in the books have only a year of birth, so a date here is what is known and no more:
1957 stays 1957 and never becomes 1 January. Comparing two such dates answers yes, no, or cannot tell;
a rule may refuse a record only on a certain answer. Lunar dates are kept as written: the bounds of
``lunar`` say where they can lie.
"""

from civreg.lib.partial_dates.comparing import (
    Order,
    certainly_after,
    certainly_before,
    compare,
    days_between,
    years_between,
)
from civreg.lib.partial_dates.excel import from_excel_serial
from civreg.lib.partial_dates.partial_date import Calendar, PartialDate, Precision
from civreg.lib.partial_dates.problems import EARLIEST_YEAR, LATEST_YEAR, DateProblem, UnreadableDate
from civreg.lib.partial_dates.reading import parse

__all__ = [
    "EARLIEST_YEAR",
    "LATEST_YEAR",
    "Calendar",
    "DateProblem",
    "Order",
    "PartialDate",
    "Precision",
    "UnreadableDate",
    "certainly_after",
    "certainly_before",
    "compare",
    "days_between",
    "from_excel_serial",
    "parse",
    "years_between",
]
