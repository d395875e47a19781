"""The pages on which work is shared out: who may give, take and give back, and what they are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from civreg.lib import clock
from digitization.models import RangeState, WorkRange
from digitization.tests.making import make_book, make_record
from digitization.tests.sharing.giving import browser_of, give

pytestmark = pytest.mark.django_db


def share(client: Client, book: Any, person: Any, first: int, last: int, **changes: Any) -> Any:
    form = {"person": person.pk, "measure": "numbers", "first": first, "last": last, "intent": str(uuid4())}
    return client.post(reverse("digitization:share_book", args=[book.pk]), form | changes)


@pytest.mark.parametrize("who", ["lan", "binh", "thu"])
def test_officer_leader_and_justice_give_a_range(cast: Any, who: str) -> None:
    giver, until = getattr(cast, who), clock.today() + timedelta(days=2)
    answer = share(browser_of(giver), cast.book, cast.tu, 40, 60, until=until.strftime("%d/%m/%Y"))
    assert answer.status_code == 302
    one = WorkRange.objects.get()
    assert (one.given_by, one.person, one.year, one.until) == (giver, cast.tu, 1998, until)
    page = browser_of(giver).get(answer["Location"]).content.decode()
    assert "Lê Anh Tú" in page


@pytest.mark.parametrize(("who", "status"), [("minh", 404), ("tu", 403), ("hoa", 403), ("son", 403)])
def test_nobody_else_does(cast: Any, who: str, status: int) -> None:
    client = browser_of(getattr(cast, who))
    assert share(client, cast.book, cast.tu, 40, 60).status_code == status
    assert client.get(reverse("digitization:share_book", args=[cast.book.pk])).status_code == status
    assert not WorkRange.objects.exists()


def test_a_second_copy_is_not_shared_out(cast: Any) -> None:
    copy = make_book(cast.soc_dang, total=None, copy_no=2, second_copy_of=cast.book)
    assert share(browser_of(cast.lan), copy, cast.tu, 1, 9).status_code == 404


def test_only_those_who_type_for_the_unit_can_be_chosen(cast: Any) -> None:
    lan = browser_of(cast.lan)
    assert share(lan, cast.book, cast.minh, 40, 60).status_code == 422
    assert share(lan, cast.book, cast.binh, 40, 60).status_code == 422
    assert share(lan, cast.book, cast.lan, 40, 60).status_code == 302


def test_what_overlaps_is_refused_with_what_was_typed_and_who_has_it(cast: Any) -> None:
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    answer = share(browser_of(cast.lan), cast.book, cast.mai, 55, 70)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Lê Anh Tú" in page
    assert 'value="55"' in page


def test_the_form_begins_behind_what_is_typed_and_given(cast: Any) -> None:
    address = reverse("digitization:share_book", args=[cast.book.pk])
    make_record(cast.book, cast.lan, 12)
    lan = browser_of(cast.lan)
    assert lan.get(address).context["form"].initial["first"] == 13
    give(cast.book, cast.tu, 13, 40, by=cast.lan)
    assert lan.get(address).context["form"].initial["first"] == 41


def test_a_book_of_several_years_asks_for_the_year(cast: Any) -> None:
    book = make_book(cast.soc_dang, year_from=1997, year_to=1999)
    share(browser_of(cast.lan), book, cast.tu, 1, 20, year="1999")
    assert WorkRange.objects.get().year == 1999
    assert share(browser_of(cast.lan), book, cast.tu, 30, 40).status_code == 422


def test_pages_have_no_year(cast: Any) -> None:
    share(browser_of(cast.lan), cast.book, cast.tu, 20, 30, measure="pages")
    assert WorkRange.objects.get().year is None


def test_a_range_is_taken_back_and_the_page_says_who_did(cast: Any) -> None:
    one = give(cast.book, cast.tu, 40, 60, by=cast.lan)
    address = reverse("digitization:take_range_back", args=[one.pk])
    assert browser_of(cast.minh).post(address).status_code == 404
    assert browser_of(cast.tu).post(address).status_code == 403
    mai = browser_of(cast.mai)
    page = mai.post(address, {"intent": uuid4()}, follow=True).content.decode()
    one.refresh_from_db()
    assert (one.state, one.ended_by) == (RangeState.RETURNED, cast.mai)
    assert "Hà Thị Mai" in page
    assert mai.post(address, {"intent": uuid4()}, follow=True).status_code == 200


@pytest.mark.parametrize(("route", "state"), [("hand_back_range", "returned"), ("finish_range", "done")])
def test_the_helper_ends_only_their_own(cast: Any, route: str, state: str) -> None:
    one = give(cast.book, cast.tu, 40, 60, by=cast.lan)
    address = reverse(f"digitization:{route}", args=[one.pk])
    assert browser_of(cast.mai).post(address).status_code == 404
    assert browser_of(cast.tu).post(address)["Location"] == reverse("digitization:my_work")
    one.refresh_from_db()
    assert (one.state, one.ended_by) == (state, cast.tu)


def test_a_unit_sees_what_is_shared_out_how_far_it_is_and_no_other_unit_does(cast: Any) -> None:
    give(cast.book, cast.tu, 40, 44, by=cast.lan)
    for number in (40, 41, 90):
        make_record(cast.book, cast.tu, number)
    address = reverse("digitization:sharing")
    (line,) = browser_of(cast.binh).get(address).context["lines"]
    assert (line.done, line.range.size, line.full, line.left) == (2, 5, False, False)
    assert browser_of(cast.minh).get(address).context["lines"] == []


def test_pages_are_counted_as_they_are_begun(cast: Any) -> None:
    give(cast.book, cast.tu, 20, 29, by=cast.lan, measure="pages")
    for page in ("20", "20", "21", "30", "21a"):
        make_record(cast.book, cast.tu, page_no=page)
    (line,) = browser_of(cast.lan).get(reverse("digitization:sharing")).context["lines"]
    assert line.done == 2


def test_the_page_says_that_somebody_left_and_that_a_day_is_over(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(cast.book, cast.tu, 40, 44, by=cast.lan)
    give(cast.book, cast.mai, 45, 50, by=cast.lan, until=clock.today())
    later = clock.now() + timedelta(days=1)
    cast.tu.postings.update(valid_to=clock.today())
    monkeypatch.setattr(clock, "now", lambda: later)
    lines = browser_of(cast.lan).get(reverse("digitization:sharing")).context["lines"]
    assert [(line.left, line.late) for line in lines] == [(True, False), (False, True)]


def test_the_book_shows_a_helper_their_own_range_and_the_officer_all(cast: Any) -> None:
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    give(cast.book, cast.mai, 61, 80, by=cast.lan)
    address = reverse("digitization:book", args=[cast.book.pk])
    helper, officer = (browser_of(who).get(address).content.decode() for who in (cast.tu, cast.lan))
    assert "40–60" in helper
    assert "61–80" not in helper
    assert "61–80" in officer


def test_more_ranges_need_no_more_questions(cast: Any, django_assert_max_num_queries: Any) -> None:
    for first in range(1, 60, 10):
        give(make_book(cast.soc_dang), cast.tu, first, first + 9, by=cast.lan)
        give(make_book(cast.soc_dang), cast.mai, first, first + 9, by=cast.lan, measure="pages")
    lan = browser_of(cast.lan)
    with django_assert_max_num_queries(12):
        lan.get(reverse("digitization:sharing"))
