"""Reading dates as clerks type them and as spreadsheets keep them."""

from __future__ import annotations

import datetime
import re
import unicodedata

from civreg.lib.partial_dates.partial_date import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Calendar,
    DateProblem,
    PartialDate,
    UnreadableDate,
    exists,
)

_UNKNOWN = r"0{1,2}|-{1,2}|\?{1,2}|x{1,2}|_{1,4}|\.{2,10}"
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<year>\d+)",
        r"(?P<month>\d{1,2})[/.-](?P<year>\d+)",
        r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d+)",
        rf"(?:(?P<day>\d{{1,2}}|{_UNKNOWN})/)?(?P<month>\d{{1,2}}|{_UNKNOWN})/(?P<year>\d+)",
        r"(?P<year>\d{4})[/-](?P<month>\d{1,2})(?:[/-](?P<day>\d{1,2}))?",
        rf"(?:(?:ngay )?(?:mong |mung )?(?P<day>\d{{1,2}}|{_UNKNOWN})?,? ?)??"
        rf"thang (?P<month>\d{{1,2}}|gieng|chap|{_UNKNOWN})(?P<leap> nhuan)?,? (?:nam )?(?P<year>\d+)",
        r"nam (?P<year>\d+)",
    )
)
_EIGHT_DIGITS = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})", re.ASCII)
_SAYS_CALENDAR = re.compile(r"[ (]+(?:(?P<lunar>am lich|a\.?l\.?|lunar)|duong lich|d\.?l\.?)\)?$")
_MONTH_NAMES = {"gieng": 1, "chap": 12}
_LONGEST = 80


def parse(text: str, *, calendar: Calendar = "solar") -> PartialDate:
    """Read a date as clerks write it: 1957, 3/1957, 12.3.1957, 12031957, ngày 12 tháng 3 năm 1957.

    Unknown parts (00, --, ??) stay unknown. "âm lịch" or "dương lịch" behind the date overrules
    ``calendar``. ``written`` of the answer is the text itself, trimmed. Raises UnreadableDate.
    """
    plain = _plain(text) if len(text) <= _LONGEST else ""
    if says := _SAYS_CALENDAR.search(plain):
        calendar = "lunar" if says["lunar"] else "solar"
        plain = plain[: says.start()]
    found = _recognise(plain.rstrip(" .,;"))
    if found.get("leap"):
        calendar = "lunar"
    month = _number(found["month"])
    day = _number(found["day"]) if month else None
    return PartialDate(_checked(found["year"], month, day, calendar), text.strip(), calendar)


def _plain(text: str) -> str:
    """Lower case without diacritics, full-width forms and odd spaces or dashes; separators stand alone."""
    letters = unicodedata.normalize("NFKD", text).lower().replace("đ", "d")
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    dashed = re.sub(r"[\u2010-\u2015\u2212]", "-", bare)
    closed = re.sub(r" ?([/-]) ?", r"\1", " ".join(dashed.split()))
    return re.sub(r"(?<=[0-9]) ?\. ?(?=[0-9])", ".", closed)


def _recognise(plain: str) -> dict[str, str | None]:
    shapes = (_EIGHT_DIGITS, *_SHAPES) if re.fullmatch(r"[0-9]{8}", plain) else _SHAPES
    for shape in shapes:
        if match := shape.fullmatch(plain):
            return {"day": None, "month": None, **match.groupdict()}
    raise UnreadableDate(DateProblem.NOT_A_DATE)


def _number(part: str | None) -> int | None:
    """A day or month as a number; None when the text leaves it open (00, --, ??)."""
    if part in _MONTH_NAMES:
        return _MONTH_NAMES[part]
    return int(part) or None if part and part.isdecimal() else None


def _checked(digits: str | None, month: int | None, day: int | None, calendar: Calendar) -> str:
    year = _year(digits or "", month, day, calendar)
    if not exists(year, month, day, calendar=calendar):
        turned = day if day and month and exists(year, day, month, calendar=calendar) else None
        raise UnreadableDate(DateProblem.NO_SUCH_DAY, _shown(year, turned, month) if turned else "")
    return _on(year, month, day)


def _year(digits: str, month: int | None, day: int | None, calendar: Calendar) -> int:
    if len(digits) == 2:
        raise UnreadableDate(DateProblem.TWO_DIGIT_YEAR)
    if len(digits) < 3 or len(digits) > 5 or not int(digits):
        raise UnreadableDate(DateProblem.NOT_A_DATE)
    if len(digits) == 4 and EARLIEST_YEAR <= int(digits) <= LATEST_YEAR:
        return int(digits)
    likely = _likely_year(digits)
    sensible = likely is not None and exists(likely, month, day, calendar=calendar)
    raise UnreadableDate(
        DateProblem.YEAR_OUT_OF_RANGE, _shown(likely, month, day) if likely and sensible else ""
    )


def _likely_year(digits: str) -> int | None:
    """The year meant by 5005 or 20005: one digit replaced or a double one dropped, if one year fits.

    Slips of this kind stand in real files (01/04/5005 for 01/04/2005). Only 19xx and 20xx are guessed.
    """
    if len(digits) == 4:
        guesses = {digits[:at] + new + digits[at + 1 :] for at in range(2) for new in "0129"}
    else:
        guesses = {
            digits[:at] + digits[at + 1 :] for at in range(1, len(digits)) if digits[at] == digits[at - 1]
        }
    years = {int(guess) for guess in guesses if re.fullmatch(r"19\d\d|20[0-4]\d", guess)}
    return years.pop() if len(years) == 1 else None


def _on(year: int, month: int | None, day: int | None) -> str:
    parts = (f"{year:04}", month and f"{month:02}", day and f"{day:02}")
    return "-".join(part for part in parts if part)


def _shown(year: int, month: int | None, day: int | None) -> str:
    return "/".join(reversed(_on(year, month, day).split("-")))


_EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)
_EXCEL_FALSE_LEAP_DAY = 60


def from_excel_serial(number: float) -> PartialDate:
    """Turn a day number of Excel's 1900 calendar into a date; the time of day is dropped.

    Excel believes in 29/02/1900 (number 60, refused here), so the numbers before it lie one day off.
    A number from 1850 to 2100 is far likelier a year: the caller decides that before it asks here.
    Raises UnreadableDate.
    """
    if not 1 <= number < datetime.date(LATEST_YEAR + 1, 1, 1).toordinal() - _EXCEL_DAY_ZERO.toordinal():
        raise UnreadableDate(DateProblem.YEAR_OUT_OF_RANGE)
    serial = int(number)
    if serial == _EXCEL_FALSE_LEAP_DAY:
        raise UnreadableDate(DateProblem.NO_SUCH_DAY)
    days = serial + (serial < _EXCEL_FALSE_LEAP_DAY)
    return PartialDate((_EXCEL_DAY_ZERO + datetime.timedelta(days=days)).isoformat())
