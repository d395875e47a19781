"""Every kind on every page that an entry of it passes: typed, refused, read, checked, compared, through the API."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client

from communes.models import Role, User
from digitization.entry_rows import as_columns, as_entry
from digitization.models import Book, Record
from digitization.record_types import ALL
from digitization.record_types.contract import RecordType
from digitization.record_types.reading import write
from digitization.tests.making import make_book, make_commune, make_person, make_record

pytestmark = pytest.mark.django_db
each_kind = pytest.mark.parametrize("record_type", ALL, ids=lambda kind: kind.code)


def officer_at_a_book(client: Client, record_type: RecordType) -> tuple[str, Book, User]:
    commune = make_commune()
    officer = make_person("officer.soc-dang", Role.OFFICER, commune)
    client.force_login(officer)
    year = int(record_type.sample["registration_date"]["on"][:4])
    book = make_book(commune, kind=record_type.code, year=year)
    return f"/nhap-lieu/{book.pk}/moi/", book, officer


@each_kind
def test_an_officer_types_an_entry_and_reads_it_again(client: Client, record_type: RecordType) -> None:
    address, book, _ = officer_at_a_book(client, record_type)
    page = client.get(address).content.decode()
    assert all(f'name="{field.code}"' in page for field in record_type.fields())
    typed = {**write(record_type, record_type.sample), "intent": str(uuid4()), "then": "open"}
    saved = client.post(address, typed)
    assert saved.status_code == 302, saved.content.decode()
    record = Record.objects.get()
    assert as_entry(record) == record_type.sample
    assert all(
        getattr(record, name) == value
        for name, value in as_columns(record_type, book, as_entry(record)).items()
    )
    entry_page = client.get(saved["Location"]).content.decode()
    assert record.subject_name in entry_page


@each_kind
def test_an_empty_form_is_answered_with_what_is_missing(client: Client, record_type: RecordType) -> None:
    address, _, _ = officer_at_a_book(client, record_type)
    answer = client.post(address, {"intent": str(uuid4()), "then": "open", "remarks": "còn đây"})
    assert answer.status_code == 422
    assert "còn đây" in answer.content.decode()
    assert 'class="error"' in answer.content.decode()


@each_kind
def test_an_entry_is_corrected_and_both_texts_are_compared(client: Client, record_type: RecordType) -> None:
    _, book, officer = officer_at_a_book(client, record_type)
    record = make_record(book, officer)
    typed = {**write(record_type, as_entry(record)), "remarks": "sổ rách góc", "then": "open"}
    stale = client.post(f"/ho-so/{record.pk}/sua/", {**typed, "version": "77", "intent": str(uuid4())})
    assert stale.status_code == 422
    assert "sổ rách góc" in stale.content.decode()
    done = client.post(f"/ho-so/{record.pk}/sua/", {**typed, "version": "1", "intent": str(uuid4())})
    assert done.status_code == 302
    record.refresh_from_db()
    assert record.remarks == "sổ rách góc"


@each_kind
def test_a_machine_types_an_entry(client: Client, record_type: RecordType) -> None:
    _, book, _ = officer_at_a_book(client, record_type)
    body = {"intent": str(uuid4()), "typed": write(record_type, record_type.sample)}
    address = f"/api/v1/books/{book.pk}/entries/"
    answer = client.post(address, json.dumps(body), content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert as_entry(Record.objects.get()) == record_type.sample
