"""The rules every kind has: given, possible, in the time of the book, listed, plain, no fillers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from digitization.record_types.contract import Severity

from .judging import BIRTH, FACTS, ILLEGIBLE, NOT_WRITTEN, birth, chosen, day, problems, verdict


def test_the_sample_passes_every_rule() -> None:
    assert BIRTH.problems(birth(), FACTS) == []


@pytest.mark.parametrize("field", ["number", "registration_date"])
def test_c01_refuses_an_entry_without_number_or_date(field: str) -> None:
    assert verdict("C01", **{field: None}) == {field: "error"}


@pytest.mark.parametrize("absence", [NOT_WRITTEN, ILLEGIBLE])
def test_c01_only_warns_where_the_book_honestly_has_no_number(absence: dict[str, str]) -> None:
    assert verdict("C01", number=absence) == {"number": "warning"}


def test_c03_refuses_a_day_no_calendar_has() -> None:
    assert verdict("C03", child_birth_date={"written": "31/02/1998"}) == {"child_birth_date": "error"}


def test_c03_offers_the_year_that_was_meant() -> None:
    (problem,) = problems("C03", child_birth_date={"written": "01/04/5005"})
    assert "01/04/2005" in str(problem.message)


@pytest.mark.parametrize("on", ["1849-12-31", "2024-12-06", "2025"])
def test_c03_refuses_dates_before_1850_and_after_today(on: str) -> None:
    assert verdict("C03", applicant_id_issued_on=day(on)) == {"applicant_id_issued_on": "error"}


@pytest.mark.parametrize("on", ["1850", "2024", "2024-12", "2024-12-05"])
def test_c03_lets_dates_pass_that_may_be_today(on: str) -> None:
    assert verdict("C03", applicant_id_issued_on=day(on)) == {}


def test_c04_doubts_a_registration_outside_the_years_of_the_book() -> None:
    later = replace(FACTS, book_year_from=1999, book_year_to=2001)
    assert verdict("C04", later) == {"registration_date": "warning"}
    assert verdict("C04", replace(later, book_year_from=1997)) == {}


def test_c04_says_nothing_where_the_years_of_the_book_are_unknown() -> None:
    assert verdict("C04", replace(FACTS, book_year_from=None, book_year_to=None)) == {}


@pytest.mark.parametrize(
    ("registered", "severity"), [("1998-12-31", None), ("1999-01-01", "warning"), ("2000-01-01", "error")]
)
def test_c05_doubts_what_came_after_the_closing_and_refuses_it_a_year_later(
    registered: str, severity: str | None
) -> None:
    expected = {"registration_date": severity} if severity else {}
    assert verdict("C05", registration_date=day(registered)) == expected


def test_c05_cannot_tell_a_year_in_which_the_book_was_closed() -> None:
    closed_in_june = replace(FACTS, book_closed_on=date(1998, 6, 30))
    assert verdict("C05", closed_in_june, registration_date=day("1998")) == {}


@pytest.mark.parametrize("field", ["child_gender", "mother_nationality", "father_ethnicity"])
def test_c10_refuses_a_code_that_is_not_listed(field: str) -> None:
    assert verdict("C10", **{field: chosen("999")}) == {field: "error"}


def test_c10_refuses_free_words_where_a_code_must_be_chosen() -> None:
    assert verdict("C10", child_gender={"written": "trung tính"}) == {"child_gender": "error"}


def test_c10_only_warns_where_the_words_are_partly_legible() -> None:
    assert verdict("C10", child_gender={"written": "N", "uncertain": True}) == {"child_gender": "warning"}


def test_c10_refuses_words_that_contradict_the_code() -> None:
    assert verdict("C10", child_gender={"code": "1", "written": "Nữ"}) == {"child_gender": "error"}
    assert verdict("C10", child_gender={"code": "2", "written": "Nữ"}) == {}


def test_c10_takes_free_words_for_a_country_that_is_gone() -> None:
    assert verdict("C10", mother_nationality={"written": "Việt Nam Cộng hòa"}) == {}


@pytest.mark.parametrize(
    "hostile",
    [
        "<b>Hà Văn Quyết</b>",
        "Hà <script>alert(1)</script>",
        "< img src=x>",
        "&#x48;à Văn",
        "javascript:alert(1)",
        "Hà\x00Văn",
        "Hà\u202eVăn",
        "Hà\u200bVăn",
        "Hà\nVăn",
        "Ha\u0300 Van",
        "H" * 501,
        "\ud800",
    ],
)
def test_c11_refuses_hostile_text(hostile: str) -> None:
    assert verdict("C11", father_full_name=hostile) == {"father_full_name": "error"}


@pytest.mark.parametrize(
    "odd", [5, None, [], ["a"], {}, {"text": 5}, {"text": "a", "code": "1"}, {"absent": "lost"}, True]
)
def test_c11_refuses_a_value_of_unknown_shape(odd: object) -> None:
    found = BIRTH.problems({**birth(), "father_residence": odd}, FACTS)
    assert ("C11", "father_residence") in {(problem.rule, problem.field) for problem in found}


def test_c11_takes_plain_text_with_arithmetic_and_line_breaks_in_remarks() -> None:
    assert verdict("C11", remarks="Số con < 3\nĐã đối chiếu.") == {}


@pytest.mark.parametrize("filler", [".", "-", ", , ,", "không", "Ko", "NULL", "x", "…"])
def test_c20_doubts_fillers(filler: str) -> None:
    assert verdict("C20", father_residence=filler) == {"father_residence": "warning"}


@pytest.mark.parametrize("words", ["Xã Ko", "Không rõ số nhà, xã Tây Cốc", "Khu 4"])
def test_c20_leaves_real_words_alone(words: str) -> None:
    assert verdict("C20", father_residence=words) == {}


def test_c20_names_wanted_fields_left_blank_in_one_notice() -> None:
    found = BIRTH.problems(birth(page_no=None, child_home_town=None, signer_name=NOT_WRITTEN), FACTS)
    assert [(p.rule, p.severity, p.about) for p in found] == [
        ("C20", Severity.NOTICE, ("page_no", "child_home_town"))
    ]
    with override("en"):
        assert "Child: Home town" in str(found[0].message)


def test_c20_does_not_miss_the_particulars_of_a_father_nobody_names() -> None:
    fatherless = {code: None for code in BIRTH.sample if code.startswith("father_")}
    changes = {**fatherless, "birth_kind": chosen("3"), "child_full_name": "Lâm Văn Quyết"}
    assert BIRTH.problems(birth(**changes), FACTS) == []


def test_c28_wants_the_whole_of_a_registration_abroad() -> None:
    abroad = {
        "foreign_reg_no": "17",
        "foreign_reg_date": day("1997-02"),
        "foreign_authority": "Tòa thị chính",
        "foreign_country": {"code": "CZ", "written": "Cộng hòa Séc"},
    }
    assert verdict("C28", **abroad) == {}
    assert verdict("C28", **{**abroad, "foreign_authority": NOT_WRITTEN}) == {}
    assert verdict("C28", **{**abroad, "foreign_authority": None}) == {"foreign_authority": "warning"}


def test_c28_wants_the_block_where_the_entry_follows_a_registration_abroad() -> None:
    assert verdict("C28", registration_type=chosen("3")) == {"foreign_reg_no": "warning"}
    assert verdict("C28", registration_type=chosen("2")) == {}
