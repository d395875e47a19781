"""What somebody has not opened yet: every page says how much, and opening a notice writes the receipt."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from civreg.lib import clock
from communes.models import Notice, NoticeDelivery, NoticeReading, User
from communes.notices.access import own_addresses
from communes.rights import ROLES, Rights


def unread_of(user: User, rights: Rights) -> QuerySet[NoticeDelivery]:
    """Return the deliveries to the person's posts they have no receipt for; a withdrawn notice asks nobody any more.

    What came before somebody took up a post was their predecessor's: it can be read, but does not wait for them.
    """
    held = [posting for posting in rights.postings if posting.role in ROLES["get_notices"]]
    if not rights.may("get_notices") or not held:
        return NoticeDelivery.objects.none()
    theirs = reduce(or_, (Q(address__unit=post.unit_id, day__gte=post.valid_from) for post in held))
    read = NoticeReading.objects.filter(delivery=OuterRef("pk"), user=user)
    return NoticeDelivery.objects.filter(
        theirs, ~Exists(read), address__notice__withdrawn_at__isnull=True
    ).order_by()


def unread_column(user: User | AnonymousUser, rights: Rights) -> Combinable:
    """Return how many notices wait to be opened, as a column of a question that is asked anyway.

    So no page asks more for it; for those who get none it is a plain 0.
    """
    if not isinstance(user, User) or not rights.may("get_notices"):
        return Value(0)
    waiting = unread_of(user, rights).annotate(all=Value(1)).values("all")
    return Coalesce(Subquery(waiting.annotate(n=Count("address__notice", distinct=True)).values("n")), 0)


def open_notice(user: User, rights: Rights, notice: Notice) -> None:
    """Write the receipts of somebody who opens a notice: for every delivery to their units that has none of theirs."""
    seen = NoticeReading.objects.filter(delivery=OuterRef("pk"), user=user)
    deliveries = NoticeDelivery.objects.filter(~Exists(seen), address__in=own_addresses(rights, notice))
    at = clock.now()
    NoticeReading.objects.bulk_create(
        [NoticeReading(delivery=delivery, user=user, at=at) for delivery in deliveries],
        ignore_conflicts=True,
    )
