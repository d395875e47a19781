"""What the forecast is worked out from: the gains of closed days and what is left, of all units in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import blake2b

from django.db import transaction

from civreg.lib.long_work import lift_time_limits
from civreg.lib.statements import rows_of
from reports.forecast.district import Setting, Standing
from reports.models import Campaign, DailySnapshot
from reports.progress.counting import BOOKS, parameters
from reports.progress.standing import counted_at, joining

# Four weeks: enough to learn a week from.
CLOSED_DAYS = 28
# The open day's work is done in the ten hours before its cut-off; what comes the evening before is early.
WORK_HOURS = timedelta(hours=10)

# As the pace of a week: of the books a unit keeps now, so that a handover is no production, and clamped with the totals
# of today, so that a total stated this week is none either. ``steps`` hold what stood there at the first cut-off.
_GAINS = f"""
{BOOKS},
marks AS (
    SELECT s.book_id, s.unit_id, d.day, least(s.room, d.counted) AS done
    FROM books s {joining()}
    JOIN reports_bookday d ON d.book_id = s.book_id AND d.day > %(base)s AND d.day <= %(last)s
        AND d.day >= coalesce(joining.day, '-infinity')
    UNION ALL
    SELECT s.book_id, s.unit_id, %(base)s::date, least(s.room, {counted_at("%(base)s")})
    FROM books s {joining()}
),
steps AS (
    SELECT unit_id, day, done - lag(done, 1, 0) OVER (PARTITION BY book_id ORDER BY day) AS gain FROM marks
),
gained AS (SELECT unit_id, day, sum(gain) AS gain FROM steps GROUP BY unit_id, day),
units AS (SELECT unit_id, sum(room) AS room, sum(least(room, counted)) AS done FROM books GROUP BY unit_id)
SELECT u.unit_id, u.room - u.done, u.done - sum(g.gain), array_agg(g.day), array_agg(g.gain)
FROM units u JOIN gained g USING (unit_id) GROUP BY u.unit_id, u.room, u.done ORDER BY u.unit_id
"""

_PREPARED = """
SELECT string_agg(concat_ws(':', unit_id, kind, total, done), ',' ORDER BY unit_id, kind)
FROM reports_unitprogress WHERE campaign_id = %(campaign)s
"""


def setting_of(campaign: Campaign, now: datetime) -> Setting:
    """Place a campaign in business time; ``passed`` in tenths, so that it is no reason to work everything out anew."""
    open_day = campaign.day_of(now)
    passed = 1 - (campaign.cutoff_of(open_day) - now) / WORK_HOURS
    return Setting(
        campaign=campaign.pk,
        open_day=open_day,
        deadline=campaign.deadline,
        passed=round(min(max(passed, 0.0), 1.0), 1),
    )


def closed_days(campaign: Campaign, *, before: date) -> list[date]:
    """Return the last days that were really closed, one more than gains are measured of; the oldest first."""
    days = DailySnapshot.objects.of_days().filter(campaign=campaign, day__lt=before).order_by("-day")
    return sorted(days.values_list("day", flat=True).distinct()[: CLOSED_DAYS + 1])


def basis_of(setting: Setting, closed: Iterable[date]) -> str:
    """Return a short mark of everything the forecast depends on, from prepared rows: it is asked for often."""
    ((prepared,),) = rows_of(_PREPARED, {"campaign": setting.campaign})
    known = repr((setting, list(closed), prepared))
    return blake2b(known.encode(), digest_size=16).hexdigest()


def standings(campaign: Campaign, closed: list[date], *, open_day: date) -> list[Standing]:
    """Return every unit with books as it stands; of no unit while nothing is closed.

    The gain of a day is known where the day before was closed, too: else it is missing. So is what came today, where
    the last cut-off was missed.
    """
    if not closed:
        return []
    values = {**parameters([campaign.pk]), "base": closed[0], "last": closed[-1]}
    with transaction.atomic():
        lift_time_limits(patient=False)
        rows = rows_of(_GAINS, values)
    known = [day for day in closed if day - timedelta(days=1) in closed]
    yesterday = closed[-1] == open_day - timedelta(days=1)
    return [
        Standing(
            unit=unit,
            gains=dict.fromkeys(known, 0)
            | {day: int(gain) for day, gain in zip(days, gains, strict=True) if day in known},
            remaining=int(remaining),
            today=max(int(since), 0) if yesterday else 0,
        )
        for unit, remaining, since, days, gains in rows
    ]
