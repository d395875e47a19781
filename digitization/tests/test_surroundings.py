"""What the entries around an entry tell about it, asked of the database for one entry and for a whole set."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from communes.models import Role
from digitization import findings, workflow
from digitization.entry_rows import as_columns, as_entry
from digitization.facts import facts_among, facts_for
from digitization.models import Book, Finding, Record, Standing, Status
from digitization.record_types import BY_CODE
from digitization.surroundings import Placed
from digitization.tests.making import (
    make_book,
    make_commune,
    make_district,
    make_entry,
    make_person,
    make_record,
    move,
)
from digitization.tests.record_types.judging import NOT_WRITTEN, chosen, day
from digitization.tests.test_entry_pages import typed
from digitization.verbs import NotAllowedNow

pytestmark = pytest.mark.django_db


def said(book: Book, number: int | str, rule: str, *, record: int = 0, **changes: Any) -> list[str]:
    """Return what a rule says of an entry of the book that is not stored."""
    kind, entry = BY_CODE[book.kind], make_entry(book, number, **changes)
    facts = facts_for(book, as_columns(kind, book, entry), record=record)
    return [str(problem.message) for problem in kind.said(entry, facts) if problem.rule == rule]


def open_rules(record: Record) -> set[str]:
    """Return the rules with an open question about an entry."""
    return set(record.findings.filter(accepted_by__isnull=True).values_list("rule", flat=True))


# -- C07 ----------------------------------------------------------------------------------------------------
def test_a_page_left_standing_is_asked_about_where_the_book_has_one_entry_a_page(cast: Any) -> None:
    book = make_book(cast.soc_dang, per_page=1)
    make_record(book, cast.lan, 23, page_no="012")
    assert "23" in said(book, 24, "C07", page_no="12")[0]
    assert said(book, 24, "C07", page_no="13") == []


def test_two_entries_of_a_page_are_usual_in_other_books(cast: Any) -> None:
    make_record(cast.book, cast.lan, 23, page_no="12")
    assert said(cast.book, 24, "C07", page_no="12") == []


def test_an_entry_withdrawn_leaves_its_page_free(cast: Any) -> None:
    book = make_book(cast.soc_dang, per_page=1)
    record = make_record(book, cast.lan, 23, page_no="12")
    Record.objects.filter(pk=record.pk).update(standing=Standing.WITHDRAWN)
    assert said(book, 24, "C07", page_no="12") == []


# -- C08 ----------------------------------------------------------------------------------------------------
def test_a_number_registered_long_before_the_one_before_it_is_asked_about(cast: Any) -> None:
    make_record(cast.book, cast.lan, 20, registration_date=day("1998-06-13"))
    assert "20" in said(cast.book, 24, "C08", registration_date=day("1998-05-12"))[0]
    assert said(cast.book, 24, "C08", registration_date=day("1998-05-13")) == []


def test_a_number_registered_long_after_the_one_behind_it_is_asked_about(cast: Any) -> None:
    make_record(cast.book, cast.lan, 30, registration_date=day("1998-04-25"))
    assert "30" in said(cast.book, 24, "C08", registration_date=day("1998-05-27"))[0]


def test_only_the_nearest_numbers_of_the_same_year_are_compared(cast: Any) -> None:
    make_record(cast.book, cast.lan, 20, registration_date=day("1998-12-20"))
    make_record(cast.book, cast.lan, 23, registration_date=day("1998-05-02"))
    assert said(cast.book, 24, "C08", registration_date=day("1998-05-12")) == []
    assert said(cast.book, 1, "C08", registration_date=day("1999-01-05")) == []


def test_a_year_alone_is_no_reason_to_doubt_the_order(cast: Any) -> None:
    make_record(cast.book, cast.lan, 20, registration_date=day("1998-12-20"))
    assert said(cast.book, 24, "C08", registration_date=day("1998")) == []


# -- C22 ----------------------------------------------------------------------------------------------------
def test_the_first_name_of_all_has_no_measure(cast: Any) -> None:
    assert said(cast.book, 24, "C22", signer_name="Đỗ Văn Kiểm") == []


def test_a_name_like_a_known_one_is_asked_about_with_that_one(cast: Any) -> None:
    make_record(cast.book, cast.lan, 23, signer_name="Đỗ Văn Kiểm")
    assert "Đỗ Văn Kiểm" in said(cast.book, 24, "C22", signer_name="Đỗ Văn Kiên")[0]
    assert said(cast.book, 24, "C22", signer_name="ĐỖ VĂN KIỂM") == []


def test_a_new_name_is_confirmed_once_and_known_from_then_on(cast: Any) -> None:
    make_record(cast.book, cast.lan, 23, signer_name="Đỗ Văn Kiểm")
    first = make_record(cast.book, cast.lan, 24, signer_name="Cao Thị Nhẫn")
    assert said(cast.book, 25, "C22", signer_name="Cao Thị Nhẫn"), "nobody has confirmed the name yet"
    findings.accept(
        by=cast.lan,
        record=first,
        version=first.version,
        rule="C22",
        field="signer_name",
        note="",
        intent=uuid4(),
    )
    assert said(cast.book, 25, "C22", signer_name="Cao Thị Nhẫn") == []


def test_who_signed_two_years_before_is_new_again(cast: Any) -> None:
    make_record(cast.book, cast.lan, 23, signer_name="Cao Thị Nhẫn")
    book = make_book(cast.soc_dang, year=2000)
    make_record(book, cast.lan, 1, signer_name="Đỗ Văn Kiểm", registration_date=day("2000-05-12"))
    assert said(book, 2, "C22", signer_name="Cao Thị Nhẫn", registration_date=day("2000-06-12"))
    assert (
        said(
            make_book(cast.soc_dang, year=1999),
            2,
            "C22",
            signer_name="Cao Thị Nhẫn",
            registration_date=day("1999-06-12"),
        )
        == []
    )


def test_another_commune_has_its_own_signers(cast: Any) -> None:
    make_record(cast.book, cast.lan, 23, signer_name="Đỗ Văn Kiểm")
    assert said(make_book(cast.hop_nhat), 24, "C22", signer_name="Cao Thị Nhẫn") == []


# -- KS9, KH5, KT6 --------------------------------------------------------------------------------------------
def test_a_child_registered_in_the_unit_is_told_of(cast: Any) -> None:
    make_record(cast.book, cast.lan, 23)
    assert "Đơn vị có trường hợp khác" in said(cast.book, 24, "KS9")[0]
    assert said(cast.book, 24, "KS9", mother_full_name="Đinh Thị Hạ") == []
    assert said(cast.book, 24, "KS9", child_birth_date=day("1998-04-21")) == []


def test_of_a_child_of_another_commune_nothing_is_told_but_that_there_is_one(cast: Any) -> None:
    make_record(make_book(cast.hop_nhat), cast.minh, 77, remarks="Ghi chú riêng")
    (told,) = said(cast.book, 24, "KS9")
    assert "Phòng Tư pháp" in told
    assert not {"77", "Hợp Nhất", "Ghi chú riêng"} & set(told.replace(":", " ").split())


def test_a_year_of_birth_needs_the_mother_to_say_who_it_is(cast: Any) -> None:
    year: dict[str, Any] = {"child_birth_date": day("1998"), "child_birth_date_words": None}
    make_record(cast.book, cast.lan, 23, **year)
    assert said(cast.book, 24, "KS9", **year)
    assert said(cast.book, 24, "KS9", **year, mother_full_name=NOT_WRITTEN) == []


def test_many_namesakes_of_another_district_hide_none_of_this_one(cast: Any) -> None:
    elsewhere = make_commune("Tiên Kiên", "tien-kien", parent=make_district("Lâm Thao", "huyen-lam-thao"))
    away = make_book(elsewhere)
    clerk = make_person("officer-of-tien-kien", Role.OFFICER, elsewhere)
    for number in range(1, 22):
        make_record(away, clerk, number)
    assert said(cast.book, 24, "KS9") == []
    make_record(cast.book, cast.lan, 23)
    assert said(cast.book, 24, "KS9")


def test_a_duplicate_is_no_second_birth(cast: Any) -> None:
    first, second = make_record(cast.book, cast.lan, 23), make_record(cast.book, cast.lan, 24)
    Record.objects.filter(pk=second.pk).update(standing=Standing.DUPLICATE, duplicate_of=first)
    assert said(cast.book, 23, "KS9", record=first.pk) == []


@pytest.fixture
def marriages(cast: Any) -> Book:
    return make_book(cast.soc_dang, kind="KH", year=2004)


OF_AGE: dict[str, Any] = {"registration_date": day("2010-03-08"), "wife_full_name": "Đinh Thị Hạ"}


def test_who_is_married_and_marries_again_is_asked_about(cast: Any, marriages: Book) -> None:
    make_record(marriages, cast.lan, 15)
    assert said(marriages, 20, "KH5", **OF_AGE)
    assert said(marriages, 20, "KH5", **OF_AGE, husband_birth_date=day("1979")) == [], (
        "two of a name and year"
    )


@pytest.mark.parametrize(
    "note",
    [
        {"marriage_status": chosen("1"), "annulment_noted_on": day("2009-01-05"), "annulment_basis": "QĐ 4"},
        {"remarks": "Vợ đã chết ngày 3/4/2008"},
    ],
)
def test_a_marriage_noted_as_ended_stands_against_no_other(
    cast: Any, marriages: Book, note: dict[str, Any]
) -> None:
    make_record(marriages, cast.lan, 15, **note)
    assert said(marriages, 20, "KH5", **OF_AGE) == []


def test_a_note_that_is_stated_to_be_absent_ends_no_marriage(cast: Any, marriages: Book) -> None:
    absent = {"absent": "not_written"}
    make_record(marriages, cast.lan, 15, annulment_noted_on=absent)
    assert said(marriages, 20, "KH5", **OF_AGE)
    assert said(marriages, 20, "KH5", **OF_AGE, annulment_noted_on=absent)


def test_an_illegible_note_may_be_the_end_of_a_marriage(cast: Any, marriages: Book) -> None:
    make_record(marriages, cast.lan, 15, annulment_noted_on={"absent": "illegible"})
    assert said(marriages, 20, "KH5", **OF_AGE) == []


def test_it_is_the_earlier_marriage_that_must_have_ended(cast: Any, marriages: Book) -> None:
    make_record(marriages, cast.lan, 15, registration_date=day("2010-03-08"), wife_full_name="Đinh Thị Hạ")
    ended: dict[str, Any] = {"remarks": "Đã ly hôn theo bản án số 3/2009"}
    assert said(marriages, 20, "KH5")
    assert said(marriages, 20, "KH5", **ended) == []


def test_a_couple_is_asked_about_unless_it_is_registered_again(cast: Any, marriages: Book) -> None:
    make_record(marriages, cast.lan, 15)
    assert "chính đôi vợ chồng này" in said(marriages, 20, "KH5")[0]
    assert said(marriages, 20, "KH5", registration_type=chosen("2")) == []


def test_a_death_is_told_of_while_the_birth_has_no_note(cast: Any) -> None:
    birth = make_record(cast.book, cast.lan, 23)
    deaths = make_book(cast.soc_dang, kind="KT", year=2011)
    died: dict[str, Any] = {"deceased_full_name": "Hà Văn Quyết", "deceased_birth_date": day("1998-04-20")}
    assert said(deaths, 1, "KT6", **died)
    Record.objects.filter(pk=birth.pk).update(remarks="Đã đăng ký khai tử số 1/2011")
    assert said(deaths, 1, "KT6", **died) == []


# -- whole sets -----------------------------------------------------------------------------------------------
def placed(book: Book, number: int, **changes: Any) -> Placed:
    entry = make_entry(book, number, **changes)
    return Placed(book=book, columns=as_columns(BY_CODE[book.kind], book, entry))


def test_rows_of_a_sheet_are_compared_with_each_other(cast: Any) -> None:
    rows = [
        placed(cast.book, 1, registration_date=day("1998-05-12")),
        placed(cast.book, 2, registration_date=day("1998-01-12")),
        placed(cast.book, 3, signer_name="Cao Thị Nhẫn"),
        placed(cast.book, 4, child_full_name="Hà Thị Quyên"),
    ]
    found = [facts.others for facts in facts_among(rows)]
    assert found[1].before
    assert found[1].before.number == "1"
    assert found[0].before is None
    assert set(found[0].signers) == {"do van kiem"}, "a name one row has is not known"
    assert [len(others.births) for others in found] == [2, 2, 2, 0]


def test_a_set_of_any_size_asks_the_database_equally_often(cast: Any, django_assert_num_queries: Any) -> None:
    make_record(cast.book, cast.lan, 500)
    for size in (1, 40):
        rows = [placed(cast.book, number) for number in range(1, size + 1)]
        with django_assert_num_queries(4):
            facts_among(rows)


# -- what other entries settle ----------------------------------------------------------------------------------
def test_a_question_that_another_correction_settled_does_not_stop_the_approval(cast: Any) -> None:
    wrong = make_record(cast.book, cast.lan, 20, registration_date=day("1998-12-20"))
    record = make_record(cast.book, cast.lan, 24)
    assert open_rules(record) == {"C08"}
    workflow.check(by=cast.mai, picked={record.pk: record.version}, intent=uuid4())
    record.refresh_from_db()
    with pytest.raises(NotAllowedNow):
        workflow.approve(by=cast.binh, picked={record.pk: record.version}, intent=uuid4())
    workflow.correct(
        by=cast.lan,
        record=wrong,
        version=wrong.version,
        entry=make_entry(cast.book, 20, registration_date=day("1998-05-02")),
        intent=uuid4(),
    )
    workflow.approve(by=cast.binh, picked={record.pk: record.version}, intent=uuid4())
    record.refresh_from_db()
    assert (record.status, record.open_warnings) == (Status.APPROVED, 0)
    assert not Finding.objects.filter(record=record).exists()


def test_other_open_questions_still_stop_it(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 24, mother_full_name="Lâm 4 Nhàn")
    workflow.check(by=cast.mai, picked={record.pk: record.version}, intent=uuid4())
    record.refresh_from_db()
    with pytest.raises(NotAllowedNow):
        workflow.approve(by=cast.binh, picked={record.pk: record.version}, intent=uuid4())
    assert as_entry(record)["mother_full_name"] == "Lâm 4 Nhàn"


def test_an_approved_entry_is_checked_against_nothing_of_itself(cast: Any) -> None:
    record = move(make_record(cast.book, cast.lan, 24), Status.APPROVED, checker=cast.mai, leader=cast.binh)
    assert said(cast.book, 24, "KS9", record=record.pk) == []


def test_a_form_sent_twice_is_not_held_against_itself(cast: Any) -> None:
    book = make_book(cast.soc_dang, kind="KH", year=2004, per_page=1)
    client = Client()
    client.force_login(cast.lan)
    form, address = typed(book, 15), reverse("digitization:enter", args=[book.pk])
    answers = [client.post(address, form) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Record.objects.get().open_warnings == 0


def test_one_child_on_every_row_of_a_sheet_is_not_compared_with_all_of_them(cast: Any) -> None:
    make_record(cast.book, cast.lan, 900)
    rows = [placed(cast.book, number) for number in range(1, 61)]
    found = [facts.others for facts in facts_among(rows)]
    assert max(len(others.births) for others in found) <= 21
    assert min(len(others.births) for others in found) > 1
