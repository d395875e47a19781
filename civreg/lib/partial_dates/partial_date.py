"""The value itself."""

from __future__ import annotations

import calendar as solar_calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from django.utils.translation import gettext as _

from civreg.lib.partial_dates import lunar
from civreg.lib.partial_dates.problems import DateProblem, UnreadableDate

Calendar = Literal["solar", "lunar"]
Precision = Literal["year", "month", "day"]

_ON = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """``on`` is "1957", "1957-03" or "1957-03-12"; ``written`` is what was typed or stands in the book.

    Raises UnreadableDate when ``on`` has another shape or names a day its calendar does not have
    (a lunar month may have 30 days, so 30/02 lunar is a day).
    """

    on: str
    written: str = ""
    calendar: Calendar = "solar"

    def __post_init__(self) -> None:
        if self.calendar not in ("solar", "lunar") or not _ON.fullmatch(self.on):
            raise UnreadableDate(DateProblem.NOT_A_DATE)
        if not exists(*self._parts, calendar=self.calendar):
            raise UnreadableDate(DateProblem.NO_SUCH_DAY)

    @property
    def _parts(self) -> tuple[int, int | None, int | None]:
        year, *rest = (int(part) for part in self.on.split("-"))
        month, day = [*rest, None, None][:2]
        return year, month, day

    @property
    def year(self) -> int:
        return self._parts[0]

    @property
    def precision(self) -> Precision:
        _year, month, day = self._parts
        if month is None:
            return "year"
        return "month" if day is None else "day"

    @property
    def earliest(self) -> datetime.date:
        """The first solar day this date can mean."""
        year, month, day = self._parts
        if self.calendar == "lunar":
            return lunar.bounds(year, month, day)[0]
        return datetime.date(year, month or 1, day or 1)

    @property
    def latest(self) -> datetime.date:
        """The last solar day this date can mean."""
        year, month, day = self._parts
        if self.calendar == "lunar":
            return lunar.bounds(year, month, day)[1]
        month = month or 12
        return datetime.date(year, month, day or solar_calendar.monthrange(year, month)[1])

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


def exists(year: int, month: int | None, day: int | None, *, calendar: Calendar) -> bool:
    """Whether the calendar has such a year, month or day; None stands for a part that is not known."""
    if year < 1 or (month is not None and not 1 <= month <= 12):
        return False
    if month is None or day is None:
        return True
    longest = lunar.LONGEST_MONTH if calendar == "lunar" else solar_calendar.monthrange(year, month)[1]
    return 1 <= day <= longest
