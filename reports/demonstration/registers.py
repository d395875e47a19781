"""A register as its clerk kept it: hand, place names of the time, the people who signed. No word of it is real.

Place names follow the reorganisations: Vĩnh Phú from 1968 to 1996, the district Sông Lô from 1977 to 1980
(Decision 377/CP of 22 December 1980), administrative committees before the people's committees of 1976.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from digitization.record_types.entries import known
from reports.demonstration.names import man, pick, woman

# Percent of the people who are Cao Lan (in the national list: Sán Chay), invented; elsewhere 3.
_CAO_LAN = {"ngoc-quan": 30, "hung-xuyen": 22, "minh-phu": 18, "tieu-son": 12, "van-du": 10, "yen-kien": 8}
_SEPARATORS = ("/", "/", "/", "-", ".")


@dataclass(frozen=True, slots=True)
class Register:
    """What is the same on every page of a book. Number and date style are its clerk's habit.

    ``cao_lan`` is a percentage, ``odd`` the share of entries with something odd in them.
    """

    key: str
    kind: str
    commune: str
    name: str
    word: str
    number_style: int
    separator: str
    padded: bool
    cao_lan: int
    odd: float

    @classmethod
    def of(cls, *, key: str, kind: str, commune: str, name: str, word: str, odd: float) -> Register:
        rng = Random(f"register/{key}")
        return cls(
            key=key,
            kind=kind,
            commune=commune,
            name=name,
            word=word,
            number_style=rng.randrange(3),
            separator=pick(rng, _SEPARATORS),
            padded=rng.random() < 0.5,
            cao_lan=_CAO_LAN.get(commune, 3),
            odd=odd,
        )

    def number(self, number: int, year: int) -> str:
        """Write a number as this book does: 7, 07 or 07/1998."""
        return (f"{number}", f"{number:02}", f"{number:02}/{year}")[self.number_style]

    def day(self, on: date) -> dict[str, Any]:
        """Return a whole date as an entry holds it."""
        day, month = (f"{on.day:02}", f"{on.month:02}") if self.padded else (str(on.day), str(on.month))
        return {"on": on.isoformat(), "written": self.separator.join((day, month, str(on.year)))}

    def month(self, on: date) -> dict[str, Any]:
        """Return a date of which the book gives month and year."""
        return {"on": f"{on:%Y-%m}", "written": f"{on.month}{self.separator}{on.year}"}

    def office(self, year: int) -> str:
        """Return who registered, in the words of the time."""
        committee = "UBND" if year >= 1976 else "UBHC"
        return f"{committee} {self.word} {self.name}, {beyond(year)}"

    def hamlet(self, rng: Random, year: int) -> str:
        """Return where in the commune somebody lives."""
        part = "Khu" if year >= 1989 else "Đội" if year >= 1961 else "Xóm"
        return f"{part} {1 + int(rng.random() * 12)}, {self.word} {self.name}, {beyond(year)}"

    def home(self, year: int) -> str:
        """Return the commune as a home town."""
        return f"{self.word.capitalize()} {self.name}, {beyond(year)}"

    def signers(self, year: int) -> tuple[str, str, str]:
        """Return signer, position and clerk of a year."""
        return _signers(self.commune, year // 5, year % 4 == 3)


def beyond(year: int) -> str:
    """Return district and province as they were in a year."""
    province = "Vĩnh Phú" if 1968 <= year <= 1996 else "Phú Thọ"
    return f"huyện {district(year)}, tỉnh {province}"


def hospital(year: int) -> str:
    """Return the hospital of the district, by its name of a year."""
    return f"{'Bệnh viện' if year < 2008 else 'Bệnh viện đa khoa'} huyện {district(year)}"


def district(year: int) -> str:
    """Return the name the district had in a year."""
    return "Sông Lô" if 1977 <= year <= 1980 else "Đoan Hùng"


@lru_cache(maxsize=4096)
def _signers(commune: str, term: int, deputy: bool) -> tuple[str, str, str]:
    rng = Random(f"signers/{commune}/{term}/{deputy}")
    year = term * 5
    chair = "Chủ tịch" if year >= 1976 else "Chủ tịch UBHC"
    clerk = woman(rng, year - 30) if rng.random() < 0.4 else man(rng, year - 35)
    return man(rng, year - 45), "Phó Chủ tịch" if deputy else chair, clerk


def registered_on(rng: Random, year: int, number: int, last_number: int) -> date:
    """Return a day of the year that fits the number: numbers run on with the days."""
    share = (number - 1 + rng.random()) / last_number
    return date(year, 1, 2) + timedelta(days=int(share * 362))


NOT_WRITTEN = {"absent": "not_written"}
ILLEGIBLE = {"absent": "illegible"}
VIETNAMESE = known("VN", "Việt Nam")
