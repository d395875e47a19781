"""The days of the campaign so far, told from the entries' events: each book at each cut-off, and what was published.

The product itself writes these at 17:00 of each day; here they are counted afterwards, the way it rebuilds a day
that nobody closed. One day really is such a day, and one moment was frozen by the task force.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from civreg.lib.clock import VIETNAM
from communes.models import User
from reports.demonstration.figures import NOW
from reports.models import Campaign, DailySnapshot
from reports.progress.counting import count_now
from reports.progress.days import publish
from reports.progress.rebuild import write_days

# A Saturday without electricity; the workers rebuilt it on Sunday morning.
WITHOUT_POWER = date(2024, 11, 23)
REBUILT_AT = datetime(2024, 11, 24, 8, 4, 11, tzinfo=VIETNAM)


def load_history(campaign: Campaign, by: User) -> int:
    """Write the book days and one published snapshot for every finished day; returns how many days there are.

    ``by`` is who froze the figures of tonight.
    """
    count = (campaign.day_of(NOW) - campaign.starts).days
    days = [campaign.starts + timedelta(days=number) for number in range(count)]
    closed = [day for day in days if day != WITHOUT_POWER]
    for day, figures in write_days(campaign, closed, rebuilt=False).items():
        publish(campaign, day=day, taken_at=campaign.cutoff_of(day) + timedelta(seconds=21), figures=figures)
    for day, figures in write_days(campaign, [WITHOUT_POWER]).items():
        kind = DailySnapshot.Kind.REBUILT
        publish(campaign, day=day, taken_at=REBUILT_AT, figures=figures, kind=kind)
    publish(
        campaign,
        day=campaign.day_of(NOW),
        taken_at=NOW,
        figures=count_now(campaign.pk),
        kind=DailySnapshot.Kind.DEMAND,
        by=by,
    )
    return len(days)
