"""Days nobody closed, counted afterwards from what is written down of every entry, and labelled so.

A rebuilt day counts what had happened before its cut-off; a closed one what was there when it was closed, seconds
later. Its book days are written only where there are none, so pace and curve go on as if it had been closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from civreg.lib import clock
from civreg.lib.long_work import lift_time_limits
from civreg.lib.statements import dicts_of, rows_of
from communes.models import User
from reports.models import Campaign, DailySnapshot, SilentDay
from reports.progress.counting import FRESH_BY_DAY
from reports.progress.days import LATEST, alone, publish
from reports.progress.figures import Figures
from reports.progress.standing import joining
from reports.progress.then import BOOKS_THEN, WITHOUT_HISTORY, parameters_then

DayFigures = Mapping[date, Mapping[tuple[int, str], Figures]]

# Figures of today are not to wait in the worker for those of a whole year, nor a page for more than a month of them.
AT_ONCE, AT_ONCE_ASKED = 7, 31
_NAMES = (
    "counted", "checked", "approved", "transferred", "returned", "total", "basis", "declared", "custodian_id",
)  # fmt: skip
_VALUES, _OF_S = ", ".join(_NAMES), ", ".join(f"s.{name}" for name in _NAMES)

COUNT = f"{BOOKS_THEN}{FRESH_BY_DAY}"

# A row is written where a book differs from its row before, or came into the campaign since that. The closed day after
# a gap (``next``) may have written nothing because a book was as before the gap: once there is a row in the gap, that
# is a change, too.
WRITE = f"""
{BOOKS_THEN},
follows AS (
    SELECT day, next FROM unnest(%(gaps)s::date[], %(next_days)s::date[]) AS f(day, next) WHERE next IS NOT NULL
),
observed AS (
    SELECT book_id, day, counted, checked, approved, transferred, returned, total, basis, declared,
        unit_id AS custodian_id
    FROM books WHERE day NOT IN (SELECT next FROM follows)
    UNION ALL
    SELECT DISTINCT ON (b.book_id, f.next) b.book_id, f.next, {", ".join(f"d.{name}" for name in _NAMES)}
    FROM books b
    JOIN follows f ON f.day = b.day
    JOIN books there ON there.book_id = b.book_id AND there.day = f.next
    JOIN LATERAL (SELECT * FROM reports_bookday d WHERE d.book_id = b.book_id AND d.day <= f.next
                  ORDER BY d.day DESC LIMIT 1) d ON true
),
series AS (
    SELECT book_id, day, {_VALUES}, true AS stored FROM reports_bookday
    WHERE book_id IN (SELECT book_id FROM listed)
    UNION ALL
    SELECT book_id, day, {_VALUES}, false FROM observed o
    WHERE NOT EXISTS (SELECT FROM reports_bookday d WHERE d.book_id = o.book_id AND d.day = o.day)
),
compared AS (
    SELECT s.*, ({_OF_S}) IS DISTINCT FROM lag(({_OF_S})) OVER sofar
        OR (s.day >= joining.day AND lag(s.day) OVER sofar < joining.day) AS changed
    FROM series s {joining(campaign="%(campaign)s")}
    WINDOW sofar AS (PARTITION BY s.book_id ORDER BY s.day)
),
written AS (
    INSERT INTO reports_bookday (book_id, day, {_VALUES}, rebuilt)
    SELECT book_id, day, {_VALUES}, %(rebuilt)s FROM compared WHERE changed AND NOT stored ORDER BY book_id, day
    ON CONFLICT (book_id, day) DO NOTHING
)
{FRESH_BY_DAY}"""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of it: the days put together, and those that cannot be, with how many entries tell nothing of them.

    ``busy`` where nothing was tried because somebody else is writing days at this moment.
    """

    days: tuple[date, ...] = ()
    silent: Mapping[date, int] = field(default_factory=dict)
    busy: bool = False


def missing_days(campaign: Campaign, now: datetime) -> tuple[date, ...]:
    """Return the campaign days that ended more than ten minutes ago and that no snapshot tells, the earliest first."""
    known = set(campaign.snapshots.of_days().values_list("day", flat=True))
    return absent_days(campaign, known, now)


def absent_days(campaign: Campaign, known: set[date], now: datetime) -> tuple[date, ...]:
    """Return the days missing beside the ``known`` ones; a closed campaign misses none after its end."""
    last = campaign.day_of(now - LATEST) - timedelta(days=1)
    if campaign.closed_at:
        last = min(last, campaign.day_of(campaign.closed_at) - timedelta(days=1))
    elif campaign.closed:
        last = min(last, max([campaign.deadline, *known]))
    count = (last - campaign.starts).days + 1
    days = (campaign.starts + timedelta(days=number) for number in range(count))
    return tuple(day for day in days if day not in known)


def rebuild_missing(campaign: Campaign, *, by: User | None = None, most: int | None = None) -> Rebuilt:
    """Put every missing day together that can be; the others stay missing, and it is written down why.

    At ``most`` so many are looked at, the earliest first. A day that could not be is tried again only when a person
    asks: counting its entries is no work for every hour.
    """
    with transaction.atomic():
        if not alone():
            return Rebuilt(busy=True)
        lift_time_limits()
        days = missing_days(campaign, clock.now())
        if by is None:
            tried = set(campaign.silent_days.values_list("day", flat=True))
            days = tuple(day for day in days if day not in tried)
        days = days[:most]
        silent = without_history(campaign, days)
        _remember(campaign, silent)
        able = tuple(day for day in days if day not in silent)
        taken_at = clock.now()
        for day, figures in write_days(campaign, able).items():
            publish(
                campaign,
                day=day,
                taken_at=taken_at,
                figures=figures,
                kind=DailySnapshot.Kind.REBUILT,
                by=by,
            )
    return Rebuilt(able, silent)


def without_history(campaign: Campaign, days: Sequence[date]) -> dict[date, int]:
    """Return the days that cannot be told, with how many entries were there of which nothing is written down."""
    if not days:
        return {}
    return {day: entries for day, entries in rows_of(WITHOUT_HISTORY, parameters_then(campaign, days))}


def count_then(campaign: Campaign, day: date) -> Mapping[tuple[int, str], Figures]:
    """Count a campaign as it stood at the cut-off of ``day``; nothing is written."""
    return _run(COUNT, campaign, [day], {})[day]


def write_days(campaign: Campaign, days: Sequence[date], *, rebuilt: bool = True) -> DayFigures:
    """Write the book days of ``days`` (in order) where there are none; returns the figures of each day.

    ``rebuilt`` labels them; the demonstration, which tells days as if they had been closed, does not.
    """
    if not days:
        return {}
    told = sorted(campaign.snapshots.of_days().values_list("day", flat=True).distinct())
    after = [next((other for other in told if other > day), None) for day in days]
    asked = {"gaps": list(days), "next_days": after, "rebuilt": rebuilt}
    figures = _run(WRITE, campaign, sorted({*days, *filter(None, after)}), asked)
    return {day: figures[day] for day in days}


def _remember(campaign: Campaign, silent: Mapping[date, int]) -> None:
    for day, entries in silent.items():
        told = {"entries": entries, "tried_at": clock.now()}
        SilentDay.objects.update_or_create(campaign=campaign, day=day, defaults=told)


def _run(statement: str, campaign: Campaign, days: Sequence[date], more: Mapping[str, Any]) -> DayFigures:
    found: dict[date, dict[tuple[int, str], Figures]] = defaultdict(dict)
    for row in dicts_of(statement, {**parameters_then(campaign, days), **more}):
        found[row["day"]][row["unit_id"], row["kind"]] = Figures.read(row)
    return {day: found[day] for day in days}
