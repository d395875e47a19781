"""How books stood at past cut-offs, from what is written down of each entry and book: one piece of SQL.

``books`` has the columns it has in ``counting``, and a day. What a moment is told from:

* an entry: its last event before the moment;
* a total: the last statement confirmed before it; a book without any statement always had the total it has;
* who kept the book: the last handover or book day before it, else who the next handover took it from;
* whether the book was listed: written down when it was, or stated, typed in or closed by then, or older than a book
  that was (ids only rise);
* declared: the newest statement before it, else as at the last book day before it;
* pages: as many as the book is said to have now; of how many there were pictures is not told of the past;
* in scope: kinds, exceptions and units of the campaign as they are now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reports.models import Campaign
from reports.progress.counting import parameters

CUTOFF_OF = "(({day} + %(cutoff)s::time) AT TIME ZONE 'Asia/Ho_Chi_Minh')"
# The number of the first asked cut-off that lies after a moment, from 1.
_FIRST_AFTER = "(width_bucket({at}, %(moments)s::timestamptz[]) + 1)"

LISTED = """
WITH cutoffs AS (
    SELECT day, moment, number
    FROM unnest(%(days)s::date[], %(moments)s::timestamptz[]) WITH ORDINALITY AS c(day, moment, number)
),
members AS (SELECT unit_id FROM reports_campaignunit WHERE campaign_id = %(campaign)s),
listed AS (
    SELECT b.id AS book_id, b.kind, b.custodian_id, b.total, b.basis, b.pages AS stated_pages
    FROM reports_campaign c
    JOIN digitization_book b ON b.second_copy_of_id IS NULL
    LEFT JOIN reports_campaignbook x ON x.campaign_id = c.id AND x.book_id = b.id
    WHERE c.id = %(campaign)s AND coalesce(x.in_scope, b.kind = ANY(c.kinds))
      AND (b.custodian_id IN (SELECT unit_id FROM members)
           OR EXISTS (SELECT FROM reports_custody k
                      WHERE k.book_id = b.id AND k.unit_id IN (SELECT unit_id FROM members))
           OR EXISTS (SELECT FROM reports_bookday d
                      WHERE d.book_id = b.id AND d.custodian_id IN (SELECT unit_id FROM members)))
)"""

BOOKS_THEN = f"""
{LISTED},
steps AS (
    SELECT r.book_id, r.entered_at, e.to_status AS status, e.to_standing AS standing,
        {_FIRST_AFTER.format(at="e.at")} AS since,
        {_FIRST_AFTER.format(at="lead(e.at) OVER (PARTITION BY e.record_id ORDER BY e.id)")} AS until
    FROM digitization_record r JOIN digitization_recordevent e ON e.record_id = r.id
    WHERE r.book_id IN (SELECT book_id FROM listed) AND e.at < (SELECT max(moment) FROM cutoffs)
),
changes AS (
    SELECT book_id, entered_at, status, standing, since AS number, 1 AS d
    FROM steps WHERE until IS NULL OR until > since
    UNION ALL
    SELECT book_id, NULL, status, standing, until, -1 FROM steps WHERE until > since
),
moved AS (
    SELECT book_id, number,
        sum(d) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_entered)s)) AS held,
        sum(d) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_checked)s)) AS checked,
        sum(d) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_approved)s)) AS approved,
        sum(d) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_transferred)s)) AS transferred,
        sum(d) FILTER (WHERE standing = ANY(%(standings)s) AND status = %(returned)s) AS returned,
        sum(d) FILTER (WHERE standing = %(duplicate)s) AS duplicate,
        sum(d) FILTER (WHERE standing = %(unreadable)s) AS unreadable,
        max(entered_at) FILTER (WHERE standing = ANY(%(standings)s)) AS last_at
    FROM changes GROUP BY book_id, number
),
typed AS (
    SELECT book_id, min(entered_at) AS at FROM digitization_record
    WHERE book_id IN (SELECT book_id FROM listed) GROUP BY book_id
),
seen AS (
    SELECT l.*,
        least(typed.at,
            (SELECT min(k.since) FROM reports_custody k WHERE k.book_id = l.book_id AND k.former_id IS NULL),
            (SELECT min(t.at) FROM digitization_booktotal t WHERE t.book_id = l.book_id),
            (SELECT {CUTOFF_OF.format(day="min(d.day)")} FROM reports_bookday d WHERE d.book_id = l.book_id)
        ) AS known_at,
        EXISTS (SELECT FROM digitization_booktotal t
                WHERE t.book_id = l.book_id AND t.decision = %(confirmed)s) AS stated_ever
    FROM listed l LEFT JOIN typed ON typed.book_id = l.book_id
),
grid AS (
    SELECT s.*, c.day, c.moment, c.number,
        s.book_id <= max(s.book_id) FILTER (WHERE s.known_at <= c.moment) OVER (PARTITION BY c.number) AS existed
    FROM seen s CROSS JOIN cutoffs c
),
stood AS (
    SELECT g.book_id, g.kind, g.day, g.number, g.existed, g.stated_pages,
        CASE WHEN g.stated_ever THEN stated.total ELSE g.total END AS total,
        CASE WHEN g.stated_ever THEN coalesce(stated.basis, '') ELSE g.basis END AS basis,
        coalesce(said.n, closed.declared, 0) AS declared, said.at AS said_at,
        CASE WHEN kept.since >= closed.at OR closed.at IS NULL
            THEN coalesce(kept.unit_id, later.former_id, g.custodian_id) ELSE closed.custodian_id END AS unit_id
    FROM grid g
    LEFT JOIN LATERAL (
        SELECT t.total, t.basis FROM digitization_booktotal t
        WHERE t.book_id = g.book_id AND t.decision = %(confirmed)s AND coalesce(t.decided_at, t.at) < g.moment
        ORDER BY coalesce(t.decided_at, t.at) DESC, t.id DESC LIMIT 1) stated ON true
    LEFT JOIN LATERAL (
        SELECT d.declared, d.custodian_id, {CUTOFF_OF.format(day="d.day")} AS at FROM reports_bookday d
        WHERE d.book_id = g.book_id AND d.day <= g.day ORDER BY d.day DESC LIMIT 1) closed ON true
    LEFT JOIN LATERAL (
        SELECT s.n, s.at FROM digitization_declaration s
        WHERE s.book_id = g.book_id AND s.at < g.moment ORDER BY s.day DESC, s.revision DESC LIMIT 1) said ON true
    LEFT JOIN LATERAL (
        SELECT k.unit_id, k.since FROM reports_custody k
        WHERE k.book_id = g.book_id AND k.since < g.moment ORDER BY k.since DESC, k.id DESC LIMIT 1) kept ON true
    LEFT JOIN LATERAL (
        SELECT k.former_id FROM reports_custody k
        WHERE k.book_id = g.book_id AND k.since >= g.moment AND k.former_id IS NOT NULL
        ORDER BY k.since, k.id LIMIT 1) later ON true
),
counts AS (
    SELECT t.*,
        coalesce(sum(m.held) OVER sofar, 0) AS held,
        coalesce(sum(m.checked) OVER sofar, 0) AS checked,
        coalesce(sum(m.approved) OVER sofar, 0) AS approved,
        coalesce(sum(m.transferred) OVER sofar, 0) AS transferred,
        coalesce(sum(m.returned) OVER sofar, 0) AS returned,
        coalesce(sum(m.duplicate) OVER sofar, 0) AS duplicate,
        coalesce(sum(m.unreadable) OVER sofar, 0) AS unreadable,
        max(m.last_at) OVER sofar AS typed_at
    FROM stood t LEFT JOIN moved m ON m.book_id = t.book_id AND m.number = t.number
    WINDOW sofar AS (PARTITION BY t.book_id ORDER BY t.number)
),
books AS (
    SELECT %(campaign)s::bigint AS campaign_id, c.*, coalesce(c.total, 0) AS room,
        greatest(c.held, c.declared) AS counted, 0 AS scanned,
        greatest(c.typed_at, CASE WHEN c.declared > c.held THEN c.said_at END) AS last_at
    FROM counts c WHERE c.existed AND c.unit_id IN (SELECT unit_id FROM members)
)"""

# Entries that were there at a cut-off and of which nothing is written down before it.
WITHOUT_HISTORY = f"""
{LISTED},
silent AS (
    SELECT r.entered_at, min(e.at) AS told_at
    FROM digitization_record r LEFT JOIN digitization_recordevent e ON e.record_id = r.id
    WHERE r.book_id IN (SELECT book_id FROM listed)
    GROUP BY r.id, r.entered_at
    HAVING bool_or(e.from_status = '') IS NOT TRUE
)
SELECT c.day, count(*) FROM cutoffs c
JOIN silent s ON s.entered_at < c.moment AND coalesce(s.told_at, 'infinity') >= c.moment
GROUP BY c.day
"""


def parameters_then(campaign: Campaign, days: Sequence[date]) -> dict[str, Any]:
    """Return what the statements need to count a campaign at the cut-offs of ``days``, which are in order."""
    return {
        **parameters([campaign.pk]),
        "campaign": campaign.pk,
        "days": list(days),
        "moments": [campaign.cutoff_of(day) for day in days],
        "cutoff": campaign.cutoff,
        "confirmed": "confirmed",
    }
