"""The entry desk behind the page: drafts kept by themselves, what is carried on, and saving without another page."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from digitization.entry.carrying import start_of
from digitization.models import DeskChoice, Draft, Record
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from digitization.tests.making import make_book, make_entry, make_record

pytestmark = pytest.mark.django_db

BEHIND_THE_PAGE = {"HX-Request": "true"}


@pytest.fixture
def lan(cast: Any, client: Client) -> Client:
    """The browser of Lan, officer of Sóc Đăng."""
    client.force_login(cast.lan)
    return client


def at(route: str, pk: int) -> str:
    return reverse(f"digitization:{route}", args=[pk])


def whole_entry(book: Any, number: int | str = 7, **changes: str) -> dict[str, Any]:
    raw = write(BY_CODE[book.kind], make_entry(book, number))
    return {**raw, "intent": str(uuid4()), "then": "next"} | changes


def window() -> dict[str, str]:
    return {"window": uuid4().hex}


# -- drafts ---------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_and_says_when(cast: Any, lan: Client) -> None:
    form = {"intent": str(uuid4()), "child_full_name": "Hà Văn Q", **window()}
    answer = lan.post(at("keep", cast.book.pk), form)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", answer.json()["at"])
    lan.post(at("keep", cast.book.pk), form | {"child_full_name": "Hà Văn Quyết"})
    draft = Draft.objects.get()
    assert (draft.owner, draft.typed) == (cast.lan, {"child_full_name": "Hà Văn Quyết"})
    assert not Record.objects.exists()


def test_a_draft_is_offered_where_it_was_left(cast: Any, lan: Client) -> None:
    lan.post(at("keep", cast.book.pk), {"intent": str(uuid4()), "number": "88", **window()})
    page = lan.get(at("enter", cast.book.pk)).content.decode()
    assert at("resume", Draft.objects.get().pk) in page


def test_two_windows_of_one_person_never_write_over_each_other(cast: Any, lan: Client) -> None:
    record = make_record(cast.book, cast.lan)
    keep, first, second = at("keep_correction", record.pk), window(), window()
    assert lan.post(keep, {"remarks": "một", **first}).status_code == 200
    refused = lan.post(keep, {"remarks": "hai", **second})
    assert refused.status_code == 409
    assert "cửa sổ khác" in refused.json()["detail"]
    assert Draft.objects.get().typed == {"remarks": "một"}
    taken = lan.post(keep, {"remarks": "hai", **second, "found": refused.json()["window"]})
    assert taken.status_code == 200
    assert lan.post(keep, {"remarks": "một, thêm", **first}).status_code == 409
    assert Draft.objects.get().typed == {"remarks": "hai"}


def test_a_draft_opened_again_goes_on_from_there(cast: Any, lan: Client) -> None:
    lan.post(at("keep", cast.book.pk), {"intent": str(uuid4()), "remarks": "một", **window()})
    draft = Draft.objects.get()
    page = lan.get(at("resume", draft.pk)).content.decode()
    found = re.search(r'data-found="([^"]+)"', page)
    assert found
    again = {"intent": str(draft.intent), "remarks": "một hai", **window(), "found": found[1]}
    assert lan.post(at("keep", cast.book.pk), again).status_code == 200
    assert Draft.objects.get().typed == {"remarks": "một hai"}


def test_what_comes_after_the_save_brings_no_draft_back(cast: Any, lan: Client) -> None:
    form = whole_entry(cast.book)
    assert lan.post(at("enter", cast.book.pk), form, headers=BEHIND_THE_PAGE).status_code == 200
    late = lan.post(at("keep", cast.book.pk), form | window())
    assert late.json() == {"saved": True}
    assert not Draft.objects.exists()


@pytest.mark.parametrize("spoilt", [{}, {"window": "x"}, {"window": "../..", "found": "đ"}])
def test_a_spoilt_mark_of_a_window_is_a_new_window(cast: Any, lan: Client, spoilt: dict[str, str]) -> None:
    assert lan.post(at("keep", cast.book.pk), {"intent": str(uuid4()), **spoilt}).status_code == 200


@pytest.mark.parametrize("route", ["keep", "carry", "before"])
def test_another_commune_s_desk_is_not_there(cast: Any, lan: Client, route: str) -> None:
    address = at(route, make_book(cast.hop_nhat).pk)
    answer = lan.get(address) if route == "before" else lan.post(address)
    assert answer.status_code == 404


def test_who_was_logged_out_is_told_and_nothing_is_kept(cast: Any, client: Client) -> None:
    answer = client.post(at("keep", cast.book.pk), {"remarks": "một"}, headers=BEHIND_THE_PAGE)
    assert answer.status_code == 401
    assert not Draft.objects.exists()


def test_a_date_is_written_out_to_be_compared_with_the_book(cast: Any, lan: Client) -> None:
    form = {"intent": str(uuid4()), "child_birth_date": "20/4/1998", **window()}
    words = {"child_birth_date_words": "Ngày hai mươi tháng tư năm một nghìn chín trăm chín mươi tám"}
    assert lan.post(at("keep", cast.book.pk), form).json()["words"] == words
    for typed in (words, {"child_birth_date": "1998"}, {"child_birth_date": "31/2/1998"}):
        assert lan.post(at("keep", cast.book.pk), form | typed).json()["words"] == {}


# -- saving ---------------------------------------------------------------------------------------------


def test_an_entry_is_saved_behind_the_page_and_the_next_one_begins(cast: Any, lan: Client) -> None:
    answer = lan.post(at("enter", cast.book.pk), whole_entry(cast.book, 46), headers=BEHIND_THE_PAGE)
    told, record = answer.json(), Record.objects.get()
    assert told["saved"]["number"] == "46/1998"
    assert told["saved"]["address"] == at("record", record.pk)
    assert told["follows"]["number"] == "47"
    assert len(answer.content) < 3_000


def test_the_same_entry_sent_twice_behind_the_page_is_one(cast: Any, lan: Client) -> None:
    form = whole_entry(cast.book)
    answers = [lan.post(at("enter", cast.book.pk), form, headers=BEHIND_THE_PAGE).json() for _ in range(2)]
    assert Record.objects.count() == 1
    assert answers[0]["saved"]["address"] == answers[1]["saved"]["address"]


def test_saving_to_look_at_the_entry_says_where_it_is(cast: Any, lan: Client) -> None:
    form = whole_entry(cast.book, then="open")
    told = lan.post(at("enter", cast.book.pk), form, headers=BEHIND_THE_PAGE).json()
    assert told == {"go": at("record", Record.objects.get().pk)}


def test_a_question_of_the_checks_comes_alone(cast: Any, lan: Client) -> None:
    form = whole_entry(cast.book, child_full_name="HÀ 4 QUYẾT")
    answer = lan.post(at("enter", cast.book.pk), form, headers=BEHIND_THE_PAGE)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="child_full_name_said"' in page
    assert 'id="answers"' in page
    assert "<html" not in page
    assert 'name="child_full_name"' not in page
    assert len(answer.content) < 3_000


# -- carrying on ------------------------------------------------------------------------------------------


def test_the_signer_is_carried_on_and_marked(cast: Any, lan: Client) -> None:
    lan.post(
        at("enter", cast.book.pk), whole_entry(cast.book, signer_name="Đỗ Văn Kiểm"), headers=BEHIND_THE_PAGE
    )
    page = lan.get(at("enter", cast.book.pk)).content.decode()
    line = re.search(r'<div class="([^"]*)" id="signer_name_field".*?value="([^"]*)"', page, re.DOTALL)
    assert line
    assert "is-carried" in line[1]
    assert line[2] == "Đỗ Văn Kiểm"
    assert re.search(r'name="child_full_name" value=""', page)


def test_a_person_chooses_what_is_carried_in_a_book(cast: Any, lan: Client) -> None:
    make_record(cast.book, cast.lan, registration_date={"on": "1998-05-12", "written": "12/5/1998"})
    carry = at("carry", cast.book.pk)
    lan.post(carry, {"field": "registration_date", "on": "1"})
    lan.post(carry, {"field": "signer_name", "on": "0"})
    lan.post(carry, {"field": "no_such_field", "on": "1"})
    start = start_of(cast.book, cast.lan)
    assert start.raw["registration_date"] == "12/5/1998"
    assert "signer_name" not in start.raw
    assert set(DeskChoice.objects.get().carried) == {
        "registration_date",
        "registration_place",
        "signer_position",
        "recorder_name",
    }
    assert "signer_name" in start_of(cast.book, cast.mai).kept


def test_a_doubt_is_never_carried_on(cast: Any, lan: Client) -> None:
    form = whole_entry(cast.book, signer_name="Đỗ V[…]", signer_name__state="uncertain")
    lan.post(at("enter", cast.book.pk), form, headers=BEHIND_THE_PAGE)
    assert Record.objects.exists()
    assert "signer_name" not in start_of(cast.book, cast.lan).raw


def test_the_page_moves_on_once_it_is_full(cast: Any, lan: Client) -> None:
    for number, page in ((1, "3"), (2, "4")):
        make_record(cast.book, cast.lan, number, page_no=page)
    assert cast.book.per_page == 2
    assert start_of(cast.book, cast.lan).raw["page_no"] == "4"
    make_record(cast.book, cast.lan, 3, page_no="4")
    assert start_of(cast.book, cast.lan).raw["page_no"] == "5"
    make_record(cast.book, cast.lan, 4, page_no="bìa sau")
    assert start_of(cast.book, cast.lan).raw["page_no"] == ""


def test_a_field_can_be_copied_from_one_s_own_entry_before(cast: Any, lan: Client) -> None:
    make_record(cast.book, cast.lan, 1, child_full_name="Hà Văn Quyết")
    make_record(cast.book, cast.tu, 2, child_full_name="Lâm Thị Nhàn")
    assert lan.get(at("before", cast.book.pk)).json()["child_full_name"] == "Hà Văn Quyết"


# -- words suggested ----------------------------------------------------------------------------------------


def suggested(browser: Client, book: Any, field: str, typed: str) -> list[str]:
    answer = browser.post(at("suggest", book.pk), {"field": field, "typed": typed})
    words: list[str] = answer.json()["words"]
    return words


def test_signers_are_suggested_without_diacritics_the_most_usual_of_the_book_first(
    cast: Any, lan: Client
) -> None:
    for name in ("Đỗ Văn Kiểm", "Đỗ Văn Kiên", "Đỗ Văn Kiểm", "Trần Văn Đỗ"):
        make_record(cast.book, cast.lan, signer_name=name)
    other = make_book(cast.soc_dang, year=1999)
    for _ in range(3):
        make_record(other, cast.lan, signer_name="Đỗ Văn Kiến")
    assert suggested(lan, cast.book, "signer_name", "do v") == ["Đỗ Văn Kiểm", "Đỗ Văn Kiên", "Đỗ Văn Kiến"]


def test_hamlets_are_suggested_from_the_content(cast: Any, lan: Client) -> None:
    make_record(cast.book, cast.lan, mother_residence="Khu 4, xã Sóc Đăng")
    assert suggested(lan, cast.book, "mother_residence", "khu") == ["Khu 4, xã Sóc Đăng"]


@pytest.mark.parametrize("field", ["child_full_name", "mother_full_name", "number", "no_such_field", ""])
def test_persons_are_never_suggested(cast: Any, lan: Client, field: str) -> None:
    make_record(cast.book, cast.lan, child_full_name="Hà Văn Quyết", mother_full_name="Hà Thị Nhàn")
    assert suggested(lan, cast.book, field, "ha") == []


def test_nobody_is_suggested_the_words_of_another_commune_or_of_others_than_they_see(
    cast: Any, lan: Client, client: Client
) -> None:
    make_record(make_book(cast.hop_nhat), cast.minh, signer_name="Đỗ Văn Kiểm")
    assert suggested(lan, cast.book, "signer_name", "do") == []
    make_record(cast.book, cast.lan, signer_name="Đỗ Văn Kiểm")
    client.force_login(cast.tu)
    assert suggested(client, cast.book, "signer_name", "do") == []


@pytest.mark.parametrize("typed", ["%", "_%", "d", "\\", "'"])
def test_signs_and_single_letters_suggest_nothing(cast: Any, lan: Client, typed: str) -> None:
    make_record(cast.book, cast.lan, signer_name="Đỗ Văn Kiểm")
    assert suggested(lan, cast.book, "signer_name", typed) == []


def test_words_of_which_somebody_was_unsure_are_not_suggested(cast: Any, lan: Client) -> None:
    unsure = {"text": "Khu 4", "uncertain": True}
    make_record(cast.book, cast.lan, mother_residence=unsure, signer_name={"text": "Đỗ V", "uncertain": True})
    assert suggested(lan, cast.book, "mother_residence", "khu") == []
    assert suggested(lan, cast.book, "signer_name", "do") == []
