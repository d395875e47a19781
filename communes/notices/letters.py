"""Who is told by e-mail that a notice lies on the desk of their unit: whoever has a post there and asked for it."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from civreg.lib import clock
from communes.mail.outbox import lay_out, mail_works, waits_for
from communes.models import Mail, Notice, NoticeDelivery, Posting, User
from communes.rights import ROLES


def tell(notice: Notice, deliveries: Iterable[NoticeDelivery]) -> None:
    """Put one e-mail a person into the outbox, in the caller's transaction; nothing where mail is off."""
    if not mail_works():
        return
    by_unit = {delivery.address.unit_id: delivery for delivery in deliveries}
    posts = Posting.objects.at(clock.today()).filter(unit__in=by_unit, role__in=ROLES["get_notices"])
    readers = posts.filter(user__mail_notices=True, user__is_active=True).exclude(user__email="")
    # Somebody with posts in two of the units is told once.
    people = {post.user_id: post for post in readers.select_related("user").order_by("-pk")}
    lay_out(_mail(notice, by_unit[post.unit_id], post.user) for post in people.values())


def _mail(notice: Notice, delivery: NoticeDelivery, user: User) -> Mail:
    first = delivery.day == notice.sent_at.astimezone(clock.VIETNAM).date()
    return waits_for(
        user,
        kind=Mail.Kind.NOTICE if first else Mail.Kind.REMINDER,
        about=f"notice {notice.pk} {delivery.day}",
        subject=_subject(notice, user, first=first),
        path=reverse("communes:notice", args=[notice.pk]),
        delivery=delivery,
    )


def _subject(notice: Notice, user: User, *, first: bool) -> str:
    with translation.override(user.language or settings.LANGUAGE_CODE):
        return notice.subject if first else _("Reminder: %(subject)s") % {"subject": notice.subject}
