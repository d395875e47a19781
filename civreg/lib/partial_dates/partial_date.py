"""The value itself."""

from __future__ import annotations

import calendar as solar_calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from django.utils.translation import gettext as _

from civreg.lib.partial_dates import lunar
from civreg.lib.partial_dates.problems import DateProblem, UnreadableDate

Calendar = Literal["solar", "lunar"]
Precision = Literal["year", "month", "day"]
_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")

_ON = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """``on`` is "1957", "1957-03" or "1957-03-12"; ``written`` is what was typed or stands in the book.

    Raises UnreadableDate when ``on`` has another shape or names a day its calendar does not have
    (a lunar month may have 30 days, so 30/02 lunar is a day).

    ``earliest`` and ``latest`` are the first and the last solar day it can mean: worked out once, for many checks
    ask for them.
    """

    on: str
    written: str = ""
    calendar: Calendar = "solar"
    year: int = field(init=False, repr=False, compare=False)
    earliest: datetime.date = field(init=False, repr=False, compare=False)
    latest: datetime.date = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = _ON.fullmatch(self.on) if self.calendar in ("solar", "lunar") else None
        if not found:
            raise UnreadableDate(DateProblem.NOT_A_DATE)
        year, month, day = (int(part) if part else None for part in found.groups())
        if year is None or not exists(year, month, day, calendar=self.calendar):
            raise UnreadableDate(DateProblem.NO_SUCH_DAY)
        earliest, latest = _bounds(year, month, day, self.calendar)
        object.__setattr__(self, "year", year)
        object.__setattr__(self, "earliest", earliest)
        object.__setattr__(self, "latest", latest)

    @property
    def precision(self) -> Precision:
        return _PRECISIONS[self.on.count("-")]

    def display(self) -> str:
        """As a reader expects it: 12/03/1957, 03/1957, 1957; lunar dates say so."""
        date = "/".join(reversed(self.on.split("-")))
        return _("%(date)s (lunar)") % {"date": date} if self.calendar == "lunar" else date

    def national(self) -> str:
        """As the national sheets write it: 12.03.1957, 03.1957, 1957."""
        return ".".join(reversed(self.on.split("-")))

    def as_json(self) -> dict[str, str]:
        stored = {"on": self.on, "written": self.written}
        return {**stored, "calendar": self.calendar} if self.calendar == "lunar" else stored

    @classmethod
    def from_json(cls, stored: Mapping[str, str]) -> PartialDate:
        """The inverse of ``as_json``. Raises UnreadableDate on anything else."""
        on, written = stored.get("on"), stored.get("written", "")
        if not isinstance(on, str) or not isinstance(written, str):
            raise UnreadableDate(DateProblem.NOT_A_DATE)
        return cls(on, written, cast("Calendar", stored.get("calendar", "solar")))


def _bounds(
    year: int, month: int | None, day: int | None, calendar: Calendar
) -> tuple[datetime.date, datetime.date]:
    if calendar == "lunar":
        return lunar.bounds(year, month, day)
    last_month = month or 12
    last_day = day or solar_calendar.monthrange(year, last_month)[1]
    return datetime.date(year, month or 1, day or 1), datetime.date(year, last_month, last_day)


def exists(year: int, month: int | None, day: int | None, *, calendar: Calendar) -> bool:
    """Whether the calendar has such a year, month or day; None stands for a part that is not known."""
    if year < 1 or (month is not None and not 1 <= month <= 12):
        return False
    if month is None or day is None:
        return True
    longest = lunar.LONGEST_MONTH if calendar == "lunar" else solar_calendar.monthrange(year, month)[1]
    return 1 <= day <= longest
