"""The broker accepts and never answers: no page and no act of the campaign room waits for it, or even calls it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from civreg.celery import app
from civreg.lib import clock
from communes.models import Notice, Role, SupportRequest, Unit, User
from digitization.models import Book, Declaration
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports import tasks
from reports.models import Campaign, Commitment, DailySnapshot, RollupState
from reports.tests.conftest import SetClock
from reports.tests.history.making import dec, work
from reports.tests.making import make_campaign

pytestmark = pytest.mark.django_db
# A broker that does not answer would hold its caller for five seconds and more.
AT_ONCE_SECONDS = 4.0
SILENCE = timedelta(hours=26)
SUPPORT = {
    "kind": "equipment",
    "what": "Máy quét A3",
    "quantity": "2",
    "needed_by": "10/12/2024",
    "why": "Sổ khổ A3, máy A4 không vừa",
}


@contextmanager
def _deaf_port() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as port:
        port.settimeout(0)
        yield port


@pytest.fixture(autouse=True)
def broker(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[socket.socket]:
    """Put a port that never answers in the place of the broker."""
    settings.CIVREG_SCANS = tmp_path / "scans"
    with _deaf_port() as port:
        address = f"redis://127.0.0.1:{port.getsockname()[1]}/0"
        monkeypatch.setitem(app.conf, "broker_url", address)
        settings.CELERY_BROKER_URL = settings.REDIS_URL = address
        yield port


@pytest.fixture
def commune(db: None) -> Unit:
    return make_commune()


@pytest.fixture
def book(commune: Unit, at: SetClock) -> Book:
    at(dec(4, 9))
    return make_book(commune, total=100)


@pytest.fixture
def campaign(commune: Unit, book: Book, at: SetClock) -> Campaign:
    """A campaign with two closed days and figures of yesterday evening: since then no worker has lived."""
    campaign = make_campaign(commune, make_commune("Hợp Nhất", "hop-nhat"))
    Campaign.objects.update(starts=date(2024, 12, 4))
    for day in (4, 5):
        at(dec(day, 12))
        work(book, 5)
        at(dec(day, 17, 0, 5))
        for task in (tasks.roll_up, tasks.cut_off, tasks.refresh_paces, tasks.foresee):
            task()
    at(dec(6, 19))
    work(book, 7)
    RollupState.objects.update(checked_at=clock.real_now() - SILENCE)
    campaign.refresh_from_db()
    return campaign


def desk_of(person: User) -> Client:
    desk = Client()
    desk.force_login(person)
    desk.cookies["language"] = "en"
    return desk


@pytest.fixture
def task_force(campaign: Campaign) -> Client:
    return desk_of(make_person("taskforce", Role.TASK_FORCE, make_district()))


@pytest.fixture
def officer(campaign: Campaign, commune: Unit) -> Client:
    return desk_of(make_person("officer", Role.OFFICER, commune))


@pytest.fixture
def leader(campaign: Campaign, commune: Unit) -> Client:
    return desk_of(make_person("leader", Role.LEADER, commune))


@contextmanager
def _nobody_waits(broker: socket.socket) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < AT_ONCE_SECONDS
    with pytest.raises(BlockingIOError):
        broker.accept()


def _sent(desk: Client, broker: socket.socket, address: str, **form: Any) -> None:
    with _nobody_waits(broker):
        answer = desk.post(address, form | {"intent": str(uuid4())})
    assert answer.status_code == 302, answer.content.decode()[:2000]


@pytest.mark.parametrize("path", ["/tien-do/", "/tien-do/man-hinh-lon/", "/tien-do/soc-dang/"])
def test_the_pages_of_now_say_how_old_they_are(path: str, task_force: Client, broker: socket.socket) -> None:
    with _nobody_waits(broker):
        page = task_force.get(path).content.decode()
    assert "These figures are 26 hours old: the workers are not counting." in page
    # Ten entries were counted, seven have come since: what is shown is the number of then, and said to be.
    assert '<strong id="headline-done">10</strong>' in page


@pytest.mark.parametrize("path", ["/tien-do/lich-su/", "/tien-do/ngay/2024-12-06/", "/tong-hop/2024-12-06/"])
def test_the_pages_of_days_say_that_the_day_is_missing(
    path: str, task_force: Client, broker: socket.socket
) -> None:
    with _nobody_waits(broker):
        answer = task_force.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "missing: nothing was at work" in page or "This day was not closed at its cut-off" in page


@pytest.mark.parametrize(
    "path",
    [
        "/tien-do/bieu-do/",
        "/tien-do/theo-xa/?so-lieu=da-nhap",
        "/tien-do/tai-ve/?dang=csv",
        "/tien-do/so-sanh/",
        "/tong-hop/",
        "/bieu-duong/",
        "/ho-tro/",
        "/thong-bao/",
        "/dot-so-hoa/",
        "/bien-ban/",
    ],
)
def test_every_other_page_of_the_room_opens(path: str, task_force: Client, broker: socket.socket) -> None:
    with _nobody_waits(broker):
        assert task_force.get(path).status_code == 200


def test_a_moment_is_frozen_with_the_entries_of_this_moment(
    campaign: Campaign, task_force: Client, broker: socket.socket
) -> None:
    _sent(task_force, broker, "/tien-do/lich-su/chot-ngay/", campaign=campaign.pk)
    moment = DailySnapshot.objects.get(kind_of=DailySnapshot.Kind.DEMAND)
    assert moment.figures["digitized"] == 17


def test_the_missing_day_is_rebuilt_by_hand(
    campaign: Campaign, task_force: Client, broker: socket.socket
) -> None:
    _sent(task_force, broker, "/tien-do/lich-su/tinh-lai/", campaign=campaign.pk)
    rebuilt = campaign.snapshots.get(day=date(2024, 12, 6))
    assert (rebuilt.kind_of, rebuilt.figures["digitized"]) == (DailySnapshot.Kind.REBUILT, 10)


def test_a_directive_is_sent(task_force: Client, broker: socket.socket) -> None:
    told = {"kind": "directive", "number": "12/UBND-TP", "dated": "06/12/2024", "due_on": "09/12/2024"}
    words = {"subject": "Đẩy nhanh tiến độ", "body": "Nhập hết sổ năm 1998."}
    _sent(task_force, broker, "/thong-bao/moi/", to="all", **told, **words)
    assert Notice.objects.count() == 1


def test_support_is_asked_for(officer: Client, broker: socket.socket) -> None:
    _sent(officer, broker, "/tien-do/soc-dang/de-nghi/", **SUPPORT)
    assert SupportRequest.objects.count() == 1


def test_a_leader_commits_a_commune(campaign: Campaign, leader: Client, broker: socket.socket) -> None:
    address = f"/dot-so-hoa/{campaign.pk}/cam-ket/soc-dang/"
    _sent(leader, broker, address, per_day="20", position="Chủ tịch UBND xã", agreed="on")
    assert Commitment.objects.get().per_day == 20


def test_a_campaign_is_set_up_and_says_that_nothing_was_counted_yet(
    commune: Unit, task_force: Client, broker: socket.socket
) -> None:
    terms = {"title": "Đợt hai", "starts": "07/12/2024", "deadline": "31/01/2025", "cutoff": "17:00"}
    _sent(task_force, broker, "/dot-so-hoa/moi/", **terms, kind_KS="1", units=[commune.pk])
    with _nobody_waits(broker):
        page = task_force.get(f"/tien-do/?dot={Campaign.objects.get(title='Đợt hai').pk}").content.decode()
    assert "No figures yet: the workers have not counted this campaign." in page


def test_an_officer_declares(book: Book, officer: Client, broker: socket.socket) -> None:
    form = {"day": "06/12/2024", "note": "màn hình thống kê", f"n-{book.pk}-": "40"}
    _sent(officer, broker, "/khai-bao/", **form)
    assert Declaration.objects.get().n == 40


def test_when_the_workers_live_again_the_day_is_rebuilt_and_labelled_and_nothing_is_old_any_more(
    campaign: Campaign, task_force: Client, at: SetClock
) -> None:
    at(dec(7, 8))
    for task in (tasks.roll_up, tasks.cut_off, tasks.rebuild_days, tasks.refresh_paces, tasks.foresee):
        task()
    page = task_force.get("/tien-do/").content.decode()
    assert "the workers are not counting" not in page
    assert '<strong id="headline-done">17</strong>' in page
    assert "1 day was rebuilt from the history of the entries." in page
    history = task_force.get("/tien-do/lich-su/")
    assert "is missing" not in history.content.decode()
    assert [line.rebuilt for line in history.context["lines"]] == [True, False, False]
    assert ">Rebuilt<" in history.content.decode()
    day = task_force.get("/tien-do/ngay/2024-12-06/").content.decode()
    assert "Rebuilt: nobody closed this day in time. Its figures were counted at 08:00 07/12/2024" in day
    # Typed after the cut-off of that day: the seven belong to the next one.
    assert '<strong id="headline-done">10</strong>' in day
