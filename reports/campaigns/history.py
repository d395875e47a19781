"""The history of a campaign as sentences: who moved which goal, from what to what, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from civreg.templatetags.figures import day, number
from digitization.record_types import BY_CODE
from reports.models import Campaign, CampaignChange, CampaignDocument

What = CampaignChange.What


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change as a reader sees it. ``before`` and ``after`` are text, "" where there is nothing to say."""

    change: CampaignChange
    before: str
    after: str


def history_of(campaign: Campaign) -> list[HistoryLine]:
    """Return what happened to a campaign, newest first, in one query."""
    changes = campaign.changes.select_related("by")
    return [HistoryLine(one, _said(one, one.before), _said(one, one.after)) for one in changes]


def _said(change: CampaignChange, value: Any) -> str:
    if value is None or value == "":
        return ""
    return _WORDS.get(What(change.what), str)(value)


def _day(value: Any) -> str:
    return day(date.fromisoformat(value))


def kinds_said(codes: Any) -> str:
    """Return kinds in their order of priority; one that is known no more keeps its code."""
    return " → ".join(str(BY_CODE[code].label) if code in BY_CODE else code for code in codes)


def _names(value: Any) -> str:
    return ", ".join(value)


def _milestone(value: Any) -> str:
    words = _("%(percent)s%% by %(day)s") % {"percent": value["percent"], "day": _day(value["day"])}
    return f"{words} ({value['name']})" if value["name"] else words


def _book(value: Any) -> str:
    return f"{value['kind']} {value['no']}, {value['unit']}"


def _document(value: Any) -> str:
    kind: str | Promise = CampaignDocument.Kind(value["kind"]).label
    return _("%(kind)s %(number)s of %(day)s") % {
        "kind": kind,
        "number": value["number"],
        "day": _day(value["dated"]),
    }


def _created(value: Any) -> str:
    return _("%(start)s – %(end)s, %(kinds)s; %(units)s units") % {
        "start": _day(value["starts"]),
        "end": _day(value["deadline"]),
        "kinds": kinds_said(value["kinds"]),
        "units": len(value["units"]),
    }


def _closed(value: Any) -> str:
    return _("%(done)s of %(total)s entries digitized") % {
        "done": number(value["digitized"]),
        "total": number(value["total"]),
    }


_WORDS: dict[What, Callable[[Any], str]] = {
    What.CREATED: _created,
    What.STARTS: _day,
    What.DEADLINE: _day,
    What.KINDS: kinds_said,
    What.UNITS_IN: _names,
    What.UNITS_OUT: _names,
    What.MILESTONE_SET: _milestone,
    What.MILESTONE_DROPPED: _milestone,
    What.BOOK_IN: _book,
    What.BOOK_OUT: _book,
    What.BOOK_AS_USUAL: _book,
    What.DOCUMENT_ADDED: _document,
    What.DOCUMENT_WITHDRAWN: _document,
    What.CLOSED: _closed,
}
