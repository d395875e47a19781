"""What no table can hold is answered with words before anything asks the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

FORM = "application/x-www-form-urlencoded"
NUL = "a\0b"


@pytest.mark.parametrize(
    "send",
    [
        lambda client: client.get("/dang-nhap/", {"next": NUL}),
        lambda client: client.get("/dang-nhap/", {NUL: "x"}),
        lambda client: client.post("/dang-nhap/", {"username": NUL, "password": "x"}),
        lambda client: client.post("/dang-nhap/", {f"k{n}": "x" for n in range(1_100)}),
        lambda client: client.post("/dang-nhap/", {"username": "x" * 1_100_000}, content_type=FORM),
        lambda client: client.get("/dang-nhap/", headers={"cookie": 'civreg="' + "\\000" * 9 + '"'}),
    ],
)
def test_it_is_refused_with_words_and_without_the_database(client: Client, send: Any) -> None:
    answer = send(client)
    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "send",
    [
        lambda client: client.get("/api/v1/books/", {"kind": NUL}),
        lambda client: client.post(
            "/api/v1/books/1/entries/", "[" * 1_100_000, content_type="application/json"
        ),
    ],
)
def test_a_machine_is_told_in_json(client: Client, send: Any) -> None:
    answer = send(client)
    assert (answer.status_code, set(answer.json())) == (400, {"detail"})


def test_the_words_are_in_the_language_of_the_cookie(client: Client) -> None:
    client.cookies["language"] = "en"
    assert '<html lang="en">' in client.get("/dang-nhap/", {"next": NUL}).content.decode()
