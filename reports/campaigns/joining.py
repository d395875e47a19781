"""Books that come into a campaign: what they hold by then was not done in it, and is written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from civreg.lib import clock
from civreg.lib.statements import rows_of
from reports.models import Campaign
from reports.progress.counting import BOOKS, parameters

SCOPE = f"{BOOKS} SELECT book_id FROM books"
# An empty book that no day tells of begins at nothing anyway.
REMEMBER = f"""
{BOOKS}
INSERT INTO reports_bookatjoining (campaign_id, book_id, day, counted)
SELECT campaign_id, book_id, %(day)s, counted FROM books s
WHERE book_id <> ALL(%(before)s::bigint[])
  AND (counted > 0 OR EXISTS (SELECT FROM reports_bookday d WHERE d.book_id = s.book_id))
ORDER BY book_id
"""


@contextmanager
def joining(campaign: Campaign) -> Iterator[None]:
    """Write down what the books hold that come into the campaign by what is done inside; in its transaction."""
    asked = parameters([campaign.pk])
    before = [book for (book,) in rows_of(SCOPE, asked)]
    yield
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, {**asked, "before": before, "day": campaign.day_of(clock.now())})
