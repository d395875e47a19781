"""What the checks say about marriages. Old books hold what the law of today forbids: it is asked, not refused."""

from __future__ import annotations

from digitization.tests.record_types.judging import ILLEGIBLE, NOT_WRITTEN, chosen, day, said_of, weighed

TWICE = {"husband_full_name": "Trần Văn Luyện", "wife_full_name": "TRẦN VĂN LUYỆN"}


def test_kh1_wants_both_names_or_a_reason_why_not() -> None:
    assert weighed("KH", "KH1", wife_full_name=None) == {"wife_full_name": "error"}
    assert weighed("KH", "KH1", wife_full_name=NOT_WRITTEN) == {"wife_full_name": "warning"}
    assert weighed("KH", "KH1", husband_full_name=ILLEGIBLE) == {"husband_full_name": "warning"}


def test_kh1_refuses_one_person_typed_as_both() -> None:
    same_day = day("1979-02-14")
    assert weighed("KH", "KH1", **TWICE, wife_birth_date=same_day) == {"wife_full_name": "error"}


def test_kh1_only_asks_where_two_persons_may_share_a_name() -> None:
    assert weighed("KH", "KH1", **TWICE, wife_birth_date=NOT_WRITTEN) == {"wife_full_name": "warning"}
    unsure = day("1979-02-14", uncertain=True)
    assert weighed("KH", "KH1", **TWICE, wife_birth_date=unsure) == {"wife_full_name": "warning"}


def test_kh1_knows_two_persons_of_one_name_by_their_births() -> None:
    assert said_of("KH", "KH1", **TWICE, wife_birth_date=day("1982")) == []
    assert said_of("KH", "KH1") == []


def test_kh2_asks_about_a_wife_of_sixteen_and_never_refuses_her() -> None:
    assert weighed("KH", "KH2", wife_birth_date=day("1988")) == {"wife_birth_date": "warning"}
    assert weighed("KH", "KH2", husband_birth_date=day("1985-06")) == {"husband_birth_date": "warning"}


def test_kh2_says_nothing_of_who_may_have_been_old_enough() -> None:
    # Born some time in 1986: eighteen in 2004 for who was born before 18 November.
    assert said_of("KH", "KH2", wife_birth_date=day("1986")) == []
    assert said_of("KH", "KH2", wife_birth_date=NOT_WRITTEN) == []


def test_kh2_does_not_judge_marriages_older_than_the_law_of_1959() -> None:
    old = {"registration_date": day("1955-03-01"), "husband_birth_date": day("1940")}
    assert said_of("KH", "KH2", **old, wife_birth_date=day("1941")) == []


def test_kh2_counts_by_the_day_the_marriage_began_where_the_book_gives_it() -> None:
    began = day("1998-01-01")
    assert weighed("KH", "KH2", marriage_established_on=began) == {
        "husband_birth_date": "warning",
        "wife_birth_date": "warning",
    }


def test_kh3_asks_about_a_marriage_that_began_after_its_registration() -> None:
    assert weighed("KH", "KH3", marriage_established_on=day("2005")) == {"marriage_established_on": "warning"}


def test_kh3_only_tells_of_a_marriage_lived_before_1987() -> None:
    assert weighed("KH", "KH3", marriage_established_on=day("1985-10")) == {
        "marriage_established_on": "notice"
    }
    assert said_of("KH", "KH3", marriage_established_on=day("1995")) == []
    assert said_of("KH", "KH3") == []


def test_kh4_wants_date_and_basis_of_a_divorce() -> None:
    assert weighed("KH", "KH4", marriage_status=chosen("1")) == {
        "annulment_noted_on": "warning",
        "annulment_basis": "warning",
    }
    assert weighed("KH", "KH4", marriage_status=chosen("3"), recognition_basis=NOT_WRITTEN) == {
        "recognition_noted_on": "warning"
    }


def test_kh4_is_content_with_a_whole_note_and_with_no_note() -> None:
    whole = {"annulment_noted_on": day("2010-04-02"), "annulment_basis": "QĐ số 12/2010/QĐST-HNGĐ"}
    assert said_of("KH", "KH4", marriage_status=chosen("1"), **whole) == []
    assert said_of("KH", "KH4", marriage_status=chosen("4")) == []


def test_kh4_asks_about_a_note_older_than_the_marriage() -> None:
    note = {"annulment_noted_on": day("2001"), "annulment_basis": "Bản án số 3"}
    assert weighed("KH", "KH4", marriage_status=chosen("2"), **note) == {"annulment_noted_on": "warning"}


def test_a_marriage_from_abroad_is_described_whole() -> None:
    assert weighed("KH", "C28", registration_type=chosen("3")) == {"foreign_reg_no": "warning"}
    assert said_of("KH", "C28", registration_type=chosen("2")) == []


def test_a_husband_has_no_womans_number() -> None:
    card = {
        "husband_id_type": chosen("4"),
        "registration_date": day("2019-03-01"),
        "husband_id_issued_on": None,
    }
    assert weighed("KH", "C15", **card, husband_id_no="025179001234") == {"husband_id_no": "warning"}
    assert said_of("KH", "C15", **card, husband_id_no="025079001234") == []
