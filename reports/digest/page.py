"""The digest as its page: the day as it was published, for the district or for one's own communes, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from communes.models import User
from communes.notices import lists
from communes.rights import Rights
from reports.digest.published import Line, PublishedDay, published_day
from reports.models import Campaign, CampaignUnit
from reports.room.states import Mark

MOST_NOTICES = 10


@dataclass(frozen=True, slots=True)
class Group:
    """The units of one state; ``write`` is the address of a letter to exactly these, "" for who writes none."""

    mark: Mark
    lines: Sequence[Line]
    write: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The most pressing notices that wait; ``more`` says that there are others behind them."""

    rows: Sequence[lists.Row] = ()
    more: bool = False

    @classmethod
    def of(cls, rows: Sequence[lists.Row]) -> Waiting:
        """Keep as many as the page shows."""
        return cls(rows[:MOST_NOTICES], len(rows) > MOST_NOTICES)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPage:
    """The page. ``closed`` is None where the day asked for was never closed; ``own`` says it is of one's communes."""

    campaign: Campaign
    day: date
    days: Sequence[date]
    own: bool
    closed: PublishedDay | None
    received: Waiting
    sent: Waiting
    groups: Sequence[Group]

    @classmethod
    def read(
        cls, campaign: Campaign, day: date, days: Sequence[date], user: User, rights: Rights
    ) -> DigestPage:
        """Read a day for somebody, in ten questions at most; ``days`` are those that were published."""
        units = units_of(rights, campaign)
        closed = published_day(campaign, day, days, units=units) if day in days else None
        return cls(
            campaign=campaign,
            day=day,
            days=days,
            own=units is not None,
            closed=closed,
            received=_received(user, rights),
            sent=_sent(rights),
            groups=[_group(mark, lines, rights) for mark, lines in closed.states] if closed else (),
        )

    @property
    def before(self) -> date | None:
        """Return the published day before this one."""
        return max((day for day in self.days if day < self.day), default=None)

    @property
    def after(self) -> date | None:
        """Return the published day after this one."""
        return min((day for day in self.days if day > self.day), default=None)


def units_of(rights: Rights, campaign: Campaign) -> list[int] | None:
    """Return the communes a digest is about; None for the whole campaign, which is for everybody without one."""
    if rights.may("lead_campaign"):
        return None
    own = rights.units_for("get_notices")
    if not own:
        return None
    return (
        list(CampaignUnit.objects.filter(campaign=campaign, unit__in=own).values_list("unit_id", flat=True))
        or None
    )


def _received(user: User, rights: Rights) -> Waiting:
    """Return what waits for the reader now: unread, or with a last day and not reported."""
    if not rights.may("get_notices"):
        return Waiting()
    return Waiting.of(lists.rows_received(lists.received_and_waiting(user, rights)[: MOST_NOTICES + 1]))


def _sent(rights: Rights) -> Waiting:
    """Return what the reader's office sent and some commune has not read or reported yet."""
    if not rights.may("lead_campaign"):
        return Waiting()
    return Waiting.of(lists.rows_sent(lists.sent_and_waiting(rights)[: MOST_NOTICES + 1]))


def _group(mark: Mark, lines: Sequence[Line], rights: Rights) -> Group:
    if not rights.may("lead_campaign"):
        return Group(mark, lines, "")
    slugs = [("unit", line.unit.slug) for line in lines if line.unit]
    return Group(mark, lines, f"{reverse('communes:new_notice')}?{urlencode(slugs)}")
