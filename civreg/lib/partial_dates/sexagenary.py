"""The names of years in the sixty-year cycle (can chi): Ất Mão is 1915, 1975, 2035, and alone it is none of them.

Such a year begins at Tết. It bears the number of the solar year it mostly lies in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from civreg.lib.partial_dates.problems import EARLIEST_YEAR, LATEST_YEAR

STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")
# Without diacritics, in every usual spelling. Tý and Tỵ are one word then: the stem tells them apart.
_STEMS = {
    "giap": 0, "at": 1, "binh": 2, "dinh": 3, "mau": 4, "ky": 5, "ki": 5, "canh": 6, "tan": 7, "nham": 8,
    "quy": 9, "qui": 9,
}  # fmt: skip
_BRANCHES = {
    "suu": 1, "dan": 2, "mao": 3, "meo": 3, "thin": 4, "ngo": 6, "mui": 7, "vi": 7, "than": 8, "dau": 9,
    "tuat": 10, "hoi": 11,
}  # fmt: skip
_NAME = re.compile(rf"\b({'|'.join(_STEMS)}) ({'|'.join(_BRANCHES)}|ty|ti)\b")
_ORIGIN = 4  # the year 4 was Giáp Tý


@dataclass(frozen=True, slots=True)
class YearName:
    """A name as it was found: ``name`` in our spelling, ``years`` it can mean (none for Giáp Sửu, which no year is)."""

    name: str
    years: tuple[int, ...]

    @property
    def listed(self) -> str:
        """The years most registers are of, as a sentence lists them: "1915, 1975, …"."""
        return ", ".join([str(year) for year in self.years if 1900 <= year < 2000] + ["…"])


def name_of(year: int) -> str:
    """Return the name of the year that begins at Tết of this solar year."""
    return f"{STEMS[(year - _ORIGIN) % 10]} {BRANCHES[(year - _ORIGIN) % 12]}"


def take_out(plain: str) -> tuple[str, YearName | None]:
    """Find the name of a year in lower-case words without diacritics; returns the words without it, and the name."""
    found = _NAME.search(plain)
    if not found:
        return plain, None
    stem = _STEMS[found[1]]
    branch = _BRANCHES.get(found[2], 0 if stem % 2 == 0 else 5)
    name = f"{STEMS[stem]} {BRANCHES[branch]}"
    years = tuple(year for year in range(EARLIEST_YEAR, LATEST_YEAR + 1) if name_of(year) == name)
    return f"{plain[: found.start()]} {plain[found.end() :]}", YearName(name, years)
