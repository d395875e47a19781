"""What the tests of shared work have in common: a range given, a browser, an entry saved at the desk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from civreg.lib import clock
from communes.models import User
from digitization import ranges
from digitization.models import Book, Measure, WorkRange
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from digitization.tests.making import make_entry


def give(book: Book, person: User, first: int, last: int, *, by: User, **rest: Any) -> WorkRange:
    """Give numbers of 1998 of a book, or what is said instead."""
    measure = rest.pop("measure", Measure.NUMBERS)
    year = rest.pop("year", None if measure == Measure.PAGES else 1998)
    return ranges.give(
        by=by,
        book=book,
        person=person,
        measure=measure,
        year=year,
        first=first,
        last=last,
        intent=uuid4(),
        **rest,
    )


def browser_of(person: User) -> Client:
    """Return a browser in which somebody has logged in."""
    client = Client()
    client.force_login(person)
    return client


def saves(client: Client, book: Book, number: int | str, *, page: str = "", then: str = "next") -> Any:
    """Save an entry behind the page of the desk, as its script does."""
    raw = write(BY_CODE[book.kind], make_entry(book, number, page_no=page or None))
    form = {**raw, "intent": str(uuid4()), "then": then}
    address = reverse("digitization:enter", args=[book.pk])
    return client.post(address, form, headers={"HX-Request": "true"})


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return a moment of a day in Viet Nam."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=clock.VIETNAM)
