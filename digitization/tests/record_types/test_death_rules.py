"""What the checks say about deaths."""

from __future__ import annotations

from digitization.tests.record_types.judging import ILLEGIBLE, NOT_WRITTEN, chosen, day, said_of, weighed


def test_kt1_wants_the_name_and_the_day_or_a_reason_why_not() -> None:
    assert weighed("KT", "KT1", deceased_full_name=None) == {"deceased_full_name": "error"}
    assert weighed("KT", "KT1", death_date=None) == {"death_date": "error"}
    assert weighed("KT", "KT1", death_date=ILLEGIBLE) == {"death_date": "warning"}


def test_kt1_refuses_a_death_after_its_registration_and_doubts_one_hardly_read() -> None:
    assert weighed("KT", "KT1", death_date=day("2012")) == {"death_date": "error"}
    assert weighed("KT", "KT1", death_date=day("2012", uncertain=True)) == {"death_date": "warning"}


def test_kt1_lets_a_year_pass_that_may_be_right() -> None:
    assert said_of("KT", "KT1", death_date=day("2011")) == []


def test_kt2_refuses_a_death_before_the_birth() -> None:
    assert weighed("KT", "KT2", deceased_birth_date=day("2011-08-20")) == {"deceased_birth_date": "error"}


def test_kt2_lets_a_child_die_on_the_day_of_its_birth() -> None:
    assert said_of("KT", "KT2", deceased_birth_date=day("2011-08-19")) == []


def test_kt2_asks_about_somebody_older_than_120() -> None:
    assert weighed("KT", "KT2", deceased_birth_date=day("1889")) == {"deceased_birth_date": "warning"}
    assert said_of("KT", "KT2", deceased_birth_date=day("1891")) == []


def test_kt3_asks_where_on_time_was_late() -> None:
    assert weighed("KT", "KT3", death_date=day("2011-08-01")) == {"registration_type": "warning"}
    assert weighed("KT", "KT3", registration_type=chosen("4")) == {"registration_type": "warning"}


def test_kt3_knows_no_term_before_2006_and_no_answer_from_a_month() -> None:
    long_ago = {"death_date": day("1980-01-01"), "registration_date": day("1981-01-01")}
    assert said_of("KT", "KT3", **long_ago) == []
    assert said_of("KT", "KT3", death_date=day("2011-08")) == []
    assert said_of("KT", "KT3") == []


def test_kt4_wants_a_notice_whole() -> None:
    gone = {"death_notice_no": None, "death_notice_date": None, "death_notice_issuer": None}
    assert set(weighed("KT", "KT4", **gone)) == set(gone)
    assert said_of("KT", "KT4", **{**gone, "death_notice_no": NOT_WRITTEN}) != []


def test_kt4_asks_nothing_of_witnesses_and_of_no_notice_at_all() -> None:
    gone = {"death_notice_no": None, "death_notice_date": None, "death_notice_issuer": None}
    assert said_of("KT", "KT4", death_notice_type=chosen("7"), **gone) == []
    assert said_of("KT", "KT4", death_notice_type=None, **gone) == []


def test_kt4_asks_about_a_notice_before_the_death_or_after_the_registration() -> None:
    assert weighed("KT", "KT4", death_notice_date=day("2011-08-18")) == {"death_notice_date": "warning"}
    assert weighed("KT", "KT4", death_notice_date=day("2011-08-23")) == {"death_notice_date": "warning"}


def test_kt5_wants_the_judgment_of_a_declaration() -> None:
    assert weighed("KT", "KT5", death_declaration_status=chosen("1")) == {"death_declared_basis": "warning"}
    assert (
        said_of("KT", "KT5", death_declaration_status=chosen("1"), death_declared_basis="Bản án số 4") == []
    )


def test_kt5_refuses_a_revocation_of_nothing() -> None:
    revoked = {"death_declaration_status": chosen("2"), "death_revoked_basis": "Quyết định số 9"}
    assert weighed("KT", "KT5", **revoked) == {"death_declared_noted_on": "error"}


def test_kt5_asks_about_a_revocation_before_the_declaration() -> None:
    turned = {"death_declared_noted_on": day("2015"), "death_revoked_noted_on": day("2014")}
    found = weighed("KT", "KT5", **turned, death_declared_basis="Bản án số 4")
    assert found == {"death_revoked_noted_on": "warning"}


def test_kt7_asks_where_words_and_digits_disagree() -> None:
    wrong = "Ngày mười tám tháng tám năm hai nghìn không trăm mười một"
    assert weighed("KT", "KT7", death_date_words=wrong) == {"death_date_words": "warning"}
    assert said_of("KT", "KT7") == []


def test_a_death_from_abroad_is_described_whole() -> None:
    assert weighed("KT", "C28", registration_type=chosen("3")) == {"foreign_reg_no": "warning"}
