"""Dates in words, as registers hold them: "Ngày hai mươi bảy tháng tám năm hai nghìn không trăm linh tám".

Reading looks for every way to understand the words and answers only when there is exactly one. The word
"năm" is both "year" and "five", people leave out "ngày", "tháng" and "năm", and old books say "tháng một"
for the eleventh lunar month: a second reading means "cannot tell", never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import product

from civreg.lib.number_words import in_words, small_numbers, years
from civreg.lib.partial_dates import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Calendar,
    PartialDate,
    UnreadableDate,
    compare,
)

_LEFT_OPEN = re.compile(r"…+|[._]{2,}")
_PUNCTUATION = re.compile(r"[.,;:_()\"'“”/-]+")
_MOON = re.compile(r"\bâm lịch\b ?|\b(?<!năm )nhuận\b ?")
_SUN = re.compile(r"\bdương lịch\b ?")
_OPEN = "…"
_LONGEST = 24  # words; the longest date ("ngày hai mươi mốt … âm lịch") has 16


def date_in_words(date: PartialDate) -> str:
    """Write a date in words, as much of it as is known; lunar dates end in "âm lịch"."""
    year, month, day = [*(int(part) for part in date.on.split("-")), 0, 0][:3]
    parts = []
    if day:
        parts.append(f"ngày mồng {in_words(day)}" if day <= 10 else f"ngày {in_words(day)}")
    if month:
        parts.append(f"tháng {_month_in_words(month, date.calendar)}")
    parts.append(f"năm {in_words(year)}")
    if date.calendar == "lunar":
        parts.append("âm lịch")
    sentence = " ".join(parts)
    return sentence[0].upper() + sentence[1:]


def _month_in_words(month: int, calendar: Calendar) -> str:
    named = {1: "giêng", 4: "tư", 12: "chạp"} if calendar == "lunar" else {4: "tư"}
    return named.get(month, in_words(month))


def read_date_in_words(text: str) -> PartialDate | None:
    """Read a date in words; None when the words are not understood or could mean two dates.

    ``written`` of the answer is the text, trimmed. A year of two digits ("chín tám") is not understood.
    "Tháng một" is January, except in a date that calls itself lunar; rằm and a leap month do so.
    """
    words, said = _words(text)
    on = _likeliest(words, said or "solar")
    return PartialDate(on, text.strip(), said or "solar") if on else None


def words_agree(text: str, date: PartialDate) -> bool | None:
    """Whether the words say this date: yes, certainly not, or None when that cannot be told.

    Where one side knows less (only the year, say), the common part decides. Words that call themselves lunar or solar
    and a date of the other calendar are never one: they disagree where they cannot lie on the same day.
    """
    words, calendar = _words(text)
    found = _readings(words, calendar or date.calendar, one_may_be_eleven=True)
    if calendar and calendar != date.calendar:
        known = [PartialDate(on, calendar=calendar) for on in found]
        return False if known and all(compare(one, date) in ("before", "after") for one in known) else None
    agreeing = {_agree(on, date.on) for on in found}
    if len(agreeing) == 1:
        return agreeing.pop()
    likeliest = _likeliest(words, date.calendar)
    return True if likeliest and _agree(likeliest, date.on) else None


def _likeliest(words: Sequence[str], calendar: Calendar) -> str:
    """Return the one date (as ``on``) the words mean in a calendar, "" where they mean none or several."""
    found = _readings(words, calendar, one_may_be_eleven=calendar == "lunar")
    return found.pop() if len(found) == 1 else ""


def _agree(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _words(text: str) -> tuple[list[str], Calendar | None]:
    """Return the words, and the calendar they are of where they say so: by its name, a full moon or a leap month."""
    marked = _LEFT_OPEN.sub(f" {_OPEN} ", unicodedata.normalize("NFC", text).lower())
    joined = " ".join(_PUNCTUATION.sub(" ", marked).split())
    without, by_moon = _MOON.subn("", joined.replace("rằm", "mười lăm"))
    bare, by_sun = _SUN.subn("", without)
    moon = bool(by_moon) or "rằm" in joined
    if moon and by_sun:
        return [], None
    return bare.split(), "lunar" if moon else "solar" if by_sun else None


def _readings(words: Sequence[str], calendar: Calendar, *, one_may_be_eleven: bool) -> set[str]:
    """Every date (as ``on``) the words can mean, over all ways to cut them into day, month and year."""
    if len(words) > _LONGEST:
        return set()
    found = set()
    for year_at in range(len(words)):
        for year in _year(words[year_at:]):
            for month, day in _months_and_days(words[:year_at], one_may_be_eleven=one_may_be_eleven):
                found |= _existing(year, month, day, calendar)
    return found


def _months_and_days(words: Sequence[str], *, one_may_be_eleven: bool) -> Iterator[tuple[int, int]]:
    for month_at in range(len(words) + 1):
        months = _month(words[month_at:], after_day=month_at > 0, one_may_be_eleven=one_may_be_eleven)
        yield from product(months, _day(words[:month_at]) if months else ())


def _day(words: Sequence[str]) -> set[int]:
    """The days the words can mean; 0 is an unknown day: nothing, or "ngày" with nothing or dots behind it."""
    rest = words[1:] if words[:1] == ["ngày"] else words
    if not rest or rest == [_OPEN]:
        return {0}
    if rest[0] in ("mồng", "mùng"):
        return {day for day in small_numbers(rest[1:]) if day <= 10}
    return small_numbers(rest)


def _month(words: Sequence[str], *, after_day: bool, one_may_be_eleven: bool) -> set[int]:
    """The months the words can mean. Without "tháng" only behind a day: "năm hai nghìn" is no May."""
    named = words[:1] == ["tháng"]
    match list(words[1:] if named else words):
        case [] | ["…"]:
            return {0}
        case _ if not named and not after_day:
            return set()
        case ["giêng"]:
            return {1}
        case ["chạp"]:
            return {12}
        case ["một"] if one_may_be_eleven:
            return {1, 11}
        case rest:
            return small_numbers(rest)


def _year(words: Sequence[str]) -> set[int]:
    rest = words[1:] if words[:1] == ["năm"] else words
    return {year for year in years(rest) if EARLIEST_YEAR <= year <= LATEST_YEAR}


def _existing(year: int, month: int, day: int, calendar: Calendar) -> set[str]:
    if day and not month:
        return set()
    on = "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])
    try:
        return {PartialDate(on, calendar=calendar).on}
    except UnreadableDate:
        return set()
