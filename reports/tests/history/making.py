"""Work as it leaves its traces: entries with the events of everything that was done to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from civreg.lib import clock
from communes.models import Role, Unit, User
from digitization import histories
from digitization.models import Book, Record, Standing, Status, Verb
from digitization.tests.making import make_commune, make_person
from reports.tests.making import type_in, typist

VERBS = {
    Status.CHECKED: Verb.CHECK,
    Status.APPROVED: Verb.APPROVE,
    Status.TRANSFERRED: Verb.TRANSFER,
    Status.RETURNED: Verb.SEND_BACK,
    Status.ENTERED: Verb.CORRECT,
}
STANDING_VERBS = {
    Standing.DUPLICATE: Verb.MARK_DUPLICATE,
    Standing.UNREADABLE: Verb.MARK_UNREADABLE,
    Standing.NORMAL: Verb.RESTORE,
}


def dec(day: int, hour: int = 12, minute: int = 0, second: int = 0) -> datetime:
    """Return a moment of December 2024 in Vietnam."""
    return datetime(2024, 12, day, hour, minute, second, tzinfo=clock.VIETNAM)


def checker() -> User:
    """Return somebody who types nothing."""
    known = User.objects.filter(username="checker").first()
    return known or make_person("checker", Role.LEADER, make_commune())


def work(book: Book, count: int) -> list[Record]:
    """Type so many entries now, wherever the book is kept by now."""
    book.refresh_from_db()
    records = type_in(book, count, at=clock.now())
    by = records[0].entered_by if records else checker()
    histories.add(records, verb=Verb.ENTER, by=by)
    return records


def move(records: Iterable[Record], status: Status) -> None:
    """Take entries to a status now."""
    listed = _fresh(records)
    people = {Status.CHECKED: {"checked_by": checker()}, Status.APPROVED: {"approved_by": checker()}}
    Record.objects.filter(pk__in=[record.pk for record in listed]).update(
        status=status, **people.get(status, {})
    )
    _write(listed, VERBS[status], to_status=status)


def put(records: Iterable[Record], standing: Standing) -> None:
    """Give entries a standing now; duplicates are those of the oldest entry, which is none of itself."""
    first = Record.objects.order_by("pk").first()
    listed = [record for record in _fresh(records) if standing != Standing.DUPLICATE or record != first]
    Record.objects.filter(pk__in=[record.pk for record in listed]).update(
        standing=standing, duplicate_of=first if standing == Standing.DUPLICATE else None
    )
    _write(listed, STANDING_VERBS[standing], to_standing=standing)


def hand_over(book: Book, unit: Unit) -> None:
    """Give a book to another unit now."""
    Book.objects.filter(pk=book.pk).update(custodian=unit)


def _fresh(records: Iterable[Record]) -> list[Record]:
    return list(Record.objects.filter(pk__in=[record.pk for record in records]).order_by("pk"))


def _write(records: list[Record], verb: Verb, *, to_status: str = "", to_standing: str = "") -> None:
    by = typist() if verb is Verb.CORRECT else checker()
    histories.add(records, verb=verb, by=by, to_status=to_status, to_standing=to_standing)
