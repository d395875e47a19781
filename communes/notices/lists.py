"""The lists of notices: what came to one's units, and what one's office sent, each the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OrderBy, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from civreg.lib import clock
from communes.models import Notice, NoticeReading, NoticeReport, NoticeUnit, User
from communes.notices.access import received_by, sent_by_office_of
from communes.notices.due import Standing, due_in
from communes.notices.unread import unread_of
from communes.rights import Rights


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``read`` and ``reported`` count communes, for the office; ``unread`` is the reader's own."""

    notice: Notice
    due: Standing | None
    unread: bool = False
    read: int = 0
    reported: int = 0


def received(user: User, rights: Rights) -> QuerySet[Notice]:
    """Return what came to the person's units, with what they have not opened and what is not reported yet."""
    unread = unread_of(user, rights).filter(address__notice=OuterRef("pk"))
    silent = NoticeUnit.objects.filter(
        ~Exists(NoticeReport.objects.filter(address=OuterRef("pk"))),
        notice=OuterRef("pk"),
        unit__in=rights.units_for("get_notices"),
    )
    notices = received_by(rights).annotate(is_unread=Exists(unread), is_silent=Exists(silent))
    return notices.select_related("office")


def sent(rights: Rights) -> QuerySet[Notice]:
    """Return what the person's office sent, with how many communes have read and reported it."""
    read = Exists(NoticeReading.objects.filter(delivery__address=OuterRef("pk")))
    reported = Exists(NoticeReport.objects.filter(address=OuterRef("pk")))
    return sent_by_office_of(rights).annotate(units_read=_units(read), units_reported=_units(reported))


def received_and_waiting(user: User, rights: Rights) -> QuerySet[Notice]:
    """Return what of ``received`` waits for the person: unread, or with a last day and not reported by their units.

    What should have been reported long ago comes first, whatever was sent since; what has no last day, at the end.
    """
    pressing = Q(due_on__isnull=False, withdrawn_at__isnull=True, is_silent=True)
    waiting = received(user, rights).filter(Q(is_unread=True) | pressing)
    return waiting.order_by(_first_due(pressing), "-sent_at", "-pk")


def sent_and_waiting(rights: Rights) -> QuerySet[Notice]:
    """Return what of ``sent`` a commune has not read or, with a last day, not reported; in the same order."""
    pressing = Q(due_on__isnull=False, units_reported__lt=F("addressed"))
    waiting = sent(rights).filter(Q(units_read__lt=F("addressed")) | pressing, withdrawn_at__isnull=True)
    return waiting.order_by(_first_due(pressing), "-sent_at", "-pk")


def rows_received(notices: Iterable[Notice]) -> list[Row]:
    """Return the lines of notices that ``received`` returned."""
    today = clock.today()
    return [
        Row(one, due_in(one, today, reported=not one.is_silent), unread=one.is_unread)  # type: ignore[attr-defined]
        for one in notices
    ]


def rows_sent(notices: Iterable[Notice]) -> list[Row]:
    """Return the lines of notices that ``sent`` returned; one is done when every commune has reported."""
    return [_row_sent(one) for one in notices]


def _row_sent(one: Notice) -> Row:
    read, reported = one.units_read, one.units_reported  # type: ignore[attr-defined]
    due = due_in(one, clock.today(), reported=reported == one.addressed)
    return Row(one, due, read=read, reported=reported)


def _first_due(pressing: Q) -> OrderBy:
    """Order by the last day of what meets the condition; all else comes behind."""
    return Case(When(pressing, then=F("due_on"))).asc(nulls_last=True)


def _units(condition: Exists) -> Coalesce:
    """Return the number of addressed units that meet a condition, as a column of its notice."""
    units = NoticeUnit.objects.filter(condition, notice=OuterRef("pk")).order_by().values("notice")
    return Coalesce(Subquery(units.annotate(n=Count("pk")).values("n")), 0)
