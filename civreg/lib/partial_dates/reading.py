"""Reading dates as clerks type them."""

from __future__ import annotations

import re
import unicodedata

from civreg.lib.partial_dates.partial_date import Calendar, PartialDate, exists
from civreg.lib.partial_dates.problems import EARLIEST_YEAR, LATEST_YEAR, DateProblem, UnreadableDate
from civreg.lib.partial_dates.sexagenary import YearName, name_of
from civreg.lib.partial_dates.wordings import MONTH_NAMES, MONTH_WORDS, Wording, understood

_UNKNOWN = r"0{1,2}|-{1,2}|\?{1,2}|x{1,2}|_{1,4}|\.{2,10}"
# Clerks of old wrote the month in Roman figures (12-III-1957). X is not among them: it may stand for "unknown".
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12,
}  # fmt: skip
_DAY = r"(?:ngay )?(?:mong |mung )?(?P<day>\d{1,2})"
_MONTH = rf"(?P<month>\d{{1,2}}|{'|'.join(_ROMAN)})"
_YEAR = r"(?P<year>\d+)"
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        rf"(?:nam )?{_YEAR}",
        rf"(?:thang )?{_MONTH}[/.-](?:nam )?{_YEAR}",
        rf"{_DAY}[/.-](?:thang )?{_MONTH}(?:[/.-](?:nam )?|,? nam ){_YEAR}",
        r"(?P<day>\d{1,2}) (?P<month>\d{1,2}) (?P<year>\d{4})",
        rf"(?:(?:ngay )?(?P<day>\d{{1,2}}|{_UNKNOWN})/)?(?P<month>\d{{1,2}}|{_UNKNOWN})/{_YEAR}",
        r"(?P<year>\d{4})[/-](?P<month>\d{1,2})(?:[/-](?P<day>\d{1,2}))?",
        rf"(?:(?:ngay )?(?:mong |mung )?(?P<day>\d{{1,2}}|{_UNKNOWN})?,?[ -]?)??"
        rf"thang (?P<month>\d{{1,2}}|{MONTH_WORDS}|{_UNKNOWN})(?:,? (?:nam )?|[/.-](?:nam )?){_YEAR}",
    )
)
_EIGHT_DIGITS = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})", re.ASCII)
_OLD_NAMES = ("gieng", "chap")
_LONGEST = 80


def parse(text: str, *, calendar: Calendar = "solar") -> PartialDate:
    """Read a date as clerks write it: 1957, 3/1957, 12.3.1957, 12031957, ngày 12 tháng 3 năm 1957.

    Unknown parts (00, --, ??, "không rõ ngày") stay unknown, and "cuối năm 1957" is 1957. "âm lịch" or "dương lịch"
    beside the date overrules ``calendar``; a full moon (rằm), a leap month and days of Tết are lunar. A year's name
    (Ất Mão) is read only beside its figures. ``written`` of the answer is the text itself, trimmed.
    Raises UnreadableDate.
    """
    wording = understood(_plain(text) if len(text) <= _LONGEST else "")
    if wording.year_name and wording.without_year:
        raise _named_only(wording.year_name)
    found = _recognise(wording.bare)
    if found["month"] == "x" and (found["day"] or "0").isdecimal():
        raise UnreadableDate(DateProblem.NOT_CERTAIN)  # October, or unknown
    calendar = _calendar(wording, found, asked=calendar)
    month = _number(found["month"], calendar)
    day = _number(found["day"], calendar) if month else None
    _refuse_what_was_unknown(wording, month, day)
    date = PartialDate(_checked(found["year"], month, day, calendar), text.strip(), calendar)
    _refuse_other_name(wording, date)
    return date


def _plain(text: str) -> str:
    """Lower case without diacritics, full-width forms and odd spaces or dashes; separators stand alone."""
    bare = text.lower() if text.isascii() else _without_diacritics(text)
    closed = re.sub(r" ?([/-]) ?", r"\1", " ".join(bare.split()))
    return re.sub(r"(?<=[0-9]) ?\. ?(?=[0-9])", ".", closed)


def _without_diacritics(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).lower().replace("đ", "d")
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\u2010-\u2015\u2212]", "-", bare)


def _recognise(plain: str) -> dict[str, str | None]:
    shapes = (_EIGHT_DIGITS, *_SHAPES) if re.fullmatch(r"[0-9]{8}", plain) else _SHAPES
    for shape in shapes:
        if match := shape.fullmatch(plain):
            return {"day": None, "month": None, **match.groupdict()}
    raise UnreadableDate(DateProblem.NOT_A_DATE)


def _calendar(wording: Wording, found: dict[str, str | None], *, asked: Calendar) -> Calendar:
    """Say which calendar the date is of; refused where the words point to both or, with a year's name, to neither."""
    if wording.moon:
        solar_leap_day = wording.leap and (found["day"], _number(found["month"], "solar")) == ("29", 2)
        if wording.calendar == "solar" or (solar_leap_day and "lunar" not in (wording.calendar, asked)):
            raise UnreadableDate(DateProblem.WHICH_CALENDAR)
        return "lunar"
    if wording.calendar or asked == "lunar" or wording.year_name is None:
        return wording.calendar or asked
    # A year with a name begins at Tết. A day of it may have been counted either way: "12/3/1975 (Ất Mão)".
    if found["month"] and found["month"] not in _OLD_NAMES:
        raise UnreadableDate(DateProblem.WHICH_CALENDAR)
    return "lunar"


def _number(part: str | None, calendar: Calendar) -> int | None:
    """A day or month as a number; None when the text leaves it open (00, --, ??).

    The first month by the moon is "giêng", and "tháng một" was a name of the eleventh.
    """
    if part == "mot" and calendar == "lunar":
        raise UnreadableDate(DateProblem.NOT_CERTAIN)
    if part in MONTH_NAMES or part in _ROMAN:
        return (MONTH_NAMES | _ROMAN)[part]
    return int(part) or None if part and part.isdecimal() else None


def _refuse_what_was_unknown(wording: Wording, month: int | None, day: int | None) -> None:
    """A day beside "không rõ ngày" or "cuối tháng" contradicts it: nobody can say which of the two holds."""
    if (month and "thang" in wording.unknown) or (day and (wording.unknown or wording.part)):
        raise UnreadableDate(DateProblem.NOT_CERTAIN)


def _named_only(name: YearName) -> UnreadableDate:
    if not name.years:
        return UnreadableDate(DateProblem.NO_SUCH_YEAR_NAME, name=name.name)
    return UnreadableDate(DateProblem.YEAR_BY_NAME, name=name.name, years=name.listed)


def _refuse_other_name(wording: Wording, date: PartialDate) -> None:
    """Before Tết, the solar calendar already has the next year: 10/01/1976 still lay in Ất Mão."""
    name = wording.year_name
    before_tet = date.calendar == "solar" and date.earliest.month <= 2
    if name is None or {date.year, date.year - before_tet} & set(name.years):
        return
    if not name.years:
        raise _named_only(name)
    raise UnreadableDate(DateProblem.OTHER_YEAR_NAME, year=date.year, true=name_of(date.year), name=name.name)


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
