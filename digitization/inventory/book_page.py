"""What the page of a book shows besides its entries: numbers and pages, warnings by rule, and the people at work in it.

One question to the database each, however many entries the book has. Whoever sees only their own entries of the book, a
helper, is told only of these: gaps and colleagues are the unit's business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.db.models import Count, F, Q

from civreg.lib.vietnamese import sort_key
from digitization.filters import ACCEPTED, OPEN, address_of
from digitization.inventory.absent import absent_numbers
from digitization.inventory.coverage import Pages, Place, Year, pages_of, years_of
from digitization.models import COUNTED_STANDINGS, COUNTED_STATUSES, Book, Finding, Standing
from digitization.models.record import RecordQuerySet
from digitization.models.states import NUMBER_FREE
from digitization.record_types.checks import RULES
from digitization.record_types.contract import Label

# Duplicates and withdrawn entries hold no number, and fill no page.
_HOLDING = [standing for standing in Standing if standing not in NUMBER_FREE]


@dataclass(frozen=True, slots=True)
class Linked:
    """A count, and the list of exactly these entries."""

    n: int
    address: str


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many entries of the book a rule has something to say about."""

    rule: str
    title: Label
    open: Linked
    accepted: Linked


@dataclass(frozen=True, slots=True)
class PersonCount:
    """Somebody at work in the book: how many of its entries they typed and checked."""

    name: str
    typed: Linked
    checked: Linked


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers and pages of a book, and how far the numbers up to the last one account for its total."""

    years: list[Year]
    pages: Pages
    unnumbered: int
    spanned: int
    total: int | None

    @property
    def behind(self) -> int | None:
        """Return how many entries of the total lie behind the last numbers typed; negative where these are too many.

        An entry whose number nobody can read is taken for one of those missing, as long as there are any.
        """
        if self.total is None or not self.years:
            return None
        return self.total - self.spanned - max(self.unnumbered - self.missing, 0)

    @property
    def missing(self) -> int:
        """Return how many numbers are missing."""
        return sum(year.missing for year in self.years)


def coverage_of(book: Book, records: RecordQuerySet) -> Coverage:
    """Return numbers and pages of the entries that hold their number."""
    rows = records.counting().order_by().values_list("page_no", "number_year", "number", "suffix")
    places = [Place(*row) for row in rows]
    from_one = not _another_book_of_its_years(book)
    years = years_of(places, from_one=from_one)
    # Only where something is missing can anything be stated absent.
    if any(year.gaps for year in years):
        years = years_of(places, from_one=from_one, absent=absent_numbers(book))
    lettered = sum(len(year.lettered) for year in years)
    twins = sum(n - 1 for year in years for _number, n in year.doubled)
    return Coverage(
        years=years,
        pages=pages_of(places),
        unnumbered=sum(place.number is None for place in places),
        spanned=sum(year.spanned for year in years) + lettered + twins,
        total=book.total,
    )


def rules_of(book: Book, records: RecordQuerySet) -> list[RuleCount]:
    """Return the rules that have raised a warning in these entries, with how many of them are open and accepted."""
    found = Finding.objects.filter(record__in=records.order_by().select_related(None).values("pk"))
    counted = found.values_list("rule").annotate(
        open=Count("record", filter=Q(accepted_by__isnull=True), distinct=True),
        accepted=Count("record", filter=Q(accepted_by__isnull=False), distinct=True),
    )
    return [
        RuleCount(
            rule,
            RULES[rule].title if rule in RULES else rule,
            _linked(opened, book, rule=rule, finding=OPEN),
            _linked(accepted, book, rule=rule, finding=ACCEPTED),
        )
        for rule, opened, accepted in counted.order_by("rule")
    ]


def people_of(book: Book, records: RecordQuerySet) -> list[PersonCount]:
    """Return who typed and checked entries of the book, by name: this is no ranking."""
    typed: Counter[int] = Counter()
    checked: Counter[int] = Counter()
    names: dict[int, str] = {}
    counted = records.select_related(None).order_by().values_list("entered_by", "checked_by")
    for typist, checker, n, typist_name, checker_name in counted.annotate(
        n=Count("pk"), typist=F("entered_by__name"), checker=F("checked_by__name")
    ):
        typed[typist] += n
        names[typist] = typist_name
        if checker is not None:
            checked[checker] += n
            names[checker] = checker_name
    return [
        PersonCount(
            name,
            _linked(typed[pk], book, typed_by=pk),
            _linked(checked[pk], book, checked_by=pk),
        )
        for pk, name in sorted(names.items(), key=lambda person: (sort_key(person[1]), person[0]))
    ]


def links_of(book: Book) -> dict[str, str]:
    """Return the lists behind the counts of a book's tallies."""
    return {
        "counted": _address(book, status=COUNTED_STATUSES, standing=COUNTED_STANDINGS),
        "returned": _address(book, status="returned"),
    }


def doubled_of(book: Book, year: Year) -> list[tuple[str, Linked]]:
    """Return the numbers several entries of a year have, with the list of these."""
    end = f"/{year.year}" if year.year else ""
    return [
        (number, _linked(n, book, number=f"{number}{end}", standing=_HOLDING)) for number, n in year.doubled
    ]


def pages_with_links(book: Book, counts: Iterable[tuple[str, int]]) -> list[tuple[str, Linked]]:
    """Return pages with the list of the entries typed from each."""
    # A book may have thousands of pages.
    start = _address(book, standing=_HOLDING)
    return [(page, Linked(n, f"{start}&page_no={quote_plus(page)}")) for page, n in counts]


def _another_book_of_its_years(book: Book) -> bool:
    """Tell whether another book of the place and kind shares a year with it: then either may go on with the numbers."""
    first, last = book.year_from or book.opened_year, book.year_to or book.year_from or book.opened_year
    others = Book.objects.counted().filter(place=book.place_id, kind=book.kind, series=book.series)
    known = Q(year_from__isnull=True, opened_year__range=(first, last)) | Q(
        year_from__lte=last, year_to__gte=first
    )
    open_ended = Q(year_from__range=(first, last))
    return others.exclude(pk=book.pk).filter(known | open_ended).exists()


def _linked(n: int, book: Book, **filters: object) -> Linked:
    return Linked(n, _address(book, **filters))


def _address(book: Book, **filters: object) -> str:
    return address_of({"book": book.pk, **filters})
