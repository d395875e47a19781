"""What the sending office sees of a notice: for each commune who has read it and when, who has not, what was done.

Names of officers are work data of the office: nobody else is shown them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min
from django.utils.translation import pgettext_lazy

from civreg.lib import clock
from civreg.lib.vietnamese import sort_key
from communes.models import (
    Notice,
    NoticeDelivery,
    NoticeReading,
    NoticeReport,
    NoticeUnit,
    Posting,
    Unit,
    User,
)
from communes.notices.due import REPORTED, Standing, due_in
from communes.rights import ROLES

NOT_READ = Standing("risk", pgettext_lazy("notice", "Not read yet"))
READ = Standing("track", pgettext_lazy("notice", "Read"))
NOBODY = Standing("stalled", pgettext_lazy("notice", "Nobody is posted there"))


@dataclass(frozen=True, slots=True)
class Receipt:
    """One person and when they first opened it; ``left`` says that they have no post there any more."""

    user: User
    at: datetime
    left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One commune: ``order`` sorts what is most urgent to the top."""

    unit: Unit
    standings: tuple[Standing, ...]
    read: tuple[Receipt, ...]
    not_read: tuple[User, ...]
    reminded: tuple[date, ...]
    reports: tuple[NoticeReport, ...]
    order: tuple[int, str]

    @property
    def waits(self) -> bool:
        """Tell whether there is something to remind the commune of."""
        return self.order[0] < _DONE


_OVERDUE, _UNREAD, _OPEN, _DONE = range(4)


@dataclass(frozen=True, slots=True)
class Receipts:
    """All communes of a notice."""

    lines: tuple[Line, ...]

    @property
    def read(self) -> int:
        """Return how many communes have read it."""
        return sum(bool(line.read) for line in self.lines)

    @property
    def reported(self) -> int:
        """Return how many communes have reported it as carried out."""
        return sum(bool(line.reports) for line in self.lines)

    @property
    def waiting(self) -> int:
        """Return how many communes can be reminded."""
        return sum(line.waits for line in self.lines)


def receipts_of(notice: Notice) -> Receipts:
    """Return the receipts of a notice, the overdue ones on top, in five questions however many communes there are."""
    addresses = list(NoticeUnit.objects.filter(notice=notice).select_related("unit"))
    posted = _posted({address.unit_id for address in addresses})
    read = _first_readings(notice)
    days, reports = _days(notice), _reports(notice)
    lines = [
        _line(
            notice, address, posted[address.unit_id], read[address.pk], days[address.pk], reports[address.pk]
        )
        for address in addresses
    ]
    return Receipts(tuple(sorted(lines, key=lambda line: line.order)))


def _line(
    notice: Notice,
    address: NoticeUnit,
    posted: list[User],
    read: list[tuple[User, datetime]],
    days: list[date],
    reports: list[NoticeReport],
) -> Line:
    there = {user.pk for user in posted}
    have_read = {user.pk for user, _at in read}
    today = clock.today()
    overdue = notice.due_on is not None and notice.due_on < today and not reports
    return Line(
        unit=address.unit,
        standings=tuple(_standings(notice, today, bool(posted), bool(read), bool(reports))),
        read=tuple(Receipt(user, at, user.pk not in there) for user, at in read),
        not_read=tuple(user for user in posted if user.pk not in have_read),
        reminded=tuple(days[1:]),
        reports=tuple(reports),
        order=(_urgency(notice, overdue, bool(read), bool(reports)), sort_key(address.unit.name)),
    )


def _urgency(notice: Notice, overdue: bool, read: bool, reported: bool) -> int:
    if notice.withdrawn or reported:
        return _DONE
    if overdue:
        return _OVERDUE
    if not read:
        return _UNREAD
    return _DONE if notice.due_on is None else _OPEN


def _standings(notice: Notice, today: date, posted: bool, read: bool, reported: bool) -> Iterable[Standing]:
    if reported:
        yield REPORTED
        return
    due = due_in(notice, today, reported=False)
    if due is not None and due.look == "late":
        yield due
    if read:
        yield READ
    else:
        yield NOT_READ if posted else NOBODY


def _posted(units: set[int]) -> dict[int, list[User]]:
    today = clock.today()
    found: dict[int, dict[int, User]] = defaultdict(dict)
    posts = Posting.objects.at(today).filter(unit__in=units, role__in=ROLES["get_notices"])
    for post in posts.select_related("user").order_by("pk"):
        if post.user.open_on(today):
            found[post.unit_id][post.user_id] = post.user
    return defaultdict(list, {unit: list(people.values()) for unit, people in found.items()})


def _first_readings(notice: Notice) -> dict[int, list[tuple[User, datetime]]]:
    found: dict[int, list[tuple[User, datetime]]] = defaultdict(list)
    readings = NoticeReading.objects.filter(delivery__address__notice=notice)
    firsts = readings.values("delivery__address", "user").annotate(first=Min("at")).order_by("first", "user")
    rows = list(firsts)
    people = User.objects.in_bulk({row["user"] for row in rows})
    for row in rows:
        found[row["delivery__address"]].append((people[row["user"]], row["first"]))
    return found


def _days(notice: Notice) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    deliveries = NoticeDelivery.objects.filter(address__notice=notice).order_by("day")
    for address, day in deliveries.values_list("address", "day"):
        found[address].append(day)
    return found


def _reports(notice: Notice) -> dict[int, list[NoticeReport]]:
    found: dict[int, list[NoticeReport]] = defaultdict(list)
    for report in NoticeReport.objects.filter(address__notice=notice).select_related("by"):
        found[report.address_id].append(report)
    return found
