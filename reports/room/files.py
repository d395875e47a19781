"""The table of units as a file: figures only, nothing of any person, so nobody has to say why they take it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from civreg.lib.clock import VIETNAM
from civreg.lib.shares import tenths_of_percent
from civreg.lib.written_tables import Cell
from civreg.templatetags.figures import day, moment
from reports.progress.figures import Figures
from reports.progress.read import DistrictProgress, Outlook
from reports.room import orders
from reports.room.states import MARKS


def heads() -> list[str]:
    """Return the heads of the columns (``domain``: the appendix to a report of progress)."""
    return [
        _("No."),
        pgettext("column", "Unit"),
        pgettext("column", "State"),
        pgettext("column", "Books"),
        pgettext("column", "Full books"),
        _("Books without a total"),
        pgettext("column", "To digitize"),
        pgettext("column", "Digitized"),
        "%",
        pgettext("stage", "Checked"),
        pgettext("stage", "Approved"),
        pgettext("stage", "Transferred"),
        pgettext("column", "Remaining"),
        pgettext("stage", "Returned"),
        pgettext("column", "Duplicates"),
        pgettext("column", "Unreadable"),
        pgettext("column", "Above the totals"),
        pgettext("column", "Declared only"),
        pgettext("column", "Pages"),
        pgettext("column", "Pages scanned"),
        pgettext("column", "Needed a day"),
        pgettext("column", "Now a day"),
        pgettext("column", "Ends about"),
        _("At the earliest"),
        _("At the latest"),
        _("People needed besides"),
        pgettext("column", "Last entry"),
    ]


def lines(progress: DistrictProgress) -> Iterator[Sequence[Cell]]:
    """Yield the units, those that need attention first, and their sum as the last line."""
    for number, unit in enumerate(orders.in_order(progress.units, orders.DEFAULT), 1):
        state = str(MARKS[unit.outlook.state].word)
        yield [number, unit.title, state, *_figures(unit.figures), *_outlook(unit.figures, unit.outlook)]
    yield [
        None,
        pgettext("table", "Sum"),
        None,
        *_figures(progress.figures),
        *_outlook(progress.figures, progress.outlook),
    ]


def about(progress: DistrictProgress, by: str) -> list[tuple[str, str]]:
    """Return what the second sheet says: which campaign, how old the figures are, who took them out."""
    campaign = progress.campaign
    computed = moment(progress.computed_at) if progress.computed_at else _("never counted")
    return [
        (_("Campaign"), campaign.title),
        (_("Deadline"), day(campaign.deadline)),
        (_("Figures of"), computed),
        (_("Taken out by"), by),
        (_("Taken out at"), moment(progress.schedule.now)),
        (_("Definition of digitized"), number_format(campaign.definition_version)),
    ]


def _figures(figures: Figures) -> list[Cell]:
    tenths = tenths_of_percent(figures.done, figures.total)
    return [
        figures.books,
        figures.full_books,
        figures.no_total_books,
        figures.total,
        figures.done,
        None if tenths is None else tenths / 10,
        figures.checked,
        figures.approved,
        figures.transferred,
        figures.remaining,
        figures.returned,
        figures.duplicate,
        figures.unreadable,
        figures.excess,
        figures.declared_only,
        figures.pages,
        figures.scanned_pages,
    ]


def _outlook(figures: Figures, outlook: Outlook) -> list[Cell]:
    end: date | None = outlook.finish_on if figures.remaining else None
    last = figures.last_at.astimezone(VIETNAM) if figures.last_at else None
    sure = (outlook.p10, outlook.p90, outlook.people_needed) if figures.remaining else (None, None, None)
    return [outlook.required, outlook.per_day, end, *sure, last]
