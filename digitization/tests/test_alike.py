"""While somebody types, the entry that may be the same one is shown beside."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from digitization.tests.making import make_book, make_record

pytestmark = pytest.mark.django_db
PERSON = {"child_full_name": "HÀ VĂN QUYẾT", "child_birth_date": "20/4/1998"}


def answer(person: Any, book: Any, **typed: str) -> str:
    client = Client()
    client.force_login(person)
    found = client.post(reverse("digitization:alike", args=[book.pk]), typed)
    assert found.status_code == 200
    return " ".join(found.content.decode().split())


def test_the_same_number_in_the_year_is_shown_with_a_link(cast: Any) -> None:
    record = make_record(cast.book, cast.mai, 24)
    part = answer(cast.lan, cast.book, number="24")
    assert reverse("digitization:record", args=[record.pk]) in part
    assert "Cùng số trong năm" in part


def test_the_number_of_another_year_is_another_number(cast: Any) -> None:
    make_record(cast.book, cast.mai, 24)
    assert answer(cast.lan, cast.book, number="24", registration_date="5/1/1999") == ""


def test_the_same_person_is_shown_whatever_the_number_and_the_diacritics(cast: Any) -> None:
    make_record(cast.book, cast.mai, 24)
    later = make_book(cast.soc_dang, year=1999)
    assert "Cùng họ tên và ngày sinh" in answer(cast.lan, later, number="3", **PERSON)


@pytest.mark.parametrize(
    "other",
    [
        {"child_birth_date": "21/4/1998"},
        {"child_full_name": "Hà Văn Quyền"},
        {"mother_full_name": "Đinh Thị Hạ"},
    ],
)
def test_another_birth_name_or_mother_is_another_person(cast: Any, other: dict[str, str]) -> None:
    make_record(cast.book, cast.mai, 24)
    assert answer(cast.lan, cast.book, number="25", **{**PERSON, **other}) == ""


def test_an_entry_is_not_like_itself(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 24)
    assert answer(cast.lan, cast.book, number="24", record=str(record.pk), **PERSON) == ""


def test_a_helper_learns_that_the_number_is_taken_but_not_by_whom(cast: Any) -> None:
    make_record(cast.book, cast.lan, 24)
    part = answer(cast.tu, cast.book, number="24", **PERSON)
    assert "Số này đã có trường hợp khác." in part
    assert "Quyết" not in part


def test_nothing_typed_is_like_nothing(cast: Any) -> None:
    make_record(cast.book, cast.lan, 24)
    assert answer(cast.lan, cast.book, number="", child_full_name="' & | \\ !") == ""


@pytest.mark.parametrize(("who", "status"), [("minh", 404), ("binh", 403)])
def test_nobody_asks_who_does_not_type_in_the_book(cast: Any, who: str, status: int) -> None:
    client = Client()
    client.force_login(getattr(cast, who))
    assert client.post(reverse("digitization:alike", args=[cast.book.pk])).status_code == status


def test_the_words_typed_never_stand_in_an_address(cast: Any) -> None:
    client = Client()
    client.force_login(cast.lan)
    assert client.get(reverse("digitization:alike", args=[cast.book.pk])).status_code == 405
