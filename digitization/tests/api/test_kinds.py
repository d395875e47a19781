"""The declarations of the kinds: what a client needs to build a form of its own."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from digitization.record_types import ALL, BY_CODE
from digitization.record_types.layouts import columns_of

pytestmark = pytest.mark.django_db
KINDS = "/api/v1/kinds/"
EN, VI = {"accept-language": "en"}, {"accept-language": "vi"}


@pytest.fixture
def officer(cast: Any, client: Client) -> Client:
    client.force_login(cast.lan)
    return client


def test_all_kinds_are_listed_in_the_order_of_papers(officer: Client) -> None:
    found = officer.get(KINDS, headers=EN).json()
    assert [kind["code"] for kind in found] == [kind.code for kind in ALL]
    assert found[0]["label"] == "Birth"


@pytest.mark.parametrize("code", list(BY_CODE))
def test_a_form_can_be_built_from_each(officer: Client, code: str) -> None:
    kind = officer.get(f"{KINDS}{code}/").json()
    fields = [field for group in kind["groups"] for field in group["fields"]]
    assert [field["code"] for field in fields] == [field.code for field in BY_CODE[code].fields()]
    assert {field["options"] for field in fields if field["options"]} == set(kind["option_lists"])
    assert all(field["input"] in {"choice", "listed"} for field in fields if field["options"])
    assert all(field["label"] and field["max_length"] for field in fields)
    if kind["layout"]:
        national = {column["field"]: column["name"] for column in kind["layout"]["columns"]}
        assert all(field["column"] == national.get(field["code"]) for field in fields)


def test_the_national_columns_stand_in_their_order(officer: Client) -> None:
    layout = officer.get(f"{KINDS}KS/").json()["layout"]
    assert [column["name"] for column in layout["columns"]] == [one.national for one in columns_of("KS")]


def test_labels_and_options_are_in_the_language_asked_for(officer: Client) -> None:
    vietnamese, english = (officer.get(f"{KINDS}KS/", headers=one).json() for one in (VI, EN))
    assert (vietnamese["label"], english["label"]) == ("Khai sinh", "Birth")
    assert vietnamese["option_lists"]["GENDER"][0] == {"code": "1", "label": "Nam", "words": "Nam"}
    assert english["option_lists"]["GENDER"][0] == {"code": "1", "label": "Male", "words": "Nam"}


def test_who_holds_it_already_is_told_that_nothing_changed(officer: Client) -> None:
    first = officer.get(f"{KINDS}KS/", headers=EN)
    again = officer.get(f"{KINDS}KS/", headers={**EN, "if-none-match": first["ETag"]})
    other = officer.get(f"{KINDS}KS/", headers={**VI, "if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200
    assert first["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("code", ["XX", "ks", "khai-sinh"])
def test_an_unknown_kind_is_not_found(officer: Client, code: str) -> None:
    assert officer.get(f"{KINDS}{code}/").status_code == 404
