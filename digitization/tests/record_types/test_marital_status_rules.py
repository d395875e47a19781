"""What the checks say about marital status certificates."""

from __future__ import annotations

from digitization.tests.record_types.judging import ILLEGIBLE, NOT_WRITTEN, chosen, day, said_of, weighed


def test_hn1_wants_the_person_and_what_is_certified() -> None:
    assert weighed("HN", "HN1", person_full_name=None) == {"person_full_name": "error"}
    assert weighed("HN", "HN1", marital_status_text=None) == {"marital_status_text": "error"}
    assert weighed("HN", "HN1", marital_status_text=ILLEGIBLE) == {"marital_status_text": "warning"}
    assert said_of("HN", "HN1") == []


def test_hn2_asks_about_who_was_too_young_to_marry() -> None:
    assert weighed("HN", "HN2", person_birth_date=day("1997")) == {"person_birth_date": "warning"}
    assert weighed("HN", "HN2", person_gender=chosen("1"), person_birth_date=day("1994")) == {
        "person_birth_date": "warning"
    }


def test_hn2_judges_an_unknown_sex_by_the_lower_age() -> None:
    assert said_of("HN", "HN2", person_gender=NOT_WRITTEN, person_birth_date=day("1994")) == []


def test_hn2_wants_another_purpose_in_words() -> None:
    assert weighed("HN", "HN2", purpose_type=chosen("5")) == {"purpose_text": "warning"}
    assert said_of("HN", "HN2", purpose_type=chosen("5"), purpose_text="Vay vốn ngân hàng") == []


def test_hn2_wants_the_times_of_residence_in_order() -> None:
    assert weighed("HN", "HN2", residence_period_from=day("2014"), residence_period_to=day("2013-09")) == {
        "residence_period_to": "warning"
    }
    assert weighed("HN", "HN2", residence_period_to=day("2013-10")) == {"residence_period_to": "warning"}
    assert said_of("HN", "HN2", residence_period_to=None) == []
