"""Today against yesterday and the same weekday last week, prepared for pages, which may not count.

A gain is what was added to the books a unit keeps now, so a handover, a new total or a book taken in is no production.
What came before the open day stands in prepared rows; only the open day itself is taken from the figures of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from civreg.lib import clock
from reports.models import Campaign
from reports.progress.counting import BOOKS, parameters
from reports.progress.standing import counted_at, joining

# How many days before the open day each prepared cut-off lies.
_CUTOFFS = {"opening": 1, "before": 2, "week_closing": 7, "week_opening": 8}
_NAMES = ", ".join(_CUTOFFS)

# A day nobody closed is not known, and is never taken for the one before it.
WRITE = f"""
{BOOKS},
marks AS (SELECT name, day FROM unnest(%(names)s::text[], %(cutoffs)s::date[]) AS m(name, day)),
stood AS (
    SELECT s.unit_id, m.name, sum(least(s.room, {counted_at("m.day")})) AS done
    FROM books s CROSS JOIN marks m {joining()}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """Entries gained: on the open campaign day so far, on the one before, on the same weekday last week.

    None where a cut-off it would be measured from was not closed, or nothing has been prepared yet.
    """

    day: date
    today: int | None
    yesterday: int | None
    week_ago: int | None

    @classmethod
    def read(cls, row: Mapping[str, Any], *, day: date, done: int) -> Lately | None:
        """Read a row (``columns``) of a unit with so much done now; None where nothing is prepared for ``day``."""
        if row["lately_day"] != day:
            return None
        stood = {name: row[f"lately_{name}"] for name in _CUTOFFS}
        return cls(
            day=day,
            today=_gain(done, stood["opening"]),
            yesterday=_gain(stood["opening"], stood["before"]),
            week_ago=_gain(stood["week_closing"], stood["week_opening"]),
        )

    @classmethod
    def sum(cls, parts: Iterable[Lately | None], *, day: date) -> Lately:
        """Add up units; one without a cut-off makes the sum unknown, too, one without books adds nothing."""
        known = [part for part in parts if part is not None]
        return cls(
            day=day,
            today=_sum(part.today for part in known),
            yesterday=_sum(part.yesterday for part in known),
            week_ago=_sum(part.week_ago for part in known),
        )


def columns(alias: str) -> str:
    """Return what a statement over ``reports_unitlately`` reads for ``Lately.read``."""
    return ", ".join(f"{alias}.{name} AS lately_{name}" for name in ("day", *_CUTOFFS))


def _gain(end: int | None, start: int | None) -> int | None:
    return None if end is None or start is None else end - start


def _sum(gains: Iterable[int | None]) -> int | None:
    listed = list(gains)
    known = [gain for gain in listed if gain is not None]
    return sum(known) if known and len(known) == len(listed) else None


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
    with transaction.atomic(), connection.cursor() as cursor:
        if not Campaign.objects.hold(campaign.pk):
            return 0
        cursor.execute(WRITE, asked)
        return int(cursor.rowcount)
