"""The desk in shared work: it goes on within one's range, tells whose number another is, and stops nobody."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from digitization.models import Bookmark, Draft, Measure, RangeState, Record
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from digitization.tests.making import make_book, make_entry, make_record
from digitization.tests.sharing.giving import browser_of, give, saves

pytestmark = pytest.mark.django_db


@pytest.fixture
def tu(cast: Any) -> Client:
    """The browser of Tú, helper of Sóc Đăng."""
    return browser_of(cast.tu)


def test_within_a_range_the_next_number_is_the_next_nobody_has_typed(cast: Any, tu: Client) -> None:
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    for number in (41, 42, 90):
        make_record(cast.book, cast.lan, number)
    told = saves(tu, cast.book, 40).json()
    assert (told["follows"]["number"], told["told"]) == ("43", "")


def test_a_gap_left_behind_is_offered_before_the_range_is_done(cast: Any, tu: Client) -> None:
    one = give(cast.book, cast.tu, 40, 42, by=cast.lan)
    saves(tu, cast.book, 41)
    told = saves(tu, cast.book, 42).json()
    assert told["follows"]["number"] == "40"
    one.refresh_from_db()
    assert one.state == RangeState.OPEN


def test_the_last_number_makes_the_range_done_and_leads_to_the_next_one(cast: Any, tu: Client) -> None:
    one = give(cast.book, cast.tu, 40, 41, by=cast.lan)
    give(cast.book, cast.tu, 70, 80, by=cast.lan)
    saves(tu, cast.book, 40)
    told = saves(tu, cast.book, 41).json()
    assert told["follows"]["number"] == "70"
    assert "40–41" in told["told"]
    assert "70–80" in told["told"]
    one.refresh_from_db()
    assert (one.state, one.ended_by) == (RangeState.DONE, cast.tu)


def test_behind_the_last_range_nobody_is_led_into_anothers(cast: Any, tu: Client) -> None:
    give(cast.book, cast.tu, 40, 40, by=cast.lan)
    give(cast.book, cast.mai, 41, 60, by=cast.lan)
    told = saves(tu, cast.book, 40).json()
    assert told["follows"]["number"] == "61"
    assert told["told"]


def test_pages_are_done_only_by_whoever_types_them(cast: Any, tu: Client) -> None:
    one = give(cast.book, cast.tu, 20, 20, by=cast.lan, measure=Measure.PAGES)
    saves(tu, cast.book, 39, page="20")
    assert saves(tu, cast.book, 40, page="20").json()["told"]
    one.refresh_from_db()
    assert one.state == RangeState.OPEN


def test_a_number_of_anothers_range_is_saved_and_told(cast: Any, tu: Client) -> None:
    give(cast.book, cast.mai, 40, 60, by=cast.lan)
    told = saves(tu, cast.book, 45).json()
    assert "Hà Thị Mai" in told["told"]
    assert told["follows"]["number"] == "61"
    assert Record.objects.get(number=45).entered_by == cast.tu


def test_without_the_script_it_is_told_on_the_next_page(cast: Any, tu: Client) -> None:
    give(cast.book, cast.mai, 40, 60, by=cast.lan)
    raw = write(BY_CODE[cast.book.kind], make_entry(cast.book, 45))
    form = {**raw, "intent": str(uuid4()), "then": "open"}
    page = tu.post(reverse("digitization:enter", args=[cast.book.pk]), form, follow=True)
    assert "Hà Thị Mai" in page.content.decode()


def test_it_is_told_while_the_number_is_typed_too(cast: Any, tu: Client) -> None:
    address = reverse("digitization:alike", args=[cast.book.pk])
    give(cast.book, cast.mai, 40, 60, by=cast.lan)
    assert "Hà Thị Mai" in tu.post(address, {"number": "45"}).content.decode()
    assert "Hà Thị Mai" not in tu.post(address, {"number": "61"}).content.decode()
    assert "Hà Thị Mai" not in browser_of(cast.mai).post(address, {"number": "45"}).content.decode()


def test_a_page_of_anothers_range_is_told(cast: Any, tu: Client) -> None:
    give(cast.book, cast.mai, 20, 30, by=cast.lan, measure=Measure.PAGES)
    address = reverse("digitization:alike", args=[cast.book.pk])
    assert "Hà Thị Mai" in tu.post(address, {"number": "45", "page_no": "22"}).content.decode()


def test_who_corrects_an_entry_is_not_told_of_ranges(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 45)
    give(cast.book, cast.mai, 40, 60, by=cast.lan)
    form = {"number": "45", "record": record.pk}
    answer = browser_of(cast.lan).post(reverse("digitization:alike", args=[cast.book.pk]), form)
    assert "Hà Thị Mai" not in answer.content.decode()


def test_a_helper_who_left_holds_nobody_up(cast: Any, tu: Client) -> None:
    give(cast.book, cast.mai, 40, 60, by=cast.lan)
    cast.mai.postings.update(valid_to="2020-01-01")
    assert saves(tu, cast.book, 45).json()["told"] == ""


def test_the_desk_says_what_was_given(cast: Any, tu: Client) -> None:
    one = give(cast.book, cast.tu, 40, 60, by=cast.lan)
    address = reverse("digitization:enter", args=[cast.book.pk])
    assert "40–60" in tu.get(address, {"khoang": one.pk}).content.decode()


# -- where somebody stopped -------------------------------------------------------------------------------


def shown(client: Client, book: Any) -> str:
    return client.get(reverse("digitization:book", args=[book.pk])).content.decode()


def test_everybody_has_a_bookmark_of_their_own_in_a_book(cast: Any, tu: Client) -> None:
    lan = browser_of(cast.lan)
    saves(tu, cast.book, 45, page="23")
    saves(lan, cast.book, 80, page="41")
    assert "Tiếp tục từ số 45, trang 23" in shown(tu, cast.book)
    assert "Tiếp tục từ số 80, trang 41" in shown(lan, cast.book)
    assert "Tiếp tục từ số 45" in tu.get(reverse("digitization:books")).content.decode()
    assert "Tiếp tục" not in shown(browser_of(cast.mai), cast.book)


def test_the_bookmark_moves_with_each_new_entry_and_not_with_a_correction(cast: Any, tu: Client) -> None:
    saves(tu, cast.book, 45)
    saves(tu, cast.book, 46)
    first = Record.objects.get(number=45)
    raw = write(BY_CODE[cast.book.kind], make_entry(cast.book, 45))
    form = {**raw, "remarks": "Sổ ố vàng", "intent": str(uuid4()), "version": first.version, "then": "open"}
    assert tu.post(reverse("digitization:correct", args=[first.pk]), form).status_code == 302
    assert Bookmark.objects.get().record.number == 46


def test_what_was_half_typed_later_is_where_somebody_stopped(cast: Any, tu: Client) -> None:
    saves(tu, cast.book, 45, page="23")
    form = {"intent": str(uuid4()), "number": "46", "page_no": "24", "window": uuid4().hex}
    tu.post(reverse("digitization:keep", args=[cast.book.pk]), form)
    page = shown(tu, cast.book)
    assert "Tiếp tục từ số 46, trang 24" in page
    assert reverse("digitization:resume", args=[Draft.objects.get().pk]) in page


def test_going_on_from_the_bookmark_is_going_on_behind_it(cast: Any, tu: Client) -> None:
    saves(tu, cast.book, 45)
    make_record(cast.book, cast.lan, 46)
    make_record(cast.book, cast.lan, 90)
    page = tu.get(reverse("digitization:enter", args=[cast.book.pk]), {"tiep": "1"}).content.decode()
    assert 'name="number" value="47"' in page


def test_the_list_of_books_needs_two_questions_more_however_much_is_shared_out(
    cast: Any, tu: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        book = make_book(cast.soc_dang)
        give(book, cast.tu, 40, 60, by=cast.lan)
        saves(tu, book, 40)
    with django_assert_max_num_queries(10):
        tu.get(reverse("digitization:books"))
