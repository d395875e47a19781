"""Whatever is typed is either refused in words or shown as the text it is; it never runs and never breaks a page."""

from __future__ import annotations

import unicodedata

import pytest

from walks.births import BIRTH, enters, posted, state_of
from walks.conftest import Someone
from walks.people import Person

HOSTILE = {
    "picture": "<img src=x onerror=alert(1)>",
    "script": "Hà <script>alert(1)</script>",
    "closing": '"></textarea></option><svg onload=alert(1)>',
    "template": "{{7*7}} {% load static %}",
    "sql": "Hà'); DROP TABLE digitization_record; --",
    "emoji": "Hà Văn 👶🏽 Quyết",
    "decomposed": unicodedata.normalize("NFD", "Nguyễn Thị Ánh Tuyết"),
    "backwards": "Hà \u202eVăn\u202c \u200fQuyết\u200b",
    "formula": '=HYPERLINK("http://example.org","x")',
    "endless": "Hà " * 3_334,
    "one word": "H" * 10_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_name_is_refused_in_words_or_shown_as_text(kind: str, officer: Person, book: int) -> None:
    text = HOSTILE[kind]
    officer.goes_to(f"/nhap-lieu/{book}/moi/")
    officer.fills(BIRTH | {"child_full_name": text, "mother_residence": text})
    officer.presses("Lưu")
    _is_harmless(officer)
    if officer.page.locator("[name=child_full_name]").count():
        assert officer.page.input_value("[name=child_full_name]") == text
        assert officer.page.locator("#child_full_name_said, #mother_residence_said").first.is_visible()
        officer.presses("Lưu")
        _is_harmless(officer)
    if "/ho-so/" in officer.page.url:
        assert _plain(text) in _text(officer)
        officer.goes_to(f"/so/{book}/")
        _is_harmless(officer)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_reason_is_refused_in_words_or_shown_as_text(
    kind: str, officer: Person, someone: Someone, book: int
) -> None:
    colleague = someone("officer2.hop-nhat")
    entry = enters(officer, book)
    pick = f"{entry.strip('/').rpartition('/')[2]}:1"
    form = {"pick": pick, "reason": HOSTILE[kind], "back": entry}
    assert colleague.sends("/kiem-tra/tra-lai/", form).status == 302
    colleague.goes_to(entry)
    _is_harmless(colleague)
    assert colleague.page.locator("main .notice-error").count() or _plain(HOSTILE[kind]) in _text(colleague)


ADDRESSES = [
    "/so/?don-vi=%00",
    "/so/1/?sau=%00",
    "/kiem-tra/?sau=9,9",
    "/bien-ban/?trang=-1",
    "/bien-ban/?unit=%00",
    "/tien-do/?xep=%00",
    "/tien-do/%00/",
    "/api/v1/progress/?unit=%00",
    "/api/v1/books/?unit=%00&kind=KS",
    "/api/v1/books/?unit=hop-nhat&kind=%00",
    "/api/v1/records/?number=%00",
    "/api/v1/units/%00/",
    "/so/99999999999999999999/",
]
# Path and form; the null byte is what no keyboard types and PostgreSQL cannot hold.
FORMS = [
    ("/ho-so/1/dung-nhu-so/", {"rule": "\0", "field": "\0", "note": "\0"}),
    ("/ho-so/1/tinh-trang/cancel_in_book/", {"reason": "\0"}),
    ("/so/1/tong-so/", {"total": "1", "basis": "counted", "reason": "\0"}),
    ("/so/1/mo-ta/", {"note": "\0"}),
    ("/kiem-tra/tra-lai/", {"pick": "1:1", "reason": "\0", "back": "/\0"}),
    ("/ngon-ngu/", {"language": "\0", "next": "/\0"}),
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_hostile_address_never_breaks_a_page(path: str, justice: Person) -> None:
    answer = justice.context.request.get(f"{justice.address}{path}")
    assert answer.status in {200, 400, 404}


@pytest.mark.parametrize(("path", "form"), FORMS)
def test_a_null_byte_in_a_form_never_breaks_a_page(path: str, form: dict[str, str], officer: Person) -> None:
    assert officer.sends(path, form).status in {302, 400, 404, 422}


@pytest.mark.parametrize(
    "field", ["number", "child_full_name", "child_birth_date", "registration_type", "intent"]
)
def test_a_null_byte_never_breaks_a_page(field: str, officer: Person, book: int) -> None:
    officer.goes_to(f"/so/{book}/")
    number = state_of(officer, book)["next_number"]
    answer = officer.sends(f"/nhap-lieu/{book}/moi/", posted(number) | {field: "1\0 9"})
    assert answer.status in {302, 400, 422}


def test_a_null_byte_at_the_door_never_breaks_it(someone: Someone) -> None:
    person = someone()
    person.goes_to("/dang-nhap/")
    assert person.sends("/dang-nhap/", {"username": "officer\0", "password": "\0"}).status in {400, 422}


def _is_harmless(person: Person) -> None:
    """Nothing in the text became a part of the page, and the page stays within the screen."""
    assert person.page.locator("main :is(img, script, svg[onload])").count() == 0
    assert not person.scrolls_sideways()


def _text(person: Person) -> str:
    return _plain(person.page.locator("main").inner_text())


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
