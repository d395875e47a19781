"""Books are accepted by justice once nothing in them is open (B04), and their pages tell what became of that."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from civreg.lib import clock
from digitization import standings, workflow
from digitization.inventory.accepting import (
    NotAcceptable,
    accept_book,
    changed_since,
    last_acceptance,
    withdraw_acceptance,
)
from digitization.inventory.still_open import still_open
from digitization.models import Book, BookAcceptance, BookTotal, Record, Status, Verb, Verdict
from digitization.tests.making import make_book, make_entry, make_person, make_record, move
from digitization.tests.test_inventory_pages import as_user
from digitization.verbs import NotAllowedNow

pytestmark = pytest.mark.django_db


def full_book(cast: Any, entries: int = 2, **rest: Any) -> Book:
    """Return a book of Sóc Đăng whose entries are all approved."""
    book = make_book(cast.soc_dang, total=entries, **rest)
    for _ in range(entries):
        move(make_record(book, cast.lan), Status.APPROVED, checker=cast.mai, leader=cast.binh)
    return book


def accept(cast: Any, book: Book, note: str = "") -> BookAcceptance:
    return accept_book(by=cast.thu, book=book, note=note, intent=uuid4())


def open_in(book: Book) -> list[str]:
    """Return what is still open in a book, in English."""
    book.refresh_from_db()
    with override("en"):
        return [str(item.words) for item in still_open(book)]


def send_back(cast: Any, record: Record) -> None:
    workflow.send_back(by=cast.mai, picked={record.pk: record.version}, reason="Sai tên mẹ", intent=uuid4())


def test_a_book_without_anything_open_is_accepted_with_its_figures(cast: Any) -> None:
    book = full_book(cast)
    accepted = accept(cast, book, "Biên bản số 05")
    assert (accepted.verdict, accepted.by, accepted.note) == (Verdict.ACCEPTED, cast.thu, "Biên bản số 05")
    figures = accepted.figures
    assert (figures["total"], figures["basis"], figures["digitized"]) == (2, "counted", 2)
    assert figures["states"] == {"approved normal": 2}
    assert last_acceptance(book) == accepted
    assert not changed_since(accepted)


def test_everything_that_is_open_is_named_with_its_count_and_numbers(cast: Any) -> None:
    book = make_book(cast.soc_dang, total=9)
    entered, checked, returned, unreadable = (make_record(book, cast.lan, n) for n in (1, 2, 3, 4))
    move(checked, Status.CHECKED, checker=cast.mai, leader=cast.binh)
    send_back(cast, returned)
    standings.turn(
        Verb.MARK_UNREADABLE, by=cast.lan, record=unreadable, version=1, reason="rách", intent=uuid4()
    )
    assert open_in(book) == [
        "7 entries not typed in yet",
        "1 unreadable entry not accepted by an inspection",
        "1 entry returned for correction",
        "1 entry not checked yet",
        "1 entry not approved yet",
    ]
    with override("en"), pytest.raises(NotAcceptable) as refused:
        accept(cast, book)
    assert refused.value.rule == "B04"
    assert "1 entry returned for correction (numbers 3/1998)" in str(refused.value.message)
    assert not BookAcceptance.objects.exists()
    assert entered.status == Status.ENTERED


def test_only_the_first_entries_are_named(cast: Any) -> None:
    book = make_book(cast.soc_dang, total=7)
    for number in range(1, 8):
        make_record(book, cast.lan, number)
    (item,) = still_open(book)
    assert [record.number for record in item.records] == [1, 2, 3, 4, 5]
    assert "5/1998, …" in str(item.sentence)


def test_a_total_must_be_confirmed_and_none_may_wait(cast: Any) -> None:
    assert open_in(make_book(cast.soc_dang, total=None)) == ["no total is confirmed"]
    book = full_book(cast)
    BookTotal.objects.create(
        book=book, at=clock.now(), total=3, basis="counted", reason="đếm lại", by=cast.lan
    )
    assert open_in(book) == ["a stated total waits for confirmation"]


def test_more_entries_than_the_total_are_open_too(cast: Any) -> None:
    book = full_book(cast, 1)
    move(make_record(book, cast.lan), Status.APPROVED, checker=cast.mai, leader=cast.binh)
    assert open_in(book) == ["1 entry more than the total"]


def test_entries_settled_otherwise_are_not_open(cast: Any) -> None:
    book = full_book(cast)
    withdrawn, unreadable = make_record(book, cast.lan, 901), make_record(book, cast.lan, 902)
    standings.turn(Verb.WITHDRAW, by=cast.lan, record=withdrawn, version=1, reason="nhầm sổ", intent=uuid4())
    assert open_in(book) == ["1 entry more than the total", "1 entry not checked yet"]
    standings.turn(Verb.WITHDRAW, by=cast.lan, record=unreadable, version=1, reason="nhầm sổ", intent=uuid4())
    assert open_in(book) == []


def test_a_second_copy_is_not_accepted(cast: Any) -> None:
    first = full_book(cast)
    copy = make_book(cast.soc_dang, copy_no=2, second_copy_of=first)
    with pytest.raises(NotAcceptable):
        accept(cast, copy)


def test_an_accepted_book_is_not_accepted_twice(cast: Any) -> None:
    book = full_book(cast)
    intent = uuid4()
    first = accept_book(by=cast.thu, book=book, note="", intent=intent)
    assert accept_book(by=cast.thu, book=book, note="", intent=intent) == first
    with pytest.raises(NotAllowedNow):
        accept(cast, book)


def test_an_acceptance_is_taken_back_with_a_reason_and_may_be_given_again(cast: Any) -> None:
    book = full_book(cast)
    with pytest.raises(NotAllowedNow):
        withdraw_acceptance(by=cast.thu, book=book, reason="chưa có", intent=uuid4())
    accept(cast, book)
    with pytest.raises(NotAllowedNow):
        withdraw_acceptance(by=cast.thu, book=book, reason="  ", intent=uuid4())
    withdraw_acceptance(by=cast.thu, book=book, reason="Sót một trang", intent=uuid4())
    assert last_acceptance(book) is None
    again = accept(cast, book)
    assert list(book.acceptances.values_list("verdict", flat=True)) == ["accepted", "withdrawn", "accepted"]
    assert last_acceptance(book) == again


def test_an_entry_reopened_later_shows_and_a_transfer_does_not(cast: Any) -> None:
    book = full_book(cast)
    accepted = accept(cast, book)
    one, other = book.records.all()
    workflow.transfer(by=cast.mai, picked={one.pk: one.version}, intent=uuid4())
    assert not changed_since(accepted)
    workflow.reopen(by=cast.binh, picked={other.pk: other.version}, reason="Sai tên mẹ", intent=uuid4())
    assert changed_since(accepted)


def test_another_total_shows(cast: Any) -> None:
    book = full_book(cast)
    accepted = accept(cast, book)
    accepted.book.total = 3
    assert changed_since(accepted)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE digitization_bookacceptance SET note = 'khác'",
        "DELETE FROM digitization_bookacceptance",
        "TRUNCATE digitization_bookacceptance",
    ],
)
def test_what_was_accepted_is_never_rewritten(cast: Any, sql: str) -> None:
    accept(cast, full_book(cast))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_justice_accepts_on_the_page_of_the_book(cast: Any) -> None:
    book = full_book(cast)
    page, thu = reverse("digitization:book", args=[book.pk]), as_user(cast.thu)
    accepting = reverse("digitization:accept_book", args=[book.pk])
    assert accepting in thu.get(page).content.decode()
    assert accepting not in as_user(cast.lan).get(page).content.decode()
    assert thu.post(accepting, {"note": "", "intent": str(uuid4())})["Location"] == page
    assert "Đã nghiệm thu" in as_user(cast.lan).get(page).content.decode()
    withdrawing = reverse("digitization:withdraw_acceptance", args=[book.pk])
    assert withdrawing in thu.get(page).content.decode()
    thu.post(withdrawing, {"reason": "Sót một trang", "intent": str(uuid4())})
    assert "Sót một trang" in as_user(cast.lan).get(page).content.decode()


def test_a_refused_acceptance_is_a_sentence_with_its_rule(cast: Any) -> None:
    make_record(cast.book, cast.lan, 7)
    url = reverse("digitization:accept_book", args=[cast.book.pk])
    answer = as_user(cast.thu).post(url, {"intent": str(uuid4())}, follow=True)
    words = answer.content.decode()
    assert "1 trường hợp chưa kiểm tra (số 7/1998)" in words
    assert f"{reverse('digitization:rules')}#B04" in words


def test_the_page_says_what_is_open_to_those_who_see_all_entries(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 7)
    page = reverse("digitization:book", args=[cast.book.pk])
    for user in (cast.lan, cast.binh, cast.thu):
        words = as_user(user).get(page).content.decode()
        assert "1 trường hợp chưa kiểm tra" in words
    assert reverse("digitization:record", args=[record.pk]) in words
    assert "chưa kiểm tra" not in as_user(cast.tu).get(page).content.decode()


def test_justice_of_another_district_accepts_nothing(cast: Any) -> None:
    book = full_book(cast)
    stranger = make_person("phuong", cast.thu.postings.get().role, cast.hop_nhat)
    client = Client()
    client.force_login(stranger)
    url = reverse("digitization:accept_book", args=[book.pk])
    assert client.post(url, {"intent": str(uuid4())}).status_code == 404
    assert not BookAcceptance.objects.exists()


def test_what_an_acceptance_said_stays_when_the_words_change(cast: Any) -> None:
    book = full_book(cast)
    accepted = accept(cast, book)
    record = book.records.first()
    assert record is not None
    workflow.reopen(by=cast.binh, picked={record.pk: record.version}, reason="Sai tên mẹ", intent=uuid4())
    record.refresh_from_db()
    workflow.correct(
        by=cast.lan,
        record=record,
        version=record.version,
        entry=make_entry(book, record.number, mother_full_name="Lâm Thị Nhạn"),
        intent=uuid4(),
    )
    accepted.refresh_from_db()
    assert accepted.figures["states"] == {"approved normal": 2}
    words = as_user(cast.thu).get(reverse("digitization:book", args=[book.pk])).content.decode()
    assert "Có thay đổi sau nghiệm thu" in words
