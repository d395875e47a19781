"""What of a book is typed: its numbers, year by year, and its pages, and what is missing between. Nothing but numbers.

Law: numbers run from 01 to the end of the year without a gap (Decree 158/2005, Article 68), and no page is left out.
What is missing here is not yet typed, or really absent from the paper: the book decides, and whoever looked into it
states the numbers it does not have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digitization.runs import Run, plain_page, runs_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where one entry stands: as much of its number and page as the list of a book needs."""

    page: str
    year: int | None
    number: int | None
    suffix: str


@dataclass(frozen=True, slots=True)
class Year:
    """The numbers of one year in a book: from the first to the last typed, with gaps, doubles and those with a letter.

    ``doubled`` are numbers several entries have, with how many; ``lettered`` such as 12A, which fill no gap.
    ``absent`` are numbers between that the paper does not have: they are no gaps.
    """

    year: int | None
    first: int
    last: int
    entries: int
    gaps: tuple[Run, ...]
    doubled: tuple[tuple[str, int], ...]
    lettered: tuple[str, ...]
    absent: tuple[Run, ...] = ()

    @property
    def missing(self) -> int:
        """Return how many numbers are missing between the first and the last."""
        return sum(gap.size for gap in self.gaps)

    @property
    def spanned(self) -> int:
        """Return how many numbers the paper has from the first to the last."""
        return self.last - self.first + 1 - sum(gap.size for gap in self.absent)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages entries were typed from: counts by page, gaps between first and last, and what is no plain number."""

    counts: tuple[tuple[str, int], ...]
    gaps: tuple[Run, ...]
    last: int
    others: tuple[tuple[str, int], ...]
    unknown: int

    @property
    def missing(self) -> int:
        """Return how many pages without an entry lie between the first and the last."""
        return sum(gap.size for gap in self.gaps)


_NONE: Mapping[int, Collection[int]] = {}


def years_of(
    places: Iterable[Place], *, from_one: bool, absent: Mapping[int, Collection[int]] = _NONE
) -> list[Year]:
    """Return the numbers of each year, the earliest first; the year nobody could read comes last.

    ``from_one`` says that the book begins its years: then what is missing before its first number counts, too.
    ``absent`` are the numbers of each year that the paper is stated not to have.
    """
    by_year: dict[int | None, list[Place]] = {}
    for place in places:
        if place.number is not None:
            by_year.setdefault(place.year, []).append(place)
    order = sorted(by_year, key=lambda year: (year is None, year))
    return [
        _year(
            year,
            by_year[year],
            from_one=from_one and year is not None,
            absent=absent.get(year, ()) if year is not None else (),
        )
        for year in order
    ]


def pages_of(places: Iterable[Place]) -> Pages:
    """Return the pages of the entries. A page is a plain number, or words such as "12–13" that stand apart."""
    counts = Counter(place.page.strip() for place in places)
    unknown = counts.pop("", 0)
    plain = {page: n for page, n in counts.items() if plain_page(page) is not None}
    numbers = sorted({int(page) for page in plain})
    others = sorted((page, n) for page, n in counts.items() if page not in plain)
    return Pages(
        counts=tuple(sorted(plain.items(), key=lambda item: (int(item[0]), item[0]))),
        gaps=_gaps(numbers),
        last=numbers[-1] if numbers else 0,
        others=tuple(others),
        unknown=unknown,
    )


def _year(year: int | None, places: Sequence[Place], *, from_one: bool, absent: Collection[int]) -> Year:
    counts = Counter((place.number or 0, place.suffix) for place in places)
    plain = sorted({number for number, suffix in counts if not suffix})
    every = sorted({number for number, _suffix in counts})
    first = 1 if from_one else every[0]
    # What has been typed after all is not absent, whatever was stated.
    without = sorted(number for number in set(absent) - set(every) if first <= number < every[-1])
    return Year(
        year=year,
        first=first,
        last=every[-1],
        entries=len(places),
        gaps=_gaps(([0] if from_one else []) + sorted({*plain, *without}), upto=every[-1]),
        doubled=tuple((f"{number}{suffix}", n) for (number, suffix), n in sorted(counts.items()) if n > 1),
        lettered=tuple(f"{number}{suffix}" for number, suffix in sorted(counts) if suffix),
        absent=runs_of(without),
    )


def _gaps(numbers: Sequence[int], *, upto: int = 0) -> tuple[Run, ...]:
    """Return what is missing between these numbers, which are sorted; and behind the last, up to ``upto``."""
    ends = [*numbers, upto + 1] if numbers and upto > numbers[-1] else list(numbers)
    return tuple(Run(before + 1, after - 1) for before, after in pairwise(ends) if after > before + 1)
