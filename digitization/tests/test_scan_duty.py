"""C23: the justice office decides, with a reason, whether a unit approves only with a picture of the page."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from civreg.lib import clock
from communes.models import User
from digitization import workflow
from digitization.models import Record, Scan, ScanDuty, ScanState, Status
from digitization.tests.making import make_book, make_record, move
from digitization.verbs import NoScan

pytestmark = pytest.mark.django_db


def as_user(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def decides(person: User, unit: Any, *, required: str, reason: str = "Đã đủ máy quét") -> int:
    form = {"required": required, "reason": reason, "intent": str(uuid4())}
    return as_user(person).post(reverse("digitization:decide_scan_duty", args=[unit.pk]), form).status_code


def approves(cast: Any, record: Record) -> Record:
    record.refresh_from_db()
    workflow.approve(by=cast.binh, picked={record.pk: record.version}, intent=uuid4())
    record.refresh_from_db()
    return record


def scanned(cast: Any, page: str, *, confirmed: bool = True, **more: Any) -> Scan:
    return Scan.objects.create(
        book=cast.book,
        name="trang.jpg",
        kind="jpeg",
        sha256=uuid4().hex * 2,
        bytes=1,
        state=ScanState.READY,
        page=page,
        confirmed=confirmed,
        uploaded_by=cast.lan,
        uploaded_at=clock.now(),
        **more,
    )


@pytest.fixture
def checked(cast: Any) -> Record:
    return move(make_record(cast.book, cast.lan, 24), Status.CHECKED, checker=cast.mai, leader=cast.binh)


def test_a_unit_nobody_decided_about_approves_as_before(cast: Any, checked: Record) -> None:
    assert approves(cast, checked).status == Status.APPROVED


def test_a_unit_that_has_to_scan_waits_for_the_picture_of_the_page(cast: Any, checked: Record) -> None:
    assert decides(cast.thu, cast.soc_dang, required="1") == 302
    with pytest.raises(NoScan, match="trang 12"):
        approves(cast, checked)
    scanned(cast, "12", confirmed=False)
    with pytest.raises(NoScan):
        approves(cast, checked)
    scanned(cast, "12")
    assert approves(cast, checked).status == Status.APPROVED


def test_a_picture_that_was_replaced_is_none(cast: Any, checked: Record) -> None:
    decides(cast.thu, cast.soc_dang, required="1")
    scanned(cast, "12", replaced_by=scanned(cast, "13"))
    with pytest.raises(NoScan):
        approves(cast, checked)


def test_allowing_it_again_needs_a_reason_and_leaves_both_decisions(cast: Any, checked: Record) -> None:
    decides(cast.thu, cast.soc_dang, required="1")
    decides(cast.thu, cast.soc_dang, required="0", reason="  ")
    with pytest.raises(NoScan):
        approves(cast, checked)
    decides(cast.thu, cast.soc_dang, required="0", reason="Sổ A3 phải chờ máy quét khổ lớn")
    assert approves(cast, checked).status == Status.APPROVED
    assert list(ScanDuty.objects.order_by("pk").values_list("required", flat=True)) == [True, False]


def test_deciding_the_same_twice_writes_nothing(cast: Any) -> None:
    decides(cast.thu, cast.soc_dang, required="0")
    decides(cast.thu, cast.soc_dang, required="1")
    decides(cast.thu, cast.soc_dang, required="1")
    assert ScanDuty.objects.count() == 1


def test_one_unit_has_to_and_another_not(cast: Any) -> None:
    decides(cast.thu, cast.hop_nhat, required="1")
    record = move(make_record(cast.book, cast.lan, 24), Status.CHECKED, checker=cast.mai, leader=cast.binh)
    assert approves(cast, record).status == Status.APPROVED


@pytest.mark.parametrize(("who", "status"), [("lan", 403), ("binh", 403), ("hoa", 403)])
def test_nobody_but_justice_decides(cast: Any, who: str, status: int) -> None:
    assert decides(getattr(cast, who), cast.soc_dang, required="1") == status
    assert not ScanDuty.objects.exists()


def test_the_unit_sees_the_decision_with_its_reason(cast: Any) -> None:
    page = reverse("digitization:books")
    assert "ảnh của trang" not in as_user(cast.lan).get(page).content.decode(), "nothing to tell before"
    decides(cast.thu, cast.soc_dang, required="1")
    words = as_user(cast.binh).get(page).content.decode()
    assert "Chỉ phê duyệt trường hợp đã có ảnh của trang" in words
    assert "Đã đủ máy quét" in words


def test_an_answer_that_is_none_is_refused(cast: Any) -> None:
    assert decides(cast.thu, cast.soc_dang, required="yes") == 400


def test_approving_many_asks_no_more_questions(cast: Any, django_assert_max_num_queries: Any) -> None:
    decides(cast.thu, cast.soc_dang, required="1")
    scanned(cast, "12")
    book = make_book(cast.soc_dang)
    for number in range(1, 21):
        move(make_record(book, cast.lan, number), Status.CHECKED, checker=cast.mai, leader=cast.binh)
    records = {record.pk: record.version for record in Record.objects.filter(book=book)}
    with django_assert_max_num_queries(14), pytest.raises(NoScan):
        workflow.approve(by=cast.binh, picked=records, intent=uuid4())
