"""The lists that wait, an entry's page, and the buttons."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from digitization.models import Finding, Record, Standing, Status
from digitization.tests.making import make_book, make_record, move

pytestmark = pytest.mark.django_db


def ticked(*records: Record, **more: str) -> dict[str, Any]:
    return {
        "pick": [f"{r.pk}:{r.version}" for r in records],
        "intent": str(uuid4()),
        "back": "/kiem-tra/",
        **more,
    }


def as_user(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_colleague_checks_a_whole_list_at_once(cast: Any) -> None:
    records = [make_record(cast.book, cast.lan) for _ in range(3)]
    mai = as_user(cast.mai)
    page = mai.get(reverse("digitization:checking")).content.decode()
    assert all(f'value="{record.pk}:1"' in page for record in records)
    assert mai.post(reverse("digitization:check"), ticked(*records)).status_code == 302
    assert Record.objects.filter(status=Status.CHECKED, checked_by=cast.mai).count() == 3


def test_a_return_without_a_reason_returns_nothing(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    thu = as_user(cast.thu)
    thu.post(reverse("digitization:send_back"), ticked(record, reason=" "))
    record.refresh_from_db()
    assert record.status == Status.ENTERED
    thu.post(reverse("digitization:send_back"), ticked(record, reason="Sai số trang"))
    record.refresh_from_db()
    assert record.status == Status.RETURNED


def test_the_leader_approves_and_reopens(cast: Any) -> None:
    record = move(make_record(cast.book, cast.lan), Status.CHECKED, checker=cast.mai, leader=cast.binh)
    binh = as_user(cast.binh)
    binh.post(reverse("digitization:approve"), ticked(record))
    record.refresh_from_db()
    assert record.status == Status.APPROVED
    binh.post(reverse("digitization:reopen"), ticked(record, reason="Sai tên"))
    record.refresh_from_db()
    assert record.status == Status.ENTERED


def test_a_picked_entry_of_another_commune_is_not_there(cast: Any) -> None:
    theirs = make_record(make_book(cast.hop_nhat), cast.minh)
    answer = as_user(cast.mai).post(reverse("digitization:check"), ticked(theirs))
    assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.status == Status.ENTERED


def test_buttons_lead_back_only_to_our_own_pages(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    answer = as_user(cast.mai).post(
        reverse("digitization:check"), ticked(record) | {"back": "https://evil.example/kiem-tra/"}
    )
    assert answer["Location"] == reverse("digitization:books")


def test_the_officer_notes_what_the_national_system_holds(cast: Any) -> None:
    record = move(make_record(cast.book, cast.lan), Status.APPROVED, checker=cast.mai, leader=cast.binh)
    lan = as_user(cast.lan)
    assert f"{record.pk}:" in lan.get(reverse("digitization:transferring")).content.decode()
    lan.post(reverse("digitization:transfer"), ticked(record))
    record.refresh_from_db()
    assert record.status == Status.TRANSFERRED


def test_the_next_page_begins_where_the_last_one_ended(cast: Any) -> None:
    records = [make_record(cast.book, cast.lan) for _ in range(51)]
    mai = as_user(cast.mai)
    first = mai.get(reverse("digitization:checking"), {"so": cast.book.pk}).content.decode()
    following = re.search(r'href="([^"]*)" *rel="next"|rel="next" href="([^"]*)"', first)
    assert following
    address = reverse("digitization:checking") + unescape(following[1] or following[2])
    assert f"so={cast.book.pk}&" in address
    second = mai.get(address).content.decode()
    assert f'value="{records[50].pk}:1"' in second
    assert f'value="{records[49].pk}:1"' not in second
    assert 'rel="prev"' in second


def test_justice_leafs_through_all_communes_oldest_first(cast: Any) -> None:
    records = [make_record(cast.book, cast.lan), make_record(make_book(cast.hop_nhat), cast.minh)]
    records.append(make_record(cast.book, cast.lan))
    page = as_user(cast.thu).get(reverse("digitization:checking")).content.decode()
    assert re.findall(r'name="pick" value="(\d+):1"', page) == [str(record.pk) for record in records]


def test_a_list_of_many_costs_no_more_queries_than_a_list_of_few(
    cast: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        make_record(cast.book, cast.lan)
    mai = as_user(cast.mai)
    with django_assert_max_num_queries(6):
        mai.get(reverse("digitization:checking"))


def test_the_page_of_an_entry_tells_its_life(cast: Any) -> None:
    record = move(make_record(cast.book, cast.lan), Status.CHECKED, checker=cast.mai, leader=cast.binh)
    page = as_user(cast.binh).get(reverse("digitization:record", args=[record.pk])).content.decode()
    assert "Đỗ Thị Lan" in page
    assert "Hà Thị Mai" in page
    assert reverse("digitization:approve") in page
    assert reverse("digitization:correct", args=[record.pk]) not in page


def test_a_warning_is_confirmed_on_the_page_of_its_entry(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, child_full_name="HÀ 4 QUYẾT")
    finding = record.findings.get()
    data = {"version": record.version, "rule": finding.rule, "field": finding.field, "note": "đúng sổ"}
    as_user(cast.lan).post(reverse("digitization:accept", args=[record.pk]), data)
    assert Finding.objects.get().accepted_by == cast.lan


@pytest.mark.parametrize(
    ("verb", "standing"),
    [
        ("cancel_in_book", Standing.CANCELLED_IN_BOOK),
        ("mark_unreadable", Standing.UNREADABLE),
        ("withdraw", Standing.WITHDRAWN),
    ],
)
def test_the_officer_says_what_kind_of_entry_it_is(cast: Any, verb: str, standing: Standing) -> None:
    record = make_record(cast.book, cast.lan)
    url = reverse("digitization:turn", args=[record.pk, verb])
    as_user(cast.binh).post(url, {"version": 1, "reason": "lãnh đạo thử"})
    record.refresh_from_db()
    assert record.standing == Standing.NORMAL
    as_user(cast.lan).post(url, {"version": 1, "reason": "Sổ gạch chéo"})
    record.refresh_from_db()
    assert record.standing == standing


def test_that_an_unreadable_entry_counts_is_for_justice_to_say(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    as_user(cast.lan).post(
        reverse("digitization:turn", args=[record.pk, "mark_unreadable"]),
        {"version": 1, "reason": "Mực nhòe"},
    )
    url = reverse("digitization:turn", args=[record.pk, "accept_unreadable"])
    data = {"version": 2, "reason": "Biên bản 05/BB-TCT ngày 05/12/2024"}
    assert as_user(cast.lan).post(url, data).status_code == 404
    as_user(cast.thu).post(url, data)
    record.refresh_from_db()
    assert (record.standing, record.accepted_ref) == (Standing.UNREADABLE_ACCEPTED, data["reason"])


def test_a_duplicate_is_linked_to_the_entry_it_repeats(cast: Any) -> None:
    first, second = make_record(cast.book, cast.lan), make_record(cast.book, cast.lan)
    url = reverse("digitization:turn", args=[second.pk, "mark_duplicate"])
    as_user(cast.lan).post(url, {"version": 1, "reason": "nhập hai lần", "other": first.pk})
    second.refresh_from_db()
    assert second.duplicate_of == first


def test_one_book_is_checked_at_a_time(cast: Any) -> None:
    first, second = make_record(cast.book, cast.lan), make_record(make_book(cast.soc_dang), cast.lan)
    page = as_user(cast.mai).get(reverse("digitization:checking"), {"so": first.book_id}).content.decode()
    assert f'value="{first.pk}:1"' in page
    assert f'value="{second.pk}:1"' not in page


def test_the_list_of_returned_entries_says_why(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    as_user(cast.thu).post(reverse("digitization:send_back"), ticked(record, reason="Sai số trang"))
    page = as_user(cast.lan).get(reverse("digitization:returned")).content.decode()
    assert "Sai số trang" in page
    assert "Vũ Thị Thu" in page
