"""Opening a notice is the receipt: who gets one, whose it is not, and what the bar of every page says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from civreg.lib import clock
from communes.models import Installation, NoticeReading, Posting, Role
from communes.notices import sending
from communes.notices.unread import unread_column
from communes.rights import Rights
from communes.tests.cast import LONG_AGO, log_in, make_person
from communes.tests.notices.making import Cast, make_cast, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def waiting(person: Any) -> int:
    person = type(person).objects.get(pk=person.pk)
    column = unread_column(person, Rights.of(person))
    return int(Installation.objects.annotate(unread=column).values_list("unread", flat=True).get())


def test_everybody_posted_at_the_unit_has_it_unread_until_they_open_it(cast: Cast) -> None:
    notice = send(cast)
    assert (waiting(cast.officer), waiting(cast.leader)) == (1, 1)
    page = log_in(cast.officer).get(f"/thong-bao/{notice.pk}/")
    assert "Chốt lúc 17 giờ." in page.content.decode()
    assert (waiting(cast.officer), waiting(cast.leader)) == (0, 1)
    receipt = NoticeReading.objects.get()
    assert (receipt.user, receipt.delivery.address.unit) == (cast.officer, cast.office.hop_nhat)


def test_opening_it_again_changes_no_receipt(cast: Cast) -> None:
    notice = send(cast)
    desk = log_in(cast.officer)
    desk.get(f"/thong-bao/{notice.pk}/")
    first = NoticeReading.objects.get().at
    desk.get(f"/thong-bao/{notice.pk}/")
    assert NoticeReading.objects.get().at == first


def test_asking_for_the_head_alone_is_no_reading(cast: Cast) -> None:
    notice = send(cast)
    assert log_in(cast.officer).head(f"/thong-bao/{notice.pk}/").status_code == 200
    assert not NoticeReading.objects.exists()


def test_a_strangers_notice_is_not_there(cast: Cast) -> None:
    notice = send(cast)
    for address in (f"/thong-bao/{notice.pk}/", f"/thong-bao/{notice.pk}/tep/", "/thong-bao/999999/"):
        assert log_in(cast.other).get(address).status_code == 404
    answer = log_in(cast.other).post(f"/thong-bao/{notice.pk}/bao-cao/hop-nhat/", {"words": "Xong"})
    assert answer.status_code == 404
    assert not NoticeReading.objects.exists()


def test_another_district_sees_nothing_of_it(cast: Cast) -> None:
    notice = send(cast)
    elsewhere = make_person("elsewhere", "Ngô Văn Xa", Role.TASK_FORCE, cast.office.province)
    desk = log_in(elsewhere)
    assert desk.get(f"/thong-bao/{notice.pk}/").status_code == 404
    assert desk.post(f"/thong-bao/{notice.pk}/nhac-lai/").status_code == 404
    assert desk.post(f"/thong-bao/{notice.pk}/rut-lai/", {"why": "Nhầm"}).status_code == 404
    assert "Giờ chốt số liệu" not in desk.get("/thong-bao/").content.decode()


def test_a_helper_gets_none_and_sees_no_link(cast: Cast) -> None:
    notice = send(cast)
    desk = log_in(cast.helper)
    assert desk.get(f"/thong-bao/{notice.pk}/").status_code == 403
    assert "/thong-bao/" not in desk.get("/tai-khoan/").content.decode()


def test_the_bar_of_every_page_counts_what_is_unread(cast: Cast) -> None:
    send(cast)
    send(cast, subject="Họp giao ban")
    page = log_in(cast.officer).get("/tai-khoan/").content.decode()
    assert (
        page.count('<span aria-hidden="true">2</span>') == 3
    )  # the bar, the button of the menu, and the menu
    assert "2 văn bản chưa đọc" in page


def test_the_page_that_reads_the_last_one_counts_it_no_more(cast: Cast) -> None:
    notice = send(cast)
    assert 'class="unread"' not in log_in(cast.officer).get(f"/thong-bao/{notice.pk}/").content.decode()


def test_the_count_costs_no_page_a_question_more(cast: Cast) -> None:
    send(cast)
    (question,) = questions_about_notices(cast.officer)
    assert "communes_installation" in question  # it is asked anyway, for the name of the office
    for person in (cast.taskforce, cast.helper, cast.office.admin):
        assert questions_about_notices(person) == []


def questions_about_notices(person: Any) -> list[str]:
    desk = log_in(person)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get("/tai-khoan/").status_code == 200
    return [query["sql"] for query in asked.captured_queries if "communes_notice" in query["sql"]]


def test_somebody_posted_at_two_units_reads_once_for_both(cast: Cast) -> None:
    Posting.objects.create(
        user=cast.officer, unit=cast.office.soc_dang, role=Role.LEADER, valid_from=LONG_AGO
    )
    notice = send(cast, cast.office.hop_nhat, cast.office.soc_dang)
    assert waiting(cast.officer) == 1
    log_in(cast.officer).get(f"/thong-bao/{notice.pk}/")
    assert waiting(cast.officer) == 0
    assert {one.delivery.address.unit for one in NoticeReading.objects.all()} == {
        cast.office.hop_nhat,
        cast.office.soc_dang,
    }


def test_who_has_left_the_unit_has_nothing_to_read_there(cast: Cast) -> None:
    notice = send(cast)
    cast.officer.postings.update(valid_to=clock.today())
    assert waiting(cast.officer) == 0
    assert log_in(cast.officer).get(f"/thong-bao/{notice.pk}/").status_code == 403


def test_a_newcomer_can_read_what_came_before_and_is_not_told_to(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = send(cast)
    tomorrow = clock.today() + timedelta(days=1)
    newcomer = make_person("newcomer", "Vi Thị Mới")
    Posting.objects.create(user=newcomer, unit=cast.office.hop_nhat, role=Role.OFFICER, valid_from=tomorrow)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    assert waiting(newcomer) == 0
    assert waiting(cast.leader) == 1
    assert log_in(newcomer).get(f"/thong-bao/{notice.pk}/").status_code == 200


def test_a_withdrawn_one_waits_for_nobody_and_stays_readable(cast: Cast) -> None:
    notice = send(cast)
    sending.withdraw(by=cast.taskforce, notice=notice, why="Gửi nhầm kỳ báo cáo")
    assert waiting(cast.officer) == 0
    page = log_in(cast.officer).get(f"/thong-bao/{notice.pk}/").content.decode()
    assert "Gửi nhầm kỳ báo cáo" in page
    assert "Chốt lúc 17 giờ." in page


def test_a_reader_is_shown_no_names_of_other_readers(cast: Cast) -> None:
    notice = send(cast, cast.office.hop_nhat, cast.office.soc_dang)
    log_in(cast.other).get(f"/thong-bao/{notice.pk}/")
    page = log_in(cast.officer).get(f"/thong-bao/{notice.pk}/").content.decode()
    assert cast.other.name not in page
    assert cast.leader.name not in page
