"""Saving a birth as the desk does, beside bare Django forms that save the same row.

The bare form is a ModelForm over the same columns, in the same process: no request, no log-in, no checks, no intent, no
event, no folded names. The bare page is that form behind Django's own log-in and the same middleware, as a request: it
alone costs nearly twice the bare form. Request against request the desk may cost twice as much.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from django.forms import ModelForm
from django.test import override_settings

from bench.bare import UNASKED, form_of, unasked
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
TIMES = 2.0
WARMING_UP = 3
Save = Callable[[Person, Book], Cost]
_numbers = count(1)


def measure(stage: Stage) -> list[Figure]:
    """Save by turns through the product's form and through the bare one."""
    stage.collect_static()
    pages: list[Cost] = []
    costs: dict[Save, list[Cost]] = {_post: [], _bare: [], _bare_page: []}
    with stage.copy_of(stage.district()), override_settings(ROOT_URLCONF="bench.bare"):
        book, person = _book(), Person("officer.hop-nhat")
        for turn in range(stage.rounds(60, 12) + WARMING_UP):
            pages.append(_open(person, book))
            order = list(costs)
            for save in order[turn % 3 :] + order[: turn % 3]:
                costs[save].append(save(person, book))
    posts, bare, page = (found[WARMING_UP:] for found in costs.values())
    pages = pages[WARMING_UP:]
    ratios = [full.cpu / plain.cpu for full, plain in zip(posts, bare, strict=True)]
    to_page = [full.cpu / plain.cpu for full, plain in zip(posts, page, strict=True)]
    return [
        figure("page of the entry form, CPU", "ms", [cost.cpu * 1000 for cost in pages]),
        figure("save through the whole form, CPU", "ms", [cost.cpu * 1000 for cost in posts]),
        figure("save through a bare Django form, CPU", "ms", [cost.cpu * 1000 for cost in bare]),
        figure("save through a bare Django page, CPU", "ms", [cost.cpu * 1000 for cost in page]),
        figure("whole form : bare page, CPU", "", to_page, at_most=TIMES),
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
        person.saves(_address(book), typed)
    return cost


def _bare(person: Person, book: Book) -> Cost:
    typed, row, form = _row(person, book)
    with measured() as cost:
        filled = form(typed, instance=Record(**row))
        if not filled.is_valid():
            raise ValueError(filled.errors.as_text())
        filled.save()
    return cost


def _bare_page(person: Person, book: Book) -> Cost:
    typed, row, _form = _row(person, book)
    unasked.update(row)
    with measured() as cost:
        person.saves("/bare/", typed, leads_on=True)
    return cost


def _row(person: Person, book: Book) -> tuple[dict[str, str], dict[str, Any], type[ModelForm[Record]]]:
    """Return one birth as a form has it, what no form asks for, and the form."""
    columns = as_columns(BIRTH, book, _entry()) | {"status": "entered", "standing": "normal"}
    names = tuple(name for name in columns if name not in UNASKED)
    form = form_of(names)
    typed = {name: _as_typed(form, name, columns[name]) for name in names}
    row = {"entered_by": person.user, "entered_at": clock.now()} | {name: columns[name] for name in UNASKED}
    return {**typed, "twin": "0"}, row, form


def _as_typed(form: type[ModelForm[Record]], name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(form.base_fields[name].prepare_value(value))


def _entry() -> dict[str, Any]:
    return {**BIRTH.sample, "number": str(next(_numbers))}
