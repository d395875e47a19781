"""The entries around entries, fetched for a set at once: a save asks for one entry, an import for thousands.

Four questions at most, whatever the size of the set: the numbers beside, the page, who signed, and the same persons in
the district. What the entries of a set that is not stored yet are to each other is worked out here, without asking.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from civreg.lib.statements import rows_of
from civreg.lib.vietnamese import fold
from digitization.kin import kin_of
from digitization.models import Book
from digitization.models.scans import tidy_label
from digitization.record_types.checks.around import C22
from digitization.record_types.others import NOBODY, Neighbour, Others

Rows = list[tuple[Any, ...]]
Window = tuple[int, int, int]

# The conditions on standing are those of the indexes, letter by letter, or the indexes are not used.
_BESIDE = """
SELECT wanted.at, side.behind, side.number, side.number_raw, side.reg_earliest, side.reg_latest
FROM unnest(%(at)s::int[], %(custodian)s::bigint[], %(place)s::bigint[], %(kind)s::text[], %(series)s::text[],
    %(year)s::int[], %(number)s::int[], %(record)s::bigint[])
    AS wanted(at, custodian, place, kind, series, year, number, record)
CROSS JOIN LATERAL (
  (SELECT FALSE AS behind, r.number, r.number_raw, r.reg_earliest, r.reg_latest FROM digitization_record AS r
   WHERE (r.place_id, r.kind, r.series, r.number_year) = (wanted.place, wanted.kind, wanted.series, wanted.year)
     AND r.number < wanted.number AND r.standing NOT IN ('duplicate', 'withdrawn')
     AND r.number IS NOT NULL AND r.number_year IS NOT NULL
     AND r.custodian_id = wanted.custodian AND r.id <> wanted.record AND r.reg_latest IS NOT NULL
   ORDER BY r.number DESC LIMIT 1)
  UNION ALL
  (SELECT TRUE, r.number, r.number_raw, r.reg_earliest, r.reg_latest FROM digitization_record AS r
   WHERE (r.place_id, r.kind, r.series, r.number_year) = (wanted.place, wanted.kind, wanted.series, wanted.year)
     AND r.number > wanted.number AND r.standing NOT IN ('duplicate', 'withdrawn')
     AND r.number IS NOT NULL AND r.number_year IS NOT NULL
     AND r.custodian_id = wanted.custodian AND r.id <> wanted.record AND r.reg_latest IS NOT NULL
   ORDER BY r.number LIMIT 1)
) AS side
"""
# A name that only entries with an open question about it have is not known: nobody has confirmed it yet.
_SIGNERS = """
SELECT DISTINCT r.custodian_id, r.place_id, r.number_year, r.signer_name FROM digitization_record AS r
WHERE r.custodian_id = ANY(%(custodian)s) AND r.place_id = ANY(%(place)s) AND r.number_year = ANY(%(year)s)
  AND r.signer_name <> '' AND r.standing NOT IN ('duplicate', 'withdrawn') AND r.id <> ALL(%(record)s::bigint[])
  AND NOT EXISTS (SELECT FROM digitization_finding AS f
                  WHERE f.record_id = r.id AND f.rule = %(rule)s AND f.accepted_by_id IS NULL)
"""
_PAGES = """
SELECT r.book_id, r.page_no, r.number_raw, r.id FROM digitization_record AS r
WHERE r.book_id = ANY(%(book)s) AND r.page_no <> '' AND r.standing NOT IN ('duplicate', 'withdrawn')
ORDER BY r.number, r.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An entry in its book, by its column values. ``record`` is its id, 0 while it is not stored.

    ``apart`` are ids of entries it was just said not to be.
    """

    book: Book
    columns: Mapping[str, Any]
    record: int = 0
    apart: frozenset[int] = frozenset()


def others_of(placed: Sequence[Placed]) -> list[Others]:
    """Return what is around each entry, in their order."""
    fresh = [one for one in placed if not one.record]
    beside, signers, pages = _beside(placed, fresh), _signers(placed, fresh), _pages(placed, fresh)
    kin = kin_of([(one.columns, one.record) for one in placed])
    found = []
    for at, one in enumerate(placed):
        before, after = beside.get(at, (None, None))
        around = Others(
            before=before,
            after=after,
            on_page=pages.get(at, ()),
            signers=_known(signers, one),
            **kin[at].but(one.apart) if at in kin else {},
        )
        found.append(NOBODY if around == NOBODY else around)
    return found


# -- numbers ------------------------------------------------------------------------------------------------
_Numbered = tuple[int, str, date, date]


def _beside(
    placed: Sequence[Placed], fresh: Sequence[Placed]
) -> dict[int, tuple[Neighbour | None, Neighbour | None]]:
    wanted = [(at, one) for at, one in enumerate(placed) if _in_order(one.columns)]
    if not wanted:
        return {}
    sides: dict[tuple[int, bool], _Numbered] = {}
    for at, behind, *other in rows_of(_BESIDE, _columns_of(wanted)):
        sides[at, behind] = tuple(other)
    rows = _rows_in_order(fresh)
    return {at: _nearest(one, sides.get((at, False)), sides.get((at, True)), rows) for at, one in wanted}


def _in_order(columns: Mapping[str, Any]) -> bool:
    return None not in (columns["number"], columns["number_year"], columns["reg_latest"])


def _columns_of(wanted: Sequence[tuple[int, Placed]]) -> dict[str, list[Any]]:
    names = {
        **{"custodian": "custodian_id", "place": "place_id", "kind": "kind", "series": "series"},
        **{"year": "number_year", "number": "number"},
    }
    asked = {name: [one.columns[column] for _at, one in wanted] for name, column in names.items()}
    return {**asked, "at": [at for at, _one in wanted], "record": [one.record for _at, one in wanted]}


def _run(columns: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(columns[name] for name in ("custodian_id", "place_id", "kind", "series", "number_year"))


def _rows_in_order(fresh: Sequence[Placed]) -> dict[tuple[Any, ...], list[_Numbered]]:
    found: dict[tuple[Any, ...], list[_Numbered]] = defaultdict(list)
    if len(fresh) > 1:
        for one in fresh:
            if _in_order(one.columns):
                held = (one.columns[name] for name in ("number", "number_raw", "reg_earliest", "reg_latest"))
                found[_run(one.columns)].append(tuple(held))
    return {key: sorted(rows) for key, rows in found.items()}


def _nearest(
    one: Placed,
    before: _Numbered | None,
    after: _Numbered | None,
    rows: Mapping[tuple[Any, ...], list[_Numbered]],
) -> tuple[Neighbour | None, Neighbour | None]:
    """Of what is stored and what comes in the same set, the nearer on each side."""
    number, run = one.columns["number"], rows.get(_run(one.columns), [])
    first, last = bisect_left(run, number, key=_number), bisect_right(run, number, key=_number)
    if first and (before is None or run[first - 1][0] > before[0]):
        before = run[first - 1]
    if last < len(run) and (after is None or run[last][0] < after[0]):
        after = run[last]
    return _neighbour(before), _neighbour(after)


def _number(row: _Numbered) -> int:
    return row[0]


def _neighbour(row: _Numbered | None) -> Neighbour | None:
    return Neighbour(row[1] or str(row[0]), row[2], row[3]) if row else None


# -- signers ------------------------------------------------------------------------------------------------
def _signers(placed: Sequence[Placed], fresh: Sequence[Placed]) -> dict[Window, dict[str, str]]:
    """Return the names known in each unit and year, by their folded form."""
    windows = {window for one in placed if (window := _window(one.columns))}
    if not windows:
        return {}
    units, places, years = ({window[part] for window in windows} for part in range(3))
    asked = {
        "custodian": list(units),
        "place": list(places),
        "year": sorted({year + step for year in years for step in (-1, 0, 1)}),
        "record": [one.record for one in placed if one.record],
        "rule": C22.id,
    }
    known: dict[Window, dict[str, str]] = defaultdict(dict)
    for unit, place, year, name in rows_of(_SIGNERS, asked):
        known[unit, place, year][fold(name)] = name
    for window, name in _signed_more_than_once(fresh):
        known[window].setdefault(fold(name), name)
    return {window: _of_three_years(known, window) for window in windows}


def _of_three_years(known: Mapping[Window, dict[str, str]], window: Window) -> dict[str, str]:
    unit, place, year = window
    found: dict[str, str] = {}
    for step in (1, -1, 0):
        found |= known.get((unit, place, year + step), {})
    return found


def _signed_more_than_once(fresh: Sequence[Placed]) -> Iterator[tuple[Window, str]]:
    """A name that several rows of a sheet have in three years is no slip of the hand."""
    seen: Counter[tuple[int, int, int, str]] = Counter()
    names = []
    for one in fresh if len(fresh) > 1 else ():
        if window := _window(one.columns):
            name = one.columns["signer_name"]
            names.append((window, name))
            seen.update((*window[:2], window[2] + step, fold(name)) for step in (-1, 0, 1))
    for window, name in names:
        if seen[*window, fold(name)] > 1:
            yield window, name


def _window(columns: Mapping[str, Any]) -> Window | None:
    if not columns["signer_name"] or columns["number_year"] is None:
        return None
    return columns["custodian_id"], columns["place_id"], columns["number_year"]


def _known(signers: Mapping[Window, dict[str, str]], one: Placed) -> Mapping[str, str]:
    window = _window(one.columns)
    return signers.get(window, {}) if window else {}


# -- pages --------------------------------------------------------------------------------------------------
def _pages(placed: Sequence[Placed], fresh: Sequence[Placed]) -> dict[int, tuple[str, ...]]:
    """Return the numbers of other entries on the page, for books that say one entry a page."""
    wanted = [(at, one) for at, one in enumerate(placed) if _alone_on_its_page(one)]
    if not wanted:
        return {}
    held: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    if books := list({one.book.pk for _at, one in wanted if one.book.pk}):
        for book, page, number, record in rows_of(_PAGES, {"book": books}):
            held[book, tidy_label(page)].append((number, record))
    for one in fresh if len(fresh) > 1 else ():
        if _alone_on_its_page(one):
            held[_page_of(one)].append((one.columns["number_raw"], id(one)))
    return {
        at: tuple(
            number or "–"
            for number, other in held.get(_page_of(one), ())
            if other not in (one.record, id(one))
        )
        for at, one in wanted
    }


def _alone_on_its_page(one: Placed) -> bool:
    return one.book.per_page == 1 and bool(one.columns["page_no"])


def _page_of(one: Placed) -> tuple[int, str]:
    # A book of a sheet that nobody has stored yet has no id.
    return one.book.pk or -id(one.book), tidy_label(one.columns["page_no"])
