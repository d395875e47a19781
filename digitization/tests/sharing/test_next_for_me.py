"""“Next for me”: the desk opens at the first number that is mine and that nobody has typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from civreg.lib import clock
from communes.models import Posting
from digitization.inventory.absent import state_absent
from digitization.models import BookPage, Draft, Measure, PageState
from digitization.tests.making import make_book, make_record, state_total
from digitization.tests.sharing.giving import browser_of, give, saves

pytestmark = pytest.mark.django_db

NEXT = "digitization:next_for_me"


@pytest.fixture
def tu(cast: Any) -> Client:
    """The browser of Tú, helper of Sóc Đăng."""
    return browser_of(cast.tu)


def opened(client: Client) -> str:
    """Press “next for me”; returns "book: number, page" as the desk then has them, or where else it led."""
    answer = client.get(reverse(NEXT), follow=True)
    if "form" not in answer.context or not hasattr(answer.context["form"], "groups"):
        return str(answer.templates[0].name)
    lines = {line.name: line for block in answer.context["form"].groups for line in block.lines}
    return f"{answer.context['book'].pk}: {lines['number'].typed}, {lines['page_no'].typed}"


def test_it_is_the_first_number_of_my_range(cast: Any, tu: Client) -> None:
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    assert opened(tu) == f"{cast.book.pk}: 40, "


def test_it_passes_over_what_is_typed_by_whomever_and_what_the_paper_does_not_have(
    cast: Any, tu: Client
) -> None:
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    make_record(cast.book, cast.tu, 40)
    make_record(cast.book, cast.lan, 41)
    make_record(cast.book, cast.lan, "44A")
    state_absent(
        by=cast.lan, book=cast.book, year=1998, first=42, last=43, reason="sổ nhảy số", intent=uuid4()
    )
    assert opened(tu) == f"{cast.book.pk}: 44, "


def test_the_number_typed_in_another_book_of_the_year_is_typed(cast: Any, tu: Client) -> None:
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    make_record(make_book(cast.soc_dang, book_no="77"), cast.lan, 40)
    assert opened(tu) == f"{cast.book.pk}: 41, "


def test_the_range_that_ends_first_comes_first(cast: Any, tu: Client) -> None:
    today = clock.today()
    other = make_book(cast.soc_dang)
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    give(other, cast.tu, 1, 9, by=cast.lan, until=today + timedelta(days=1))
    assert opened(tu) == f"{other.pk}: 01, "


def test_without_a_range_it_is_the_book_where_i_stopped(cast: Any, tu: Client) -> None:
    saves(tu, cast.book, 12, page="6")
    make_record(cast.book, cast.lan, 13)
    give(cast.book, cast.mai, 14, 30, by=cast.lan)
    make_record(make_book(cast.soc_dang), cast.lan, 70)
    assert opened(tu) == f"{cast.book.pk}: 31, "


def test_the_page_follows_where_it_is_certain(cast: Any, tu: Client) -> None:
    saves(tu, cast.book, 12, page="6")
    assert opened(tu) == f"{cast.book.pk}: 13, 6"
    saves(tu, cast.book, 13, page="6")
    assert opened(tu) == f"{cast.book.pk}: 14, 7"


def test_a_page_typed_once_with_and_once_without_its_zeros_is_full(cast: Any, tu: Client) -> None:
    saves(tu, cast.book, 12, page="006")
    assert opened(tu) == f"{cast.book.pk}: 13, 006"
    saves(tu, cast.book, 13, page="6")
    assert opened(tu) == f"{cast.book.pk}: 14, 7"


def test_a_full_book_is_left_for_the_one_before(cast: Any, tu: Client) -> None:
    other = make_book(cast.soc_dang)
    saves(tu, other, 5)
    saves(tu, cast.book, 1)
    state_total(cast.book, 1)
    assert opened(tu) == f"{other.pk}: 06, "


def test_what_is_half_typed_is_opened_again(cast: Any, tu: Client) -> None:
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    draft = Draft.objects.create(
        owner=cast.tu, book=cast.book, intent=uuid4(), typed={"number": "40"}, saved_at=clock.now()
    )
    assert tu.get(reverse(NEXT))["Location"] == reverse("digitization:resume", args=[draft.pk])
    give(cast.book, cast.mai, 61, 80, by=cast.lan)
    Draft.objects.update(typed={"number": "61"})
    assert opened(tu) == f"{cast.book.pk}: 40, "


def test_where_nothing_is_left_it_says_so_and_what_to_do(cast: Any, tu: Client) -> None:
    assert opened(tu) == "digitization/nothing_left.html"
    give(cast.book, cast.tu, 40, 40, by=cast.lan)
    make_record(cast.book, cast.lan, 40)
    page = tu.get(reverse(NEXT)).content.decode()
    assert reverse("digitization:my_work") in page
    assert reverse("digitization:sharing") not in page
    assert "40" in page


def test_who_left_the_unit_is_not_led_back_to_it(cast: Any, tu: Client) -> None:
    saves(tu, cast.book, 1)
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    Posting.objects.filter(user=cast.tu).update(unit=cast.hop_nhat)
    assert opened(tu) == "digitization/nothing_left.html"


def test_pages_go_on_where_i_stopped_and_pass_over_full_and_blank_ones(cast: Any, tu: Client) -> None:
    give(cast.book, cast.tu, 20, 30, by=cast.lan, measure=Measure.PAGES)
    assert opened(tu) == f"{cast.book.pk}: , 20"
    saves(tu, cast.book, 39, page="20")
    assert opened(tu) == f"{cast.book.pk}: 40, 20"
    saves(tu, cast.book, 40, page="20")
    state = {"label": "21", "sort": 21, "state": PageState.BLANK, "by": cast.lan, "at": clock.now()}
    BookPage.objects.create(book=cast.book, **state)
    assert opened(tu) == f"{cast.book.pk}: , 22"


def test_somebody_who_does_not_type_has_no_next(cast: Any) -> None:
    assert browser_of(cast.binh).get(reverse(NEXT)).status_code == 403


def test_another_persons_range_in_the_address_opens_nothing_of_theirs(cast: Any, tu: Client) -> None:
    held = give(cast.book, cast.mai, 40, 60, by=cast.lan)
    address = reverse("digitization:enter", args=[cast.book.pk])
    page = tu.get(address, {"khoang": held.pk}).content.decode()
    assert 'name="number" value="01"' in page
