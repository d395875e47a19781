"""Plain functions that make what a test needs: a cast of people, units, books, entries. Invented names only."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from civreg.lib import clock
from communes.models import Installation, Level, Posting, Role, Unit, User
from digitization import workflow
from digitization.models import Basis, Book, BookTotal, Decision, Declaration, Record, Status
from digitization.record_types import BY_CODE

LONG_AGO = date(1981, 1, 1)
_numbers = count(1)


def make_district(name: str = "Đoan Hùng", slug: str = "huyen-doan-hung") -> Unit:
    """Return the district, made with its installation at the first call."""
    unit, _ = Unit.objects.get_or_create(
        slug=slug, defaults={"level": Level.DISTRICT, "kind": "huyện", "name": name, "valid_from": LONG_AGO}
    )
    if not Installation.objects.exists():
        Installation.objects.create(office=unit)
        clock.forget_offset()
    return unit


def make_commune(name: str = "Sóc Đăng", slug: str = "soc-dang", *, parent: Unit | None = None) -> Unit:
    """Return a commune of the district, made at the first call."""
    above = parent or make_district()
    unit, _ = Unit.objects.get_or_create(
        slug=slug,
        defaults={
            "level": Level.COMMUNE,
            "kind": "xã",
            "name": name,
            "parent": above,
            "valid_from": LONG_AGO,
        },
    )
    return unit


def make_person(username: str, role: Role, unit: Unit, *, name: str = "") -> User:
    """Return a person with one posting; the password is never usable."""
    user = User.objects.create_user(username=username, name=name or username.title())
    Posting.objects.create(user=user, unit=unit, role=role, valid_from=LONG_AGO)
    return user


def make_book(
    unit: Unit, *, kind: str = "KS", year: int = 1998, total: int | None = 100, **rest: Any
) -> Book:
    """Return a book of ``unit``; its total, if any, is confirmed the way a real one is."""
    book = Book.objects.create(
        kind=kind,
        place=rest.pop("place", unit),
        custodian=unit,
        book_no=rest.pop("book_no", f"{next(_numbers):02}"),
        opened_year=year,
        year_from=rest.pop("year_from", year),
        year_to=rest.pop("year_to", year),
        **rest,
    )
    return book if total is None else state_total(book, total)


def state_total(book: Book, total: int) -> Book:
    """Confirm a total for a book and return the book as it then stands."""
    clerk, justice = (_of_totals(name) for name in ("clerk-of-totals", "confirmer-of-totals"))
    BookTotal.objects.create(
        book=book,
        at=clock.now(),
        total=total,
        basis=Basis.COUNTED,
        reason="counted",
        by=clerk,
        decision=Decision.CONFIRMED,
        decided_by=justice,
        decided_at=clock.now(),
    )
    book.refresh_from_db()
    return book


def declare_of(book: Book, n: int, *, day: date | None = None, note: str = "màn hình thống kê") -> Book:
    """Declare that the national system holds so many entries of a book, and return the book as it then stands."""
    on = day or clock.today()
    Declaration.objects.create(
        book=book,
        day=on,
        revision=book.declarations.filter(day=on).count() + 1,
        n=n,
        note=note,
        by=_of_totals("clerk-of-totals"),
        at=clock.now(),
    )
    book.refresh_from_db()
    return book


def _of_totals(username: str) -> User:
    known = User.objects.filter(username=username).first()
    return known or make_person(username, Role.JUSTICE, make_district())


def make_entry(book: Book, number: int | str | None = None, **changes: Any) -> dict[str, Any]:
    """Return an entry of the book's kind without findings, with another number and whatever is changed."""
    entry = dict(BY_CODE[book.kind].sample)
    entry["number"] = str(number if number is not None else next(_numbers))
    return {code: value for code, value in (entry | changes).items() if value is not None}


def make_record(book: Book, by: User, number: int | str | None = None, **changes: Any) -> Record:
    """Return an entry typed by ``by`` through the workflow."""
    return workflow.enter(by=by, book=book, entry=make_entry(book, number, **changes), intent=uuid4())


def move(record: Record, status: Status, *, checker: User, leader: User) -> Record:
    """Take an entered record along the workflow to ``status`` and return it."""
    steps = {Status.CHECKED: 1, Status.APPROVED: 2, Status.TRANSFERRED: 3}[status]
    verbs = [
        lambda picked: workflow.check(by=checker, picked=picked, intent=uuid4()),
        lambda picked: workflow.approve(by=leader, picked=picked, intent=uuid4()),
        lambda picked: workflow.transfer(by=checker, picked=picked, intent=uuid4()),
    ]
    for verb in verbs[:steps]:
        verb({record.pk: record.version})
        record.refresh_from_db()
    return record


def days_ago(days: int) -> date:
    """Return the business date that many days ago."""
    return clock.today() - timedelta(days=days)
