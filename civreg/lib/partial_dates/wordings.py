"""The words that stand around the figures of a date, and what they say about it.

Everything here works on lower-case words without diacritics, as ``reading`` prepares them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from civreg.lib.partial_dates.partial_date import Calendar
from civreg.lib.partial_dates.problems import DateProblem, UnreadableDate
from civreg.lib.partial_dates.sexagenary import YearName, take_out

# Five is the same word as year: "tháng năm" is May only where another "năm" follows.
MONTH_NAMES = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
MONTH_WORDS = "|".join(
    f"{word}(?=,? nam |[/.-]nam )" if word == "nam" else word for word in sorted(MONTH_NAMES, reverse=True)
)
_NOTHING_ELSE = re.compile(r"(?:[0-9/., -]|ngay |thang |nam )*")
_CALENDAR = re.compile(r"(?<![a-z0-9])(?:(?P<lunar>am lich|a\.?l\.?|lunar)|duong lich|d\.?l\.?)(?![a-z0-9])")
_BIRTH = re.compile(r"^(?:nam sinh|ngay sinh|sinh|sn|s\.n)\b[ .:]*")
_NOT_CERTAIN = re.compile(
    r"\b(?:khoang|chung|uoc|phong|do|truoc|hoac|hay)\b|(?<!thang )\bsau\b|[~≈]|[0-9] ?\?|\b[0-9]{4}[/-][0-9]{4}\b"
)
_PARTS = rf"(?:[ ,]+(?:va )?(?:ngay|thang(?! (?:[0-9]|{MONTH_WORDS}))))+"
_UNKNOWN = re.compile(rf"\b(?:khong|ko|chua) (?:ro|nho|biet|ghi)(?: ro| duoc)?(?P<parts>{_PARTS})\b[ ,]*")
_KNOWN_ALONE = re.compile(r"\bchi (?:ro|nho|biet|ghi) (?=thang|nam)")
_PART_OF_IT = re.compile(
    r"\b(?:dau|giua|cuoi|thuong tuan|trung tuan|ha tuan|mua (?:xuan|he|ha|thu|dong)) (?=thang|nam|[0-9])"
)
_FULL_MOON = re.compile(r"\b(?:ngay )?ram\b")
_TET = re.compile(r"\b(?:ngay )?(?:mong|mung) ([0-9]{1,2}) tet\b")
_LEAP = re.compile(r"(?<!nam)(?<![0-9]{3}) nhuan\b")
_FEAST = re.compile(r"\b(?:tet|trung thu|vu lan|giao thua|tat nien|doan ngo)\b")


@dataclass(frozen=True, slots=True)
class Wording:
    """A date without the words around it, and what those say.

    ``calendar`` is what the text calls itself, ``moon`` is true for what only the lunar calendar has, ``part`` for the
    beginning or the end of a year or month; ``unknown`` holds "ngay" and "thang" where the text says they are unknown.
    """

    bare: str
    calendar: Calendar | None = None
    moon: bool = False
    leap: bool = False
    part: bool = False
    unknown: frozenset[str] = frozenset()
    year_name: YearName | None = None

    @property
    def without_year(self) -> bool:
        """Tell whether no figures of a year stand here."""
        return not re.search(r"[0-9]{3}", self.bare)


def understood(plain: str) -> Wording:
    """Take the words around a date off it. Raises UnreadableDate where they say that it is no certain day."""
    if _NOT_CERTAIN.search(plain):
        raise UnreadableDate(DateProblem.NOT_CERTAIN)
    if _NOTHING_ELSE.fullmatch(plain):
        return Wording(_closed(plain))
    plain, year_name = take_out(_BIRTH.sub("", _closed(re.sub(r"[()]", " ", plain))))
    plain, calendar = _without_calendar(_closed(plain))
    plain, unknown = _without_unknown(plain)
    plain, tet = _TET.subn(r"mung \1 thang gieng", plain)
    plain, full_moon = _FULL_MOON.subn("ngay 15", plain)
    plain, leap = _LEAP.subn("", plain)
    plain, part = _PART_OF_IT.subn("", plain)
    if _FEAST.search(plain):
        raise UnreadableDate(DateProblem.FEAST)
    return Wording(
        # What a year's name in brackets leaves behind: "1975 (năm Ất Mão)".
        bare=re.sub(r" nam$", "", _closed(plain)) if year_name else _closed(plain),
        calendar=calendar,
        moon=bool(tet or full_moon or leap),
        leap=bool(leap),
        part=bool(part),
        unknown=unknown,
        year_name=year_name,
    )


def _without_calendar(plain: str) -> tuple[str, Calendar | None]:
    """Take "âm lịch" or "dương lịch" off; a text with two of them speaks of two dates and keeps both."""
    found = list(_CALENDAR.finditer(plain))
    if len(found) != 1:
        return plain, None
    rest = f"{plain[: found[0].start()]} {plain[found[0].end() :]}"
    return _closed(rest), "lunar" if found[0]["lunar"] else "solar"


def _without_unknown(plain: str) -> tuple[str, frozenset[str]]:
    """Take "không rõ ngày, tháng" off; returns which parts it names."""
    plain = _KNOWN_ALONE.sub("", plain)
    if not (found := _UNKNOWN.search(plain)):
        return plain, frozenset()
    rest = f"{plain[: found.start()]} {plain[found.end() :]}"
    return _closed(rest), frozenset(re.findall("ngay|thang", found["parts"]))


def _closed(plain: str) -> str:
    """Single spaces, none around a slash or before a comma; no punctuation at the ends, where dots may be a blank."""
    spaced = re.sub(r" ?([/-]) ?", r"\1", " ".join(plain.split()))
    return re.sub(r" (?=[,;])", "", spaced).lstrip(" ,;:").rstrip(" .,;:")
