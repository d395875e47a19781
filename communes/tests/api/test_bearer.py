"""A program shows its token in the header, and is told in the user's language what it may not do."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from django.test import Client

from communes import tokens
from communes.models import ApiToken, TokenRight, User
from communes.tests.cast import Office, log_in, make_office

pytestmark = pytest.mark.django_db
UNITS = "/api/v1/units/"
SOME = "civreg_" + "a" * 43


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def secret(office: Office) -> str:
    owner = User.objects.get(pk=office.officer.pk)
    return tokens.make_token(
        by=owner, unit=office.hop_nhat, rights=[TokenRight.BOOKS], name="Thử", days=9
    ).secret


def ask(
    header: str, address: str = UNITS, *, client: Client | None = None, language: str | None = None
) -> Any:
    headers = {"authorization": header} | ({} if language is None else {"accept-language": language})
    return (client or Client()).get(address, headers=headers)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_token_opens_the_door(secret: str, scheme: str) -> None:
    assert ask(f"{scheme} {secret}").status_code == 200


def test_its_use_is_noted(secret: str) -> None:
    ask(f"Bearer {secret}")
    assert ApiToken.objects.get().last_used_on is not None


@pytest.mark.parametrize(
    "header", [f"Bearer {SOME}", "Bearer", "Bearer ", "Bearer x y", "Bearer ế", "Bearer \x01", "bearer\tx"]
)
def test_a_token_that_opens_nothing_is_told_so(office: Office, header: str) -> None:
    answer = ask(header.encode("utf-8").decode("latin-1"))
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith('Bearer realm="civreg"')
    assert set(answer.json()) == {"detail"}


def test_a_refused_token_never_falls_back_to_a_log_in(office: Office) -> None:
    answer = ask(f"Bearer {SOME}", client=log_in(office.officer))
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="civreg", error="invalid_token"'


def test_without_anything_it_is_asked_for(office: Office) -> None:
    answer = Client().get(UNITS)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="civreg"')
    assert "Bearer" in answer.json()["detail"]


def test_another_scheme_is_not_ours(office: Office) -> None:
    assert ask("Basic YTpi").status_code == 401
    assert ask("Basic YTpi", client=log_in(office.officer)).status_code == 200


def test_in_an_address_it_is_a_parameter_nobody_knows(secret: str) -> None:
    answer = Client().get(UNITS, {"token": secret})
    assert answer.status_code == 401
    assert secret not in answer.content.decode()
    told = ask(f"Bearer {secret}", f"{UNITS}?token={secret}")
    assert told.status_code == 400
    assert secret not in told.content.decode()


def test_it_opens_no_page(secret: str) -> None:
    for page in ("/so/", "/tien-do/", "/tai-khoan/", "/api/"):
        assert ask(f"Bearer {secret}", page)["Location"].startswith("/dang-nhap/")


def test_it_is_in_no_log_line(secret: str) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root, django = logging.getLogger(), logging.getLogger("django")
    for logger in (root, django):
        logger.addHandler(handler)
    try:
        for address in (UNITS, "/api/v1/books/", "/api/v1/nowhere/", "/api/v1/records/"):
            ask(f"Bearer {secret}", address)
            ask(f"Bearer {SOME}", address)
    finally:
        for logger in (root, django):
            logger.removeHandler(handler)
    assert "nowhere" in written.getvalue()
    assert secret not in written.getvalue()
    assert SOME not in written.getvalue()


def test_the_answer_is_kept_by_nobody(secret: str) -> None:
    assert "no-store" in ask(f"Bearer {secret}")["Cache-Control"]


@pytest.mark.parametrize(
    ("own", "asked", "language"),
    [
        ("", None, "vi"),
        ("en", None, "en"),
        ("en", "vi", "vi"),
        ("vi", "en-GB, vi;q=0.5", "en"),
        ("", "fr, en;q=0.5", "en"),
        ("en", "fr", "en"),
        ("en", "%%%", "en"),
    ],
)
def test_it_answers_in_the_language_asked_for_or_the_owners(
    secret: str, own: str, asked: str | None, language: str
) -> None:
    User.objects.update(language=own)
    answer = ask(f"Bearer {secret}", "/api/v1/records/", language=asked)
    assert answer.status_code == 403
    assert answer["Content-Language"] == language
    assert ("Your role" in answer.json()["detail"]) == (language == "en")


def test_a_refused_stranger_reads_it_in_the_language_asked_for(office: Office) -> None:
    detail = ask(f"Bearer {SOME}", language="en").json()["detail"]
    assert detail == "This token does not exist, or it no longer opens anything."


def test_a_log_in_still_needs_the_page_it_came_from(office: Office) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(office.officer)
    answer = strict.post("/api/v1/books/1/entries/", {}, content_type="application/json")
    assert answer.status_code == 403
