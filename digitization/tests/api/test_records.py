"""The entries API: the rights and the filters of the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from digitization.entry_rows import as_entry
from digitization.models import Record, Status
from digitization.tests.making import make_book, make_record, move

pytestmark = pytest.mark.django_db
RECORDS = "/api/v1/records/"


def asks(person: Any, address: str = RECORDS, **filters: Any) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(address, filters)


def ids(person: Any, **filters: Any) -> set[int]:
    answer = asks(person, **filters)
    assert answer.status_code == 200, answer.json()
    return {record["id"] for record in answer.json()}


@pytest.fixture
def ours(cast: Any) -> Record:
    return make_record(cast.book, cast.lan, 7)


def test_each_sees_what_they_see_on_the_pages(cast: Any, ours: Record) -> None:
    helped = make_record(cast.book, cast.tu, 8)
    theirs = make_record(make_book(cast.hop_nhat), cast.minh)
    assert ids(cast.lan) == ids(cast.binh) == {ours.pk, helped.pk}
    assert ids(cast.tu) == {helped.pk}
    assert ids(cast.minh) == {theirs.pk}
    assert ids(cast.thu) == {ours.pk, helped.pk, theirs.pk}
    assert asks(cast.hoa).status_code == asks(cast.son).status_code == 403


def test_a_row_is_the_head_the_state_and_whom_it_is_about(cast: Any, ours: Record) -> None:
    (row,) = asks(cast.lan).json()
    assert (row["number"], row["status"], row["standing"]) == (7, "entered", "normal")
    assert (row["unit"], row["place"], row["book"]) == ("soc-dang", "soc-dang", cast.book.pk)
    assert row["subject_name"] == ours.subject_name != ""
    assert row["typed_by"] == {"id": cast.lan.pk, "name": "Đỗ Thị Lan"}
    assert row["head"]["registration_date"] == ours.registration_date
    assert "child_full_name" not in row["head"]
    assert "entry" not in row


def test_what_the_book_does_not_tell_is_told_as_such(cast: Any) -> None:
    make_record(
        cast.book, cast.lan, signer_name={"absent": "illegible"}, page_no={"text": "1", "uncertain": True}
    )
    (row,) = asks(cast.lan).json()
    assert row["head"]["signer_name"] == {"absent": "illegible"}
    assert row["head"]["page_no"] == {"text": "1", "uncertain": True}


def test_one_entry_tells_everything_as_it_was_typed(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, child_full_name="HÀ 4 QUYẾT")
    found = asks(cast.lan, f"{RECORDS}{record.pk}/").json()
    assert found["entry"] == as_entry(Record.objects.get(pk=record.pk))
    assert found["entry"]["child_full_name"] == "HÀ 4 QUYẾT"
    (warning,) = found["findings"]
    assert (warning["field"], warning["accepted_by"]) == ("child_full_name", None)
    assert warning["message"]
    (event,) = found["events"]
    assert (event["verb"], event["by"]["name"], event["unit"]) == ("enter", "Đỗ Thị Lan", "soc-dang")


def test_its_life_is_told_from_the_beginning(cast: Any, ours: Record) -> None:
    move(ours, Status.APPROVED, checker=cast.mai, leader=cast.binh)
    found = asks(cast.lan, f"{RECORDS}{ours.pk}/").json()
    assert [event["verb"] for event in found["events"]] == ["enter", "check", "approve"]
    assert (found["checked_by"]["name"], found["approved_by"]["name"]) == ("Hà Thị Mai", "Phùng Văn Bình")


def test_a_strangers_entry_is_like_one_that_does_not_exist(cast: Any, ours: Record) -> None:
    foreign, missing = (asks(cast.minh, f"{RECORDS}{pk}/") for pk in (ours.pk, ours.pk + 10_000))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content
    assert asks(cast.tu, f"{RECORDS}{ours.pk}/").status_code == 404
    assert asks(cast.hoa, f"{RECORDS}{ours.pk}/").status_code == 403


def test_filters_are_those_of_the_pages(cast: Any, ours: Record) -> None:
    checked = move(make_record(cast.book, cast.lan), Status.CHECKED, checker=cast.mai, leader=cast.binh)
    assert ids(cast.lan, status="checked") == {checked.pk}
    assert ids(cast.lan, status=["entered", "checked"]) == {ours.pk, checked.pk}
    assert ids(cast.lan, number="7", kind="KS", book=cast.book.pk) == {ours.pk}


@pytest.mark.parametrize(
    ("filters", "status", "field"),
    [
        ({"status": "done"}, 400, "status"),
        ({"book": "1" * 30}, 400, "book"),
        ({"typed_from": "31/02/2024"}, 400, "typed_from"),
        ({"name": "Quyết"}, 400, "name"),
        ({"kind": ["KS", "KH"]}, 400, "kind"),
        ({"unit": "hop-nhat"}, 404, None),
        ({"unit": "nowhere"}, 404, None),
        ({"unit": "nowhere", "kind": "XX"}, 400, "unit"),
    ],
)
def test_what_makes_no_sense_is_refused(
    cast: Any, ours: Record, filters: dict[str, Any], status: int, field: str | None
) -> None:
    answer = asks(cast.lan, **filters)
    assert answer.status_code == status
    named = {problem["field"] for problem in answer.json().get("problems", ())}
    assert field is None or field in named


def test_nobody_keeps_the_answers(cast: Any, ours: Record) -> None:
    for address in (RECORDS, f"{RECORDS}{ours.pk}/"):
        answer = asks(cast.lan, address)
        assert "no-store" in answer["Cache-Control"]
        assert "ETag" not in answer


def test_the_pages_together_are_all_entries_once_while_others_type(cast: Any) -> None:
    made = {make_record(cast.book, cast.lan, n).pk for n in range(1, 8)}
    client, found, address = Client(), [], f"{RECORDS}?limit=2&kind=KS"
    client.force_login(cast.lan)
    while address:
        answer = client.get(address)
        found += [record["id"] for record in answer.json()]
        if len(found) < 5:
            make_record(cast.book, cast.mai, 100 + len(found))
        address = answer.get("Link", "")[1:].partition(">")[0]
    assert len(found) == len(set(found)) == 9
    assert made <= set(found)


def test_more_entries_need_no_more_questions(cast: Any, django_assert_max_num_queries: Any) -> None:
    for n in range(1, 9):
        move(make_record(cast.book, cast.lan, n), Status.APPROVED, checker=cast.mai, leader=cast.binh)
    client = Client()
    client.force_login(cast.lan)
    # The session, the person with their post, the keys, and the entries with everything a row says.
    with django_assert_max_num_queries(4):
        assert len(client.get(RECORDS).json()) == 8


def test_one_entry_needs_no_more_questions_the_longer_its_life(
    cast: Any, ours: Record, django_assert_max_num_queries: Any
) -> None:
    move(ours, Status.APPROVED, checker=cast.mai, leader=cast.binh)
    client = Client()
    client.force_login(cast.lan)
    with django_assert_max_num_queries(6):
        assert client.get(f"{RECORDS}{ours.pk}/").status_code == 200
