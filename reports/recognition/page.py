"""The page of recognition as one object, and as rows for a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from civreg.lib import clock
from civreg.lib.shares import tenths_of_percent
from civreg.lib.written_tables import Cell
from digitization.models.acceptance import Verdict
from reports.models import Campaign, SnapshotRow
from reports.progress.counting import books_of, parameters
from reports.progress.gains import done_at
from reports.progress.read import DistrictProgress, district_progress
from reports.recognition.merits import (
    Finished,
    Improved,
    Weeks,
    finished_ahead,
    most_improved,
    two_weeks,
)
from reports.room.choosing import Chosen

# The last verdict on a book holds: of a closed campaign, the last one given before it was closed.
_ACCEPTED = """
SELECT b.unit_id, count(*) FROM books b
JOIN LATERAL (SELECT verdict FROM digitization_bookacceptance a
              WHERE a.book_id = b.book_id AND a.at <= coalesce(%(closed_at)s, 'infinity'::timestamptz)
              ORDER BY a.id DESC LIMIT 1) v ON v.verdict = %(accepted)s
GROUP BY b.unit_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Who finished ahead, and who improved most; ``weeks`` is None while there are no 14 closed days."""

    chosen: Chosen
    progress: DistrictProgress
    finished: list[Finished]
    improved: list[Improved]
    weeks: Weeks | None

    @classmethod
    def read(cls, chosen: Chosen) -> Recognition:
        """Read the campaign chosen."""
        campaign = chosen.campaign
        progress = district_progress(campaign)
        weeks = two_weeks((one.day for one in chosen.days), open_day=progress.schedule.day)
        return cls(
            chosen=chosen,
            progress=progress,
            finished=finished_ahead(progress, _accepted_books(campaign)),
            improved=_improved(progress, weeks) if weeks else [],
            weeks=weeks,
        )

    @property
    def as_of(self) -> datetime:
        """Return the moment of what is shown: now, or when the campaign was closed."""
        return self.progress.schedule.now

    @property
    def demanded(self) -> datetime:
        """Return the moment before which the last entry had to come."""
        return self.progress.schedule.last_day_begins


def heads() -> list[str]:
    """Return the heads of the table as a file."""
    return [
        pgettext("column", "What for"),
        pgettext("column", "Place"),
        pgettext("column", "Unit"),
        pgettext("column", "To digitize"),
        _("Last entry that counts"),
        _("Days ahead"),
        _("Checked, percent"),
        _("Approved, percent"),
        _("Books accepted"),
        pgettext("column", "Books"),
        _("A day before"),
        _("A day now"),
        _("Rise a day, percent of the work"),
    ]


def rows(page: Recognition) -> Iterator[list[Cell]]:
    """Yield both lists as rows of one table."""
    for place, one in enumerate(page.finished, 1):
        figures = one.unit.figures
        yield [
            _("Finished ahead"),
            place,
            one.unit.title,
            figures.total,
            one.finished_at.astimezone(clock.VIETNAM),
            one.days_ahead,
            _share(figures.checked, figures.total),
            _share(figures.approved, figures.total),
            one.accepted_books,
            figures.books,
            *(None, None, None),
        ]
    for risen in page.improved:
        nothing: list[Cell] = [None] * 6
        paces: list[Cell] = [risen.before, risen.now, risen.rise / 100]
        total = risen.unit.figures.total
        yield [_("Most improved"), risen.place, risen.unit.title, total, *nothing, *paces]


def _improved(progress: DistrictProgress, weeks: Weeks) -> list[Improved]:
    campaign = progress.campaign
    took_part = SnapshotRow.objects.filter(
        snapshot__campaign=campaign, snapshot__day=weeks.first, kind=""
    ).values_list("unit_id", flat=True)
    from_the_beginning = set(took_part)
    units = [unit for unit in progress.units if unit.unit_id in from_the_beginning]
    return most_improved(units, done_at(campaign, weeks.days), weeks)


def _accepted_books(campaign: Campaign) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            books_of(closed=campaign.closed) + _ACCEPTED,
            {
                **parameters([campaign.pk]),
                "accepted": str(Verdict.ACCEPTED),
                "closed_at": campaign.closed_at,
            },
        )
        return dict(cursor.fetchall())


def _share(part: int, whole: int) -> float | None:
    tenths = tenths_of_percent(part, whole)
    return None if tenths is None else tenths / 10
