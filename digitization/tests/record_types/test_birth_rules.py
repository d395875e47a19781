"""KS1 to KS8."""

from __future__ import annotations

from typing import Any

import pytest

from .judging import ILLEGIBLE, NOT_WRITTEN, chosen, day, verdict


@pytest.mark.parametrize("field", ["child_full_name", "child_gender", "child_birth_date"])
def test_ks1_wants_the_child_named_and_born(field: str) -> None:
    assert verdict("KS1", **{field: None}) == {field: "error"}
    assert verdict("KS1", **{field: NOT_WRITTEN}) == {field: "warning"}


def test_ks1_takes_an_undetermined_sex() -> None:
    assert verdict("KS1", child_gender=chosen("3")) == {}


@pytest.mark.parametrize(
    ("born", "refused"), [("1998-05-13", True), ("1999", True), ("1998-05", False), ("1998", False)]
)
def test_ks2_refuses_only_a_birth_certainly_after_the_registration(born: str, refused: bool) -> None:
    assert verdict("KS2", child_birth_date=day(born)) == ({"child_birth_date": "error"} if refused else {})


def test_ks2_cannot_tell_a_lunar_day_near_the_registration() -> None:
    lunar = day("1998-04-10", calendar="lunar")
    assert verdict("KS2", child_birth_date=lunar) == {}


@pytest.mark.parametrize(
    ("born", "registered", "kind", "doubted"),
    [
        ("2009-01-01", "2009-03-02", "1", False),  # 60 days
        ("2009-01-01", "2009-03-03", "1", True),  # 61
        ("2009-01-01", "2009-03-02", "4", True),
        ("2009-01-01", "2009-03-03", "4", False),
        ("2003-01-01", "2003-01-31", "1", False),  # 30 days under the decree of 1998
        ("2003-01-01", "2003-02-01", "1", True),
        ("2003-01-01", "2003-02-01", "4", False),
        ("1985-01-01", "1990-01-01", "1", False),  # the term is not known: not judged
        ("2009-01", "2009-03-03", "1", False),  # born on the 31st it was on time
        ("2009-01-01", "2012-03-03", "2", False),
        ("2006", "2009-03-03", "1", False),  # two terms in one year
    ],
)
def test_ks3_counts_the_days_of_the_law_of_the_time(
    born: str, registered: str, kind: str, doubted: bool
) -> None:
    found = verdict(
        "KS3", child_birth_date=day(born), registration_date=day(registered), registration_type=chosen(kind)
    )
    assert found == ({"registration_type": "warning"} if doubted else {})


MOTHER, FATHER = "Lâm Thị Nhàn", "Hà Văn Thuận"


@pytest.mark.parametrize(
    ("kind", "mother", "father", "severity"),
    [
        ("1", MOTHER, FATHER, None),
        ("1", MOTHER, ILLEGIBLE, None),
        ("1", MOTHER, None, "warning"),
        ("1", None, NOT_WRITTEN, "warning"),
        ("1", None, None, "error"),
        ("2", None, FATHER, None),
        ("2", MOTHER, FATHER, "warning"),
        ("3", MOTHER, None, None),
        ("3", MOTHER, NOT_WRITTEN, None),
        ("3", MOTHER, FATHER, "warning"),
        ("4", None, None, None),
        ("4", MOTHER, None, "warning"),
        ("5", None, None, None),
        ("5", None, FATHER, "warning"),
    ],
)
def test_ks4_compares_the_parents_with_what_is_said_of_them(
    kind: str, mother: Any, father: Any, severity: str | None
) -> None:
    found = verdict("KS4", birth_kind=chosen(kind), mother_full_name=mother, father_full_name=father)
    assert found == ({"birth_kind": severity} if severity else {})


@pytest.mark.parametrize(
    ("field", "born", "severity"),
    [
        ("mother_birth_date", "1986-04-21", "warning"),  # 11 years old
        ("mother_birth_date", "1986-04-20", None),
        ("mother_birth_date", "1986", None),
        ("mother_birth_date", "1987", "warning"),
        ("mother_birth_date", "1941", "warning"),
        ("mother_birth_date", "1942", None),
        ("father_birth_date", "1985", "warning"),
        ("father_birth_date", "1984", None),
        ("father_birth_date", "1916", "warning"),
        ("father_birth_date", "1917", None),
        ("father_birth_date", "1998-04-20", "error"),
        ("father_birth_date", "1999", "error"),
        ("father_birth_date", "1998", "warning"),
    ],
)
def test_ks5_doubts_unlikely_ages_and_refuses_parents_younger_than_the_child(
    field: str, born: str, severity: str | None
) -> None:
    assert verdict("KS5", **{field: day(born)}) == ({field: severity} if severity else {})


def test_ks6_compares_the_family_name_with_both_parents() -> None:
    assert verdict("KS6", child_full_name="Đinh Văn Quyết") == {"child_full_name": "warning"}
    assert verdict("KS6", child_full_name="LÂM VĂN QUYẾT") == {}


def test_ks6_cannot_judge_where_a_parent_is_illegible_or_nobody_is_named() -> None:
    assert verdict("KS6", child_full_name="Đinh Văn Quyết", father_full_name=ILLEGIBLE) == {}
    assert (
        verdict("KS6", child_full_name="Đinh Văn Quyết", father_full_name=None, mother_full_name=None) == {}
    )


def test_ks7_compares_the_words_with_the_digits() -> None:
    words = "Ngày hai mươi bảy tháng tám năm một nghìn chín trăm chín mươi tám"
    assert verdict("KS7", child_birth_date_words=words) == {"child_birth_date_words": "warning"}
    assert verdict("KS7", child_birth_date_words=words, child_birth_date=day("1998-08-27")) == {}
    assert verdict("KS7", child_birth_date_words="Ngày lành tháng tốt") == {}


@pytest.mark.parametrize("note", ["missing", "limited_capacity"])
def test_ks8_refuses_a_revocation_of_what_was_never_declared(note: str) -> None:
    declared = f"{note}_declared_noted_on"
    assert verdict("KS8", **{f"{note}_status": chosen("2")}) == {declared: "error"}
    assert verdict("KS8", **{f"{note}_revoked_basis": "QĐ 3/2020"}) == {declared: "error"}
    assert verdict("KS8", **{f"{note}_status": chosen("2"), declared: ILLEGIBLE}) == {declared: "warning"}
    assert verdict("KS8", **{f"{note}_status": chosen("2"), declared: day("2019")}) == {}


@pytest.mark.parametrize("note", ["missing", "limited_capacity"])
def test_ks8_doubts_a_revocation_before_the_declaration(note: str) -> None:
    declared, revoked = f"{note}_declared_noted_on", f"{note}_revoked_noted_on"
    assert verdict("KS8", **{declared: day("2020-05"), revoked: day("2020-04")}) == {revoked: "warning"}
    assert verdict("KS8", **{declared: day("2020-05"), revoked: day("2020")}) == {}


@pytest.mark.parametrize("note", ["missing", "limited_capacity"])
def test_ks8_doubts_a_declaration_before_the_18th_birthday(note: str) -> None:
    declared = f"{note}_declared_noted_on"
    assert verdict("KS8", **{declared: day("2016-04-19")}) == {declared: "warning"}
    assert verdict("KS8", **{declared: day("2016-04-20")}) == {}
