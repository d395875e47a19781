"""Books and their totals: the officer states, justice confirms."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from digitization.models import Book, BookTotal, Decision
from digitization.tests.making import make_book, make_record

pytestmark = pytest.mark.django_db

NEW = {
    "kind": "KS",
    "book_no": "02",
    "opened_year": "1977",
    "copy_no": "1",
    "per_page": "2",
    "series": "",
    "note": "",
}


def as_user(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_officer_adds_a_book_of_the_own_commune(cast: Any) -> None:
    data = {**NEW, "unit": cast.soc_dang.pk, "intent": str(uuid4())}
    answer = as_user(cast.lan).post(reverse("digitization:new_book"), data)
    book = Book.objects.get(opened_year=1977)
    assert answer["Location"] == reverse("digitization:book", args=[book.pk])
    assert (book.place, book.custodian, book.total) == (cast.soc_dang, cast.soc_dang, None)


def test_a_book_of_another_commune_cannot_be_added(cast: Any) -> None:
    answer = as_user(cast.lan).post(reverse("digitization:new_book"), {**NEW, "unit": cast.hop_nhat.pk})
    assert answer.status_code == 422
    assert not Book.objects.filter(opened_year=1977).exists()


def test_a_book_that_is_there_already_is_a_sentence_not_a_crash(cast: Any) -> None:
    lan, data = as_user(cast.lan), {**NEW, "unit": cast.soc_dang.pk}
    lan.post(reverse("digitization:new_book"), {**data, "intent": str(uuid4())})
    answer = lan.post(reverse("digitization:new_book"), {**data, "intent": str(uuid4())})
    assert answer.status_code == 422
    assert 'value="1977"' in answer.content.decode()


def test_a_total_counts_only_once_justice_confirmed_it(cast: Any) -> None:
    book = make_book(cast.soc_dang, total=None)
    stated = {"total": "243", "basis": "counted", "reason": "đếm từng trang", "intent": str(uuid4())}
    as_user(cast.lan).post(reverse("digitization:state_total", args=[book.pk]), stated)
    book.refresh_from_db()
    assert book.total is None
    waiting = BookTotal.objects.get(book=book)
    url = reverse("digitization:decide_total", args=[waiting.pk])
    assert as_user(cast.lan).post(url, {"decision": "confirmed"}).status_code == 403
    as_user(cast.thu).post(url, {"decision": "confirmed", "intent": str(uuid4())})
    book.refresh_from_db()
    assert [book.total, book.basis] == [243, "counted"]


def test_a_refused_total_changes_nothing(cast: Any) -> None:
    stated = {"total": "9", "basis": "estimate", "reason": "ước lượng", "intent": str(uuid4())}
    as_user(cast.lan).post(reverse("digitization:state_total", args=[cast.book.pk]), stated)
    waiting = BookTotal.objects.get(book=cast.book, decision=Decision.PENDING)
    as_user(cast.thu).post(reverse("digitization:decide_total", args=[waiting.pk]), {"decision": "refused"})
    cast.book.refresh_from_db()
    assert cast.book.total == 100


def test_two_totals_cannot_wait_at_once(cast: Any) -> None:
    lan, url = as_user(cast.lan), reverse("digitization:state_total", args=[cast.book.pk])
    for answer in (302, 422):
        data = {"total": "120", "basis": "closing", "reason": "trang khóa sổ", "intent": str(uuid4())}
        assert lan.post(url, data).status_code == answer


def test_a_negative_total_is_refused_with_what_was_typed(cast: Any) -> None:
    data = {"total": "-4", "basis": "closing", "reason": "nhầm"}
    answer = as_user(cast.lan).post(reverse("digitization:state_total", args=[cast.book.pk]), data)
    assert answer.status_code == 422
    assert 'value="-4"' in answer.content.decode()


def test_the_list_shows_counts_and_justice_chooses_the_commune(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    make_book(cast.hop_nhat, year=1961)
    page = as_user(cast.lan).get(reverse("digitization:books")).content.decode()
    assert cast.book.quyen_so in page
    assert "/1961" not in page
    thu = as_user(cast.thu)
    assert "/1961" in thu.get(reverse("digitization:books"), {"don-vi": "hop-nhat"}).content.decode()


def test_a_book_page_lists_its_entries(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    page = as_user(cast.binh).get(reverse("digitization:book", args=[cast.book.pk])).content.decode()
    assert reverse("digitization:record", args=[record.pk]) in page
    assert reverse("digitization:enter", args=[cast.book.pk]) not in page


def test_a_list_of_many_books_costs_no_more_queries(cast: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(30):
        make_book(cast.soc_dang)
    lan = as_user(cast.lan)
    with django_assert_max_num_queries(12):
        lan.get(reverse("digitization:books"))
