"""A book is taken out of a campaign, or in, with a reason; its figures follow."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from digitization.models import Book
from digitization.tests.making import make_book, make_commune
from reports.campaigns.books import end_exception, except_book
from reports.campaigns.settling import NotPossible
from reports.models import CampaignBook
from reports.progress.read import district_progress
from reports.progress.rollup import roll_up
from reports.tests.campaigns.conftest import Room
from reports.tests.making import type_in


def excepted(room: Room, book: Book, *, in_scope: bool) -> None:
    except_book(
        by=room.task_force,
        campaign=room.campaign,
        book=book,
        in_scope=in_scope,
        reason="Đã số hóa năm 2019",
        intent=uuid4(),
    )


def total(room: Room) -> int:
    roll_up()
    return district_progress(room.campaign).figures.total


@pytest.fixture
def births(room: Room) -> Book:
    return Book.objects.get(custodian=room.hop_nhat)


def test_a_book_taken_out_no_longer_counts_and_comes_back_with_the_end_of_the_exception(
    room: Room, births: Book
) -> None:
    excepted(room, births, in_scope=False)
    assert total(room) == 10
    end_exception(by=room.task_force, campaign=room.campaign, book=births, reason="Nhầm", intent=uuid4())
    assert total(room) == 70
    assert [one.what for one in room.campaign.changes.all()] == ["book_usual", "book_out"]


def test_a_book_of_another_kind_is_taken_in(room: Room) -> None:
    deaths = make_book(room.hop_nhat, kind="KT", total=7)
    type_in(deaths, 3)
    assert total(room) == 70
    excepted(room, deaths, in_scope=True)
    assert total(room) == 77


def test_taking_in_what_was_taken_out_leaves_no_exception(room: Room, births: Book) -> None:
    excepted(room, births, in_scope=False)
    excepted(room, births, in_scope=True)
    assert not CampaignBook.objects.exists()
    assert total(room) == 70


def test_what_is_so_already_is_refused(room: Room, births: Book) -> None:
    with pytest.raises(NotPossible):
        excepted(room, births, in_scope=True)
    with pytest.raises(NotPossible):
        excepted(room, make_book(room.hop_nhat, kind="KT"), in_scope=False)
    with pytest.raises(NotPossible):
        end_exception(by=room.task_force, campaign=room.campaign, book=births, reason="x", intent=uuid4())


def test_a_book_of_a_commune_outside_is_refused(room: Room) -> None:
    with pytest.raises(NotPossible):
        excepted(room, make_book(make_commune("Ca Đình", "ca-dinh")), in_scope=False)


def test_the_page_takes_a_book_out_and_tells_why(room: Room, births: Book, at_task_force: Client) -> None:
    address = f"/dot-so-hoa/{room.campaign.pk}/so/"
    form = {"book": births.pk, "way": "out", "reason": "Đã số hóa năm 2019"}
    assert at_task_force.post(f"{address}?don-vi=hop-nhat", form).status_code == 302
    page = at_task_force.get(address).content.decode()
    assert births.quyen_so in page
    assert "Đã số hóa năm 2019" in page
    at_task_force.post(f"{address}{births.pk}/bo/", {"reason": "Nhầm"})
    assert not CampaignBook.objects.exists()


def test_who_only_reads_sees_the_exceptions_and_makes_none(
    room: Room, births: Book, at_leaders_desk: Client
) -> None:
    excepted(room, births, in_scope=False)
    address = f"/dot-so-hoa/{room.campaign.pk}/so/"
    assert births.quyen_so in at_leaders_desk.get(address).content.decode()
    form = {"book": births.pk, "way": "in", "reason": "x"}
    assert at_leaders_desk.post(f"{address}?don-vi=hop-nhat", form).status_code == 403
