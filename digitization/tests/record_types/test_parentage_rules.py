"""What the checks say about recognitions of father, mother or child."""

from __future__ import annotations

from digitization.tests.record_types.judging import ILLEGIBLE, NOT_WRITTEN, chosen, day, said_of, weighed


def test_cm1_wants_both_names_and_who_recognises_whom() -> None:
    assert weighed("CMC", "CM1", parent_full_name=None) == {"parent_full_name": "error"}
    assert weighed("CMC", "CM1", recognition_type=None) == {"recognition_type": "error"}
    assert weighed("CMC", "CM1", child_full_name=ILLEGIBLE) == {"child_full_name": "warning"}
    assert said_of("CMC", "CM1") == []


def test_cm2_asks_about_a_father_with_a_womans_name_and_a_mother_with_a_mans() -> None:
    assert weighed("CMC", "CM2", parent_full_name="Triệu Thị Hưng") == {"recognition_type": "warning"}
    assert weighed("CMC", "CM2", recognition_type=chosen("4")) == {"recognition_type": "warning"}


def test_cm2_reads_only_middle_names() -> None:
    assert said_of("CMC", "CM2", parent_full_name="Thị Văn Thị") == []
    assert said_of("CMC", "CM2", recognition_type=chosen("2"), parent_full_name="Triệu Thị Văn") == []


def test_cm2_asks_about_a_parent_of_ten() -> None:
    assert weighed("CMC", "CM2", parent_birth_date=day("1996")) == {"parent_birth_date": "warning"}


def test_cm2_lets_a_mother_be_younger_than_a_father() -> None:
    mother = {"recognition_type": chosen("2"), "parent_full_name": "Triệu Thị Mây"}
    assert said_of("CMC", "CM2", **mother, parent_birth_date=day("1993")) == []
    assert weighed("CMC", "CM2", parent_birth_date=day("1993")) == {"parent_birth_date": "warning"}


def test_cm3_wants_the_number_of_a_decision_while_decisions_were_made() -> None:
    assert weighed("CMC", "CM3", decision_no=None) == {"decision_no": "warning"}
    assert said_of("CMC", "CM3", decision_no=NOT_WRITTEN) == []
    assert said_of("CMC", "CM3", decision_no=None, registration_date=day("2018-05-02")) == []
    assert said_of("CMC", "CM3", decision_no=None, registration_date=day("1985")) == []


def test_cm3_wants_the_date_of_a_decision() -> None:
    assert weighed("CMC", "CM3", registration_date=None) == {"registration_date": "warning"}
    assert said_of("CMC", "CM3", registration_date=NOT_WRITTEN) == []


def test_a_recognition_from_abroad_is_described_whole() -> None:
    assert weighed("CMC", "C28", registration_type=chosen("2")) == {"foreign_reg_no": "warning"}
