"""Writing down what happened: one event for each entry a verb touched, and the whole entry at its milestones."""

from __future__ import annotations

from collections.abc import Iterable

from civreg.lib import clock
from communes.models import User
from digitization.entry_rows import as_entry
from digitization.models import Record, RecordEvent, RecordVersion, Verb

# The verbs after which the whole entry is kept as it stood.
MILESTONES = (Verb.APPROVE, Verb.REOPEN)


def add(
    records: Iterable[Record],
    *,
    verb: Verb,
    by: User,
    to_status: str = "",
    to_standing: str = "",
    reason: str = "",
    moved: bool = True,
) -> None:
    """Add one event per record. ``records`` are as they stood before the verb, or have just been inserted.

    ``moved`` says whether the verb raised the version (the database does so for every change of entry or state).
    """
    at = clock.now()
    fresh = verb in (Verb.ENTER, Verb.IMPORT)
    events = [
        RecordEvent(
            record=record,
            at=at,
            actor=by,
            unit_id=record.custodian_id,
            verb=verb,
            from_status="" if fresh else record.status,
            to_status=to_status or record.status,
            from_standing="" if fresh else record.standing,
            to_standing=to_standing or record.standing,
            reason=reason,
            version=record.version + (1 if moved and not fresh else 0),
        )
        for record in records
    ]
    RecordEvent.objects.bulk_create(events)
    if verb in MILESTONES:
        _keep([event.record for event in events], to_status, by, verb)


def say_why_returned(records: Iterable[Record]) -> None:
    """Give each entry its last return as ``returned`` (an event, or None), for the list of entries to correct."""
    listed = list(records)
    events = RecordEvent.objects.filter(record__in=listed, verb=Verb.SEND_BACK).select_related("actor")
    last = {event.record_id: event for event in events.order_by("pk")}
    for record in listed:
        record.returned = last.get(record.pk)  # type: ignore[attr-defined]


def _keep(records: list[Record], to_status: str, by: User, verb: Verb) -> None:
    at = clock.now()
    RecordVersion.objects.bulk_create(
        RecordVersion(
            record=record,
            version=record.version + 1,
            entry=as_entry(record),
            status=to_status,
            standing=record.standing,
            by=by,
            at=at,
        )
        for record in records
    )
