"""What units gained lately, from the days of the books they keep now: a handover of books is no production."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from civreg.lib import clock
from reports.models import Campaign, DailySnapshot
from reports.progress.counting import BOOKS, books_of, parameters
from reports.progress.pace import Window, window
from reports.progress.standing import counted_at, joining

# Both ends are clamped with the total of today: a total stated this week is no production either.
WRITE = f"""
{BOOKS},
gains AS (
    SELECT s.unit_id, sum(least(s.room, {counted_at("%(end)s")})) AS at_end,
        sum(least(s.room, {counted_at("%(base)s")})) AS at_base
    FROM books s {joining()}
    GROUP BY s.unit_id
)
INSERT INTO reports_unitpace AS p (campaign_id, unit_id, day, done_yesterday, done_week_ago, days)
SELECT %(campaign)s, unit_id, %(end)s, at_end, at_base, %(days)s FROM gains ORDER BY unit_id
ON CONFLICT (campaign_id, unit_id) DO UPDATE
SET day = excluded.day, done_yesterday = excluded.done_yesterday, done_week_ago = excluded.done_week_ago,
    days = excluded.days
WHERE (p.day, p.done_yesterday, p.done_week_ago, p.days)
    IS DISTINCT FROM (excluded.day, excluded.done_yesterday, excluded.done_week_ago, excluded.days)
"""

# The books a unit keeps, at the cut-off of any day; clamped as above.
AT = f"""
SELECT s.unit_id, c.day, sum(least(s.room, {counted_at("c.day")}))
FROM books s CROSS JOIN unnest(%(days)s::date[]) AS c(day) {joining()}
GROUP BY s.unit_id, c.day
"""


def done_at(
    campaign: Campaign, days: Iterable[date], *, unit: int | None = None
) -> dict[tuple[int, date], int]:
    """Return what was done at the cut-offs of closed days, by unit id and day, of the books each unit keeps.

    These are the books it keeps now; in a closed campaign those it kept when that was closed, with their totals then.
    """
    asked = {**parameters([campaign.pk], unit=unit), "days": sorted(set(days))}
    with connection.cursor() as cursor:
        cursor.execute(books_of(closed=campaign.closed) + AT, asked)
        return {(unit_id, day): int(done) for unit_id, day, done in cursor.fetchall()}


def refresh_paces() -> int:
    """Measure every unit of every running campaign over its last seven closed days; returns how many rows changed."""
    return sum(refresh_pace(campaign) for campaign in Campaign.objects.running())


def refresh_pace(campaign: Campaign) -> int:
    """Measure the units of one campaign; nothing is written while fewer than two of its days are closed."""
    closed = DailySnapshot.objects.of_days().filter(campaign=campaign).values_list("day", flat=True)
    measured = window(closed, open_day=campaign.day_of(clock.now()))
    return _write(campaign, measured) if measured else 0


def _write(campaign: Campaign, measured: Window) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        if not Campaign.objects.hold(campaign.pk):
            return 0
        cursor.execute(
            WRITE,
            {
                **parameters([campaign.pk]),
                "campaign": campaign.pk,
                "base": measured.base,
                "end": measured.end,
                "days": measured.days,
            },
        )
        return int(cursor.rowcount)
