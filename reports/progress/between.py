"""What made the difference between two cut-offs, book by book: typing, handovers, or other totals.

Digitized is the sum of least(total, counted) over the books a unit keeps. Between two cut-offs, exactly:

* production: the books it keeps at the later one, by the later total: least(total, counted then → now);
* restated: the same books, what they had counted then, by the total of then → now;
* handed over: what had been digitized in books it received, less in those it gave away.

What a book held when it came into the campaign is none of them; two days compared show it under other causes.

Book days are written at cut-offs only, so a moment between two cannot be told apart like this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from reports.models import Campaign
from reports.progress.standing import counted_at, joining
from reports.progress.then import CUTOFF_OF

ENDS = f"""
WITH members AS (SELECT unit_id FROM reports_campaignunit WHERE campaign_id = %(campaign)s),
ends AS (
    SELECT {
    ", ".join(
        f"coalesce((SELECT k.unit_id FROM reports_custody k WHERE k.book_id = b.id AND k.since < %({end}_at)s "
        f"AND k.since >= {CUTOFF_OF.format(day=f'at_{end}.day')} ORDER BY k.since DESC, k.id DESC LIMIT 1), "
        f"at_{end}.custodian_id) AS unit_{end}, "
        f"coalesce(CASE WHEN joining.day > %({end})s THEN at_now.total ELSE at_{end}.total END, 0) AS room_{end}, "
        f"{counted_at(f'%({end})s', book='b.id')} AS counted_{end}"
        for end in ("then", "now")
    )
}
    FROM reports_campaign c
    JOIN digitization_book b ON b.second_copy_of_id IS NULL
    LEFT JOIN reports_campaignbook x ON x.campaign_id = c.id AND x.book_id = b.id
    {joining(campaign="c.id", book="b.id")}
    LEFT JOIN LATERAL (SELECT * FROM reports_bookday d WHERE d.book_id = b.id AND d.day <= %(then)s
                       ORDER BY d.day DESC LIMIT 1) at_then ON true
    LEFT JOIN LATERAL (SELECT * FROM reports_bookday d WHERE d.book_id = b.id AND d.day <= %(now)s
                       ORDER BY d.day DESC LIMIT 1) at_now ON true
    WHERE c.id = %(campaign)s AND coalesce(x.in_scope, b.kind = ANY(c.kinds)) AND at_now.day IS NOT NULL
)
SELECT unit_then, unit_now,
    coalesce(sum(least(room_now, counted_now) - least(room_now, counted_then)), 0) AS produced,
    coalesce(sum(least(room_now, counted_then) - least(room_then, counted_then)), 0) AS restated,
    coalesce(sum(least(room_then, counted_then)), 0) AS carried,
    coalesce(sum(room_now - room_then), 0) AS total_restated,
    coalesce(sum(room_then), 0) AS total_carried
FROM ends
WHERE unit_then IN (SELECT unit_id FROM members) OR unit_now IN (SELECT unit_id FROM members)
GROUP BY unit_then, unit_now
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """What a unit's figures changed by: entries typed, entries in books received less given, other totals."""

    produced: int = 0
    handed: int = 0
    restated: int = 0
    total_handed: int = 0
    total_restated: int = 0

    def __add__(self, other: Causes) -> Causes:
        return Causes(
            produced=self.produced + other.produced,
            handed=self.handed + other.handed,
            restated=self.restated + other.restated,
            total_handed=self.total_handed + other.total_handed,
            total_restated=self.total_restated + other.total_restated,
        )

    @property
    def gained(self) -> int:
        """Return how much more is digitized by these causes together."""
        return self.produced + self.handed + self.restated


def causes_between(
    campaign: Campaign, then: date, now: date, heir_of: Mapping[int, int]
) -> dict[int, Causes]:
    """Return what changed from the cut-off of ``then`` to that of ``now``, by unit id; one query.

    Units are those of the day ``heir_of`` leads to (``communes.lineage``): a book that passed to the heir of the
    unit that kept it was not handed over.
    """
    found: dict[int, Causes] = {}
    for unit_then, unit_now, produced, restated, carried, total_restated, total_carried in _ends(
        campaign, then, now
    ):
        before, after = (heir_of.get(unit, unit) for unit in (unit_then, unit_now))
        moved = before is not None and before != after
        here = Causes(
            produced=int(produced),
            restated=int(restated),
            total_restated=int(total_restated),
            handed=int(carried) if moved else 0,
            total_handed=int(total_carried) if moved else 0,
        )
        found[after] = found.get(after, Causes()) + here
        if moved:
            gone = Causes(handed=-int(carried), total_handed=-int(total_carried))
            found[before] = found.get(before, Causes()) + gone
    return found


def _ends(campaign: Campaign, then: date, now: date) -> list[tuple[int, ...]]:
    asked: dict[str, Any] = {
        "campaign": campaign.pk,
        "then": then,
        "now": now,
        "then_at": campaign.cutoff_of(then),
        "now_at": campaign.cutoff_of(now),
        "cutoff": campaign.cutoff,
    }
    with connection.cursor() as cursor:
        cursor.execute(ENDS, asked)
        return list(cursor.fetchall())
