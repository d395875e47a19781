"""Saving a birth through the whole form, beside a bare Django form that saves the same row.

The bare one is a ModelForm over the same columns, in the same process: no log-in, no checks, no intent, no event,
no folded names. What the product adds is the ratio; there is no limit to it but a clerk's patience.
"""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from django.forms import ModelForm, modelform_factory

from bench.cpu import Cost, measured
from bench.figures import Figure, figure
from bench.pages import Person
from bench.stage import Stage
from civreg.lib import clock
from communes.models import Unit, User
from digitization import workflow
from digitization.entry_rows import as_columns
from digitization.facts import facts_for
from digitization.models import Book, Record
from digitization.record_types import BY_CODE
from digitization.record_types.entries import fingerprint
from digitization.record_types.reading import write

BIRTH = BY_CODE["KS"]
# What no form asks for: the copies of the book, and stated absences, of which the sample has none.
UNASKED = ("book_id", "place_id", "custodian_id", "kind", "series", "head_states")
_numbers = count(1)


def measure(stage: Stage) -> list[Figure]:
    """Save by turns through the product's form and through the bare one."""
    stage.collect_static()
    pages: list[Cost] = []
    posts: list[Cost] = []
    bare: list[Cost] = []
    with stage.copy_of(stage.district()):
        book, person = _book(), Person("officer.hop-nhat")
        for turn in range(stage.rounds(60, 12) + 3):
            pages.append(_open(person, book))
            for save in (_post, _bare) if turn % 2 else (_bare, _post):
                (posts if save is _post else bare).append(save(person, book))
    pages, posts, bare = pages[3:], posts[3:], bare[3:]
    ratios = [full.cpu / plain.cpu for full, plain in zip(posts, bare, strict=True)]
    return [
        figure("page of the entry form, CPU", "ms", [cost.cpu * 1000 for cost in pages]),
        figure("save through the whole form, CPU", "ms", [cost.cpu * 1000 for cost in posts]),
        figure("save through a bare Django form, CPU", "ms", [cost.cpu * 1000 for cost in bare]),
        figure("whole form : bare form, CPU", "", ratios),
    ]


def _book() -> Book:
    """Return a book whose signer was confirmed once already, as after the first entry of every day (C22)."""
    unit = Unit.objects.get(slug="hop-nhat")
    # A series of its own: the demonstration has numbers of that year already.
    book = Book.objects.create(
        kind=BIRTH.code,
        place=unit,
        custodian=unit,
        book_no="B1",
        series="B",
        opened_year=1998,
        year_from=1998,
        year_to=1998,
    )
    entry, officer = _entry(), User.objects.get(username="officer.hop-nhat")
    columns = as_columns(BIRTH, book, entry)
    asked = [fingerprint(problem, entry) for problem in BIRTH.said(entry, facts_for(book, columns))]
    workflow.enter(by=officer, book=book, entry=entry, intent=uuid4(), accepted=asked)
    return book


def _address(book: Book) -> str:
    return f"/nhap-lieu/{book.pk}/moi/"


def _open(person: Person, book: Book) -> Cost:
    with measured() as cost:
        person.get(_address(book))
    return cost


def _post(person: Person, book: Book) -> Cost:
    typed = {**write(BIRTH, _entry()), "intent": str(uuid4()), "then": "next"}
    with measured() as cost:
        person.post(_address(book), typed)
    return cost


def _bare(person: Person, book: Book) -> Cost:
    columns = as_columns(BIRTH, book, _entry()) | {"status": "entered", "standing": "normal"}
    fields = [name for name in columns if name not in UNASKED]
    form = modelform_factory(Record, fields=[*fields, "twin"])
    row = Record(entered_by=person.user, entered_at=clock.now(), **{name: columns[name] for name in UNASKED})
    typed = {name: _as_typed(form, name, value) for name, value in columns.items() if name in fields}
    with measured() as cost:
        filled = form({**typed, "twin": "0"}, instance=row)
        if not filled.is_valid():
            raise ValueError(filled.errors.as_text())
        filled.save()
    return cost


def _as_typed(form: type[ModelForm[Record]], name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(form.base_fields[name].prepare_value(value))


def _entry() -> dict[str, Any]:
    return {**BIRTH.sample, "number": str(next(_numbers))}
