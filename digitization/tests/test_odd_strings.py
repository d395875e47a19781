"""Whatever is typed into whatever field of whatever kind is kept as it is or refused in words; nothing else happens."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.test import Client

from civreg.lib.vietnamese import clean
from communes.models import Role
from digitization.entry_rows import as_columns, as_entry
from digitization.facts import facts_for
from digitization.models import Record
from digitization.record_types import ALL
from digitization.record_types.contract import Facts, Field, Input, RecordType, Severity
from digitization.record_types.entries import fingerprint, shown, words
from digitization.record_types.reading import judge, read, write
from digitization.tests.making import make_book, make_commune, make_person
from digitization.tests.odd_strings import ODD_STRINGS

FACTS = Facts(today=date(2024, 12, 5))
each_kind = pytest.mark.parametrize(
    "kind", [kind for kind in ALL if kind.columns] + [ALL[-1]], ids=lambda k: k.code
)
OUR_SCRIPTS = "/static/"


class Harm(HTMLParser):
    """Collects what one of the strings has become a part of: a tag of its own, a handler, a script that is not ours."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("img", "iframe", "style", "b", "base", "object") or (
            tag == "svg" and "onload" in dict(attrs)
        ):
            self.found.append(tag)
        if tag == "script" and not (dict(attrs).get("src") or "").startswith(OUR_SCRIPTS):
            self.found.append("script")
        self.found += [name for name, _ in attrs if name.startswith("on")]
        followed = ("href", "src", "action", "formaction")
        self.found += [
            name
            for name, value in attrs
            if name in followed and (value or "").lower().startswith("javascript")
        ]


def is_harmless(page: str) -> bool:
    return Harm(page).found == []


def test_there_are_two_hundred_different_ones() -> None:
    assert len(set(ODD_STRINGS)) == len(ODD_STRINGS) >= 200


@each_kind
def test_a_field_keeps_the_words_or_says_why_not(kind: RecordType) -> None:
    for field in kind.fields():
        for text in ODD_STRINGS:
            reading = read(kind, {field.code: text})
            problems = judge(kind, reading, FACTS)
            refusals = [p for p in problems if p.field == field.code and p.severity is Severity.ERROR]
            assert all(str(problem.message).strip() for problem in problems)
            assert all(fingerprint(problem, reading.entry) for problem in problems)
            value = reading.entry.get(field.code)
            assert isinstance(shown(field, value), str)
            if not refusals and value is not None:
                assert faithful(field, text, words(value)), (field.code, text, value)
                assert json.loads(json.dumps(value)) == value
                assert "\0" not in json.dumps(value, ensure_ascii=False)


def faithful(field: Field, typed: str, kept: str) -> bool:
    """The words typed, but for composed letters and white space; a code stands for its words."""
    if field.options and len(typed.strip()) <= 3:
        return bool(kept)
    bare = clean(" ".join(typed.split()))
    if field.input is Input.DIGITS:
        bare, kept = bare.replace(" ", "").replace(".", ""), kept.replace(" ", "").replace(".", "")
    return " ".join(kept.split()) == bare


def _forms(kind: RecordType) -> Iterator[dict[str, str]]:
    """Fill every line of text with another string each, until all of them have stood somewhere."""
    codes = [field.code for field in kind.fields() if field.input in (Input.LINE, Input.PARAGRAPH)]
    codes.remove("number")
    waiting = [text for text in ODD_STRINGS if "\0" not in text and not re.search("[\ud800-\udfff]", text)]
    while waiting:
        yield dict(zip(codes, waiting, strict=False))
        waiting = waiting[len(codes) :]


@pytest.mark.django_db
@each_kind
def test_a_form_full_of_them_comes_back_or_is_saved_and_shown(client: Client, kind: RecordType) -> None:
    commune = make_commune()
    client.force_login(make_person("officer.soc-dang", Role.OFFICER, commune))
    book = make_book(commune, kind=kind.code, year=int(kind.sample["registration_date"]["on"][:4]))
    for number, odd in enumerate(_forms(kind), start=1):
        raw = {**write(kind, kind.sample), "number": str(number), **odd}
        answer = client.post(f"/nhap-lieu/{book.pk}/moi/", {**raw, "intent": str(uuid4()), "then": "open"})
        assert answer.status_code in (302, 422)
        page = answer.content.decode()
        assert is_harmless(page)
        if answer.status_code == 422:
            assert {code: text for code, text in odd.items() if not _stands_in(page, code, text)} == {}
    assert not Record.objects.filter(subject_name__contains="<").exists()


def _stands_in(page: str, code: str, text: str) -> bool:
    """What was typed is in its control again; a browser sends and shows line ends its own way."""
    control = re.search(rf'<input id="{code}"[^>]* value="([^"]*)"|<textarea id="{code}"[^>]*>([^<]*)<', page)
    if not text.strip():
        return True
    held = html.unescape((control[1] or control[2] or "") if control else "")
    return held.split() == text.split()


@pytest.mark.django_db
@each_kind
def test_what_is_accepted_is_stored_and_printed_as_it_was_typed(client: Client, kind: RecordType) -> None:
    commune = make_commune()
    client.force_login(make_person("officer.soc-dang", Role.OFFICER, commune))
    book = make_book(commune, kind=kind.code, year=int(kind.sample["registration_date"]["on"][:4]))
    saved = 0
    for number, odd in enumerate(_forms(kind), start=1):
        good = {code: text for code, text in odd.items() if _acceptable(kind, code, text)}
        raw = {**write(kind, kind.sample), "number": str(number), **good}
        reading = read(kind, raw)
        facts = facts_for(book, as_columns(kind, book, reading.entry))
        seen = [fingerprint(p, reading.entry) for p in judge(kind, reading, facts)]
        address = f"/nhap-lieu/{book.pk}/moi/"
        answer = client.post(address, {**raw, "intent": str(uuid4()), "then": "open", "seen": seen})
        assert answer.status_code == 302, answer.content.decode()
        record = Record.objects.get(number=number)
        assert as_entry(record) == reading.entry
        page = client.get(answer["Location"]).content.decode()
        assert is_harmless(page)
        text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())
        for code in good:
            assert " ".join(words(reading.entry.get(code, "")).split()) in text, code
        saved += len(good)
    assert saved > len(ODD_STRINGS) / 3


def _acceptable(kind: RecordType, code: str, text: str) -> bool:
    problems = judge(kind, read(kind, {**write(kind, kind.sample), code: text}), FACTS)
    return all(problem.severity is not Severity.ERROR for problem in problems)
