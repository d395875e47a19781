"""The history of a campaign as tables for spreadsheets, with the labels the pages have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from civreg.lib import clock
from civreg.lib.shares import tenths_of_percent
from civreg.lib.written_tables import Cell
from civreg.templatetags.figures import moment
from reports.models import DailySnapshot
from reports.past.comparing import Comparison, Row
from reports.past.labels import kind_of
from reports.past.listing import History
from reports.progress.figures import Figures

Table = tuple[Sequence[str], Iterator[Sequence[Cell]]]


def history_table(history: History) -> Table:
    """Return the heads and rows of the list of days, the newest first; missing days are rows, too."""
    heads = [
        _("Day"),
        _("Figures"),
        _("Revision"),
        _("To digitize"),
        _("Digitized"),
        "%",
        _("Against the day before"),
        _("Frozen at"),
        _("Reason of the correction"),
        "SHA-256",
    ]
    return heads, _days(history)


def comparison_table(comparison: Comparison) -> Table:
    """Return the heads and rows of a comparison, the sum last."""
    then, now = comparison.then_title, comparison.now_title
    heads = [
        pgettext("column", "Unit"),
        f"{_('To digitize')} ({then})",
        f"{_('To digitize')} ({now})",
        f"{_('Digitized')} ({then})",
        f"{_('Digitized')} ({now})",
        _("Change"),
        _("Newly digitized"),
        _("Books handed over"),
        _("Totals changed"),
        _("Other causes"),
        _("To digitize: books handed over"),
        _("To digitize: totals changed"),
        f"% ({then})",
        f"% ({now})",
    ]
    rows = (_cells(row) for row in [*comparison.rows, comparison.sum])
    return heads, rows


def about_history(history: History) -> list[tuple[str, str]]:
    """Return what the second sheet says of a list of days."""
    return [(_("Campaign"), history.campaign.title), (_("Written at"), moment(clock.now()))]


def about_comparison(comparison: Comparison) -> list[tuple[str, str]]:
    """Return what the second sheet says of a comparison."""
    units = comparison.units_of
    return [
        (_("Campaign"), comparison.campaign.title),
        (_("From"), _source(comparison.then, comparison.then_title)),
        (_("To"), _source(comparison.now, comparison.now_title)),
        (_("Units of the day"), f"{units:%d/%m/%Y}" if units else ""),
        (_("Written at"), moment(clock.now())),
    ]


def _days(history: History) -> Iterator[Sequence[Cell]]:
    for line in history.lines:
        figures, snapshot = line.figures, line.snapshot
        if figures is None or snapshot is None:
            yield [line.day, line.kind, None, None, None, None, None, None, None, None]
        else:
            frozen = snapshot.taken_at.astimezone(clock.VIETNAM)
            percent = _percent(figures)
            counts = [figures.total, figures.done, percent, line.gained]
            yield [line.day, line.kind, snapshot.revision, *counts, frozen, snapshot.reason, snapshot.sha256]


def _cells(row: Row) -> Sequence[Cell]:
    then, now, causes = row.then, row.now, row.causes
    return [
        row.unit.title if row.unit else pgettext("table", "Sum"),
        then.total if then else None,
        now.total if now else None,
        then.done if then else None,
        now.done if now else None,
        row.change,
        causes.produced if causes else None,
        causes.handed if causes else None,
        causes.restated if causes else None,
        row.other if causes else None,
        causes.total_handed if causes else None,
        causes.total_restated if causes else None,
        _percent(then),
        _percent(now),
    ]


def _percent(figures: Figures | None) -> float | None:
    tenths = tenths_of_percent(figures.done, figures.total) if figures else None
    return None if tenths is None else tenths / 10


def _source(snapshot: DailySnapshot | None, title: str) -> str:
    if snapshot is None:
        return title
    told = _("%(title)s (%(kind)s, revision %(revision)s, frozen at %(at)s)")
    return told % {
        "title": title,
        "kind": kind_of(snapshot),
        "revision": snapshot.revision,
        "at": moment(snapshot.taken_at),
    }
