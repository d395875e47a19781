"""The work of a day as it leaves its traces in the database: entries, and the events of everything done to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from communes.models import Unit, User
from digitization.declaring.verb import Line, declare
from digitization.models import (
    Basis,
    Book,
    BookTotal,
    Declaration,
    Record,
    RecordEvent,
    Standing,
    Status,
    Verb,
)
from digitization.models.book import Decision
from walks.month.truth import Recount, TrueBook


def officer(unit: Unit) -> User:
    """Return who types."""
    return User.objects.get(username=f"officer.{unit.slug}")


def leader(unit: Unit) -> User:
    """Return who checks and approves."""
    return User.objects.get(username=f"leader.{unit.slug}")


def unfinished(books: Recount, unit: Unit) -> list[tuple[int, TrueBook]]:
    """Return the books of a unit that have room, in the order in which they are typed."""
    mine = ((pk, book) for pk, book in books.items() if book.unit == unit.pk)
    return sorted((pk, book) for pk, book in mine if book.counted < book.room)


def types(books: Recount, unit: Unit, count: int, begins: datetime, ends: datetime) -> int:
    """Type so many entries into the books with room, evenly over the hours; returns how many found room."""
    places = [pk for pk, book in unfinished(books, unit) for _ in range(book.room - book.counted)][:count]
    if not places:
        return 0
    step = (ends - begins) / len(places)
    moments = [begins + step * at for at in range(len(places))]
    enter(unit, places, moments)
    return len(places)


def enter(unit: Unit, places: Sequence[int], moments: Sequence[datetime]) -> None:
    """Put one entry into each of these books at each of these moments."""
    by = officer(unit)
    listed = Book.objects.in_bulk(set(places))
    records = Record.objects.bulk_create(
        Record(
            book=listed[pk],
            kind=listed[pk].kind,
            place_id=listed[pk].place_id,
            custodian_id=listed[pk].custodian_id,
            entered_by=by,
            entered_at=moment,
        )
        for pk, moment in zip(places, moments, strict=True)
    )
    _tell(records, Verb.ENTER, by, moments, to=Status.ENTERED, fresh=True)


def moves(unit: Unit, start: Status, end: Status, verb: Verb, count: int, at: datetime) -> int:
    """Take so many entries of a unit from one status to the next; returns how many there were."""
    by = officer(unit) if verb is Verb.CORRECT else leader(unit)
    waiting = Record.objects.filter(
        custodian=unit, status=start, standing=Standing.NORMAL, entered_at__lt=at, open_warnings=0
    )
    if verb is not Verb.CORRECT:
        waiting = waiting.exclude(events__actor=by)
    records = list(waiting.order_by("entered_at", "pk")[:count])
    people = {Verb.CHECK: {"checked_by": by}, Verb.APPROVE: {"approved_by": by}}
    Record.objects.filter(pk__in=[record.pk for record in records]).update(status=end, **people.get(verb, {}))
    _tell(records, verb, by, [at] * len(records), to=end)
    return len(records)


def _tell(
    records: Iterable[Record],
    verb: Verb,
    by: User,
    moments: Iterable[datetime],
    *,
    to: Status,
    fresh: bool = False,
) -> None:
    RecordEvent.objects.bulk_create(
        RecordEvent(
            record=record,
            at=at,
            actor=by,
            unit_id=record.custodian_id,
            verb=verb,
            from_status="" if fresh else record.status,
            to_status=to,
            from_standing="" if fresh else record.standing,
            to_standing=record.standing,
            version=record.version + (0 if fresh else 1),
        )
        for record, at in zip(records, moments, strict=True)
    )


def states_totals_anew(unit: Unit, percent: int, at: datetime) -> None:
    """Let justice confirm so many percent more entries in every book of a unit with a total."""
    by, justice = officer(unit), User.objects.get(username="justice")
    BookTotal.objects.bulk_create(
        BookTotal(
            book=book,
            at=at,
            total=book.total + max(book.total * percent // 100, 1),
            basis=Basis.COUNTED,
            reason="Đếm lại từng trang (dữ liệu minh họa)",
            by=by,
            decision=Decision.CONFIRMED,
            decided_by=justice,
            decided_at=at + timedelta(minutes=5),
        )
        for book in Book.objects.filter(custodian=unit, second_copy_of=None)
        if book.total is not None
    )


def declares(books: Recount, unit: Unit, count: int, at: datetime) -> int:
    """Declare that the national software holds so many entries more, book by book; returns how many found room."""
    lines, left = lines_to_declare(books, unit, count)
    if lines:
        declare(
            by=officer(unit),
            day=at.date(),
            lines=lines,
            note="Màn hình thống kê, 16 giờ 30 (dữ liệu minh họa)",
            proof=None,
            intent=uuid4(),
        )
    return count - left


def lines_to_declare(books: Recount, unit: Unit, count: int) -> tuple[list[Line], int]:
    """Return the statements that make ``count`` entries more, and how many of them found no room."""
    lines: list[Line] = []
    for pk, book in unfinished(books, unit):
        more = min(book.room - book.counted, count)
        if not more:
            break
        said = Declaration.objects.filter(book=pk).order_by("-day", "-revision").first()
        lines.append(Line(pk, book.counted + more, said.n if said else None))
        count -= more
    return lines, count


def hands_over(unit: Unit, to: Unit, count: int) -> list[int]:
    """Give so many begun books to another unit at this moment; returns which."""
    begun = Book.objects.filter(custodian=unit, second_copy_of=None, tallies__n__gt=0).distinct()
    chosen = list(begun.order_by("pk").values_list("pk", flat=True)[:count])
    Book.objects.filter(pk__in=chosen).update(custodian=to)
    return chosen
