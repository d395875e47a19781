"""The first line of every view of the API."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client, RequestFactory
from rest_framework.decorators import api_view, parser_classes, permission_classes
from rest_framework.request import Request
from rest_framework.response import Response

from communes.api.bodies import ShallowJSONParser
from communes.api.permissions import role_permission
from communes.models import User
from communes.tests.cast import make_office


@api_view(["POST"])
@permission_classes([])
@parser_classes([ShallowJSONParser])
def read(request: Request) -> Response:
    """Answer what was read."""
    return Response({"read": request.data})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"a": [1]}', 200),
        ("[" * 100_000, 400),
        ("{" * 100_000, 400),
        ("1" * 100_000, 400),
    ],
)
def test_a_body_that_cannot_be_read_is_the_senders_fault(body: str, status: int) -> None:
    sent = RequestFactory().post("/", body, content_type="application/json")
    assert read(sent).status_code == status


def test_a_right_that_does_not_exist_is_found_when_the_view_is_written() -> None:
    with pytest.raises(KeyError):
        role_permission("fly")


@pytest.mark.django_db
def test_a_one_time_password_opens_nothing() -> None:
    officer = make_office().officer
    asks = role_permission("enter")()
    request: Any = SimpleNamespace(user=officer)
    assert asks.has_permission(request, None)  # type: ignore[arg-type]
    officer.must_change_password = True
    assert not asks.has_permission(request, None)  # type: ignore[arg-type]
    request.user = None
    assert not asks.has_permission(request, None)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_api_sends_nobody_with_a_one_time_password_any_figures(client: Client) -> None:
    officer = make_office().officer
    client.force_login(officer)
    assert client.get("/api/v1/books/").status_code == 200
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    assert client.get("/api/v1/books/").status_code == 403
