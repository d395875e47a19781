"""Invented entries: such as clerks type, never one the checks refuse, some about which they ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from digitization.record_types import BY_CODE
from digitization.record_types.contract import Facts, Problem, Severity
from reports.demonstration.births import birth
from reports.demonstration.figures import DISTRICT
from reports.demonstration.other_entries import other_entry
from reports.demonstration.registers import Register, beyond
from reports.demonstration.shelves import KINDS, Shelved, shelves

COMMUNE = next(commune for commune in DISTRICT.communes if commune.slug == "ngoc-quan")


def books(kind: str) -> list[Shelved]:
    return [book for book in shelves(DISTRICT, COMMUNE) if book.kind == kind]


def entries(book: Shelved, step: int = 1) -> Iterator[dict[str, Any]]:
    register = Register.of(
        key=book.key, kind=book.kind, commune="ngoc-quan", name="Ngọc Quan", word="xã", odd=0.042
    )
    invent = birth if book.kind == "KS" else other_entry
    for slot in range(0, book.total, step):
        yield invent(register, *book.entry_at(slot), slot // 2 + 1)


def problems(book: Shelved, entry: dict[str, Any]) -> list[Problem]:
    closed = date(book.last_year, 12, 31)
    facts = Facts(
        today=date(2024, 12, 5),
        book_year_from=book.opened_year,
        book_year_to=book.last_year,
        book_closed_on=closed,
    )
    return BY_CODE[book.kind].problems(entry, facts)


@pytest.mark.parametrize("kind", KINDS)
def test_no_invented_entry_is_refused(kind: str) -> None:
    found = [p for book in books(kind) for entry in entries(book, 4) for p in problems(book, entry)]
    assert [(p.rule, p.field) for p in found if p.severity is Severity.ERROR] == []


def test_the_checks_ask_about_a_few_births_and_about_different_things() -> None:
    asked = [
        {problem.rule for problem in problems(book, entry) if problem.severity is Severity.WARNING}
        for book in books("KS")
        for entry in entries(book, 2)
    ]
    share = sum(1 for rules in asked if rules) / len(asked)
    assert 0.02 < share < 0.08
    assert len(Counter(rule for rules in asked for rule in rules)) >= 7


def test_an_entry_holds_only_fields_of_its_kind() -> None:
    for kind in KINDS:
        known = {field.code for field in BY_CODE[kind].fields()}
        assert all(set(entry) <= known for entry in entries(books(kind)[0]))


def test_fathers_are_missing_only_where_the_birth_says_so() -> None:
    everything = [entry for book in books("KS") for entry in entries(book)]
    unknown = [entry for entry in everything if entry["birth_kind"]["code"] == "3"]
    assert 0.01 < len(unknown) / len(everything) < 0.06
    assert not any(code.startswith("father_") for entry in unknown for code in entry)


def test_most_parents_have_only_a_year_of_birth() -> None:
    shapes = Counter(
        len(entry["mother_birth_date"].get("on", "")) for book in books("KS") for entry in entries(book)
    )
    assert shapes[4] > sum(shapes.values()) * 0.8
    assert shapes[7] > 0


def test_places_bear_the_names_of_their_time() -> None:
    assert beyond(1960) == "huyện Đoan Hùng, tỉnh Phú Thọ"
    assert beyond(1975) == "huyện Đoan Hùng, tỉnh Vĩnh Phú"
    assert beyond(1979) == "huyện Sông Lô, tỉnh Vĩnh Phú"
    assert beyond(1996) == "huyện Đoan Hùng, tỉnh Vĩnh Phú"
    assert beyond(1997) == "huyện Đoan Hùng, tỉnh Phú Thọ"
