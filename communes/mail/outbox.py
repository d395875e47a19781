"""The outbox: what is to be sent is laid out in the transaction in which it came about, once per person and thing."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from civreg.lib import clock
from communes.models import Mail, NoticeDelivery, User


def mail_works() -> bool:
    """Tell whether this installation sends e-mail; where it does not, nothing is laid out and no address is asked."""
    return settings.MAIL_SERVER is not None


def waits_for(
    user: User,
    *,
    kind: Mail.Kind,
    about: str,
    subject: str,
    path: str,
    delivery: NoticeDelivery | None = None,
) -> Mail:
    """Return a mail to be laid out: the fields are explained at ``Mail``."""
    now = clock.real_now()
    return Mail(
        user=user,
        kind=kind,
        about=about,
        delivery=delivery,
        subject=subject,
        path=path,
        made_at=now,
        next_try=now,
    )


def lay_out(mails: Iterable[Mail]) -> None:
    """Put mails into the outbox; one about the same thing to the same person is there already."""
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
