"""Recounting everything: do the tallies match the entries, and the prepared figures the tallies? Drift must be 0.

What was published is looked at, too: whether every snapshot still is what was frozen. That cannot be repaired.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from civreg.lib import clock
from civreg.lib.long_work import lift_time_limits
from reports.models import Campaign, DailySnapshot, RollupState, UnitProgress
from reports.progress.counting import COLUMNS, count_now
from reports.progress.days import is_intact
from reports.progress.figures import Figures
from reports.progress.rollup import roll_up

SNAPSHOTS_AT_ONCE = 10

# One statement sees one moment of both tables, and a tally is exact at commit: every row here is an error. So is a
# last_at before the last entry; one after it is not, for entries leave a tally and its last_at stays (see the trigger).
DRIFTED_TALLIES = """
SELECT coalesce(r.book_id, t.book_id), coalesce(r.status, t.status), coalesce(r.standing, t.standing),
    coalesce(r.n, 0), coalesce(t.n, 0), r.last_at, t.last_at
FROM (SELECT book_id, status, standing, count(*) AS n, max(entered_at) AS last_at
      FROM digitization_record GROUP BY 1, 2, 3) r
FULL JOIN digitization_booktally t
    ON (t.book_id, t.status, t.standing) = (r.book_id, r.status, r.standing)
WHERE coalesce(r.n, 0) <> coalesce(t.n, 0) OR r.last_at > coalesce(t.last_at, '-infinity')
ORDER BY 1, 2, 3
"""

# Asked another way than the trigger asks, which counts a book at a time.
DRIFTED_PAGES = """
WITH shown AS (
    SELECT book_id, page AS label FROM digitization_scan WHERE state = 'ready' AND replaced_by_id IS NULL
    UNION ALL
    SELECT book_id, label FROM digitization_bookpage WHERE state IN ('blank', 'damaged', 'missing')
),
numbered AS (
    SELECT DISTINCT book_id, regexp_split_to_table(label, '-')::int AS page
    FROM shown WHERE label ~ '^[0-9]{1,5}(-[0-9]{1,5})*$'
),
truth AS (
    SELECT n.book_id, count(*) AS pages FROM numbered n JOIN digitization_book b ON b.id = n.book_id
    WHERE n.page >= 1 AND (b.pages IS NULL OR n.page <= b.pages) GROUP BY n.book_id
)
SELECT coalesce(truth.book_id, t.book_id), coalesce(truth.pages, 0), coalesce(t.scanned, 0)
FROM truth FULL JOIN digitization_bookpages t ON t.book_id = truth.book_id
WHERE coalesce(truth.pages, 0) <> coalesce(t.scanned, 0)
ORDER BY 1
"""
# The newest declaration of a book stands in the book.
DRIFTED_DECLARATIONS = """
SELECT b.id, d.n, b.declared
FROM digitization_book b
JOIN (SELECT DISTINCT ON (book_id) book_id, n FROM digitization_declaration
      ORDER BY book_id, day DESC, revision DESC) d ON d.book_id = b.id
WHERE d.n <> b.declared
ORDER BY b.id
"""


@dataclass(frozen=True, slots=True)
class BookDrift:
    """A number kept in or beside a book that differs from the rows it is counted from."""

    what: str
    book_id: int
    counted: int
    kept: int


@dataclass(frozen=True, slots=True)
class TallyDrift:
    """A tally that differs from the entries it should count."""

    book_id: int
    status: str
    standing: str
    entries: int
    tally: int
    last_entry: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class FiguresDrift:
    """Prepared figures of a unit and kind that the roll-up did not bring in line."""

    campaign_id: int
    unit_id: int
    kind: str
    counted: Figures
    prepared: Figures

    def differences(self) -> str:
        """Name what differs: "done 12 (prepared 11)"."""
        pairs = ((name, getattr(self.counted, name), getattr(self.prepared, name)) for name in COLUMNS)
        return ", ".join(f"{name} {now} (prepared {then})" for name, now, then in pairs if now != then)


@dataclass(frozen=True, slots=True)
class Report:
    """What a recount found."""

    tallies: tuple[TallyDrift, ...]
    figures: tuple[FiguresDrift, ...]
    books: tuple[BookDrift, ...] = ()
    spoilt: tuple[DailySnapshot, ...] = ()

    @property
    def drift(self) -> int:
        """Return how many counts differ; spoilt snapshots are no counts, and stay spoilt after a repair."""
        return len(self.tallies) + len(self.figures) + len(self.books)


def check(*, patience: float = 5.0) -> Report:
    """Recount everything and change nothing.

    Figures may rightly be one roll-up behind the tallies. Those that differ are looked at again after ``patience``
    seconds, and count as drift only if nobody has touched them since.
    """
    tallies, figures = drifted_tallies(), drifted_figures()
    if figures and patience:
        time.sleep(patience)
        again = drifted_figures()
        figures = {
            key: drift for key, drift in again.items() if key in figures and _untouched(figures[key], drift)
        }
    return Report(tallies, tuple(figures.values()), drifted_books(), spoilt_snapshots())


def reconcile() -> Report:
    """Recount everything, repair it, and remember the drift found; returns what was found before the repair.

    The runtime role may not write tallies itself: a function of the database owner does it. It runs even where
    nothing drifted, to lower what withdrawn and returned entries left in ``last_at``.
    """
    found = check()
    # Nobody saves until the first one ends, so nothing else is done in it.
    for repair in ("civreg_recount_tally()", "civreg_recount_books()"):
        with transaction.atomic(), connection.cursor() as cursor:
            # While it waits for its lock, everybody who saves waits behind it: so it does not wait long.
            lift_time_limits(patient=False)
            cursor.execute(f"SELECT {repair}")
    roll_up()
    RollupState.objects.filter(campaign__closed=False).update(
        reconciled_at=clock.real_now(), drift=found.drift
    )
    return found


def drifted_tallies() -> tuple[TallyDrift, ...]:
    """Compare every tally with the entries of its book."""
    with transaction.atomic(), connection.cursor() as cursor:
        lift_time_limits(patient=False)
        cursor.execute(DRIFTED_TALLIES)
        return tuple(TallyDrift(*row) for row in cursor.fetchall())


def drifted_books() -> tuple[BookDrift, ...]:
    """Compare the pages and the declared count of every book with the rows they come from."""
    found: list[BookDrift] = []
    with transaction.atomic(), connection.cursor() as cursor:
        lift_time_limits(patient=False)
        for what, asked in (("pages", DRIFTED_PAGES), ("declared", DRIFTED_DECLARATIONS)):
            cursor.execute(asked)
            found += [BookDrift(what, *row) for row in cursor.fetchall()]
    return tuple(found)


def spoilt_snapshots() -> tuple[DailySnapshot, ...]:
    """Return the published snapshots that are no longer what was frozen."""
    with transaction.atomic():
        lift_time_limits(patient=False)
        snapshots = DailySnapshot.objects.order_by("pk").prefetch_related("rows")
        return tuple(each for each in snapshots.iterator(chunk_size=SNAPSHOTS_AT_ONCE) if not is_intact(each))


def drifted_figures() -> dict[tuple[int, int, str], FiguresDrift]:
    """Compare the prepared figures of every running campaign with its books; returns those that differ."""
    drifts: dict[tuple[int, int, str], FiguresDrift] = {}
    for campaign in Campaign.objects.running():
        prepared = _prepared(campaign)
        counted = count_now(campaign.pk)
        for unit, kind in sorted(prepared.keys() | counted.keys()):
            now, then = counted.get((unit, kind), Figures()), prepared.get((unit, kind), Figures())
            if now != then:
                drifts[campaign.pk, unit, kind] = FiguresDrift(campaign.pk, unit, kind, now, then)
    return drifts


def _prepared(campaign: Campaign) -> Mapping[tuple[int, str], Figures]:
    rows = UnitProgress.objects.filter(campaign=campaign).values("unit_id", "kind", *COLUMNS)
    return {(row["unit_id"], row["kind"]): Figures.read(row) for row in rows}


def _untouched(first: FiguresDrift, second: FiguresDrift) -> bool:
    return first.prepared == second.prepared
