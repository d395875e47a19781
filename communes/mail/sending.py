"""Emptying the outbox: one worker at a time, a letter at a time, each taken from the outbox before it leaves.

A letter is never sent again once the server may have it. What the server has not taken waits longer after each try,
an hour at most, and for a day in all: later it is no news. The worker has other work, so a round ends after seconds
whatever the server does: no letter is begun in its second half, and at its end the line is cut.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic

from django.db import connection, transaction
from django.db.models import QuerySet

from civreg.lib import clock
from communes.mail.line import Line, NobodyKnows, NotTaken, open_line
from communes.mail.outbox import mail_works
from communes.mail.wording import letter_of
from communes.models import Mail, NoticeReading, Posting
from communes.rights import ROLES

LOCK = 7_031_042
# Seconds.
ROUND = 10.0
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=1)
# No address, no name and no subject ever stands in a log.
_log = logging.getLogger("civreg.mail")


def send_due() -> None:
    """Send what is due, as far as a round goes; does nothing where mail is off or another worker is at it."""
    if not mail_works():
        return
    with _alone() as alone:
        if not alone:
            return
        # Nobody else sends: what stands as being sent was in the hands of a worker that died.
        _end(Mail.objects.filter(state=Mail.State.SENDING), Mail.State.UNKNOWN)
        _give_up_old(Mail.objects.all())
        if _due().exists():
            _round()


def _round() -> None:
    began, opened = monotonic(), False
    try:
        with open_line(began + ROUND) as line:
            opened = True
            while monotonic() < began + ROUND / 2 and (mail := _take()):
                _send(line, mail)
    except NotTaken as problem:
        # A server that hangs up over one letter may take the others: that one was put off already.
        if problem.broken and not opened:
            _put_off(_due())
            _log.warning("the mail server does not answer; %s wait", _due_or_waiting().count())


def _send(line: Line, mail: Mail) -> None:
    """Send one mail that was taken out; raises NotTaken where the line is gone, so that the round ends."""
    mine = Mail.objects.filter(pk=mail.pk)
    if not _still_wanted(mail):
        return _end(mine, Mail.State.DROPPED)
    try:
        line.send(letter_of(mail), mail.user.email)
    except NobodyKnows:
        _end(mine, Mail.State.UNKNOWN)
        raise NotTaken(broken=True) from None
    except NotTaken as problem:
        if problem.for_good:
            return _end(mine, Mail.State.REFUSED)
        mine.update(state=Mail.State.WAITING)
        _put_off(mine)
        if problem.broken:
            raise
        return None
    return _end(mine, Mail.State.SENT)


def _take() -> Mail | None:
    """Take the next mail out of the outbox, for good: committed before a word of it is sent."""
    with transaction.atomic():
        due = _due().select_for_update(skip_locked=True, of=("self",))
        mail = due.select_related("user", "delivery__address__notice").order_by("next_try", "pk").first()
        if mail is not None:
            Mail.objects.filter(pk=mail.pk).update(state=Mail.State.SENDING)
        return mail


def _still_wanted(mail: Mail) -> bool:
    """Tell whether the person may log in, still asks for such mail, and has not read in the product what it tells."""
    user = mail.user
    chosen = user.mail_digest if mail.kind == Mail.Kind.DIGEST else user.mail_notices
    if not (chosen and user.email and user.open_on(clock.today())):
        return False
    posts = Posting.objects.at(clock.today()).filter(user=user)
    if mail.delivery is None:
        return posts.exists()
    address = mail.delivery.address
    read = NoticeReading.objects.filter(delivery=mail.delivery, user=user)
    still_there = posts.filter(unit=address.unit_id, role__in=ROLES["get_notices"])
    return not address.notice.withdrawn and not read.exists() and still_there.exists()


def _due() -> QuerySet[Mail]:
    now = clock.real_now()
    return Mail.objects.filter(state=Mail.State.WAITING, next_try__lte=now, made_at__gte=now - GIVE_UP_AFTER)


def _due_or_waiting() -> QuerySet[Mail]:
    return Mail.objects.filter(state=Mail.State.WAITING)


def _put_off(mails: QuerySet[Mail]) -> None:
    """Let mails wait, each as long as its tries say; those that have waited for a day are given up."""
    now = clock.real_now()
    _give_up_old(mails)
    for tries in set(mails.values_list("tries", flat=True)):
        wait = min(FIRST_WAIT * 2 ** min(tries, 10), LONGEST_WAIT)
        mails.filter(tries=tries).update(tries=tries + 1, next_try=now + wait)


def _give_up_old(mails: QuerySet[Mail]) -> None:
    too_old = clock.real_now() - GIVE_UP_AFTER
    _end(mails.filter(state=Mail.State.WAITING, made_at__lt=too_old), Mail.State.REFUSED)


def _end(mails: QuerySet[Mail], state: Mail.State) -> None:
    mails.update(state=state, ended_at=clock.real_now())


@contextmanager
def _alone() -> Iterator[bool]:
    """Hold, outside of any transaction, the one lock of those who send; tells whether it was free."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
