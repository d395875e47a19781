"""A closed campaign keeps its last figures; neither people nor the database change anything of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from digitization.models import Book
from digitization.tests.making import make_book
from reports.campaigns.closing import close
from reports.campaigns.setting_up import choose_units, revise
from reports.campaigns.settling import CampaignClosed
from reports.models import BookAtClosing, Campaign
from reports.papers.freezing import ClosedCampaign, freeze
from reports.progress.pace import State
from reports.progress.read import district_progress
from reports.progress.rollup import roll_up
from reports.tests.campaigns.conftest import Room
from reports.tests.making import type_in


@pytest.fixture
def closed(room: Room) -> Campaign:
    close(by=room.task_force, campaign=room.campaign, reason="Đã hết hạn", intent=uuid4())
    return Campaign.objects.get()


def test_closing_counts_once_more(room: Room) -> None:
    type_in(Book.objects.get(custodian=room.hop_nhat), 3)
    close(by=room.task_force, campaign=room.campaign, reason="Đã hết hạn", intent=uuid4())
    change = room.campaign.changes.get()
    assert (change.what, change.after) == ("closed", {"digitized": 59, "total": 70})
    assert district_progress(Campaign.objects.get()).figures.done == 59


def test_what_is_typed_later_no_longer_counts(room: Room, closed: Campaign) -> None:
    type_in(Book.objects.get(custodian=room.hop_nhat), 3)
    roll_up()
    assert district_progress(closed).figures.done == 56


def test_its_books_stay_as_they_stood(room: Room, closed: Campaign, at_leaders_desk: Client) -> None:
    book = Book.objects.get(custodian=room.hop_nhat)
    type_in(book, 3)
    page = at_leaders_desk.get("/tien-do/hop-nhat/").context["page"]
    assert [(line.pk, line.counted, line.total) for line in page.books] == [(book.pk, 46, 60)]
    assert BookAtClosing.objects.count() == 2


def test_its_clock_stands(
    room: Room, closed: Campaign, evening: datetime, set_clock: Callable[[datetime], None]
) -> None:
    before = district_progress(closed)
    set_clock(evening + timedelta(days=200))
    after = district_progress(closed)
    assert (after.schedule.days_left, after.schedule.day) == (
        before.schedule.days_left,
        before.schedule.day,
    )
    assert after.units[0].outlook.state != State.STALLED
    assert not after.stale


def test_a_second_closing_and_every_change_are_refused(room: Room, closed: Campaign) -> None:
    with pytest.raises(CampaignClosed):
        close(by=room.task_force, campaign=closed, reason="Lần nữa", intent=uuid4())
    with pytest.raises(CampaignClosed):
        revise(by=room.task_force, campaign=closed, changes={"title": "x"}, reason="x", intent=uuid4())
    with pytest.raises(CampaignClosed):
        choose_units(by=room.task_force, campaign=closed, units=[room.hop_nhat], reason="x", intent=uuid4())


def test_pressing_twice_closes_once_and_says_nothing_else(room: Room, at_task_force: Client) -> None:
    form = {"reason": "Đã hết hạn", "intent": str(uuid4())}
    for _time in range(2):
        answer = at_task_force.post(f"/dot-so-hoa/{room.campaign.pk}/dong/", form)
        assert answer.status_code == 302
    assert room.campaign.changes.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_campaign SET deadline = '2025-01-01'",
        "UPDATE reports_campaign SET closed = false, closed_at = NULL",
        "DELETE FROM reports_campaignunit",
        "UPDATE reports_unitprogress SET done = done + 1",
        "UPDATE reports_bookatclosing SET counted = 0",
        "INSERT INTO reports_milestone (campaign_id, day, percent, name) "
        "SELECT id, '2024-12-10', 50, '' FROM reports_campaign",
        "INSERT INTO reports_campaignbook (campaign_id, book_id, in_scope, reason) "
        "SELECT c.id, b.id, false, 'x' FROM reports_campaign c, digitization_book b",
    ],
)
def test_the_database_changes_nothing_of_it(closed: Campaign, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"closed campaign|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_no_paper_is_made_of_it(room: Room, closed: Campaign, at_task_force: Client) -> None:
    with pytest.raises(ClosedCampaign):
        freeze(by=room.task_force, campaign=closed, unit=room.hop_nhat, intent=uuid4())
    page = at_task_force.get("/bien-ban/").content.decode()
    assert "không lập biên bản mới" in page


def test_its_pages_say_that_it_is_closed_and_when_and_ask_no_more(
    room: Room, closed: Campaign, at_task_force: Client
) -> None:
    for address in ("/tien-do/", "/tien-do/hop-nhat/", f"/dot-so-hoa/{closed.pk}/"):
        page = at_task_force.get(address).content.decode()
        assert "Đợt này đã đóng lúc 20:40 05/12/2024" in page, address
        assert "every 2s" not in page
        assert "/sua/" not in page
    assert "đóng lúc 20:40 05/12/2024" in at_task_force.get("/dot-so-hoa/").content.decode()


@pytest.mark.parametrize("page", ["sua", "don-vi", "dong", "van-ban", "moc"])
def test_its_forms_are_gone(closed: Campaign, at_task_force: Client, page: str) -> None:
    assert at_task_force.get(f"/dot-so-hoa/{closed.pk}/{page}/").status_code == 404


def test_a_form_sent_too_late_is_refused_in_words(closed: Campaign, at_task_force: Client) -> None:
    form = {"day": "10/12/2024", "percent": "50", "reason": "x"}
    answer = at_task_force.post(f"/dot-so-hoa/{closed.pk}/moc/", form)
    assert answer.status_code == 422
    assert "không thay đổi được nữa" in answer.content.decode()


def test_a_campaign_begun_afterwards_counts_what_is_typed_then(room: Room, closed: Campaign) -> None:
    other = Campaign.objects.create(
        title="Đợt hai", office=room.district, kinds=["KS"], starts=closed.starts, deadline=closed.deadline
    )
    other.campaignunit_set.create(unit=room.hop_nhat)
    make_book(room.hop_nhat, total=5)
    roll_up()
    assert district_progress(other).figures.total == 65
    assert district_progress(closed).figures.total == 70
