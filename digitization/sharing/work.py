"""The page of one's own work: today, the ranges one has, earlier days. Seen by oneself and one's supervisor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import add
from uuid import uuid4

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from civreg.lib import clock
from communes.guards import OfficeRequest, role_required
from communes.models import Role, User
from digitization import access
from digitization.filters import address_of
from digitization.models import RecordEvent, Verb
from digitization.models.record import RecordQuerySet
from digitization.models.sharing import WorkRangeQuerySet
from digitization.sharing.days import PAUSE, Day, beginning_of, days_of
from digitization.sharing.people import DAYS_BACK, posts_of
from digitization.sharing.progress import Line, lines_of

# Of today's entries the page shows the newest; the list of entries has them all.
SHOWN_AT_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a person did: today, on earlier days (the latest first) and on all of these together."""

    person: User
    own: bool
    today: Day
    earlier: list[Day]
    events: list[RecordEvent]
    lines: list[Line]

    @property
    def together(self) -> Day:
        """Return all days shown, today's among them, as one."""
        return reduce(add, self.earlier, self.today)

    @property
    def more(self) -> bool:
        """Tell whether more was typed and corrected today than is shown."""
        return self.today.typed + self.today.corrected > len(self.events)

    @property
    def list_address(self) -> str:
        """Return the address of the list of everything the person typed today."""
        return address_of({"typed_by": self.person.pk, "typed_from": self.today.day.isoformat()})

    @property
    def pause(self) -> int:
        """Return from how many minutes on a gap between two saves is a pause."""
        return int(PAUSE.total_seconds() // 60)


@require_safe
@role_required("enter")
def my_work(request: OfficeRequest) -> HttpResponse:
    """Show one's own work."""
    typing = request.rights.own_units(Role.OFFICER, Role.HELPER)
    ranges = access.own_ranges(request.user).filter(book__custodian__in=typing)
    return _page(
        request, request.user, records=access.records_to_read(request.rights, request.user), ranges=ranges
    )


@require_safe
@role_required("share_work")
def work_of(request: OfficeRequest, person_id: int) -> HttpResponse:
    """Show the work of somebody one supervises, in the units one does so for; anybody else is not there."""
    posts = posts_of(request.rights, request.user, person_id)
    if not posts:
        raise Http404
    units = {post.unit_id for post in posts}
    records = access.records_to_read(request.rights, request.user).filter(custodian__in=units)
    ranges = access.ranges_to_share(request.rights).filter(person=person_id, book__custodian__in=units)
    return _page(request, posts[0].user, records=records, ranges=ranges, units=units)


def _page(
    request: OfficeRequest,
    person: User,
    *,
    records: RecordQuerySet,
    ranges: WorkRangeQuerySet,
    units: Iterable[int] | None = None,
) -> HttpResponse:
    today = clock.today()
    days = days_of([person.pk], first=today - timedelta(days=DAYS_BACK), last=today, units=units)
    done = days.get(person.pk, {})
    work = Work(
        person=person,
        own=person == request.user,
        today=done.get(today, Day(day=today)),
        earlier=sorted(
            (day for day in done.values() if day.day != today), key=lambda day: day.day, reverse=True
        ),
        events=list(_events(person, records)),
        lines=lines_of(ranges.open().order_by("until", "pk")),
    )
    return render(request, "digitization/work.html", {"work": work, "intent": uuid4()})


def _events(person: User, records: RecordQuerySet) -> QuerySet[RecordEvent]:
    """Return what the person typed and corrected today, the newest first, of the entries the reader may see."""
    today = RecordEvent.objects.filter(
        actor=person, at__gte=beginning_of(clock.today()), verb__in=(Verb.ENTER, Verb.CORRECT)
    )
    seen = today.filter(record__in=records.order_by().select_related(None).values("pk"))
    return seen.select_related("record__book").order_by("-at", "-pk")[:SHOWN_AT_MOST]
