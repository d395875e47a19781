"""Dates in words: written one way, read in every way registers write them, refused when in doubt."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civreg.lib.number_words import in_words
from civreg.lib.partial_dates import PartialDate
from civreg.lib.vietnamese import date_in_words, read_date_in_words, words_agree

DAYS = st.dates(datetime.date(1850, 1, 1), datetime.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2008-08-27", "Ngày hai mươi bảy tháng tám năm hai nghìn không trăm linh tám"),
        ("1957-04-05", "Ngày mồng năm tháng tư năm một nghìn chín trăm năm mươi bảy"),
        ("1984-10-15", "Ngày mười lăm tháng mười năm một nghìn chín trăm tám mươi tư"),
        ("2021-01-31", "Ngày ba mươi mốt tháng một năm hai nghìn không trăm hai mươi mốt"),
        ("1957-03", "Tháng ba năm một nghìn chín trăm năm mươi bảy"),
        ("2000", "Năm hai nghìn"),
        ("1900", "Năm một nghìn chín trăm"),
    ],
)
def test_a_date_is_written_as_registers_write_it(on: str, words: str) -> None:
    assert date_in_words(PartialDate(on)) == words


def test_a_lunar_date_is_written_with_the_old_month_names() -> None:
    assert date_in_words(PartialDate("1957-12-04", calendar="lunar")) == (
        "Ngày mồng bốn tháng chạp năm một nghìn chín trăm năm mươi bảy âm lịch"
    )


@given(DAYS, st.sampled_from([4, 7, 10]), st.sampled_from([str.upper, str.lower, str.title]))
def test_what_is_written_is_read_back(day: datetime.date, precision: int, case: Callable[[str], str]) -> None:
    date = PartialDate(day.isoformat()[:precision])
    written = case(date_in_words(date))
    assert read_date_in_words(written) == PartialDate(date.on, written)
    assert words_agree(written, date) is True


@given(DAYS)
def test_a_lunar_date_is_read_back_as_one(day: datetime.date) -> None:
    date = PartialDate(f"{day:%Y-%m}-{min(day.day, 30):02}", calendar="lunar")
    read = read_date_in_words(date_in_words(date))
    assert read is not None
    assert (read.on, read.calendar) == (date.on, "lunar")


@given(DAYS, DAYS)
def test_words_of_another_day_never_agree(day: datetime.date, other: datetime.date) -> None:
    written = date_in_words(PartialDate(day.isoformat()))
    assert words_agree(written, PartialDate(other.isoformat())) in ({True} if day == other else {False, None})


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("Ngày Hai Mươi Bảy Tháng Tám năm hai ngàn lẻ tám", "2008-08-27"),
        ("mồng năm tháng giêng năm một chín năm bảy", "1957-01-05"),
        ("Mùng bốn tháng chạp năm một ngàn chín trăm bẩy mươi tư", "1974-12-04"),
        ("ngày năm tháng năm năm một nghìn chín trăm năm mươi nhăm", "1955-05-05"),
        ("hăm lăm tháng tư hai không không tám", "2008-04-25"),
        ("ngày ba mốt tháng mười hai năm một chín chín lăm", "1995-12-31"),
        ("mười hai ba một chín năm bảy", "1957-03-12"),
        ("Ngày 27 tháng tám năm 2008.", "2008-08-27"),
        ("ngày mười lăm, tháng mười một, năm hai nghìn mười lăm", "2015-11-15"),
        ("ngày ... tháng ... năm hai nghìn", "2000"),
        ("tháng năm năm một nghìn chín trăm năm mươi", "1950-05"),
        ("năm hai nghìn", "2000"),
    ],
)
def test_it_reads_the_usual_variants(words: str, on: str) -> None:
    read = read_date_in_words(words)
    assert read is not None
    assert (read.on, read.written) == (on, words)


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("ngày rằm tháng bảy năm hai nghìn", "2000-07-15"),
        ("Rằm tháng giêng năm một chín năm bảy", "1957-01-15"),
        ("ngày mồng năm tháng sáu nhuận năm một nghìn chín trăm bảy mươi chín", "1979-06-05"),
        ("ngày ba mươi tháng hai âm lịch năm hai nghìn", "2000-02-30"),
        ("mồng hai tháng chạp năm hai nghìn (âm lịch)", "2000-12-02"),
    ],
)
def test_a_full_moon_and_a_leap_month_are_of_the_lunar_calendar(words: str, on: str) -> None:
    read = read_date_in_words(words)
    assert read is not None
    assert (read.on, read.calendar, read.written) == (on, "lunar", words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "chín tám",
        "ngày một tháng một năm chín tám",
        "ngày một tháng hai năm một nghìn chín trăm tám",
        "tháng năm một nghìn chín trăm năm mươi",
        "ngày ba mươi tháng hai năm hai nghìn",
        "ngày rằm tháng bảy năm hai nghìn dương lịch",
        "ngày mười lăm tháng hai nhuận năm hai nghìn dương lịch",
        "ngày mười lăm tháng tám năm Ất Dậu",
        "tháng một năm 1957 âm lịch",
        "ngày hai mươi mươi tháng ba năm hai nghìn",
        "ngày mồng mười lăm tháng ba năm hai nghìn",
        "năm năm nghìn không trăm linh năm",
        "không rõ",
        "ngày " * 500,
    ],
)
def test_it_stays_silent_when_in_doubt(words: str) -> None:
    assert read_date_in_words(words) is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_left_alone(text: str) -> None:
    assert words_agree(text, PartialDate("1957-03-12")) in (True, False, None)


def test_words_and_digits_of_the_national_sample_disagree() -> None:
    assert words_agree("Ngày Hai Mươi Bảy Tháng Tám năm hai ngàn lẻ tám", PartialDate("2008-09-01")) is False


def test_the_old_name_of_november_is_no_disagreement() -> None:
    words = "ngày một tháng một năm một nghìn chín trăm năm mươi bảy"
    assert words_agree(words, PartialDate("1957-01-01")) is True
    assert words_agree(words, PartialDate("1957-11-01")) is None
    assert words_agree(words, PartialDate("1957-12-01")) is False


def test_words_of_one_calendar_and_figures_of_the_other_disagree_only_on_days_that_cannot_be_one() -> None:
    full_moon = "ngày rằm tháng tám năm hai nghìn không trăm hai mươi tư"
    assert words_agree(full_moon, PartialDate("2024-08-15", calendar="lunar")) is True
    assert words_agree(full_moon, PartialDate("2024-08-14", calendar="lunar")) is False
    assert words_agree(full_moon, PartialDate("2024-09-17")) is None
    assert words_agree(full_moon, PartialDate("2024-08-15")) is False
    assert words_agree("ngày mười lăm tháng tám năm 2024 dương lịch", PartialDate("2024-08-15")) is True
    solar_words = "ngày mười bảy tháng chín năm 2024 dương lịch"
    assert words_agree(solar_words, PartialDate("2024-08-15", calendar="lunar")) is None
    assert words_agree(solar_words, PartialDate("2023-08-15", calendar="lunar")) is False


def test_the_first_month_of_a_lunar_date_may_be_the_eleventh() -> None:
    words = "ngày một tháng một năm một nghìn chín trăm năm mươi bảy"
    assert words_agree(words, PartialDate("1957-01-01", calendar="lunar")) is None
    assert words_agree(words, PartialDate("1957-12-01", calendar="lunar")) is False


def test_a_thirtieth_of_the_second_month_can_be_said_of_a_lunar_date_only() -> None:
    words = "ngày ba mươi tháng hai năm hai nghìn"
    assert words_agree(words, PartialDate("2000-02-30", calendar="lunar")) is True
    assert words_agree(words, PartialDate("2000-02-29")) is None


def test_only_the_common_part_is_compared() -> None:
    assert words_agree("năm hai nghìn", PartialDate("2000-01-02")) is True
    assert words_agree("năm hai nghìn", PartialDate("2001-01-02")) is False


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (14, "mười bốn"),
        (21, "hai mươi mốt"),
        (105, "một trăm linh năm"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words
