"""How every verb runs: once per intent, in one transaction, as a known person, again after a deadlock.

The functions people call are in ``workflow`` (entering and moving), ``standings`` and ``inventory``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from civreg.lib.vietnamese import has_control_characters
from communes.acting import acting
from communes.models import User
from digitization.models import Intent, Record
from digitization.rules.work import C02, C06, C23, C24, C25, C26

DEADLOCK = "40P01"
FOLLOWS_ITS_BOOK = "record_follows_its_book"
LONGEST_REASON = 1000
LONGEST_TWIN_REASON = 500


class Refused(Exception):
    """A verb that must not happen now. ``rule`` is the rule's id, ``message`` what the person should read."""

    rule = ""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
        self.message = message


class NotAllowedNow(Refused):
    """The entry is not in a status from which this verb starts, or this person may not do it to this entry."""


class NotKept(NotAllowedNow):
    """C02: the book is not, or no longer, kept by the unit somebody types for."""

    rule = C02.id


class OwnWork(Refused):
    """C24: somebody may not check or approve what they typed themselves."""

    rule = C24.id


class NoScan(Refused):
    """C23: the unit approves only with a picture of the page."""

    rule = C23.id


class Frozen(Refused):
    """C25: an approved entry changes only after a reopening with a reason."""

    rule = C25.id


class Stale(Refused):
    """C26: the entry was changed by somebody else meanwhile; ``current`` is how it stands now."""

    rule = C26.id

    def __init__(self, current: Record) -> None:
        super().__init__(_("Somebody else has changed this entry meanwhile. Nothing of yours was saved."))
        self.current = current


class NumberTaken(Refused):
    """The number is held by another entry of the year; ``other`` is that entry."""

    said = _("Another entry already has this number in this year.")
    rule = C06.id

    def __init__(self, other: Record | None) -> None:
        super().__init__(self.said)
        self.other = other


class SameEntry(NumberTaken):
    """The number is held by an entry of the very same persons: no reason makes two entries of it."""

    said = _(
        "This entry is there already, with the same number and persons. If the book has it twice, say so in the "
        "remarks of the other one."
    )


class IntentReused(Refused):
    """The same intent came again with other words: a page was kept open and sent twice with changes between."""

    def __init__(self) -> None:
        super().__init__(
            _("This form was already sent once with other words. Open the entry again to change it.")
        )


def once(
    act: Callable[[], Any], *, by: User, verb: str, intent: UUID, body: dict[str, Any] | None = None
) -> Any:
    """Carry out ``act`` once per intent and return its answer (anything JSON); a replay gets the first answer.

    Runs in one transaction as ``by``; tries again once after a deadlock. Raises IntentReused when the intent was
    used for another verb, person or body, and whatever ``act`` raises: then nothing has happened.
    """
    try:
        return _attempt(act, by, verb, intent, body)
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) != DEADLOCK:
            raise
        return _attempt(act, by, verb, intent, body)
    except IntegrityError as error:
        if violated(error) != FOLLOWS_ITS_BOOK:
            raise
        # Who keeps the book decides who may type in it, so this is no case for trying again unasked.
        raise NotKept(_("The book was handed over meanwhile. Open it again: nothing was saved.")) from None


def stated(reason: str) -> str:
    """Return the reason somebody gave for an act; raises NotAllowedNow without one, or where it cannot be kept."""
    if not reason.strip():
        raise NotAllowedNow(_("Say why, in a few words."))
    return keepable(reason, limit=LONGEST_REASON)


def keepable(reason: str, *, limit: int) -> str:
    """Return a reason that may be blank; raises NotAllowedNow where it is too long or holds invisible letters."""
    words = reason.strip()
    if len(words) > limit:
        raise NotAllowedNow(
            _("The reason has %(length)s letters; it can have %(limit)s at most. Say it shorter.")
            % {"length": len(words), "limit": limit}
        )
    if has_control_characters(words):
        raise NotAllowedNow(_("The reason holds letters that nobody can see. Type it again."))
    return words


def violated(error: IntegrityError) -> str:
    """Return the name of the constraint the database saw violated."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))


def answered(*, by: User, verb: str, intent: UUID) -> Any:
    """Return what this intent was answered with the first time; None where it was not, or was another person's."""
    return Intent.objects.filter(pk=intent, user=by, verb=verb).values_list("answer", flat=True).first()


def _attempt(act: Callable[[], Any], by: User, verb: str, intent: UUID, body: dict[str, Any] | None) -> Any:
    with acting(by):
        known = _remember(by, verb, intent, _digest(body))
        if known is not None:
            return known.answer
        answer = act()
        Intent.objects.filter(pk=intent).update(answer=answer)
        return answer


# Asked at every save, and told apart by what comes back: nothing comes back of an intent that is known already.
_NEW_INTENT = """
INSERT INTO digitization_intent (id, user_id, verb, body_sha256, at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (id) DO NOTHING RETURNING id
"""


def _remember(by: User, verb: str, intent: UUID, digest: str) -> Intent | None:
    """Insert the intent, waiting for a twin in flight; return the earlier one if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW_INTENT, [intent, by.pk, verb, digest, clock.real_now()])
        if cursor.fetchone():
            return None
    stored = Intent.objects.get(pk=intent)
    if (stored.user_id, stored.verb, stored.body_sha256) != (by.pk, verb, digest):
        raise IntentReused
    return stored if stored.answer is not None else None


def _digest(body: dict[str, Any] | None) -> str:
    text = json.dumps(body or {}, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
