"""The books of a commune: kinds, years, numbers and totals that add up to the commune's.

Numbers restart every year inside a book (Decree 158/2005, Article 68); a second book of the same year goes on
where the first one ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from reports.demonstration.figures import Commune, Size
from reports.demonstration.sharing import share_out

# kind: weight among a commune's entries (in thousandths), entries of a usual book, first year, last year
_KINDS: dict[str, tuple[int, int, int, int]] = {
    "KS": (505, 124, 1955, 2019),
    "KH": (205, 92, 1959, 2019),
    "KT": (150, 82, 1957, 2019),
    "HN": (105, 96, 1999, 2019),
    "CMC": (14, 36, 1988, 2019),
    "TDCC": (13, 36, 2006, 2019),
    "NCN": (4, 12, 1989, 2015),
    "KHAC": (4, 12, 2006, 2019),
}
KINDS = tuple(_KINDS)


@dataclass(frozen=True, slots=True)
class YearRun:
    """The entries of one year in a book: ``count`` numbers from ``first`` on."""

    year: int
    first: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One book as planned. ``key`` names it for ever: it seeds everything written in the book."""

    commune: str
    kind: str
    book_no: str
    opened_year: int
    runs: tuple[YearRun, ...]

    @property
    def key(self) -> str:
        return f"{self.commune}/{self.kind}/{self.book_no}/{self.opened_year}"

    @property
    def total(self) -> int:
        return sum(run.count for run in self.runs)

    @property
    def last_year(self) -> int:
        return self.runs[-1].year

    def entry_at(self, slot: int) -> tuple[YearRun, int]:
        """Return the year and number of the entry at a place in the book, counted from 0."""
        for run in self.runs:
            if slot < run.count:
                return run, run.first + slot
            slot -= run.count
        raise IndexError(slot)


def shelves(size: Size, commune: Commune) -> list[Shelved]:
    """Return the books of a commune in the order of the shelf; their totals are the commune's total."""
    rng = Random(f"shelves/{size.name}/{commune.slug}")
    entries = share_out(commune.total, [weight for weight, *_ in _KINDS.values()])
    wanted = max(round(size.books * commune.total / size.total), len(KINDS) if size.books > 100 else 2)
    books: list[Shelved] = []
    for kind, some in zip(KINDS, entries, strict=True):
        count = _books_for(kind, some, wanted, commune.total)
        books += _of_kind(rng, commune.slug, kind, some, count) if some else []
    return books


def _books_for(kind: str, entries: int, wanted: int, total: int) -> int:
    """Split the wanted number of books over kinds by entries and usual size."""
    usual = sum(weight / size for weight, size, *_ in _KINDS.values())
    weight, size, first, last = _KINDS[kind]
    count = round(wanted * (weight / size) / usual)
    return max(1, min(count, last - first, entries // 3 or 1))


def _of_kind(rng: Random, commune: str, kind: str, entries: int, count: int) -> list[Shelved]:
    _, _, first, last = _KINDS[kind]
    totals = share_out(entries, [rng.randint(60, 140) for _ in range(count)])
    spans = _spans(rng, first, last, count)
    doubled = rng.randrange(count - 1) if count > 5 else None
    books = [
        Shelved(commune=commune, kind=kind, book_no="01", opened_year=span[0], runs=_runs(rng, span, total))
        for span, total in zip(spans, totals, strict=True)
    ]
    if doubled is not None:
        books[doubled : doubled + 2] = _same_year(books[doubled], books[doubled + 1])
    return books


def _spans(rng: Random, first: int, last: int, count: int) -> list[range]:
    """Cut the years into as many stretches as there are books."""
    cuts = sorted(rng.sample(range(first + 1, last + 1), count - 1))
    return [range(start, end) for start, end in zip([first, *cuts], [*cuts, last + 1], strict=True)]


def _runs(rng: Random, years: Sequence[int], total: int) -> tuple[YearRun, ...]:
    counts = share_out(total, [rng.randint(50, 150) for _ in years])
    runs = tuple(YearRun(year, 1, count) for year, count in zip(years, counts, strict=True) if count)
    return runs or (YearRun(years[0], 1, total),)


def _same_year(one: Shelved, two: Shelved) -> list[Shelved]:
    """Turn two books into the first and second book of one year, the second going on with the numbers."""
    year = one.opened_year
    first = YearRun(year, 1, one.total)
    second = YearRun(year, one.total + 1, two.total)
    return [
        Shelved(commune=one.commune, kind=one.kind, book_no="01", opened_year=year, runs=(first,)),
        Shelved(commune=two.commune, kind=two.kind, book_no="02", opened_year=year, runs=(second,)),
    ]
