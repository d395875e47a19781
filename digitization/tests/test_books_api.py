"""The books API: what an officer has to do, and which number comes next."""

from __future__ import annotations

import pytest
from django.test import Client

from communes.models import Role, Unit
from digitization.models import Book, Record, Standing, Status
from digitization.tests.making import make_book, make_commune, make_district, make_person

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
    assert officer.get(ADDRESS, {"unit": "hop-nhat", "kind": "KS"}).json() == [
        {"id": book.pk, "quyen_so": "01/1998", "year": 1998, "total": 50, "counted": 3, "next_number": 4}
    ]


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
    Book.objects.filter(pk=book.pk).update(declared=9)
    assert officer.get(ADDRESS, {"unit": "hop-nhat"}).json()[0]["counted"] == 9


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


@pytest.mark.parametrize("page", ["0", "x", "999999"])
def test_a_page_that_is_none_is_not_found(officer: Client, page: str) -> None:
    assert officer.get(ADDRESS, {"page": page}).status_code == 404
