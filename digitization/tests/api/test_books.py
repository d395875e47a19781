"""The books API: what an officer has to do, and which number comes next."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from communes.models import Role, Unit
from digitization.models import Book, Record, Standing, Status
from digitization.tests.making import declare_of, make_book, make_commune, make_district, make_person

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/books/"


@pytest.fixture
def hop_nhat() -> Unit:
    return make_commune("Hợp Nhất", "hop-nhat")


@pytest.fixture
def officer(client: Client, hop_nhat: Unit) -> Client:
    client.force_login(make_person("officer.hop-nhat", Role.OFFICER, hop_nhat))
    return client


def put(
    book: Book, *numbers: int, status: Status = Status.ENTERED, standing: Standing = Standing.NORMAL
) -> None:
    by = make_person(f"typist-{book.pk}-{numbers}", Role.OFFICER, book.custodian)
    Record.objects.bulk_create(
        Record(
            book=book,
            kind=book.kind,
            place_id=book.place_id,
            custodian_id=book.custodian_id,
            number=number,
            number_year=book.opened_year,
            status=status,
            standing=standing,
            entered_by=by,
            entered_at="2024-12-05T20:00:00+07:00",
        )
        for number in numbers
    )


def test_a_book_is_described_with_its_next_number(officer: Client, hop_nhat: Unit) -> None:
    book = make_book(hop_nhat, year=1998, book_no="01", total=50)
    put(book, 1, 2, 3)
    (found,) = officer.get(ADDRESS, {"unit": "hop-nhat", "kind": "KS"}).json()
    promised = {
        "id": book.pk,
        "quyen_so": "01/1998",
        "year": 1998,
        "total": 50,
        "counted": 3,
        "next_number": 4,
    }
    assert {key: found[key] for key in promised} == promised
    assert list(found)[:6] == list(promised)


def test_an_empty_book_without_total_begins_with_one(officer: Client, hop_nhat: Unit) -> None:
    make_book(hop_nhat, total=None)
    (found,) = officer.get(ADDRESS, {"unit": "hop-nhat"}).json()
    assert (found["total"], found["counted"], found["next_number"]) == (None, 0, 1)


def test_only_what_counts_is_counted(officer: Client, hop_nhat: Unit) -> None:
    book = make_book(hop_nhat)
    put(book, 1)
    put(book, 2, status=Status.RETURNED)
    put(book, 3, standing=Standing.UNREADABLE)
    (found,) = officer.get(ADDRESS, {"unit": "hop-nhat"}).json()
    assert (found["counted"], found["next_number"]) == (1, 4)


def test_a_declaration_above_what_is_held_counts(officer: Client, hop_nhat: Unit) -> None:
    book = make_book(hop_nhat)
    put(book, 1)
    declare_of(book, 9)
    (found,) = officer.get(ADDRESS, {"unit": "hop-nhat"}).json()
    assert (found["counted"], found["held"], found["declared"]) == (9, 1, 9)
    (said,) = officer.get(f"{ADDRESS}{book.pk}/").json()["declarations"]
    assert (said["n"], said["revision"]) == (9, 1)


def test_a_helper_is_not_told_what_the_unit_declared(client: Client, hop_nhat: Unit) -> None:
    book = declare_of(make_book(hop_nhat), 9)
    client.force_login(make_person("tu", Role.HELPER, hop_nhat))
    assert client.get(f"{ADDRESS}{book.pk}/").json()["declarations"] == []


def test_another_kind_is_not_listed(officer: Client, hop_nhat: Unit) -> None:
    make_book(hop_nhat, kind="KH")
    assert officer.get(ADDRESS, {"unit": "hop-nhat", "kind": "KS"}).json() == []


@pytest.mark.parametrize("slug", ["soc-dang", "nowhere"])
def test_a_unit_of_others_is_not_found(officer: Client, slug: str) -> None:
    make_book(make_commune())
    assert officer.get(ADDRESS, {"unit": slug}).status_code == 404


def test_justice_sees_the_books_under_the_district(client: Client, hop_nhat: Unit) -> None:
    make_book(hop_nhat)
    client.force_login(make_person("justice", Role.JUSTICE, make_district()))
    assert len(client.get(ADDRESS, {"unit": "hop-nhat"}).json()) == 1


def test_the_task_force_sees_no_books(client: Client, hop_nhat: Unit) -> None:
    client.force_login(make_person("taskforce", Role.TASK_FORCE, make_district()))
    assert client.get(ADDRESS, {"unit": "hop-nhat"}).status_code == 403


def ids(client: Client, **filters: str) -> set[int]:
    answer = client.get(ADDRESS, filters)
    assert answer.status_code == 200, answer.json()
    return {book["id"] for book in answer.json()}


def test_books_are_narrowed_by_year_and_place(officer: Client, hop_nhat: Unit) -> None:
    elsewhere = make_commune("Cũ", "cu")
    old = make_book(hop_nhat, year=1975)
    moved = make_book(hop_nhat, place=elsewhere, year=1998)
    assert ids(officer, year="1975") == {old.pk}
    assert ids(officer, place="cu") == {moved.pk}
    assert ids(officer, unit="hop-nhat", place="hop-nhat") == {old.pk}


def test_a_book_is_complete_with_a_total_that_is_reached(officer: Client, hop_nhat: Unit) -> None:
    full, half, untotalled = (
        make_book(hop_nhat, total=total, year=year) for total, year in ((2, 1990), (3, 1991), (None, 1992))
    )
    for book in (full, half, untotalled):
        put(book, 1, 2)
    empty = make_book(hop_nhat, total=0)
    assert ids(officer, complete="true") == {full.pk, empty.pk}
    assert ids(officer, complete="false") == {half.pk, untotalled.pk}
    assert {book["id"] for book in officer.get(ADDRESS).json() if book["complete"]} == {full.pk, empty.pk}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kind=XX", "kind"),
        ("kind=ks", "kind"),
        ("kind=", "kind"),
        ("unit=", "unit"),
        ("year=1849", "year"),
        ("year=1998.5", "year"),
        ("year=99999999999999999999", "year"),
        ("complete=maybe", "complete"),
        ("complete=1", "complete"),
        ("knd=KS", "knd"),
        ("page=2", "page"),
        ("kind=KS&kind=KH", "kind"),
    ],
)
def test_what_makes_no_sense_is_named(officer: Client, query: str, field: str) -> None:
    answer = officer.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 400
    assert [problem["field"] for problem in answer.json()["problems"]] == [field]


def test_a_place_of_others_is_not_found(officer: Client) -> None:
    make_book(make_commune())
    assert officer.get(ADDRESS, {"place": "soc-dang"}).status_code == 404


def test_the_pages_together_are_all_books(officer: Client, hop_nhat: Unit) -> None:
    made = {make_book(hop_nhat, year=1990 - n % 3).pk for n in range(7)}
    found, address = [], f"{ADDRESS}?limit=3"
    while address:
        answer = officer.get(address)
        found += [book["id"] for book in answer.json()]
        make_book(hop_nhat, year=1980) if len(found) == 3 else None
        address = answer.get("Link", "")[1:].partition(">")[0]
    assert len(found) == len(set(found)) == 8
    assert made <= set(found)


def test_one_book_tells_everything_stated_about_its_total(officer: Client, hop_nhat: Unit) -> None:
    book = make_book(hop_nhat, total=50, note="Rách bìa")
    put(book, 1)
    found = officer.get(f"{ADDRESS}{book.pk}/").json()
    assert (found["counted"], found["next_number"], found["note"]) == (1, 2, "Rách bìa")
    assert [(one["total"], one["decision"]) for one in found["totals"]] == [(50, "confirmed")]


@pytest.mark.parametrize("unit", ["soc-dang"])
def test_a_book_of_others_is_not_there(officer: Client, unit: str) -> None:
    theirs = make_book(make_commune("Sóc Đăng", unit))
    missing = officer.get(f"{ADDRESS}{theirs.pk + 1000}/")
    foreign = officer.get(f"{ADDRESS}{theirs.pk}/")
    assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content)
    assert missing.status_code == 404


def test_a_second_copy_is_not_listed(officer: Client, hop_nhat: Unit) -> None:
    first = make_book(hop_nhat)
    second = make_book(hop_nhat, total=None, second_copy_of=first, copy_no=2)
    assert ids(officer) == {first.pk}
    assert officer.get(f"{ADDRESS}{second.pk}/").status_code == 404


def test_more_books_need_no_more_questions(
    officer: Client, hop_nhat: Unit, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        put(make_book(hop_nhat, year=1990 + n), 1, 2)
        make_book(hop_nhat, kind="KH", year=1990 + n)
    # The session, the person with their post, the keys, the books, and their next numbers in two.
    with django_assert_max_num_queries(6):
        assert len(officer.get(ADDRESS).json()) == 24
