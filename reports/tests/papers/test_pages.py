"""The pages of papers."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from communes.models import Installation, Level, Role, Unit, User
from digitization.tests.making import LONG_AGO, make_commune, make_district, make_person
from reports.models import CampaignUnit, Paper
from reports.papers import printing
from reports.tests.making import type_in
from reports.tests.papers.conftest import Inspection

LIST = "/bien-ban/"
MAKE = "/bien-ban/lap/"


def words_of(client: Client, address: str) -> str:
    """Return the text of a page, without tags and with single blanks."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def sheet_of(client: Client, paper: Paper) -> str:
    """Return the markup of the sheet itself, without the bar above it."""
    content = client.get(reverse("reports:paper", args=[paper.pk])).content.decode()
    return content[content.index("<main") :]


def test_the_chairman_makes_a_paper_and_sees_it(inspection: Inspection, at_chairmans_desk: Client) -> None:
    response = at_chairmans_desk.post(MAKE, {"unit": "hop-nhat", "intent": uuid4()})
    made = Paper.objects.get()
    assert response["Location"] == f"/bien-ban/{made.pk}/"
    assert (made.unit, made.by) == (inspection.commune, inspection.chairman)


def test_the_heading_is_that_of_decree_30(inspection: Inspection, at_chairmans_desk: Client) -> None:
    words = words_of(at_chairmans_desk, f"/bien-ban/{inspection.freeze().pk}/")
    for part in (
        "UBND huyện Đoan Hùng",
        "Tổ công tác số hóa dữ liệu hộ tịch",
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Độc lập - Tự do - Hạnh phúc",
        "/BB-TCT",
        "Đoan Hùng, ngày 05 tháng 12 năm 2024",
        "tại Ủy ban nhân dân xã Hợp Nhất",
        "Đại diện UBND xã",
    ):
        assert part in words


def test_the_figures_stand_in_the_table(inspection: Inspection, at_chairmans_desk: Client) -> None:
    words = words_of(at_chairmans_desk, f"/bien-ban/{inspection.freeze().pk}/")
    assert "Khai sinh 60 46 26 10 14 76,6" in words
    assert "Kết hôn 9 7 0 0 2 77,7" in words
    assert "Tổng cộng 69 53 26 10 16 76,8" in words


def test_pace_and_requirement_are_sentences(inspection: Inspection, at_chairmans_desk: Client) -> None:
    words = words_of(at_chairmans_desk, f"/bien-ban/{inspection.freeze().pk}/")
    assert "Bình quân 7 ngày (đến 05/12/2024): 5 trường hợp/ngày ." in words
    assert "Để đúng hạn 15/12/2024 cần 2 trường hợp/ngày trong 10 ngày còn lại" in words
    assert "1 quyển chưa có tổng số trường hợp" in words


def test_the_foot_names_the_frozen_copy(inspection: Inspection, at_chairmans_desk: Client) -> None:
    paper = inspection.freeze()
    words = words_of(at_chairmans_desk, f"/bien-ban/{paper.pk}/")
    assert re.search(r"Số liệu chốt lúc 20:40:\d\d ngày 05/12/2024", words)
    assert f"bản chốt số {paper.pk:06}" in words
    assert paper.sha256[:4] in words
    assert "DỮ LIỆU MINH HỌA" in words


def test_only_a_demonstration_says_that_its_data_is_invented(
    inspection: Inspection, at_chairmans_desk: Client
) -> None:
    Installation.objects.update(demonstration=False)
    assert "MINH HỌA" not in sheet_of(at_chairmans_desk, inspection.freeze())


def test_the_paper_is_the_same_in_every_language_of_the_screen(
    inspection: Inspection, at_chairmans_desk: Client
) -> None:
    paper = inspection.freeze()
    vietnamese = sheet_of(at_chairmans_desk, paper)
    User.objects.filter(pk=inspection.chairman.pk).update(language="en")
    page = at_chairmans_desk.get(f"/bien-ban/{paper.pk}/").content.decode()
    assert 'lang="en"' in page
    assert page[page.index("<main") :] == vietnamese


def test_an_entry_added_afterwards_changes_nothing_on_the_page(
    inspection: Inspection, at_chairmans_desk: Client
) -> None:
    paper = inspection.freeze()
    before = sheet_of(at_chairmans_desk, paper)
    type_in(inspection.births, 3)
    assert sheet_of(at_chairmans_desk, paper) == before


@pytest.mark.parametrize("role", [Role.CHAIRMAN, Role.TASK_FORCE, Role.JUSTICE])
def test_the_district_may_make_papers(inspection: Inspection, client: Client, role: Role) -> None:
    client.force_login(make_person("somebody", role, make_district()))
    assert client.get(LIST).status_code == 200
    assert client.post(MAKE, {"unit": "hop-nhat", "intent": uuid4()}).status_code == 302


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HELPER, Role.LEADER, Role.PROVINCE, Role.ADMINISTRATOR])
def test_nobody_else_may_even_see_one(inspection: Inspection, client: Client, role: Role) -> None:
    paper = inspection.freeze()
    client.force_login(make_person("somebody", role, inspection.commune))
    for address in (LIST, f"/bien-ban/{paper.pk}/", f"/bien-ban/{paper.pk}.pdf"):
        assert client.get(address).status_code == 403
    assert client.post(MAKE, {"unit": "hop-nhat"}).status_code == 403


def test_a_stranger_is_sent_to_the_log_in_page(inspection: Inspection, client: Client) -> None:
    assert client.get(LIST)["Location"].startswith("/dang-nhap/")


def test_another_district_finds_no_such_paper(inspection: Inspection, client: Client) -> None:
    paper = inspection.freeze()
    other = Unit.objects.create(
        slug="huyen-khac", level=Level.DISTRICT, kind="huyện", name="Khác", valid_from=LONG_AGO
    )
    client.force_login(make_person("other", Role.CHAIRMAN, other))
    assert client.get(f"/bien-ban/{paper.pk}/").status_code == 404
    assert client.get(f"/bien-ban/{paper.pk}.pdf").status_code == 404
    assert client.post(MAKE, {"unit": "hop-nhat"}).status_code == 404
    assert "Hợp Nhất" not in client.get(LIST).content.decode()


def test_a_commune_outside_of_the_campaign_cannot_be_chosen(
    inspection: Inspection, at_chairmans_desk: Client
) -> None:
    make_commune("Sóc Đăng", "soc-dang")
    assert "soc-dang" not in at_chairmans_desk.get(LIST).content.decode()
    assert at_chairmans_desk.post(MAKE, {"unit": "soc-dang"}).status_code == 404
    assert at_chairmans_desk.post(MAKE, {"unit": "huyen-doan-hung"}).status_code == 404


def test_sending_the_form_twice_makes_one_paper(inspection: Inspection, at_chairmans_desk: Client) -> None:
    form = {"unit": "hop-nhat", "intent": uuid4()}
    first = at_chairmans_desk.post(MAKE, form)["Location"]
    assert at_chairmans_desk.post(MAKE, form)["Location"] == first
    assert Paper.objects.count() == 1


def test_the_same_form_with_another_commune_is_refused_in_words(
    inspection: Inspection, at_chairmans_desk: Client
) -> None:
    other, intent = make_commune("Sóc Đăng", "soc-dang"), uuid4()
    CampaignUnit.objects.create(campaign=inspection.campaign, unit=other)
    at_chairmans_desk.post(MAKE, {"unit": "hop-nhat", "intent": intent})
    response = at_chairmans_desk.post(MAKE, {"unit": "soc-dang", "intent": intent}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "notice-error" in response.content.decode()
    assert Paper.objects.count() == 1


def test_no_commune_chosen_makes_no_paper(inspection: Inspection, at_chairmans_desk: Client) -> None:
    response = at_chairmans_desk.post(MAKE, {"unit": ""}, follow=True)
    assert "notice-error" in response.content.decode()
    assert not Paper.objects.exists()


def test_the_list_shows_the_newest_first_and_chooses_the_commune_asked_for(
    inspection: Inspection, at_chairmans_desk: Client
) -> None:
    first, second = inspection.freeze(), inspection.freeze()
    page = at_chairmans_desk.get(f"{LIST}?unit=hop-nhat").content.decode()
    assert page.index(f"{second.pk:06}") < page.index(f"{first.pk:06}")
    assert '<option value="hop-nhat" selected>' in page


def test_without_a_campaign_the_page_says_so(db: None, client: Client, evening: datetime) -> None:
    client.force_login(make_person("chairman", Role.CHAIRMAN, make_district()))
    page = client.get(LIST).content.decode()
    assert "<select" not in page
    assert client.post(MAKE, {"unit": "hop-nhat"}).status_code == 404


def test_the_list_asks_as_few_questions_for_thirty_papers_as_for_one(
    inspection: Inspection, at_chairmans_desk: Client, django_assert_max_num_queries: object
) -> None:
    for _ in range(30):
        inspection.freeze()
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        at_chairmans_desk.get(LIST)


def test_figures_that_no_longer_match_their_fingerprint_are_not_printed(
    inspection: Inspection, at_chairmans_desk: Client
) -> None:
    paper = inspection.freeze()
    forged = Paper.objects.create(
        campaign=paper.campaign,
        unit=paper.unit,
        by=paper.by,
        frozen_at=paper.frozen_at,
        definition_version=paper.definition_version,
        figures=paper.figures | {"all": paper.figures["all"] | {"digitized": 69}},
        sha256=paper.sha256,
        intent=uuid4(),
    )
    for address in (f"/bien-ban/{forged.pk}/", f"/bien-ban/{forged.pk}.pdf"):
        response = at_chairmans_desk.get(address)
        assert response.status_code == 500
        assert "Khai sinh" not in response.content.decode()


def test_there_is_no_paper_under_a_number_nobody_used(at_chairmans_desk: Client) -> None:
    assert at_chairmans_desk.get("/bien-ban/999999/").status_code == 404
    assert at_chairmans_desk.get("/bien-ban/99999999999999999999.pdf").status_code == 404


def test_names_that_look_like_markup_stay_text(inspection: Inspection, at_chairmans_desk: Client) -> None:
    hostile = "<img src=http://127.0.0.1/x>"
    User.objects.filter(pk=inspection.chairman.pk).update(name=hostile)
    Unit.objects.filter(pk=inspection.commune.pk).update(name=hostile)
    inspection.chairman.refresh_from_db()
    inspection.commune.refresh_from_db()
    paper = inspection.freeze()
    for address in (LIST, f"/bien-ban/{paper.pk}/"):
        page = at_chairmans_desk.get(address).content.decode()
        assert hostile not in page
        assert "&lt;img src=" in page


def test_without_pango_the_page_says_so_and_the_pdf_answers_with_words(
    inspection: Inspection, at_chairmans_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = inspection.freeze()
    monkeypatch.setattr(printing, "_maker", lambda: None)
    page = at_chairmans_desk.get(f"/bien-ban/{paper.pk}/")
    assert page.status_code == 200
    assert f"/bien-ban/{paper.pk}.pdf" not in page.content.decode()
    refused = at_chairmans_desk.get(f"/bien-ban/{paper.pk}.pdf")
    assert refused.status_code == 503
    assert f"/bien-ban/{paper.pk}/" in refused.content.decode()
