"""Entries typed in the plain form before their kind had fields of its own: read as today's, and nothing is dropped."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from communes.models import Role, User
from digitization import workflow
from digitization.entry_rows import as_entry
from digitization.models import Book, ListColumns, Record
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from digitization.tests.making import make_book, make_commune, make_person, make_record

pytestmark = pytest.mark.django_db
PLAIN = {
    "person_full_name": "Đào Văn Khuê",
    "person_birth_date": {"on": "1931", "written": "1931"},
    "second_person_name": "Đào Văn Tiệp",
    "content_text": "Chết ngày 19/8/2011 tại nhà.",
}


@pytest.fixture
def officer() -> User:
    return make_person("officer.soc-dang", Role.OFFICER, make_commune())


def typed_before(book: Book, by: User, **content: Any) -> Record:
    """Return an entry as it was stored when its kind had the plain form."""
    record = make_record(book, by, 9)
    Record.objects.filter(pk=record.pk).update(content=content, content_version=1)
    return Record.objects.get(pk=record.pk)


def book_of(kind: str, year: int) -> Book:
    return make_book(make_commune(), kind=kind, year=year)


def test_who_died_stands_in_the_field_of_the_deceased(officer: User) -> None:
    entry = as_entry(typed_before(book_of("KT", 2011), officer, **PLAIN))
    assert entry["deceased_full_name"] == "Đào Văn Khuê"
    assert entry["deceased_birth_date"] == PLAIN["person_birth_date"]
    assert entry["content_text"] == PLAIN["content_text"]


def test_nobody_guesses_which_of_two_names_is_the_husband(officer: User) -> None:
    entry = as_entry(typed_before(book_of("KH", 2004), officer, **PLAIN))
    assert "husband_full_name" not in entry
    assert entry["person_full_name"] == "Đào Văn Khuê"


def test_the_page_and_the_form_show_the_words_typed_before(client: Client, officer: User) -> None:
    record = typed_before(book_of("KH", 2004), officer, **PLAIN)
    client.force_login(officer)
    for address in (f"/ho-so/{record.pk}/", f"/ho-so/{record.pk}/sua/"):
        page = client.get(address).content.decode()
        assert "Chết ngày 19/8/2011 tại nhà." in page
        assert "Đào Văn Tiệp" in page


def test_a_correction_keeps_what_has_no_field_and_finds_every_name(officer: User) -> None:
    record = typed_before(book_of("KH", 2004), officer, **PLAIN)
    kind = BY_CODE["KH"]
    saved = workflow.correct(
        by=officer,
        record=record,
        version=record.version,
        entry={**kind.sample, "number": "9"},
        intent=uuid4(),
    )
    assert saved.content["content_text"] == PLAIN["content_text"]
    assert saved.content["husband_full_name"] == "Trần Văn Luyện"
    assert "dao van khue" in saved.names_fold and "tran van luyen" in saved.names_fold


def test_an_entry_of_today_is_left_as_it_is(officer: User) -> None:
    record = make_record(book_of("KT", 2011), officer)
    assert record.content_version == BY_CODE["KT"].version
    sample = {**BY_CODE["KT"].sample, "number": record.number_raw}
    assert as_entry(record) == sample
    assert write(BY_CODE["KT"], as_entry(record)) == write(BY_CODE["KT"], sample)


def test_a_list_shows_what_was_typed_before_in_the_columns_of_today(client: Client, officer: User) -> None:
    typed_before(
        book_of("KT", 2011), officer, **PLAIN, death_date={"on": "2011-08-19", "written": "19/8/2011"}
    )
    client.force_login(officer)
    ListColumns.objects.create(user=officer, kind="KT", columns=["deceased_full_name", "death_date"])
    page = client.get("/ho-so/?kind=KT").content.decode()
    assert "Đào Văn Khuê" in page
    assert "19/8/2011" in page
