"""The verbs of the room: send, remind, withdraw, report. Each happens once, whoever presses twice or at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from civreg.lib import clock
from communes.acting import acting
from communes.models import Notice, NoticeDelivery, NoticeReading, NoticeReport, NoticeUnit, Unit, User
from communes.notices import attachments
from communes.notices.letters import tell

LOCK = 7_031_041


class SentWithOtherWords(Exception):
    """The same form came again, changed, after it had been sent: ``first`` is what was sent."""

    def __init__(self, first: Notice) -> None:
        super().__init__(first.pk)
        self.first = first


def send(
    *,
    by: User,
    office: Unit,
    units: Iterable[Unit],
    words: Mapping[str, Any],
    attachment: attachments.Attachment | None,
    intent: UUID,
) -> Notice:
    """Send a notice to units and return it; the same intent again returns the first one.

    ``words`` are the columns people write (kind, number, dated, subject, body, due_on). Raises SentWithOtherWords.
    """
    addressed = list(units)
    now = clock.now()
    with acting(by):
        _wait_for_our_turn()
        if first := Notice.objects.filter(intent=intent).first():
            return _the_same(first, by, words, addressed, attachment)
        notice = Notice.objects.create(
            **words, office=office, addressed=len(addressed), sent_by=by, sent_at=now, intent=intent
        )
        if attachment:
            attachments.keep(notice, attachment)
        addresses = NoticeUnit.objects.bulk_create(NoticeUnit(notice=notice, unit=unit) for unit in addressed)
        tell(notice, _deliver(addresses, by))
    return notice


def remind(*, by: User, notice: Notice) -> int:
    """Lay a notice on the desks again where it waits, and return on how many; at most once a day for each unit.

    It waits where nobody has read it, or, with a day to be carried out by, where nothing was reported. Raises
    ValidationError for a withdrawn one.
    """
    with acting(by):
        held = Notice.objects.select_for_update().get(pk=notice.pk)
        if held.withdrawn:
            raise ValidationError(_("This notice has been withdrawn: nobody is reminded of it."))
        today = NoticeDelivery.objects.filter(address=OuterRef("pk"), day=clock.today())
        made = _deliver(list(waiting(held).filter(~Exists(today))), by)
        tell(held, made)
    return len(made)


def withdraw(*, by: User, notice: Notice, why: str) -> None:
    """Take a notice back, with the reason; it stays readable. Raises ValidationError without a reason."""
    if not why:
        raise ValidationError(_("Say why, in a few words."))
    with acting(by):
        held = Notice.objects.select_for_update().get(pk=notice.pk)
        if not held.withdrawn:
            held.withdrawn_at, held.withdrawn_by, held.withdrawn_why = clock.now(), by, why
            held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])


def report(*, by: User, address: NoticeUnit, words: str, intent: UUID) -> None:
    """Report to the office that a unit has carried out a directive; raises ValidationError.

    A further report adds to the first: what was once reported stays.
    """
    if not words:
        raise ValidationError(_("Write what was done, in a few words."))
    with acting(by):
        held = Notice.objects.select_for_update().get(pk=address.notice_id)
        if held.withdrawn:
            raise ValidationError(_("This notice has been withdrawn: nothing is to be reported any more."))
        said, _made = NoticeReport.objects.get_or_create(
            intent=intent, defaults={"address": address, "words": words, "by": by, "at": clock.now()}
        )
        if (said.address_id, said.words, said.by_id) != (address.pk, words, by.pk):
            raise ValidationError(
                _("This form was sent once already, with other words. Send what is new as a further report.")
            )


def waiting(notice: Notice) -> QuerySet[NoticeUnit]:
    """Return the units where a notice waits: nobody has read it or, where it is due, nothing was reported."""
    read = Exists(NoticeReading.objects.filter(delivery__address=OuterRef("pk")))
    reported = Exists(NoticeReport.objects.filter(address=OuterRef("pk")))
    open_ones = Q(~read) if notice.due_on is None else Q(~reported)
    return notice.addresses.filter(open_ones)


def _deliver(addresses: Iterable[NoticeUnit], by: User) -> list[NoticeDelivery]:
    day, at = clock.today(), clock.now()
    return NoticeDelivery.objects.bulk_create(
        NoticeDelivery(address=address, day=day, at=at, by=by) for address in addresses
    )


def _wait_for_our_turn() -> None:
    """Let two sendings of one form come one after the other: the second then finds the first."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _the_same(
    first: Notice,
    by: User,
    words: Mapping[str, Any],
    addressed: Iterable[Unit],
    attachment: attachments.Attachment | None,
) -> Notice:
    to = set(first.addresses.values_list("unit_id", flat=True))
    other = (
        first.sent_by_id != by.pk
        or any(getattr(first, name) != value for name, value in words.items())
        or to != {unit.pk for unit in addressed}
        # A browser forgets the file when it shows a form again: without one it may be the same form.
        or (attachment is not None and not attachments.is_of(first, attachment))
    )
    if other:
        raise SentWithOtherWords(first)
    return first
