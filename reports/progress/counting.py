"""How books become figures: the one piece of SQL that everything counts by.

Two common table expressions, ``books`` (one row per book in the scope of a campaign) and ``fresh`` (one row per
campaign, unit and kind), are read by the roll-up, the cut-off, a paper and the reconcile, so that none of them
can count differently. Rules:

* in scope: kept by a unit of the campaign, of a kind of the campaign unless ``CampaignBook`` says otherwise, and
  no second copy of another book;
* counted = greatest(held in a counted status and standing, declared), never the sum of the two;
* per book first: done = least(total, counted), and every later stage is clamped likewise; a book without a total
  adds nothing to done;
* the last entry: typed, or declared with the newest statement of a book that counts by what is declared;
* pages: those with a picture or a statement, each once and none beyond the last of its book, from their own tally.

``OF_A_BOOK`` says of every figure what one book adds to it. Lists of the books behind a figure read the same
expressions, so that they add up to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from civreg.lib.statements import dicts_of
from digitization.models import COUNTED_STANDINGS, COUNTED_STATUSES, Standing, Status
from reports.progress.figures import COUNTS, Figures

BOOKS = """
WITH scope AS (
    SELECT c.id AS campaign_id, b.id AS book_id, b.custodian_id AS unit_id, b.kind, b.total, b.basis, b.declared,
        b.pages AS stated_pages
    FROM reports_campaign c
    JOIN reports_campaignunit cu ON cu.campaign_id = c.id
    JOIN digitization_book b ON b.custodian_id = cu.unit_id AND b.second_copy_of_id IS NULL
    LEFT JOIN reports_campaignbook x ON x.campaign_id = c.id AND x.book_id = b.id
    WHERE c.id = ANY(%(campaigns)s::bigint[])
      AND (%(unit)s::bigint IS NULL OR cu.unit_id = %(unit)s::bigint)
      AND coalesce(x.in_scope, b.kind = ANY(c.kinds))
),
held AS (
    SELECT book_id,
        sum(n) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_entered)s)) AS held,
        sum(n) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_checked)s)) AS checked,
        sum(n) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_approved)s)) AS approved,
        sum(n) FILTER (WHERE standing = ANY(%(standings)s) AND status = ANY(%(from_transferred)s)) AS transferred,
        sum(n) FILTER (WHERE standing = ANY(%(standings)s) AND status = %(returned)s) AS returned,
        sum(n) FILTER (WHERE standing = %(duplicate)s) AS duplicate,
        sum(n) FILTER (WHERE standing = %(unreadable)s) AS unreadable,
        max(last_at) FILTER (WHERE n > 0 AND standing = ANY(%(standings)s)) AS last_at
    FROM digitization_booktally
    WHERE book_id IN (SELECT book_id FROM scope)
    GROUP BY book_id
),
books AS (
    SELECT s.*, coalesce(s.total, 0) AS room,
        coalesce(h.held, 0) AS held,
        greatest(coalesce(h.held, 0), s.declared) AS counted,
        coalesce(h.checked, 0) AS checked,
        coalesce(h.approved, 0) AS approved,
        coalesce(h.transferred, 0) AS transferred,
        coalesce(h.returned, 0) AS returned,
        coalesce(h.duplicate, 0) AS duplicate,
        coalesce(h.unreadable, 0) AS unreadable,
        coalesce(p.scanned, 0) AS scanned,
        greatest(h.last_at, said.at) AS last_at
    FROM scope s LEFT JOIN held h USING (book_id) LEFT JOIN digitization_bookpages p USING (book_id)
    LEFT JOIN LATERAL (
        SELECT d.at FROM digitization_declaration d
        WHERE d.book_id = s.book_id AND s.declared > coalesce(h.held, 0)
        ORDER BY d.day DESC, d.revision DESC LIMIT 1) said ON true
)"""

# A closed campaign keeps its books as they stood when it was closed, with the unit that kept each then.
_BOOKS_AT_CLOSING = """
WITH books AS (
    SELECT *, coalesce(total, 0) AS room FROM reports_bookatclosing
    WHERE campaign_id = ANY(%(campaigns)s::bigint[])
      AND (%(unit)s::bigint IS NULL OR unit_id = %(unit)s::bigint)
)"""

OF_A_BOOK: dict[str, str] = {
    "books": "1",
    "full_books": "coalesce(counted >= total, false)::int",
    "no_total_books": "(total IS NULL)::int",
    "total": "room",
    "pages": "coalesce(stated_pages, 0)",
    "scanned_pages": "scanned",
    "no_pages_books": "(stated_pages IS NULL)::int",
    "done": "least(room, counted)",
    "checked": "least(room, checked)",
    "approved": "least(room, approved)",
    "transferred": "least(room, transferred)",
    "returned": "returned",
    "duplicate": "duplicate",
    "unreadable": "unreadable",
    "excess": "CASE WHEN counted > total THEN counted - total ELSE 0 END",
    "untotalled": "CASE WHEN total IS NULL THEN counted ELSE 0 END",
    "declared_only": "least(room, counted) - least(room, held)",
}

FRESH = f"""
    SELECT campaign_id, unit_id, kind,
        {", ".join(f"sum({of_a_book}) AS {name}" for name, of_a_book in OF_A_BOOK.items())},
        max(last_at) AS last_at
    FROM books
    GROUP BY campaign_id, unit_id, kind"""

# The same of several days at once: ``books`` then has one row per book and day.
FRESH_BY_DAY = FRESH.replace("campaign_id, unit_id, kind", "day, campaign_id, unit_id, kind")

COLUMNS: tuple[str, ...] = (*COUNTS, "last_at")


def books_of(*, closed: bool) -> str:
    """Return the expression ``books`` of a campaign: of now, or of the moment at which it was ``closed``."""
    return _BOOKS_AT_CLOSING if closed else BOOKS


def parameters(campaigns: Sequence[int], *, unit: int | None = None) -> dict[str, Any]:
    """Return what ``BOOKS`` asks for: the campaigns, one unit or all, and the definition of digitized.

    ``COUNTED_STATUSES`` is in the order of an entry's life, so the later stages are its tails.
    """
    stages = [str(status) for status in COUNTED_STATUSES]
    return {
        "campaigns": list(campaigns),
        "unit": unit,
        "standings": [str(standing) for standing in COUNTED_STANDINGS],
        "from_entered": stages,
        "from_checked": stages[stages.index(Status.CHECKED) :],
        "from_approved": stages[stages.index(Status.APPROVED) :],
        "from_transferred": stages[stages.index(Status.TRANSFERRED) :],
        "returned": str(Status.RETURNED),
        "duplicate": str(Standing.DUPLICATE),
        "unreadable": str(Standing.UNREADABLE),
    }


def count_now(campaign_id: int, *, unit: int | None = None) -> dict[tuple[int, str], Figures]:
    """Count from the tallies as they are at this moment; returns figures by (unit id, kind).

    A paper and the reconcile count so; pages read what the roll-up prepared.
    """
    return by_unit_and_kind(dicts_of(BOOKS + FRESH, parameters([campaign_id], unit=unit)))


def by_unit_and_kind(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[int, str], Figures]:
    """Read rows of ``FRESH``."""
    return {(row["unit_id"], row["kind"]): Figures.read(row) for row in rows}


def column_list(alias: str = "", names: Iterable[str] = COLUMNS) -> str:
    """Return the figure columns for a statement, each behind ``alias``."""
    return ", ".join(f"{alias}{name}" for name in names)
