"""Whatever is asked, the answer is one the schema knows, never a fault of ours. The schema makes the questions."""

from __future__ import annotations

import string
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from communes.api.schema import whole_schema
from communes.models import Role
from digitization.record_types import BY_CODE
from reports.tests.api.district import District, make_whole_district

pytestmark = pytest.mark.django_db
ASKED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NASTY = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "9" * 19,
    "9" * 400,
    "1e3",
    "null",
    "true",
    "\0",
    "%00",
    "\ud7ff",
    "ế",
    "../",
    "'",
    "$(",
    "[]",
]
ODD = st.one_of(st.sampled_from(NASTY), st.text(max_size=30))


@cache
def schema() -> dict[str, Any]:
    with translation.override("en"):
        return whole_schema()


OPERATIONS = [
    pytest.param(path, method, id=f"{method} {path}")
    for path, methods in schema()["paths"].items()
    for method in methods
]


@pytest.fixture
def district(db: None) -> District:
    return make_whole_district()


@pytest.fixture
def justice(district: District) -> Client:
    client = Client()
    client.force_login(district.people[Role.JUSTICE])
    return client


def sensible(parameter: dict[str, Any], district: District) -> st.SearchStrategy[Any]:
    """Return values the schema allows, existing things among them."""
    form = parameter["schema"].get("items", parameter["schema"])
    known: dict[str, list[Any]] = {
        "book_id": [book.pk for book in district.books.values()],
        "record_id": [record.pk for record in district.records.values()],
        "code": ["KS", "KH"],
        "number": ["12", "12A", "46/1998"],
        **{name: list(district.units) for name in ("slug", "unit", "parent", "place")},
    }
    if parameter["name"] in known:
        return st.sampled_from(known[parameter["name"]])
    if "enum" in form:
        return st.sampled_from(form["enum"])
    if form["type"] == "integer":
        return st.integers(form.get("minimum", 1), form.get("maximum", 10**6))
    if form["type"] == "boolean":
        return st.sampled_from(["true", "false"])
    if form.get("format") == "date":
        return st.dates(date(1900, 1, 1), date(2999, 12, 31)).map(lambda day: day.isoformat())
    return st.text(string.ascii_letters + string.digits, min_size=1, max_size=10)


@st.composite
def questions(draw: st.DrawFn, path: str, method: str, district: District) -> str:
    """Return an address of the operation: half of them sensible, the others with odd values and names nobody knows."""
    odd = draw(st.booleans())
    query: list[tuple[str, Any]] = []
    for parameter in schema()["paths"][path][method].get("parameters", ()):
        values = sensible(parameter, district) | ODD if odd else sensible(parameter, district)
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(str(draw(values)), safe=""))
        elif draw(st.integers(0, 3)) == 0:
            query += [
                (parameter["name"], value) for value in draw(st.lists(values, min_size=1, max_size=1 + odd))
            ]
    if odd and draw(st.booleans()):
        query.append((draw(ODD), draw(ODD)))
    return f"{path}?{urlencode(query, errors='replace')}" if query else path


def judged(path: str, method: str, answer: Any) -> None:
    """Assert that the answer is one the schema describes, in words and shape."""
    described = schema()["paths"][path][method]["responses"]
    assert answer.status_code < 500, answer.content
    if answer.status_code == 405 or (answer.status_code == 404 and "404" not in described):
        return
    assert str(answer.status_code) in described, answer.content
    content = described[str(answer.status_code)]["content"]["application/json"]
    Draft202012Validator({**content["schema"], "components": schema()["components"]}).validate(answer.json())


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_question_has_an_answer_the_schema_knows(
    path: str, method: str, district: District, justice: Client
) -> None:
    @ASKED
    @given(questions(path, "get", district))
    def ask(address: str) -> None:
        judged(path, "get", justice.get(address))

    if method == "get":
        ask()


@pytest.mark.parametrize("name", ["books", "records"])
def test_a_list_is_what_the_schema_says(name: str, justice: Client) -> None:
    answer = justice.get(f"/api/v1/{name}/")
    assert len(answer.json()) == 2
    judged(f"/api/v1/{name}/", "get", answer)


@pytest.mark.parametrize("slug", ["soc-dang", "hop-nhat"])
def test_an_entry_with_its_warnings_and_events_is_what_the_schema_says(
    slug: str, district: District, justice: Client
) -> None:
    answer = justice.get(f"/api/v1/records/{district.records[slug].pk}/")
    assert bool(answer.json()["findings"]) == (slug == "hop-nhat")
    judged("/api/v1/records/{record_id}/", "get", answer)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD, inner, max_size=3),
    max_leaves=6,
)
CODES = [field.code for field in BY_CODE["KS"].fields()]
TYPED = st.dictionaries(
    st.sampled_from([*CODES, "number__state", "child_birth_date__calendar"]),
    ODD | st.sampled_from(["12", "1998", "12/5/1998", "Hà Văn Quyết", "not_written", "illegible", "lunar"]),
    max_size=12,
)
GOOD = st.fixed_dictionaries(
    {"intent": st.uuids().map(str), "typed": TYPED},
    optional={"accepted": st.lists(st.text(max_size=16), max_size=3), "twin_reason": st.text(max_size=20)},
)
BODIES = st.one_of(
    JSON,
    GOOD,
    GOOD,
    GOOD.flatmap(lambda body: st.tuples(ODD, JSON).map(lambda more: {**body, more[0]: more[1]})),
)


def test_every_body_has_an_answer_the_schema_knows(district: District) -> None:
    officer = Client()
    officer.force_login(district.people[Role.OFFICER])
    path = "/api/v1/books/{book_id}/entries/"
    address = path.format(book_id=district.books["soc-dang"].pk)

    @settings(ASKED, max_examples=150)
    @given(BODIES)
    def type_in(body: Any) -> None:
        judged(path, "post", officer.post(address, body, content_type="application/json"))

    type_in()


@settings(ASKED, max_examples=60)
@given(header=st.text(st.characters(max_codepoint=255, blacklist_characters="\r\n"), max_size=60))
def test_every_header_has_an_answer(header: str) -> None:
    for value in (header, f"Bearer {header}", f"Bearer civreg_{header}"):
        answer = Client().get("/api/v1/units/", headers={"authorization": value})
        assert answer.status_code == 401
        assert answer.json()["detail"]
