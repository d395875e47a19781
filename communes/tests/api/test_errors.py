"""Whatever is refused is refused in JSON of one shape, in words, and never by a fault of ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from rest_framework.exceptions import ErrorDetail, ValidationError

from communes.api.errors import answer as answer_to
from communes.tests.cast import log_in, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    return log_in(make_office().officer)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/api/v1/nowhere/", 404),
        ("get", "/api/v1/units/%2e%2e/", 404),
        ("post", "/api/v1/units/", 405),
        ("delete", "/api/v1/units/hop-nhat/", 405),
        ("options", "/api/v1/units/", 405),
        ("get", "/api/v1/books/99999999999999999999999/", 404),
        ("get", "/api/v1/records/9223372036854775808/", 404),
        ("get", f"/api/v1/books/{'9' * 5000}/", 404),
        ("get", "/api/v1/units/?at=%00", 400),
        ("get", "/api/v1/units/?level=%ff", 400),
        ("get", "/api/v1/kinds/ks/", 404),
        ("get", "/api/v1/kinds/KS/?lang=en", 400),
    ],
)
def test_it_is_said_in_json(officer: Client, method: str, address: str, status: int) -> None:
    answer = getattr(officer, method)(address)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    body = answer.json()
    assert set(body) <= {"detail", "problems"}
    assert body["detail"]


def test_what_cannot_be_given_as_json_is_said_in_json(officer: Client) -> None:
    answer = officer.get("/api/v1/units/", headers={"accept": "text/html"})
    assert (answer.status_code, answer["Content-Type"]) == (406, "application/json")


def test_an_address_for_people_stays_a_page(officer: Client) -> None:
    assert officer.get("/khong-co/")["Content-Type"].startswith("text/html")


def test_nested_errors_say_where() -> None:
    fault = ValidationError(
        {
            "typed": {"number": [ErrorDetail("a")]},
            "non_field_errors": [ErrorDetail("b")],
            "list": [[ErrorDetail("c")]],
        }
    )
    response: Any = answer_to(fault, {})
    assert [(one["field"], one["message"]) for one in response.data["problems"]] == [
        ("typed.number", "a"),
        ("", "b"),
        ("list", "c"),
    ]


def test_a_fault_of_ours_is_not_hidden() -> None:
    assert answer_to(RuntimeError("x"), {}) is None
