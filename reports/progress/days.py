"""The cut-off: each day at 17:00 the counts of the books are written down and the district's figures frozen.

A campaign day that was not closed within ten minutes after its cut-off is not closed any more: figures of a later
moment would be a guess. It is missing until ``rebuild`` has counted it from what was written down of each entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from civreg.lib import clock
from civreg.lib.statements import dicts_of
from communes.models import User
from digitization.models.states import DEFINITION_VERSION
from reports.models import Campaign, DailySnapshot, SnapshotRow
from reports.progress.counting import BOOKS, FRESH, by_unit_and_kind, parameters
from reports.progress.figures import Figures
from reports.progress.frozen import fingerprint
from reports.progress.standing import joining

LATEST = timedelta(minutes=10)
LOCK = 7_031_003

# One statement, so that the days of the books and the figures of the units are counted at the same moment.
CLOSE = f"""
{BOOKS},
written AS (
    INSERT INTO reports_bookday (book_id, day, counted, checked, approved, transferred, returned, total, basis,
                                 declared, custodian_id, rebuilt)
    SELECT b.book_id, %(day)s, b.counted, b.checked, b.approved, b.transferred, b.returned, b.total, b.basis,
        b.declared, b.unit_id, false
    FROM books b {joining(campaign="b.campaign_id", book="b.book_id")}
    LEFT JOIN LATERAL (SELECT * FROM reports_bookday d
                       WHERE d.book_id = b.book_id AND d.day >= coalesce(joining.day, '-infinity')
                       ORDER BY d.day DESC LIMIT 1) d ON true
    WHERE (b.counted, b.checked, b.approved, b.transferred, b.returned, b.total, b.basis, b.declared, b.unit_id)
        IS DISTINCT FROM (d.counted, d.checked, d.approved, d.transferred, d.returned, d.total, d.basis,
                          d.declared, d.custodian_id)
    ORDER BY b.book_id
    ON CONFLICT (book_id, day) DO NOTHING
)
{FRESH}"""


def ended_day(campaign: Campaign, now: datetime) -> date | None:
    """Return the campaign day to close at ``now``; None when its cut-off is longer ago than ten minutes."""
    day = campaign.day_of(now) - timedelta(days=1)
    return day if day >= campaign.starts and now - campaign.cutoff_of(day) <= LATEST else None


def close_day(campaign: Campaign, now: datetime) -> DailySnapshot | None:
    """Close the campaign day that ended just before ``now`` (business time), once.

    Writes the days of the books that changed and one immutable snapshot; returns it, or None when there was
    nothing to close: too late, closed already, being closed by somebody else, or the campaign itself is closed.
    """
    day = ended_day(campaign, now)
    if day is None:
        return None
    with transaction.atomic():
        if (
            not (alone() and Campaign.objects.hold(campaign.pk))
            or campaign.snapshots.of_days().filter(day=day).exists()
        ):
            return None
        rows = dicts_of(CLOSE, {**parameters([campaign.pk]), "day": day})
        return publish(campaign, day=day, taken_at=now, figures=by_unit_and_kind(rows))


def alone() -> bool:
    """Keep everybody else from writing days until this transaction ends; False where somebody is doing so already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def publish(
    campaign: Campaign,
    *,
    day: date,
    taken_at: datetime,
    figures: Mapping[tuple[int, str], Figures],
    kind: DailySnapshot.Kind = DailySnapshot.Kind.CUTOFF,
    by: User | None = None,
    reason: str = "",
) -> DailySnapshot:
    """Freeze the figures of units and kinds as the next snapshot of a campaign day, with their fingerprint.

    The caller is ``alone``, or two would take the same revision and one of them fail.
    """
    rows = dict(sorted(_with_sums(figures)))
    units = campaign.campaignunit_set.values_list("unit_id", flat=True)
    rows = {(unit, ""): Figures().published() for unit in units} | rows
    earlier = campaign.snapshots.filter(day=day).aggregate(last=Max("revision"))["last"]
    snapshot = DailySnapshot(
        campaign=campaign,
        day=day,
        taken_at=taken_at,
        revision=(earlier or 0) + 1,
        kind_of=kind,
        definition_version=DEFINITION_VERSION,
        figures=Figures.sum(figures.values()).published(),
        by=by,
        reason=reason,
    )
    snapshot.sha256 = fingerprint(contents(snapshot, rows))
    snapshot.save(force_insert=True)
    SnapshotRow.objects.bulk_create(
        SnapshotRow(snapshot=snapshot, unit_id=unit, kind=kind, figures=published)
        for (unit, kind), published in rows.items()
    )
    return snapshot


def is_intact(snapshot: DailySnapshot) -> bool:
    """Tell whether a snapshot and its rows (which may have been read ahead) still are what was frozen."""
    rows = {(row.unit_id, row.kind): row.figures for row in snapshot.rows.all()}
    return fingerprint(contents(snapshot, rows)) == snapshot.sha256


def contents(snapshot: DailySnapshot, rows: Mapping[tuple[int, str], Any]) -> dict[str, Any]:
    """Return everything the fingerprint of a snapshot covers; who and why only where somebody gave them."""
    told = {"by": snapshot.by_id, "reason": snapshot.reason} if snapshot.by_id else {}
    return {
        **told,
        "campaign": snapshot.campaign_id,
        "day": snapshot.day.isoformat(),
        "revision": snapshot.revision,
        "kind": str(snapshot.kind_of),
        "taken_at": snapshot.taken_at.astimezone(clock.VIETNAM).isoformat(),
        "definition_version": snapshot.definition_version,
        "figures": snapshot.figures,
        "rows": [[unit, kind, rows[unit, kind]] for unit, kind in sorted(rows)],
    }


def _with_sums(
    figures: Mapping[tuple[int, str], Figures],
) -> Iterable[tuple[tuple[int, str], dict[str, Any]]]:
    for unit in {unit for unit, _ in figures}:
        yield (unit, ""), Figures.sum(part for (of, _), part in figures.items() if of == unit).published()
    for key, part in figures.items():
        yield key, part.published()
