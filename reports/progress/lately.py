"""Today against yesterday and the same weekday last week, in one query for a page that may not count.

A gain is what was added to the books a unit keeps now, so a handover or a new total is no production. What came
before the open day stands in prepared rows; only the open day itself is taken from the figures of now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from civreg.lib import clock
from reports.models import Campaign
from reports.progress.counting import BOOKS, parameters

# How many days before the open day each prepared cut-off lies.
_CUTOFFS = {"opening": 1, "before": 2, "week_closing": 7, "week_opening": 8}
_NAMES = ", ".join(_CUTOFFS)

# A day nobody closed is not known, and is never taken for the one before it.
WRITE = f"""
{BOOKS},
marks AS (SELECT name, day FROM unnest(%(names)s::text[], %(cutoffs)s::date[]) AS m(name, day)),
stood AS (
    SELECT s.unit_id, m.name, sum(least(s.room, coalesce(d.counted, 0))) AS done
    FROM books s CROSS JOIN marks m
    LEFT JOIN LATERAL (SELECT counted FROM reports_bookday d WHERE d.book_id = s.book_id AND d.day <= m.day
                       ORDER BY d.day DESC LIMIT 1) d ON true
    GROUP BY s.unit_id, m.name
),
fresh AS (
    SELECT u.unit_id, {", ".join(f"max(s.done) FILTER (WHERE s.name = '{name}') AS {name}" for name in _CUTOFFS)}
    FROM (SELECT DISTINCT unit_id FROM books) u LEFT JOIN stood s ON s.unit_id = u.unit_id
    GROUP BY u.unit_id
)
INSERT INTO reports_unitlately AS l (campaign_id, unit_id, day, {_NAMES})
SELECT %(campaign)s, unit_id, %(day)s, {_NAMES} FROM fresh ORDER BY unit_id
ON CONFLICT (campaign_id, unit_id) DO UPDATE
SET day = excluded.day, {", ".join(f"{name} = excluded.{name}" for name in _CUTOFFS)}
WHERE (l.day, {", ".join(f"l.{name}" for name in _CUTOFFS)})
    IS DISTINCT FROM (excluded.day, {", ".join(f"excluded.{name}" for name in _CUTOFFS)})
"""

# One unit without a cut-off makes the sum unknown, too.
READ = """
SELECT sum(p.done - l.opening) FILTER (WHERE l.known_opening),
    sum(l.opening - l.before) FILTER (WHERE l.known_before),
    sum(l.week_closing - l.week_opening) FILTER (WHERE l.known_week)
FROM (SELECT unit_id, opening, before, week_closing, week_opening,
          bool_and(opening IS NOT NULL) OVER () AS known_opening,
          bool_and(opening IS NOT NULL AND before IS NOT NULL) OVER () AS known_before,
          bool_and(week_closing IS NOT NULL AND week_opening IS NOT NULL) OVER () AS known_week
      FROM reports_unitlately
      WHERE campaign_id = %(campaign)s AND day = %(day)s AND (%(unit)s::bigint IS NULL OR unit_id = %(unit)s)) l
LEFT JOIN (SELECT unit_id, sum(done) AS done FROM reports_unitprogress
           WHERE campaign_id = %(campaign)s GROUP BY unit_id) p ON p.unit_id = l.unit_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """Entries gained: on the open campaign day so far, on the one before, on the same weekday last week.

    None where a cut-off it would be measured from was not closed, or nothing has been prepared yet.
    """

    day: date
    today: int | None
    yesterday: int | None
    week_ago: int | None


def lately(campaign: Campaign, *, unit_id: int | None = None) -> Lately:
    """Return what a campaign, or one unit of it, gained lately; one query."""
    day = campaign.day_of(clock.now())
    with connection.cursor() as cursor:
        cursor.execute(READ, {"campaign": campaign.pk, "day": day, "unit": unit_id})
        gained = [None if value is None else int(value) for value in cursor.fetchone()]
    return Lately(day=day, today=gained[0], yesterday=gained[1], week_ago=gained[2])


def refresh_lately() -> int:
    """Prepare what is compared with today, for every running campaign; returns how many rows changed."""
    return sum(prepare(campaign) for campaign in Campaign.objects.running())


def prepare(campaign: Campaign) -> int:
    """Prepare the units of one campaign; returns how many rows changed."""
    day = campaign.day_of(clock.now())
    closed = set(campaign.snapshots.of_days().values_list("day", flat=True))
    wanted = {name: day - timedelta(days=back) for name, back in _CUTOFFS.items()}
    known = {name: cutoff for name, cutoff in wanted.items() if cutoff in closed}
    asked = {
        **parameters([campaign.pk]),
        "campaign": campaign.pk,
        "day": day,
        "names": list(known),
        "cutoffs": list(known.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, asked)
        return int(cursor.rowcount)
