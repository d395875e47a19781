"""Dates of old registers: read as written, never made more exact than the book is."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from civreg.lib.partial_dates import (
    Calendar,
    DateProblem,
    PartialDate,
    UnreadableDate,
    certainly_after,
    certainly_before,
    compare,
    days_between,
    from_excel_serial,
    parse,
    years_between,
)
from civreg.lib.partial_dates.sexagenary import name_of

DAYS = st.dates(datetime.date(1850, 1, 1), datetime.date(2100, 12, 31))


def _partial(day: datetime.date, precision: int, calendar: Calendar) -> PartialDate:
    in_both = min(day.day, 30) if calendar == "lunar" else day.day
    return PartialDate(f"{day:%Y-%m}-{in_both:02}"[:precision], calendar=calendar)


CALENDARS: tuple[Calendar, ...] = ("solar", "lunar")
PARTIAL_DATES = st.builds(_partial, DAYS, st.sampled_from([4, 7, 10]), st.sampled_from(CALENDARS))


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("1957", "1957"),
        ("3/1957", "1957-03"),
        ("03.1957", "1957-03"),
        ("12/3/1957", "1957-03-12"),
        ("12-03-1957", "1957-03-12"),
        ("12.3.1957", "1957-03-12"),
        ("12.3.1957.", "1957-03-12"),
        (" 12 / 3\u00a0/ 1957 ", "1957-03-12"),
        ("12 . 3 . 1957", "1957-03-12"),
        ("１２／３／１９５７", "1957-03-12"),
        ("12–3–1957", "1957-03-12"),
        ("--/--/1957", "1957"),
        ("00/00/1975", "1975"),
        ("00/03/1975", "1975-03"),
        ("--/3/1975", "1975-03"),
        ("12/00/1975", "1975"),
        ("12031957", "1957-03-12"),
        ("00031975", "1975-03"),
        ("00001975", "1975"),
        ("1957-03-12", "1957-03-12"),
        ("1957-03", "1957-03"),
        ("1957/3/12", "1957-03-12"),
        ("1998-05-00", "1998-05"),
        ("ngày 12 tháng 3 năm 1957", "1957-03-12"),
        ("Ngày 12 tháng 3, 1957", "1957-03-12"),
        ("12 tháng 3 năm 1957", "1957-03-12"),
        ("ngày mồng 5 tháng Giêng năm 1957", "1957-01-05"),
        ("tháng 3 năm 1957", "1957-03"),
        ("ngày … tháng 3 năm 1957", "1957-03"),
        ("năm 1957", "1957"),
        ("29/02/2000", "2000-02-29"),
        ("12 03 1957", "1957-03-12"),
        ("12-III-1957", "1957-03-12"),
        ("ngày 12 tháng 3/1957", "1957-03-12"),
        ("ngày 12/tháng 3/năm 1957", "1957-03-12"),
        ("ngày 5 tháng tư năm 1957", "1957-04-05"),
        ("tháng năm năm 1957", "1957-05"),
        ("tháng sáu 1957", "1957-06"),
        ("tháng mười hai năm 1957", "1957-12"),
        ("tháng một năm 1957", "1957-01"),
        ("ngày 12 tháng 3 năm 1957 dương lịch", "1957-03-12"),
        ("Năm sinh: 1957", "1957"),
        ("SN 1957", "1957"),
        ("chỉ nhớ năm 1957", "1957"),
        ("không rõ ngày, tháng sáu năm 1957", "1957-06"),
        ("không rõ ngày 3/1957", "1957-03"),
        ("không nhớ được ngày tháng, năm 1957", "1957"),
        ("đầu năm 1957", "1957"),
        ("cuối 1957", "1957"),
        ("mùa thu năm 1957", "1957"),
        ("giữa tháng 3/1957", "1957-03"),
        ("hạ tuần tháng 3 năm 1957", "1957-03"),
        ("10/01/1976 dương lịch (năm Ất Mão)", "1976-01-10"),
        ("12/3/1975 dương lịch, Ất Mão", "1975-03-12"),
    ],
)
def test_it_reads_what_clerks_write(typed: str, on: str) -> None:
    date = parse(typed)
    assert (date.on, date.calendar, date.written) == (on, "solar", typed.strip())


@pytest.mark.parametrize(
    ("typed", "reason", "suggestion"),
    [
        ("", "not_a_date", ""),
        ("không rõ", "not_a_date", ""),
        ("5", "not_a_date", ""),
        ("031957", "not_a_date", ""),
        ("1231957", "not_a_date", ""),
        ("12--3--1957", "not_a_date", ""),
        ("00/00/0000", "not_a_date", ""),
        ("không rõ năm", "not_a_date", ""),
        ("tháng năm 1957", "not_a_date", ""),
        ("cuối ngày 12/3/1957", "not_a_date", ""),
        ("1956 nhuận", "not_a_date", ""),
        ("năm nhuận 1956", "not_a_date", ""),
        ("15/8 âm lịch", "not_a_date", ""),
        ("12/3/1957 dương lịch (11/2 âm lịch)", "not_a_date", ""),
        ("1" * 500, "not_a_date", ""),
        ("57", "two_digit_year", ""),
        ("3/57", "two_digit_year", ""),
        ("tháng 3/57", "two_digit_year", ""),
        ("năm 57", "two_digit_year", ""),
        ("12/3/57", "two_digit_year", ""),
        ("30/02/1957", "no_such_day", ""),
        ("29/02/1900", "no_such_day", ""),
        ("31/4/1957", "no_such_day", ""),
        ("12/31/1957", "no_such_day", "31/12/1957"),
        ("0357", "year_out_of_range", ""),
        ("0198", "year_out_of_range", ""),
        ("1005", "year_out_of_range", ""),
        ("01/04/5005", "year_out_of_range", "01/04/2005"),
        ("20005", "year_out_of_range", "2005"),
        ("12/03/19998", "year_out_of_range", "12/03/1998"),
        ("29/02/5005", "year_out_of_range", ""),
    ],
)
def test_it_refuses_what_it_cannot_be_sure_of(typed: str, reason: str, suggestion: str) -> None:
    with pytest.raises(UnreadableDate) as refusal:
        parse(typed)
    assert (refusal.value.reason, refusal.value.suggestion) == (reason, suggestion)


@pytest.mark.parametrize(
    "typed",
    [
        "khoảng 1957",
        "1957 (khoảng)",
        "chừng năm 1957",
        "độ 1957",
        "trước 1957",
        "sau năm 1957",
        "1957?",
        "195?",
        "12?/3/1957",
        "1957-1958",
        "1957 hoặc 1958",
        "1957 hay 1958",
        "~1957",
        "không rõ ngày 12/3/1957",
        "cuối 12/3/1957",
        "12/X/1957",
        "X/1957",
        "ngày 5 tháng một năm 1957 âm lịch",
    ],
)
def test_what_is_no_certain_date_is_kept_in_its_words(typed: str) -> None:
    with (
        translation.override("en"),
        pytest.raises(UnreadableDate, match="Keep the words of the book") as refusal,
    ):
        parse(typed)
    assert refusal.value.reason is DateProblem.NOT_CERTAIN


@pytest.mark.parametrize(
    "typed",
    [
        "Ất Mão 1975",
        "năm Ất Mão 1975",
        "năm Ất Mão (1975)",
        "1975 Ất Mão",
        "1975 (năm ất mẹo)",
        "at mao 1975",
        "1975, ẤT MÃO.",
    ],
)
def test_a_years_name_is_read_beside_its_figures(typed: str) -> None:
    """Such a year begins at Tết, so it is a lunar one: its bounds hold the whole solar year and January after it."""
    date = parse(typed)
    assert (date.on, date.calendar, date.written) == ("1975", "lunar", typed)
    assert date.earliest <= datetime.date(1975, 1, 1)
    assert date.latest >= datetime.date(1976, 1, 30)


@pytest.mark.parametrize(
    "typed", ["Ất Mão", "năm Ất Mão", "ngày 10 tháng Giêng năm Ất Mão", "10/12 năm Ất Mão", "Ất Mão 75"]
)
def test_a_years_name_alone_is_no_year(typed: str) -> None:
    with translation.override("en"), pytest.raises(UnreadableDate, match=r"Ất Mão .* \(1915, 1975, …\)\."):
        parse(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Ất Mão 1976", "1976 is the year Bính Thìn, not Ất Mão."),
        ("ngày 10 tháng Giêng năm Ất Mão 1974", "1974 is the year Giáp Dần, not Ất Mão."),
        ("10/3/1976 dương lịch (Ất Mão)", "1976 is the year Bính Thìn, not Ất Mão."),
        ("Giáp Sửu 1975", "no year Giáp Sửu"),
        ("năm Giáp Dậu", "no year Giáp Dậu"),
        ("12/3/1975 (Ất Mão)", "Write “âm lịch” or “dương lịch”"),
        ("ngày 12 tháng 3 năm Ất Mão 1975", "Write “âm lịch” or “dương lịch”"),
    ],
)
def test_a_years_name_that_does_not_fit_is_told(typed: str, said: str) -> None:
    with translation.override("en"), pytest.raises(UnreadableDate, match=said):
        parse(typed)


def test_every_year_is_known_by_its_name_and_by_no_other_of_the_sixty() -> None:
    names = [name_of(year) for year in range(1984, 2044)]
    assert len(set(names)) == 60
    assert (names[0], names[-1]) == ("Giáp Tý", "Quý Hợi")
    for year in range(1850, 2101):
        assert parse(f"{name_of(year)} {year}").on == str(year)
        with pytest.raises(UnreadableDate):
            parse(f"{name_of(year + 1)} {year}")


@pytest.mark.parametrize(
    ("typed", "on"),
    [("Quí Tị 1953", "1953"), ("Quý Tỵ 1953", "1953"), ("Bính Tí 1936", "1936"), ("Kỉ Vị 1979", "1979")],
)
def test_years_have_their_names_in_every_usual_spelling(typed: str, on: str) -> None:
    assert parse(typed).on == on


def test_every_refusal_has_a_sentence() -> None:
    for language in ("en", "vi"):
        with translation.override(language):
            sentences = [
                str(UnreadableDate(reason, name="Ất Mão", years="1975", year=1976, true="Bính Thìn"))
                for reason in DateProblem
            ]
        assert len(set(sentences)) == len(DateProblem)
        assert not any("%" in sentence for sentence in sentences)


def test_the_refusal_says_what_to_do() -> None:
    with translation.override("en"), pytest.raises(UnreadableDate, match=r"Did you mean 01/04/2005\?"):
        parse("01/04/5005")


@given(DAYS)
def test_every_day_survives_being_shown_and_read_again(day: datetime.date) -> None:
    date = PartialDate(day.isoformat())
    assert {parse(date.display()).on, parse(date.national()).on, parse(date.on).on} == {day.isoformat()}
    assert (date.earliest, date.latest, date.precision) == (day, day, "day")


@given(PARTIAL_DATES)
def test_what_is_shown_is_read_back_with_its_calendar(date: PartialDate) -> None:
    again = parse(date.display())
    assert (again.on, again.calendar) == (date.on, date.calendar)
    assert PartialDate.from_json(date.as_json()) == date


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_kept_as_typed(text: str) -> None:
    try:
        date = parse(text)
    except UnreadableDate:
        return
    assert date.written == text.strip()
    assert 1850 <= date.year <= 2100


# What dates are made of, in any order: nothing of it may make the reader stumble, or say more than stands there.
PIECES = (
    "ngày|tháng|năm|1957|1975|3|12|03|00|--|??|xx|x|/|.|-|,|(|)|57|12/3|3/1957|III|giêng|chạp|ba|mười hai|mồng|rằm|Tết|"
    "nhuận|âm lịch|dương lịch|ÂL|không rõ|chỉ nhớ|đầu|cuối|mùa thu|sinh|khoảng|Ất Mão|Đinh Dậu"
)


@given(
    st.lists(st.sampled_from(PIECES.split("|")), min_size=1, max_size=7).map(" ".join),
    st.sampled_from(CALENDARS),
)
def test_nothing_is_ever_read_that_does_not_stand_there(text: str, calendar: Calendar) -> None:
    try:
        date = parse(text, calendar=calendar)
    except UnreadableDate as refusal:
        assert str(refusal)
        return
    assert parse(date.written, calendar=date.calendar) == date
    assert str(date.year) in text
    assert date.precision != "day" or "không rõ" not in text
    if date.precision == "day":
        assert date.on[-2:] in ("03", "12", "15")
        assert date.on[-2:] != "15" or "rằm" in text
    if date.calendar == "lunar" and calendar == "solar":
        assert any(said in text for said in ("rằm", "Tết", "nhuận", "âm lịch", "ÂL", "Ất Mão", "Đinh Dậu"))


def test_a_year_alone_is_a_whole_year_and_never_the_first_of_january() -> None:
    date = parse("1957")
    assert (date.earliest, date.latest) == (datetime.date(1957, 1, 1), datetime.date(1957, 12, 31))
    assert (date.precision, date.display(), date.national()) == ("year", "1957", "1957")


def test_a_month_ends_on_its_own_last_day() -> None:
    assert parse("2/2000").latest == datetime.date(2000, 2, 29)
    assert (parse("3/1957").display(), parse("3/1957").national()) == ("03/1957", "03.1957")


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("15/8/1957 âm lịch", "1957-08-15"),
        ("15/8/1957 (ÂL)", "1957-08-15"),
        ("30/2/1957 âm lịch", "1957-02-30"),
        ("ngày 5 tháng 6 nhuận năm 1957", "1957-06-05"),
    ],
)
def test_a_lunar_date_says_so_itself(typed: str, on: str) -> None:
    date = parse(typed)
    assert (date.on, date.calendar) == (on, "lunar")


def test_the_words_behind_a_date_overrule_the_calendar_asked_for() -> None:
    assert parse("15/8/1957 dương lịch", calendar="lunar").calendar == "solar"
    assert parse("15/8/1957", calendar="lunar").calendar == "lunar"


def test_a_lunar_date_is_shown_as_one() -> None:
    with translation.override("en"):
        assert parse("15/8/1957 âm lịch").display() == "15/08/1957 (lunar)"


def test_only_a_lunar_february_has_thirty_days() -> None:
    assert PartialDate("1957-02-30", calendar="lunar").precision == "day"
    with pytest.raises(UnreadableDate):
        PartialDate("1957-02-30")
    for on in ("1957-01-31", "1957-13", "1957-00"):
        with pytest.raises(UnreadableDate):
            PartialDate(on, calendar="lunar")


# Days every Vietnamese almanac agrees on; Tết of 1968 and 1985 are where north, south and China differed.
@pytest.mark.parametrize(
    ("lunar_day", "solar_day"),
    [
        ("2024-01-01", "2024-02-10"),
        ("2023-12-30", "2024-02-09"),
        ("2024-08-15", "2024-09-17"),
        ("2020-08-15", "2020-10-01"),
        ("1985-01-01", "1985-01-21"),
        ("1985-01-01", "1985-02-20"),
        ("1968-01-01", "1968-01-29"),
        ("1968-01-01", "1968-01-30"),
        ("1975-01-01", "1975-02-11"),
        ("1957-01-01", "1957-01-31"),
    ],
)
def test_the_bounds_of_a_lunar_date_hold_the_true_day(lunar_day: str, solar_day: str) -> None:
    solar = datetime.date.fromisoformat(solar_day)
    for on in (lunar_day, lunar_day[:7], lunar_day[:4]):
        date = PartialDate(on, calendar="lunar")
        assert date.earliest <= solar <= date.latest


def test_a_lunar_day_is_not_widened_beyond_six_weeks() -> None:
    date = PartialDate("1957-08-15", calendar="lunar")
    assert (date.latest - date.earliest).days < 42


def test_a_december_by_the_moon_may_bear_either_solar_year() -> None:
    date = PartialDate("1957-12-20", calendar="lunar")
    assert date.earliest == datetime.date(1957, 1, 1)
    assert date.latest > datetime.date(1958, 1, 20)


def test_a_year_and_a_day_inside_it_cannot_be_ordered() -> None:
    assert compare(parse("1957"), parse("12/3/1957")) == "cannot_tell"
    assert not certainly_before(parse("1957"), parse("12/3/1957"))
    assert not certainly_after(parse("1957"), parse("12/3/1957"))
    assert certainly_before(parse("1957"), parse("1/1958"))
    assert certainly_after(parse("12/3/1957"), datetime.date(1957, 3, 11))


@given(PARTIAL_DATES, PARTIAL_DATES, st.data())
def test_a_certain_answer_is_true_of_every_pair_of_days(
    a: PartialDate, b: PartialDate, data: st.DataObject
) -> None:
    one = data.draw(st.dates(a.earliest, a.latest))
    other = data.draw(st.dates(b.earliest, b.latest))
    answer = compare(a, b)
    truth = "before" if one < other else "after" if one > other else "same"
    assert answer in (truth, "cannot_tell")
    assert compare(b, a) == {"before": "after", "after": "before"}.get(answer, answer)


@given(PARTIAL_DATES, PARTIAL_DATES, st.data())
def test_the_true_age_lies_inside_the_bounds(a: PartialDate, b: PartialDate, data: st.DataObject) -> None:
    one = data.draw(st.dates(a.earliest, a.latest))
    other = data.draw(st.dates(b.earliest, b.latest))
    fewest, most = years_between(a, b)
    assert fewest <= years_between(one, other)[0] <= most
    fewest, most = days_between(a, b)
    assert fewest <= (other - one).days <= most


def test_an_age_between_two_years_is_one_of_two() -> None:
    assert years_between(parse("1957"), parse("1975")) == (17, 18)
    assert years_between(parse("12/3/1957"), parse("11/3/1975")) == (17, 17)
    assert years_between(parse("12/3/1957"), parse("12/3/1975")) == (18, 18)
    assert days_between(parse("1/3/2000"), parse("2/2000")) == (-29, -1)


@pytest.mark.parametrize(
    ("serial", "on"),
    [
        (1, "1900-01-01"),
        (59, "1900-02-28"),
        (61, "1900-03-01"),
        (20891, "1957-03-12"),
        (20891.75, "1957-03-12"),
    ],
)
def test_excel_numbers_become_days(serial: float, on: str) -> None:
    assert from_excel_serial(serial).on == on


@pytest.mark.parametrize(
    ("serial", "reason"),
    [
        (60, DateProblem.NO_SUCH_DAY),
        (0, DateProblem.YEAR_OUT_OF_RANGE),
        (-5, DateProblem.YEAR_OUT_OF_RANGE),
        (73416, DateProblem.YEAR_OUT_OF_RANGE),
        (float("nan"), DateProblem.YEAR_OUT_OF_RANGE),
    ],
)
def test_excel_numbers_that_are_no_day_are_refused(serial: float, reason: DateProblem) -> None:
    with pytest.raises(UnreadableDate) as refusal:
        from_excel_serial(serial)
    assert refusal.value.reason is reason


@pytest.mark.parametrize("stored", [{}, {"on": 1957}, {"on": "57"}, {"on": "1957", "calendar": "julian"}])
def test_a_stored_value_that_is_no_date_is_refused(stored: dict[str, str]) -> None:
    with pytest.raises(UnreadableDate):
        PartialDate.from_json(stored)


def test_only_a_lunar_date_stores_its_calendar() -> None:
    assert parse("3/1957").as_json() == {"on": "1957-03", "written": "3/1957"}
    assert parse("3/1957", calendar="lunar").as_json()["calendar"] == "lunar"
