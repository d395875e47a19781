"""The verbs that say what kind of entry it is: cancelled in the book, unreadable, duplicate, withdrawn, normal again.

None of them deletes anything, none changes an approved entry, and each needs a reason.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from communes.models import User
from digitization import histories
from digitization.models import Record, Standing, Status, Verb
from digitization.models.states import NUMBER_FREE
from digitization.numbering import holding, key_of
from digitization.verbs import Frozen, NotAllowedNow, Stale, once, stated

# From which standings each verb starts, and where it leads.
TURNS: dict[Verb, tuple[tuple[Standing, ...], Standing]] = {
    Verb.CANCEL_IN_BOOK: ((Standing.NORMAL,), Standing.CANCELLED_IN_BOOK),
    Verb.MARK_UNREADABLE: ((Standing.NORMAL,), Standing.UNREADABLE),
    Verb.ACCEPT_UNREADABLE: ((Standing.UNREADABLE,), Standing.UNREADABLE_ACCEPTED),
    Verb.MARK_DUPLICATE: ((Standing.NORMAL,), Standing.DUPLICATE),
    Verb.WITHDRAW: ((Standing.NORMAL, Standing.UNREADABLE, Standing.CANCELLED_IN_BOOK), Standing.WITHDRAWN),
    Verb.RESTORE: (
        (
            Standing.CANCELLED_IN_BOOK,
            Standing.UNREADABLE,
            Standing.UNREADABLE_ACCEPTED,
            Standing.DUPLICATE,
            Standing.WITHDRAWN,
        ),
        Standing.NORMAL,
    ),
}

# The standings somebody must compare with the book anew if the entry was checked under another one.
CHECKED_AGAIN = (Verb.CANCEL_IN_BOOK, Verb.MARK_UNREADABLE, Verb.RESTORE)


def turn(
    verb: Verb,
    *,
    by: User,
    record: Record,
    version: int,
    reason: str,
    intent: UUID,
    other: Record | None = None,
) -> Record:
    """Give an entry another standing and return it.

    ``reason`` is kept with the event; for ACCEPT_UNREADABLE it names the inspection that accepted it. ``other`` is
    the entry a duplicate repeats. Raises Stale, Frozen, NotAllowedNow, NumberTaken.
    """
    sources, target = TURNS[verb]
    words = stated(reason)

    def act() -> int:
        current, repeated = _locked(record, other)
        _refuse(current, version, sources)
        back = _back_to_entered(verb, current)
        named = _naming(verb, current, words, repeated)
        Record.objects.filter(pk=current.pk).update(standing=target, **named, **back)
        status = str(back.get("status", current.status))
        histories.add([current], verb=verb, by=by, to_status=status, to_standing=target, reason=words)
        return current.pk

    body = {"record": record.pk, "version": version, "reason": words, "other": other.pk if other else None}
    # A withdrawn entry gave its number away; restoring it fails if another entry has taken the number since.
    return Record.objects.get(
        pk=holding(
            key_of(record), lambda: once(act, by=by, verb=verb, intent=intent, body=body), but=record.pk
        )
    )


def _locked(record: Record, other: Record | None) -> tuple[Record, Record | None]:
    """Lock both entries in key order, so that two people naming each other's entry cannot both succeed."""
    wanted = [record.pk] + ([other.pk] if other else [])
    found = {r.pk: r for r in Record.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    return found[record.pk], found[other.pk] if other else None


def _back_to_entered(verb: Verb, current: Record) -> dict[str, Any]:
    """What was checked was the other standing: somebody must compare with the book again."""
    if current.status != Status.CHECKED or verb not in CHECKED_AGAIN:
        return {}
    return {"status": Status.ENTERED, "checked_by": None}


def _refuse(current: Record, version: int, sources: tuple[Standing, ...]) -> None:
    if current.version != version:
        raise Stale(current)
    if current.frozen:
        raise Frozen(_("This entry is approved. A commune leader can reopen it, with a reason."))
    if current.standing not in sources:
        standing = Standing(current.standing).label
        raise NotAllowedNow(_("This cannot be done while the entry is: %(status)s.") % {"status": standing})


def _naming(verb: Verb, current: Record, words: str, other: Record | None) -> dict[str, Any]:
    if verb is not Verb.MARK_DUPLICATE:
        return {"duplicate_of": None, "accepted_ref": words[:300] if verb is Verb.ACCEPT_UNREADABLE else ""}
    if other is None or other.pk == current.pk or _stranger(current, other):
        raise NotAllowedNow(_("Name the other entry that this one repeats."))
    if other.standing in NUMBER_FREE:
        raise NotAllowedNow(_("The other entry does not count itself: name the one that counts."))
    if current.duplicates.exists():
        raise NotAllowedNow(_("Other entries are marked as repeating this one: restore them first."))
    return {"duplicate_of": other, "accepted_ref": ""}


def _stranger(current: Record, other: Record) -> bool:
    return (current.custodian_id, current.kind) != (other.custodian_id, other.kind)
