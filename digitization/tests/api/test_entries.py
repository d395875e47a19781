"""Typing through the API: another door to the same checks and the same verb."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from communes import tokens
from digitization.models import Record
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from digitization.tests.making import make_book, make_entry

pytestmark = pytest.mark.django_db


def body(book: Any, number: int = 7, **changes: str) -> dict[str, Any]:
    fields = write(BY_CODE[book.kind], make_entry(book, number)) | changes
    return {"intent": str(uuid4()), "typed": {code: text for code, text in fields.items() if text}}


@pytest.fixture
def post(cast: Any) -> Any:
    """Return a function that sends a body for a book, as Lan unless somebody else is named."""

    def send(book: Any, data: dict[str, Any], user: Any = None) -> Any:
        client = Client()
        client.force_login(user or cast.lan)
        url = reverse("digitization:api_entries", args=[book.pk])
        return client.post(url, data, content_type="application/json")

    return send


def test_an_entry_is_saved_and_a_replay_saves_nothing_more(cast: Any, post: Any) -> None:
    data = body(cast.book)
    first, again = post(cast.book, data), post(cast.book, data)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"] == Record.objects.get().pk


def test_the_same_errors_as_on_the_form(cast: Any, post: Any) -> None:
    answer = post(cast.book, body(cast.book, child_birth_date="31/02/1998", child_full_name=""))
    assert answer.status_code == 422
    assert {"C03", "KS1"} <= {problem["rule"] for problem in answer.json()["problems"]}
    assert not Record.objects.exists()


def test_a_warning_is_told_and_can_be_accepted(cast: Any, post: Any) -> None:
    data = body(cast.book, child_full_name="HÀ 4 QUYẾT")
    told = post(cast.book, data).json()["problems"]
    assert Record.objects.get().open_warnings == 1
    other = body(cast.book, 8, child_full_name="HÀ 4 QUYẾT") | {"accepted": [p["fingerprint"] for p in told]}
    post(cast.book, other)
    assert Record.objects.get(number=8).open_warnings == 0


def test_a_number_taken_is_a_conflict(cast: Any, post: Any) -> None:
    post(cast.book, body(cast.book))
    answer = post(cast.book, body(cast.book))
    assert (answer.status_code, answer.json()["rule"]) == (409, "C06")


def test_a_book_of_another_commune_is_not_there(cast: Any, post: Any) -> None:
    theirs = make_book(cast.hop_nhat)
    assert post(theirs, body(theirs)).status_code == 404


def test_a_leader_does_not_type(cast: Any, post: Any) -> None:
    assert post(cast.book, body(cast.book), cast.binh).status_code == 403


@pytest.mark.parametrize(
    "data", [{}, {"typed": "x"}, {"intent": "no", "typed": {}}, {"typed": {"number": ["1"]}}]
)
def test_another_body_is_refused(cast: Any, post: Any, data: dict[str, Any]) -> None:
    assert post(cast.book, data).status_code == 400


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", b"x", 415),
        ("application/x-www-form-urlencoded", b"a=1", 415),
        # A form of this kind was read before anybody asked for JSON: nothing in it is known.
        ("multipart/form-data; boundary=x", b"--x--", 400),
        ("application/json", b"{", 400),
        ("application/json", b"\xff\xfe", 400),
        ("application/json", b"[1]", 400),
        ("application/json", b"null", 400),
        ("application/json", b"[" * 100_000, 400),
        ("application/json", b"{}" + b" " * 1_000_001, 400),
        ("application/json; charset=nowhere", b"{}", 400),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_in_json(
    cast: Any, kind: str, body: bytes, status: int
) -> None:
    client = Client()
    client.force_login(cast.lan)
    address = reverse("digitization:api_entries", args=[cast.book.pk])
    answer = client.generic("POST", address, body, content_type=kind)
    assert answer.status_code == status
    assert set(answer.json()) <= {"detail", "problems"}


def test_a_misspelt_field_is_named_and_nothing_is_lost(cast: Any, post: Any) -> None:
    data = body(cast.book)
    data["typed"]["child_ful_name"] = "Hà Văn Quyết"
    answer = post(cast.book, data)
    assert answer.status_code == 400
    assert [problem["field"] for problem in answer.json()["problems"]] == ["typed.child_ful_name"]
    assert not Record.objects.exists()


def test_a_misspelt_key_is_named(cast: Any, post: Any) -> None:
    answer = post(cast.book, body(cast.book) | {"acepted": []})
    assert answer.status_code == 400
    assert [problem["field"] for problem in answer.json()["problems"]] == ["acepted"]


def test_what_stands_beside_a_field_is_known(cast: Any, post: Any) -> None:
    data = body(cast.book, signer_name__state="illegible", signer_name="")
    data["typed"]["mother_birth_date__calendar"] = "lunar"
    assert post(cast.book, data).status_code == 201


def test_every_refusal_says_what_happened(cast: Any, post: Any) -> None:
    post(cast.book, body(cast.book))
    taken = post(cast.book, body(cast.book))
    faulty = post(cast.book, body(cast.book, 9, child_full_name=""))
    assert all(answer.json()["detail"] for answer in (taken, faulty))
    assert "problems" in faulty.json()


def test_it_is_typed_with_a_token_that_may_type_without_any_page_before(cast: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    made = tokens.make_token(by=cast.tu, unit=cast.soc_dang, rights=["enter"], name="Nhập", days=5)
    address = reverse("digitization:api_entries", args=[cast.book.pk])
    headers = {"authorization": f"Bearer {made.secret}"}
    answer = client.post(address, body(cast.book), content_type="application/json", headers=headers)
    assert answer.status_code == 201
    assert Record.objects.get().entered_by == cast.tu
    assert client.get("/api/v1/books/", headers=headers).status_code == 403
