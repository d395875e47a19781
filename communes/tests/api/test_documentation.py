"""The schema is sound, and the page about the API says the same in both languages."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from communes.api.documentation import chapters
from communes.api.schema import whole_schema
from communes.models import User
from communes.tests.cast import log_in, make_office

SCHEMA = "/api/v1/schema/"


@pytest.fixture
def officer(db: None) -> Client:
    return log_in(make_office().officer)


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", operation)
        for path, methods in whole_schema()["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_validates_without_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True)
    assert "openapi: 3.1.0" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_in_it_is_said_in_words(language: str) -> None:
    with translation.override(language):
        for name, operation in operations():
            assert operation["summary"], name
            assert operation["description"], name
            for parameter in operation.get("parameters", ()):
                assert parameter["description"], (name, parameter["name"])
            for status, answer in operation["responses"].items():
                assert answer["description"], (name, status)
            assert {"401", "403"} <= set(operation["responses"]), name


def test_its_examples_are_what_it_says() -> None:
    schema = whole_schema()
    checked = 0
    for name, operation in operations():
        for answer in [*operation["responses"].values(), operation.get("requestBody", {})]:
            for content in answer.get("content", {}).values():
                for example in content.get("examples", {}).values():
                    # OpenAPI 3.1 schemas are JSON schemas; their references are into the whole document.
                    jsonschema.validate(
                        example["value"], {**content["schema"], "components": schema["components"]}
                    )
                    checked += 1
        assert name
    assert checked >= 10


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("application/yaml", "application/yaml"),
    ],
)
def test_it_is_served_as_json_and_yaml(officer: Client, accept: str, kind: str) -> None:
    answer = officer.get(SCHEMA, headers={"accept": accept})
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, kind)
    assert b"/api/v1/records/" in answer.content


@pytest.mark.parametrize(("language", "words"), [("vi", "Bắt đầu"), ("en", "How to begin")])
def test_the_page_names_every_operation_in_both_languages(officer: Client, language: str, words: str) -> None:
    User.objects.update(language=language)
    page = officer.get("/api/").content.decode()
    assert words in page
    for name, operation in operations():
        method, path = name.split()
        assert f'id="{operation["operationId"]}"' in page
        assert f"<code>{path}</code>" in page, name
        assert f">{method.upper()}</span>" in page


def test_the_page_has_nothing_the_content_policy_would_stop(officer: Client) -> None:
    page = officer.get("/api/").content.decode()
    assert "http" not in page.replace("http://testserver", "")
    assert "<style" not in page
    assert " style=" not in page
    assert "onclick" not in page


def test_options_become_words_beside_their_codes() -> None:
    with translation.override("en"):
        found = {operation.path: operation for chapter in chapters() for operation in chapter.operations}
    kind = next(line for line in found["/api/v1/books/"].parameters if line.name == "kind")
    assert ("KS", "Birth") in kind.options
    assert "KS" not in kind.words
    keys = {line.name: line for line in found["/api/v1/books/"].answered.lines}
    assert (keys["total"].kind, keys["closed_on"].kind) == ("integer | null", "date | null")
    assert all(line.required for line in keys.values())


def test_a_stranger_reads_nothing(officer: Client, client: Client) -> None:
    assert client.get(SCHEMA).status_code == 401
    assert client.get("/api/")["Location"].startswith("/dang-nhap/")


def test_a_person_without_a_post_reads_nothing(officer: Client, client: Client) -> None:
    client.force_login(User.objects.create_user("without", name="Lê Văn Không"))
    assert (client.get(SCHEMA).status_code, client.get("/api/").status_code) == (403, 403)


def test_office_is_named_in_the_example(officer: Client) -> None:
    assert "http://testserver/api/v1/books/" in officer.get("/api/").content.decode()
