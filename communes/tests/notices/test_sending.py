"""Writing to communes, reminding them, taking a letter back, and reporting what was done: each once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from civreg.lib import clock
from communes.models import Level, Notice, NoticeDelivery, NoticeReading, NoticeReport, NoticeUnit, Unit
from communes.tests.cast import log_in, make_unit
from communes.tests.notices.making import Cast, make_cast, send

pytestmark = pytest.mark.django_db
NEW = "/thong-bao/moi/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def desk(cast: Cast) -> Client:
    return log_in(cast.taskforce)


def form(**changes: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "kind": "directive",
        "number": "12/UBND-TP",
        "dated": f"{today:%d/%m/%Y}",
        "subject": "Đẩy nhanh tiến độ",
        "body": "Dòng một.\r\nDòng hai.",
        "due_on": f"{today + timedelta(days=3):%d/%m/%Y}",
        "to": "chosen",
        "units": ["hop-nhat"],
        "intent": str(uuid4()),
    } | changes


def test_a_directive_goes_to_the_communes_chosen(cast: Cast, desk: Client) -> None:
    answer = desk.post(NEW, form())
    notice = Notice.objects.get()
    assert answer["Location"] == f"/thong-bao/{notice.pk}/"
    assert (notice.number, notice.body, notice.office) == (
        "12/UBND-TP",
        "Dòng một.\nDòng hai.",
        cast.office.district,
    )
    assert [address.unit for address in notice.addresses.all()] == [cast.office.hop_nhat]
    assert NoticeDelivery.objects.count() == 1


def test_all_communes_are_those_of_today_under_the_office(cast: Cast, desk: Client) -> None:
    make_unit("xa-cu", "Xã Cũ", parent=cast.office.district, valid_to=clock.today())
    far = make_unit("huyen-xa", "Xa", level=Level.DISTRICT, kind="huyện", parent=cast.office.province)
    make_unit("xa-khac", "Khác", parent=far)
    desk.post(NEW, form(to="all", units=[]))
    assert {address.unit.slug for address in NoticeUnit.objects.all()} == {"hop-nhat", "soc-dang"}


def test_a_commune_of_another_office_cannot_be_chosen(cast: Cast, desk: Client) -> None:
    far = make_unit("huyen-xa", "Xa", level=Level.DISTRICT, kind="huyện", parent=cast.office.province)
    make_unit("xa-khac", "Khác", parent=far)
    answer = desk.post(NEW, form(units=["xa-khac"]))
    assert answer.status_code == 422
    assert not Notice.objects.exists()


def test_the_address_can_choose_the_communes_already(desk: Client) -> None:
    page = desk.get(f"{NEW}?unit=soc-dang&unit=khong-co").content.decode()
    assert page.count("checked") == 3  # the kind, "those chosen", and Sóc Đăng
    assert 'value="soc-dang" id="id_units_1" checked' in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": ""}, "number"),
        ({"dated": ""}, "dated"),
        ({"dated": "01/01/2999"}, "dated"),
        ({"kind": "notice"}, "number"),
        ({"subject": " "}, "subject"),
        ({"subject": "x" * 201}, "subject"),
        ({"body": ""}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"due_on": "01/01/2020"}, "due_on"),
        ({"due_on": "hôm nào"}, "due_on"),
        ({"units": []}, "units"),
        ({"to": "everybody"}, "to"),
        ({"kind": "order"}, "kind"),
    ],
)
def test_a_faulty_form_sends_nothing_and_keeps_everything_typed(
    desk: Client, change: dict[str, Any], field: str
) -> None:
    answer = desk.post(NEW, form(**change))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Notice.objects.exists()
    if field not in {"body", "units"}:
        page = answer.content.decode()
        assert "Dòng hai." in page
        assert 'value="hop-nhat" id="id_units_0" checked' in page


def test_pressing_twice_sends_once(desk: Client) -> None:
    same = form()
    first, second = desk.post(NEW, same), desk.post(NEW, same)
    assert first["Location"] == second["Location"]
    assert Notice.objects.count() == 1
    assert NoticeDelivery.objects.count() == 1


def test_the_same_form_with_other_words_is_refused(desk: Client) -> None:
    same = form()
    desk.post(NEW, same)
    answer = desk.post(NEW, same | {"subject": "Khác hẳn"})
    assert answer.status_code == 422
    assert "Khác hẳn" in answer.content.decode()
    assert Notice.objects.count() == 1


def test_line_breaks_in_the_subject_cannot_head_a_mail(desk: Client) -> None:
    desk.post(NEW, form(subject="Một\r\nBcc: ai@do.vn"))
    assert Notice.objects.get().subject == "Một Bcc: ai@do.vn"


def test_what_is_typed_is_shown_and_never_run(cast: Cast, desk: Client) -> None:
    desk.post(NEW, form(body="<script>alert(1)</script>"))
    page = desk.get(f"/thong-bao/{Notice.objects.get().pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_commune_reports_what_it_has_done_and_may_add_to_it(cast: Cast, desk: Client) -> None:
    notice = send(cast, number="1/UBND", due_on=clock.today())
    address = f"/thong-bao/{notice.pk}/bao-cao/hop-nhat/"
    officer, body = log_in(cast.officer), {"words": "Đã đếm xong 12 sổ", "intent": str(uuid4())}
    assert officer.post(address, body)["Location"] == f"/thong-bao/{notice.pk}/"
    assert officer.post(address, body).status_code == 302
    assert NoticeReport.objects.count() == 1
    log_in(cast.leader).post(address, {"words": "Thêm 2 sổ", "intent": str(uuid4())})
    page = desk.get(f"/thong-bao/{notice.pk}/").content.decode()
    assert "Đã đếm xong 12 sổ" in page
    assert "Thêm 2 sổ" in page


def test_a_report_without_words_is_refused_at_its_field(cast: Cast) -> None:
    notice = send(cast, number="1/UBND", due_on=clock.today())
    answer = log_in(cast.officer).post(f"/thong-bao/{notice.pk}/bao-cao/hop-nhat/", {"words": "  "})
    assert answer.status_code == 422
    assert not NoticeReport.objects.exists()


def test_only_who_has_not_done_their_part_is_reminded_and_once_a_day(
    cast: Cast, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = send(
        cast,
        cast.office.hop_nhat,
        cast.office.soc_dang,
        number="1/UBND",
        due_on=clock.today() + timedelta(days=9),
    )
    log_in(cast.other).post(f"/thong-bao/{notice.pk}/bao-cao/soc-dang/", {"words": "Xong"})
    log_in(cast.officer).get(f"/thong-bao/{notice.pk}/")
    remind = f"/thong-bao/{notice.pk}/nhac-lai/"
    desk.post(remind)
    assert NoticeDelivery.objects.count() == 2  # sent today: nobody is told twice on one day
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    desk.post(remind)
    desk.post(remind)
    assert NoticeDelivery.objects.filter(day=tomorrow).count() == 1
    page = log_in(cast.officer).get("/tai-khoan/").content.decode()
    assert "1 văn bản chưa đọc" in page
    log_in(cast.officer).get(f"/thong-bao/{notice.pk}/")
    assert NoticeReading.objects.filter(user=cast.officer).count() == 2


def test_of_a_notice_without_a_day_only_those_are_reminded_who_have_not_read_it(
    cast: Cast, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = send(cast, cast.office.hop_nhat, cast.office.soc_dang)
    log_in(cast.officer).get(f"/thong-bao/{notice.pk}/")
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    desk.post(f"/thong-bao/{notice.pk}/nhac-lai/")
    assert [one.address.unit for one in NoticeDelivery.objects.filter(day=tomorrow)] == [cast.office.soc_dang]


def test_withdrawing_needs_a_reason_and_happens_once(cast: Cast, desk: Client) -> None:
    notice = send(cast)
    address = f"/thong-bao/{notice.pk}/rut-lai/"
    assert desk.post(address, {"why": " "}).status_code == 422
    desk.post(address, {"why": "Nhầm số"})
    desk.post(address, {"why": "Lý do khác"})
    notice.refresh_from_db()
    assert notice.withdrawn_why == "Nhầm số"
    assert desk.post(f"/thong-bao/{notice.pk}/nhac-lai/").status_code == 302
    assert NoticeDelivery.objects.count() == 1
    refused = log_in(cast.officer).post(f"/thong-bao/{notice.pk}/bao-cao/hop-nhat/", {"words": "Xong"})
    assert refused.status_code == 422


def test_an_officer_cannot_write_remind_or_withdraw(cast: Cast) -> None:
    notice = send(cast)
    desk = log_in(cast.officer)
    assert desk.get(NEW).status_code == 403
    assert desk.post(f"/thong-bao/{notice.pk}/nhac-lai/").status_code == 403
    assert desk.post(f"/thong-bao/{notice.pk}/rut-lai/", {"why": "x"}).status_code == 403


def refused(act: Any) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def test_the_database_lets_nobody_rewrite_what_was_sent(cast: Cast) -> None:
    notice = send(cast)
    log_in(cast.officer).get(f"/thong-bao/{notice.pk}/")
    assert refused(lambda: Notice.objects.update(body="Khác"))
    assert refused(lambda: Notice.objects.update(due_on="2030-01-01"))
    assert refused(lambda: Notice.objects.filter(pk=notice.pk).delete())
    assert refused(lambda: NoticeUnit.objects.update(unit=cast.office.soc_dang))
    assert refused(lambda: NoticeUnit.objects.create(notice=notice, unit=cast.office.soc_dang))
    assert refused(lambda: NoticeReading.objects.update(user=cast.leader))
    assert refused(lambda: NoticeReading.objects.all().delete())
    assert refused(lambda: NoticeDelivery.objects.update(day="2020-01-01"))
    withdrawn = {"withdrawn_at": clock.now(), "withdrawn_by": cast.taskforce, "withdrawn_why": "Nhầm"}
    assert not refused(lambda: Notice.objects.update(**withdrawn))
    assert refused(lambda: Notice.objects.update(withdrawn_at=None, withdrawn_by=None, withdrawn_why=""))


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c626001000000ffff030000060005"
)


def picture() -> bytes:
    import io  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    file = io.BytesIO()
    Image.new("RGB", (1200, 1600), "white").save(file, "JPEG")
    return file.getvalue()


def test_the_letter_comes_along_and_is_given_out_as_a_file(cast: Cast, desk: Client) -> None:
    data = picture()
    desk.post(NEW, form(file=SimpleUploadedFile("../../x.exe", data, "application/x-msdownload")))
    notice = Notice.objects.get()
    answer = log_in(cast.officer).get(f"/thong-bao/{notice.pk}/tep/")
    assert answer.content == data
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == 'attachment; filename="12-ubnd-tp.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert log_in(cast.other).get(f"/thong-bao/{notice.pk}/tep/").status_code == 404


@pytest.mark.parametrize(
    "data",
    [
        b"MZ nothing a letter is",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7 no more",
        PNG,
        picture()[:400],
    ],
    ids=["program", "page", "broken PDF", "broken PNG", "cut JPEG"],
)
def test_a_file_that_is_no_letter_is_refused_and_nothing_typed_is_lost(desk: Client, data: bytes) -> None:
    answer = desk.post(NEW, form(file=SimpleUploadedFile("cong-van.pdf", data, "application/pdf")))
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors
    assert "Dòng hai." in answer.content.decode()
    assert not Notice.objects.exists()


def test_a_file_too_large_is_refused(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communes.notices.attachments.MOST_BYTES", 100)
    answer = desk.post(NEW, form(file=SimpleUploadedFile("cong-van.jpg", picture())))
    assert "10 MB" in answer.context["form"].errors["file"][0]


def test_where_no_commune_is_under_the_office_the_page_says_so(cast: Cast, desk: Client) -> None:
    Unit.objects.filter(level=Level.COMMUNE).update(parent=cast.office.province)
    assert "không có xã trực thuộc" in desk.get(NEW).content.decode()
    assert desk.post(NEW, form(to="all")).status_code == 422
