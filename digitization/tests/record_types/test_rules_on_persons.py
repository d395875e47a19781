"""Names, identity papers and origin of everybody an entry names."""

from __future__ import annotations

from typing import Any

import pytest

from .judging import BIRTH, FACTS, birth, chosen, day, verdict

PEOPLE = ["child", "mother", "father", "applicant"]


@pytest.mark.parametrize("person", PEOPLE)
def test_c12_doubts_symbols_in_the_name_of_anybody(person: str) -> None:
    field = f"{person}_full_name"
    assert verdict("C12", **{field: "Hà Văn Quyết 2"}) == {field: "warning"}


@pytest.mark.parametrize("person", PEOPLE)
def test_c12_refuses_a_number_for_a_name(person: str) -> None:
    field = f"{person}_full_name"
    assert verdict("C12", **{field: "131 234 567"}) == {field: "error"}


@pytest.mark.parametrize(
    "name", ["Hà Văn V[…]", "H'Bia Niê", "Kpă Y-Lan", "Nguyễn V. (Tý)", "Ivo O\u2019Neil"]
)
def test_c12_knows_the_marks_names_have(name: str) -> None:
    assert verdict("C12", father_full_name=name) == {}


@pytest.mark.parametrize("name", ["Quyết", "hà văn quyết", "Hà " + "Văn " * 15 + "Quyết"])
def test_c13_doubts_names_that_are_short_long_or_without_capitals(name: str) -> None:
    assert verdict("C13", mother_full_name=name) == {"mother_full_name": "warning"}


@pytest.mark.parametrize("name", ["HÀ VĂN QUYẾT", "Hà Quyết"])
def test_c13_lets_ordinary_names_pass(name: str) -> None:
    assert verdict("C13", mother_full_name=name) == {}


@pytest.mark.parametrize("field", ["child_personal_id", "mother_personal_id", "father_personal_id"])
def test_c14_wants_twelve_digits(field: str) -> None:
    assert verdict("C14", **{field: "02509800101"}) == {field: "error"}
    assert verdict("C14", **{field: "025098001010"}) == {}


def test_c14_wants_twelve_digits_of_a_citizen_card() -> None:
    card = {"applicant_id_type": chosen("4")}
    assert verdict("C14", **card, applicant_id_no="131234567") == {"applicant_id_no": "error"}
    assert verdict("C14", **card, applicant_id_no="025 072 001 010") == {}


def test_c14_only_warns_where_digits_cannot_be_read() -> None:
    partly = {"text": "0250980?", "uncertain": True}
    assert verdict("C14", child_personal_id=partly) == {"child_personal_id": "warning"}


@pytest.mark.parametrize(
    ("number", "why"),
    [("003098001010", "no such province"), ("025198001010", "a woman's"), ("025099001010", "born in 1999")],
)
def test_c15_doubts_a_number_that_disagrees_with_the_child(number: str, why: str) -> None:
    assert verdict("C15", child_personal_id=number) == {"child_personal_id": "warning"}, why


def test_c15_agrees_with_a_boy_of_1998_and_a_woman_of_1975() -> None:
    assert verdict("C15", child_personal_id="025098001010", mother_personal_id="025175001010") == {}
    assert verdict("C15", mother_personal_id="025075001010") == {"mother_personal_id": "warning"}


def test_c15_judges_an_applicant_by_the_parent_of_the_same_name() -> None:
    card: dict[str, Any] = {"applicant_id_type": chosen("4")}
    assert verdict("C15", **card, applicant_id_no="025072001010") == {}
    assert verdict("C15", **card, applicant_id_no="025082001010") == {"applicant_id_no": "warning"}


@pytest.mark.parametrize(
    ("kind", "number", "fits"),
    [
        ("1", "131234567", True),
        ("1", "131 234 567", True),
        ("1", "025072001010", True),
        ("1", "13123456", False),
        ("2", "B1234567", True),
        ("2", "1234567", False),
        ("5", "HV 12/88", True),
    ],
)
def test_c16_knows_the_shape_of_papers(kind: str, number: str, fits: bool) -> None:
    expected = {} if fits else {"mother_id_no": "warning"}
    assert verdict("C16", mother_id_type=chosen(kind), mother_id_no=number) == expected


@pytest.mark.parametrize("person", ["mother", "father", "applicant"])
def test_c17_wants_the_kind_of_a_numbered_paper(person: str) -> None:
    no, kind = f"{person}_id_no", f"{person}_id_type"
    assert verdict("C17", **{no: "131234567", kind: None}) == {kind: "warning"}
    assert verdict("C17", **{no: "131234567", kind: chosen("0")}) == {kind: "warning"}
    assert verdict("C17", **{no: "131234567", kind: chosen("1")}) == {}


def test_c17_wants_another_paper_described() -> None:
    other = {"applicant_id_type": chosen("8")}
    assert verdict("C17", **other) == {"applicant_id_other": "warning"}
    assert verdict("C17", **other, applicant_id_other="Giấy giới thiệu") == {}


def test_c18_doubts_a_paper_issued_after_the_registration_or_to_a_child() -> None:
    field = "applicant_id_issued_on"
    assert verdict("C18", applicant_id_issued_on=day("1998-05-13")) == {field: "warning"}
    assert verdict("C18", applicant_id_issued_on=day("1985")) == {field: "warning"}
    assert verdict("C18", applicant_id_issued_on=day("1986")) == {}
    assert verdict("C18", applicant_id_issued_on=day("1998")) == {}


@pytest.mark.parametrize("field", ["child_personal_id", "father_personal_id"])
def test_c19_doubts_a_twelve_digit_number_before_2016(field: str) -> None:
    number = "025098001010"
    assert verdict("C19", **{field: number}) == {field: "warning"}
    assert verdict("C19", **{field: number}, registration_date=day("2016")) == {}


def test_c19_says_nothing_of_a_twelve_digit_cmnd() -> None:
    assert verdict("C19", mother_id_type=chosen("1"), mother_id_no="025175001010") == {}


@pytest.mark.parametrize("person", ["child", "mother", "father"])
def test_c21_sees_ethnic_group_and_nationality_swapped(person: str) -> None:
    group, nationality = f"{person}_ethnicity", f"{person}_nationality"
    swapped = {group: {"written": "Việt Nam"}, nationality: {"written": "Kinh"}}
    assert verdict("C21", **swapped) == {group: "warning", nationality: "warning"}


def test_c21_doubts_a_group_nobody_lists_and_helps_with_an_old_name() -> None:
    assert verdict("C21", child_ethnicity={"written": "Xá"}) == {"child_ethnicity": "warning"}
    found = BIRTH.problems(birth(child_ethnicity={"written": "Mán"}), FACTS)
    assert [("Dao, Sán Dìu" in str(problem.message)) for problem in found] == [True]


def test_c21_lets_the_group_of_the_book_stand_once_a_person_has_chosen() -> None:
    assert verdict("C21", child_ethnicity={"code": "09", "written": "Mán"}) == {}
    assert verdict("C21", child_nationality={"written": "Việt Nam Cộng hòa"}) == {}
