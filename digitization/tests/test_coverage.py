"""Numbers and pages of a book: what is there, and what is missing between."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from digitization.inventory.book_page import coverage_of
from digitization.inventory.coverage import Place, pages_of, years_of
from digitization.models import Record
from digitization.runs import Run
from digitization.tests.making import make_book, make_record, state_total


def numbers(*written: str, year: int | None = 1998) -> list[Place]:
    """Return places of these numbers: "12A" has a letter, "" is no number."""
    places = []
    for text in written:
        digits = text.rstrip("AB")
        places.append(Place("", year, int(digits) if digits else None, text[len(digits) :]))
    return places


def gaps(*written: str, from_one: bool = False) -> str:
    (year,) = years_of(numbers(*written), from_one=from_one)
    return ", ".join(map(str, year.gaps))


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        (["1", "2", "3"], ""),
        (["1", "3"], "2"),
        (["1", "2", "6", "7", "9"], "3–5, 8"),
        (["5", "9"], "6–8"),
        (["1", "2A", "3"], "2"),
        (["1", "2", "2A", "4A"], "3–4"),
        (["7"], ""),
    ],
)
def test_what_is_missing_lies_between_the_first_and_the_last(written: list[str], missing: str) -> None:
    assert gaps(*written) == missing


def test_a_book_that_begins_its_year_begins_with_number_one() -> None:
    assert gaps("3", "4", from_one=True) == "1–2"
    assert gaps("1", "2", from_one=True) == ""


def test_every_year_counts_from_the_beginning() -> None:
    years = years_of([*numbers("1", "3", year=1998), *numbers("1", "2", year=1999)], from_one=True)
    assert [(year.year, year.missing, year.last) for year in years] == [(1998, 1, 3), (1999, 0, 2)]


def test_a_year_nobody_could_read_stands_last_and_starts_nowhere() -> None:
    years = years_of([*numbers("8", "9", year=None), *numbers("1", year=1998)], from_one=True)
    assert [(year.year, year.first) for year in years] == [(1998, 1), (None, 8)]


def test_doubled_numbers_and_letters_are_told_apart() -> None:
    (year,) = years_of(numbers("4", "4", "5", "5A"), from_one=False)
    assert year.doubled == (("4", 2),)
    assert year.lettered == ("5A",)
    assert year.entries == 4


def test_pages_are_counted_and_gaps_found() -> None:
    written = ["1", "1", "2", "5", "12–13", "", " 7 "]
    pages = pages_of(Place(page, 1998, 1, "") for page in written)
    assert pages.counts == (("1", 2), ("2", 1), ("5", 1), ("7", 1))
    assert pages.gaps == (Run(3, 4), Run(6, 6))
    assert (pages.missing, pages.last, pages.unknown) == (3, 7, 1)
    assert pages.others == (("12–13", 1),)


def test_an_empty_book_has_no_gaps() -> None:
    assert years_of([], from_one=True) == []
    assert pages_of([]).gaps == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "behind"),
    [(["1", "2", "3"], 7), (["1", "10"], 0), (["1", "12"], -2), (["1", "9", "9A"], 0), ([], None)],
)
def test_the_last_number_is_held_against_the_total(cast: Any, written: list[str], behind: int | None) -> None:
    book = make_book(cast.soc_dang, kind="KHAC", year=2003, total=10)
    for number in written:
        make_record(book, cast.lan, number)
    assert coverage_of(book, Record.objects.filter(book=book)).behind == behind


@pytest.mark.django_db
def test_an_entry_without_a_number_is_taken_for_a_missing_one(cast: Any) -> None:
    book = make_book(cast.soc_dang, kind="KHAC", year=2003, total=3)
    for number in ("1", "3", None):
        record = make_record(book, cast.lan, number or "2")
        if number is None:
            Record.objects.filter(pk=record.pk).update(number=None)
    coverage = coverage_of(book, Record.objects.filter(book=book))
    assert (coverage.unnumbered, coverage.missing, coverage.behind) == (1, 1, 0)


@pytest.mark.django_db
def test_a_second_book_of_the_year_does_not_begin_with_number_one(cast: Any) -> None:
    second = make_book(cast.soc_dang)
    make_record(second, cast.lan, "120")
    make_record(second, cast.lan, "122")
    (year,) = coverage_of(second, Record.objects.filter(book=second)).years
    assert (year.first, list(map(str, year.gaps))) == (120, ["121"])
    alone = make_book(cast.soc_dang, kind="KHAC", year=2003)
    make_record(alone, cast.lan, "2")
    assert coverage_of(alone, Record.objects.filter(book=alone)).years[0].first == 1


@pytest.mark.django_db
def test_withdrawn_and_duplicate_entries_fill_no_gap(cast: Any) -> None:
    for number in ("1", "2", "3"):
        record = make_record(cast.book, cast.lan, number)
    Record.objects.filter(pk=record.pk - 1).update(standing="withdrawn")
    (year,) = coverage_of(cast.book, Record.objects.filter(book=cast.book)).years
    assert list(map(str, year.gaps)) == ["2"]


@pytest.mark.django_db
def test_the_page_of_a_book_shows_gaps_warnings_and_people_to_whom_they_concern(cast: Any) -> None:
    make_record(cast.book, cast.lan, "1", page_no="1")
    make_record(cast.book, cast.tu, "4", page_no="3", child_full_name="HÀ 4 QUYẾT")
    state_total(cast.book, 10)
    address = reverse("digitization:book", args=[cast.book.pk])
    pages = {}
    for name in ("lan", "binh", "thu", "tu"):
        client = Client()
        client.force_login(getattr(cast, name))
        pages[name] = " ".join(client.get(address).content.decode().split())
    for name in ("lan", "binh", "thu"):
        assert "thiếu 2 số: 2–3" in pages[name]
        assert "Còn 6 trên 10" in pages[name]
        assert f"typed_by={cast.tu.pk}" in pages[name]
        assert "finding=open" in pages[name]
    assert "thiếu" not in pages["tu"]
    assert "typed_by" not in pages["tu"]
    assert "finding=open" in pages["tu"]


@pytest.mark.django_db
def test_all_numbers_and_pages_of_a_book_have_a_page(cast: Any) -> None:
    make_record(cast.book, cast.lan, "1", page_no="1")
    make_record(cast.book, cast.lan, "5A", page_no="7")
    address = reverse("digitization:against_the_paper", args=[cast.book.pk])
    client = Client()
    client.force_login(cast.lan)
    page = " ".join(client.get(address).content.decode().split())
    assert "2–5" in page
    assert "5A" in page
    assert "2–6" in page
    assert '&amp;page_no=7"' in page
    for name in ("tu", "minh"):
        client.force_login(getattr(cast, name))
        assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_full_book_costs_no_more_queries_than_an_empty_one(
    cast: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make_record(cast.book, cast.lan, str(number + 1))
    client = Client()
    client.force_login(cast.lan)
    with django_assert_max_num_queries(22):
        client.get(reverse("digitization:book", args=[cast.book.pk]))
