"""What the sending office sees: for each commune who has read and who has not, the overdue ones on top."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from civreg.lib import clock
from communes.models import Posting, Role
from communes.notices.receipts import NOBODY, NOT_READ, READ, receipts_of
from communes.tests.cast import LONG_AGO, log_in, make_person, make_unit
from communes.tests.notices.making import Cast, make_cast, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_it_names_who_has_read_and_who_has_not(cast: Cast) -> None:
    notice = send(cast, cast.office.hop_nhat, cast.office.soc_dang)
    log_in(cast.officer).get(f"/thong-bao/{notice.pk}/")
    soc_dang, hop_nhat = receipts_of(notice).lines
    assert (soc_dang.unit.slug, soc_dang.standings, [user.name for user in soc_dang.not_read]) == (
        "soc-dang",
        (NOT_READ,),
        [cast.other.name],
    )
    assert [receipt.user for receipt in hop_nhat.read] == [cast.officer]
    assert [user for user in hop_nhat.not_read] == [cast.leader]
    assert hop_nhat.standings == (READ,)
    page = log_in(cast.taskforce).get(f"/thong-bao/{notice.pk}/").content.decode()
    assert cast.leader.name in page


def test_the_justice_office_of_the_district_sees_what_the_task_force_sent(cast: Cast) -> None:
    notice = send(cast)
    justice = make_person("justice", "Hà Văn Pháp", Role.JUSTICE, cast.office.district)
    assert log_in(justice).get(f"/thong-bao/{notice.pk}/").context["page"].receipts is not None


def test_the_overdue_stand_on_top_and_those_done_at_the_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = send(cast, cast.office.hop_nhat, cast.office.soc_dang, number="1/UBND", due_on=clock.today())
    log_in(cast.officer).post(f"/thong-bao/{notice.pk}/bao-cao/hop-nhat/", {"words": "Xong"})
    log_in(cast.other).get(f"/thong-bao/{notice.pk}/")
    later = clock.today() + timedelta(days=2)
    monkeypatch.setattr(clock, "today", lambda: later)
    receipts = receipts_of(notice)
    assert [line.unit.slug for line in receipts.lines] == ["soc-dang", "hop-nhat"]
    assert [str(one.words) for one in receipts.lines[0].standings] == ["Quá hạn 2 ngày", "Đã đọc"]
    assert (receipts.read, receipts.reported, receipts.waiting) == (1, 1, 1)


def test_who_has_left_keeps_the_receipt_and_is_marked(cast: Cast) -> None:
    notice = send(cast)
    log_in(cast.officer).get(f"/thong-bao/{notice.pk}/")
    cast.officer.postings.update(valid_to=clock.today())
    (line,) = receipts_of(notice).lines
    assert [(receipt.user, receipt.left) for receipt in line.read] == [(cast.officer, True)]
    assert "không còn công tác" in log_in(cast.taskforce).get(f"/thong-bao/{notice.pk}/").content.decode()


def test_a_commune_where_nobody_is_posted_says_so(cast: Cast) -> None:
    empty = make_unit("khong-nguoi", "Vắng", parent=cast.office.district)
    (line,) = receipts_of(send(cast, empty)).lines
    assert line.standings == (NOBODY,)


def test_somebody_at_two_units_is_in_both_lines(cast: Cast) -> None:
    Posting.objects.create(
        user=cast.officer, unit=cast.office.soc_dang, role=Role.LEADER, valid_from=LONG_AGO
    )
    notice = send(cast, cast.office.hop_nhat, cast.office.soc_dang)
    log_in(cast.officer).get(f"/thong-bao/{notice.pk}/")
    assert all(
        [receipt.user for receipt in line.read] == [cast.officer] for line in receipts_of(notice).lines
    )


def test_more_communes_need_no_more_questions(cast: Cast, django_assert_max_num_queries: Any) -> None:
    communes = [make_unit(f"xa-{n}", f"Xã {n}", parent=cast.office.district) for n in range(12)]
    for n, commune in enumerate(communes):
        make_person(f"officer{n}", f"Người {n}", Role.OFFICER, commune)
    notice = send(cast, *communes, number="2/UBND", due_on=clock.today())
    desk, reader = log_in(cast.taskforce), log_in(cast.officer)
    with django_assert_max_num_queries(11):
        desk.get(f"/thong-bao/{notice.pk}/")
    with django_assert_max_num_queries(8):
        desk.get("/thong-bao/")
    with django_assert_max_num_queries(8):
        reader.get("/thong-bao/")


def test_the_lists_say_how_things_stand_in_words(cast: Cast) -> None:
    send(cast, number="1/UBND", due_on=clock.today() + timedelta(days=1))
    page = log_in(cast.officer).get("/thong-bao/").content.decode()
    assert "Đến hạn ngày mai" in page
    assert "Chưa đọc" in page
    sent = log_in(cast.taskforce).get("/thong-bao/").content.decode()
    assert "0/1" in sent
