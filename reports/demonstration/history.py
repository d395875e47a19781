"""The days of the campaign so far, told from the entries' events: each book at each cut-off, and what was published.

The product itself writes these at 17:00 of each day. Here they are computed for all past days at once, by the
same definitions, from the last event of each entry before each cut-off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection

from reports.demonstration.figures import NOW
from reports.models import Campaign
from reports.progress.counting import BOOKS, parameters
from reports.progress.days import publish
from reports.progress.figures import Figures

# The campaign day of a moment: after the cut-off the next day has begun.
_DAY_OF = "((%s AT TIME ZONE 'Asia/Ho_Chi_Minh') - %%(cutoff)s::interval + interval '1 day')::date"

# One row per book and day: what it gained and lost that day in each column, summed up over the days before.
_DAYS = f"""
{BOOKS},
steps AS (
    SELECT r.book_id, r.entered_at, e.to_status AS status, e.to_standing AS standing,
        {_DAY_OF % "e.at"} AS since,
        {_DAY_OF % "lead(e.at) OVER (PARTITION BY e.record_id ORDER BY e.id)"} AS until
    FROM digitization_recordevent e JOIN digitization_record r ON r.id = e.record_id
),
changes AS (
    SELECT book_id, entered_at, status, standing, since AS day, 1 AS d FROM steps WHERE until IS DISTINCT FROM since
    UNION ALL
    SELECT book_id, NULL, status, standing, until, -1 FROM steps WHERE until > since
),
moved AS (
    SELECT book_id, day,
        sum(d) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_entered)s)) AS counted,
        sum(d) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_checked)s)) AS checked,
        sum(d) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_approved)s)) AS approved,
        sum(d) FILTER (WHERE standing = ANY(%(standings)s) AND status = %(returned)s) AS returned,
        sum(d) FILTER (WHERE standing = %(duplicate)s) AS duplicate,
        sum(d) FILTER (WHERE standing = %(unreadable)s) AS unreadable,
        max(entered_at) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_entered)s)) AS last_at
    FROM changes WHERE day <= %(last)s GROUP BY book_id, day
),
grid AS (
    SELECT b.book_id, b.unit_id, b.kind, b.total, b.room, b.basis, b.stated_pages, d::date AS day,
        coalesce((SELECT said.n FROM digitization_declaration said
                  WHERE said.book_id = b.book_id AND said.day <= d
                  ORDER BY said.day DESC, said.revision DESC LIMIT 1), 0) AS declared
    FROM books b CROSS JOIN generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 day') AS d
),
days AS (
    SELECT g.*,
        coalesce(sum(m.counted) OVER sofar, 0) AS counted,
        coalesce(sum(m.checked) OVER sofar, 0) AS checked,
        coalesce(sum(m.approved) OVER sofar, 0) AS approved,
        coalesce(sum(m.returned) OVER sofar, 0) AS returned,
        coalesce(sum(m.duplicate) OVER sofar, 0) AS duplicate,
        coalesce(sum(m.unreadable) OVER sofar, 0) AS unreadable,
        max(m.last_at) OVER sofar AS last_at
    FROM grid g LEFT JOIN moved m ON m.book_id = g.book_id AND m.day = g.day
    WINDOW sofar AS (PARTITION BY g.book_id ORDER BY g.day)
)"""

_WRITE = f"""
{_DAYS},
compared AS (
    SELECT *, (counted, checked, approved, returned, declared) IS DISTINCT FROM
        lag((counted, checked, approved, returned, declared)) OVER (PARTITION BY book_id ORDER BY day) AS changed
    FROM days
),
written AS (
    INSERT INTO reports_bookday (book_id, day, counted, checked, approved, transferred, returned, total, basis,
                                 declared, custodian_id, rebuilt)
    SELECT book_id, day, greatest(counted, declared), checked, approved, 0, returned, total, basis, declared, unit_id,
        false
    FROM compared WHERE changed ORDER BY book_id, day
)
SELECT day, unit_id, kind,
    count(*) AS books,
    count(*) FILTER (WHERE greatest(counted, declared) >= total) AS full_books,
    sum(room) AS total,
    sum(stated_pages) AS pages,
    sum(least(room, greatest(counted, declared))) AS done,
    sum(least(room, greatest(counted, declared)) - least(room, counted)) AS declared_only,
    sum(least(room, checked)) AS checked,
    sum(least(room, approved)) AS approved,
    sum(returned) AS returned,
    sum(duplicate) AS duplicate,
    sum(unreadable) AS unreadable,
    max(last_at) AS last_at
FROM days GROUP BY day, unit_id, kind"""


def load_history(campaign: Campaign) -> int:
    """Write the book days and one published snapshot for every finished day; returns how many days there are."""
    by_day = _write_days(campaign)
    for day, figures in sorted(by_day.items()):
        publish(campaign, day=day, taken_at=campaign.cutoff_of(day) + timedelta(seconds=21), figures=figures)
    return len(by_day)


def _write_days(campaign: Campaign) -> Mapping[date, dict[tuple[int, str], Figures]]:
    asked = {
        **parameters([campaign.pk]),
        "cutoff": f"{campaign.cutoff:%H:%M}",
        "first": campaign.starts,
        "last": campaign.day_of(NOW) - timedelta(days=1),
    }
    found: dict[date, dict[tuple[int, str], Figures]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, asked)
        names = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row: dict[str, Any] = dict(zip(names, values, strict=True))
            found[row["day"]][row["unit_id"], row["kind"]] = Figures.read(row)
    return found
