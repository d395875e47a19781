"""Closing a campaign: its figures are counted one last time and stand for ever.

From then on nothing counts in it: entries go on being typed, checked and counted in other campaigns. Whoever reads it
sees the figures of its last moment, its pages told by the clock of that moment. There is no way back.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from civreg.lib import clock
from communes.models import User
from reports.campaigns.settling import note, settle, why
from reports.models import Campaign, CampaignChange
from reports.progress.counting import BOOKS, parameters
from reports.progress.read import totals_of
from reports.progress.rollup import roll_up_for_good

_KEPT = (
    "kind, total, stated_pages, held, declared, counted, checked, approved, transferred, returned, duplicate, "
    "unreadable, scanned"
)
KEEP_BOOKS = f"""
{BOOKS}
INSERT INTO reports_bookatclosing (campaign_id, book_id, unit_id, {_KEPT})
SELECT campaign_id, book_id, unit_id, {_KEPT} FROM books ORDER BY book_id
"""


def close(*, by: User, campaign: Campaign, reason: str, intent: UUID) -> None:
    """Close a campaign with a reason. Waits for a roll-up at work. Raises CampaignClosed where somebody was faster."""
    words = why(reason)

    def act(current: Campaign) -> None:
        roll_up_for_good(current.pk)
        with connection.cursor() as cursor:
            cursor.execute(KEEP_BOOKS, parameters([current.pk]))
        figures = totals_of([current.pk])[current.pk]
        last = {"digitized": figures.done, "total": figures.total}
        note(current, by, CampaignChange.What.CLOSED, after=last, reason=words)
        current.closed, current.closed_at = True, clock.now()
        current.save(update_fields=["closed", "closed_at"])

    settle(act, by=by, campaign=campaign, verb="close_campaign", intent=intent, body={"reason": words})
