"""Numbers the paper does not have: whoever looked says so, and they are no gaps any more."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from digitization.inventory.absent import state_absent, statements_of, withdraw_absent
from digitization.inventory.book_page import coverage_of
from digitization.inventory.coverage import Place, years_of
from digitization.models import AbsentNumber, Book, Record
from digitization.tests.making import make_book, make_record, state_total
from digitization.verbs import NotAllowedNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(cast: Any) -> Book:
    """A book of ten entries in which 1, 2, 5 and 9 are typed."""
    for number in (1, 2, 5, 9):
        make_record(cast.book, cast.lan, number)
    return state_total(cast.book, 10)


def state(cast: Any, book: Book, first: int, last: int, reason: str = "sổ nhảy số") -> list[AbsentNumber]:
    return state_absent(
        by=cast.lan, book=book, year=1998, first=first, last=last, reason=reason, intent=uuid4()
    )


def gaps(book: Book) -> str:
    (year,) = coverage_of(book, Record.objects.filter(book=book)).years
    return ", ".join(map(str, year.gaps))


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_what_is_stated_absent_is_no_gap(cast: Any, book: Book) -> None:
    assert gaps(book) == "3–4, 6–8"
    state(cast, book, 3, 4)
    state(cast, book, 7, 7)
    assert gaps(book) == "6, 8"


def test_it_holds_no_entry_of_the_total(cast: Any, book: Book) -> None:
    records = Record.objects.filter(book=book)
    assert coverage_of(book, records).behind == 1
    state(cast, book, 3, 4)
    assert coverage_of(book, records).behind == 3


def test_taken_back_it_is_missing_again_and_who_said_so_stays(cast: Any, book: Book) -> None:
    (statement,) = state(cast, book, 3, 3)
    withdraw_absent(by=cast.mai, statement=statement, intent=uuid4())
    assert gaps(book) == "3–4, 6–8"
    statement.refresh_from_db()
    assert (statement.by, statement.withdrawn_by) == (cast.lan, cast.mai)
    with pytest.raises(NotAllowedNow):
        withdraw_absent(by=cast.mai, statement=statement, intent=uuid4())
    assert state(cast, book, 3, 3)


@pytest.mark.parametrize(
    ("first", "last", "reason"), [(3, 4, " "), (4, 3, "x"), (0, 0, "x"), (10, 400, "x"), (4, 6, "x")]
)
def test_it_refuses_what_nobody_can_mean(cast: Any, book: Book, first: int, last: int, reason: str) -> None:
    with pytest.raises(NotAllowedNow):
        state(cast, book, first, last, reason)
    assert not AbsentNumber.objects.exists()


def test_nobody_states_a_number_twice(cast: Any, book: Book) -> None:
    state(cast, book, 3, 3)
    with pytest.raises(NotAllowedNow):
        state(cast, book, 3, 4)


def test_a_number_typed_after_all_is_not_absent(cast: Any, book: Book) -> None:
    state(cast, book, 3, 4)
    make_record(book, cast.lan, 3)
    (year,) = coverage_of(book, Record.objects.filter(book=book)).years
    assert list(map(str, year.absent)) == ["4"]


def test_absent_numbers_are_told_in_runs() -> None:
    places = [Place("", 1998, number, "") for number in (1, 9)]
    (year,) = years_of(places, from_one=True, absent={1998: {3, 4, 5, 7}})
    assert list(map(str, year.absent)) == ["3–5", "7"]
    assert list(map(str, year.gaps)) == ["2", "6", "8"]
    assert year.spanned == 5


def test_a_book_of_another_kind_has_its_own_numbers(cast: Any, book: Book) -> None:
    state(cast, book, 3, 4)
    assert not statements_of(make_book(cast.soc_dang, kind="KH")).exists()


def test_the_officer_states_and_takes_back_on_the_page(cast: Any, book: Book) -> None:
    lan, page = client_of(cast.lan), reverse("digitization:against_the_paper", args=[book.pk])
    assert "(C09)" not in lan.get(page).content.decode()
    assert "#C09" in lan.get(page).content.decode()
    posted = {"year": "1998", "first": "3", "last": "4", "reason": "sổ nhảy từ 2 sang 5", "intent": uuid4()}
    answer = lan.post(reverse("digitization:state_absent", args=[book.pk]), posted)
    assert answer["Location"] == page
    assert "sổ nhảy từ 2 sang 5" in lan.get(page).content.decode()
    statement = AbsentNumber.objects.get(number=3)
    lan.post(reverse("digitization:withdraw_absent", args=[book.pk, statement.pk]), {"intent": uuid4()})
    assert gaps(book) == "3, 6–8"


@pytest.mark.parametrize(("who", "status"), [("minh", 404), ("tu", 403), ("binh", 403)])
def test_nobody_else_states_it(cast: Any, book: Book, who: str, status: int) -> None:
    posted = {"year": "1998", "first": "3", "reason": "x"}
    address = reverse("digitization:state_absent", args=[book.pk])
    assert client_of(getattr(cast, who)).post(address, posted).status_code == status
    assert not AbsentNumber.objects.exists()


def test_the_leader_reads_the_page_without_the_form(cast: Any, book: Book) -> None:
    page = client_of(cast.binh).get(reverse("digitization:against_the_paper", args=[book.pk]))
    assert "#C09" in page.content.decode()
    assert "khong-co/" not in page.content.decode()
