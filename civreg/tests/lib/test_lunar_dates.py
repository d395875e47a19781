"""Lunar dates: kept as written, never turned into solar ones, and their bounds hold every day they can mean."""

from __future__ import annotations

import datetime
from itertools import product

import pytest
from django.utils import translation

from civreg.lib.partial_dates import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    DateProblem,
    PartialDate,
    UnreadableDate,
    compare,
    parse,
)
from civreg.lib.partial_dates import lunar as bounds_of
from civreg.tests.lib.lunar_calendar import LunarMonth, months

# Viet Nam's time, China's, whose almanacs were printed in the south and long in the north, and Hanoi's own of old.
ZONES = (7.0, 8.0, 7 + (3 + 24 / 60) / 60)
EVERY_MONTH = {zone: list(months(EARLIEST_YEAR, LATEST_YEAR, zone=zone)) for zone in ZONES}


def lunar(on: str) -> PartialDate:
    return PartialDate(on, calendar="lunar")


def lies_in(day: datetime.date, date: PartialDate) -> bool:
    return date.earliest <= day <= date.latest


# What every almanac says: the calendar the bounds are measured against must know the days people remember.
@pytest.mark.parametrize(
    ("zone", "year", "tet"),
    [
        (7.0, 1957, "1957-01-31"),
        (7.0, 1968, "1968-01-29"),
        (8.0, 1968, "1968-01-30"),
        (7.0, 1975, "1975-02-11"),
        (7.0, 1985, "1985-01-21"),
        (8.0, 1985, "1985-02-20"),
        (7.0, 2007, "2007-02-17"),
        (8.0, 2007, "2007-02-18"),
        (7.0, 2024, "2024-02-10"),
    ],
)
def test_the_calendar_measured_against_is_the_one_in_use(zone: float, year: int, tet: str) -> None:
    firsts = {(m.year, m.month, m.leap): m.first for m in EVERY_MONTH[zone]}
    assert firsts[year, 1, False].isoformat() == tet


def test_leap_months_stand_where_almanacs_have_them() -> None:
    leaps = [(m.year, m.month) for m in EVERY_MONTH[7.0] if m.leap and 1957 <= m.year <= 2033]
    assert leaps[:9] == [
        (1957, 8),
        (1960, 6),
        (1963, 4),
        (1966, 3),
        (1968, 7),
        (1971, 5),
        (1974, 4),
        (1976, 8),
        (1979, 6),
    ]
    assert leaps[-5:] == [(2023, 2), (2025, 6), (2028, 5), (2031, 3), (2033, 11)]


@pytest.mark.parametrize("zone", ZONES)
def test_the_bounds_of_every_lunar_day_month_and_year_hold_the_days_they_can_mean(zone: float) -> None:
    for month in EVERY_MONTH[zone]:
        for day in (1, 2, 15, month.days):
            solar = month.first + datetime.timedelta(days=day - 1)
            for known in ((month.month, day), (month.month, None), (None, None)):
                first, last = bounds_of.bounds(month.year, *known)
                assert first <= solar <= last


def test_every_day_of_every_lunar_month_is_a_date_whose_bounds_hold_it() -> None:
    for month in EVERY_MONTH[7.0][::5]:
        for day in range(1, month.days + 1):
            date = lunar(f"{month.year}-{month.month:02}-{day:02}")
            assert lies_in(month.first + datetime.timedelta(days=day - 1), date)
            assert PartialDate.from_json(date.as_json()) == date


def test_a_printed_calendar_may_be_a_day_off() -> None:
    for month in EVERY_MONTH[7.0]:
        first, last = bounds_of.bounds(month.year, month.month, 1)
        assert first < month.first < last


def test_a_day_at_the_end_of_the_lunar_year_may_bear_the_solar_year_it_lies_in() -> None:
    for month in EVERY_MONTH[7.0]:
        last = month.first + datetime.timedelta(days=month.days - 1)
        if last.year > month.year and last.year <= LATEST_YEAR:
            first_of_year = max(month.first, datetime.date(last.year, 1, 1))
            day = (first_of_year - month.first).days + 1
            assert lies_in(first_of_year, lunar(f"{last.year}-{month.month:02}-{day:02}"))
            assert lies_in(last, lunar(f"{last.year}-{month.month:02}-{month.days:02}"))


def test_bounds_are_no_wider_than_the_months_wander() -> None:
    """A month's first day moves by a month; more than six weeks would make a check say nothing."""
    for year, month, day in product(range(EARLIEST_YEAR, LATEST_YEAR + 1, 10), range(1, 11), (1, 15, 30)):
        date = lunar(f"{year}-{month:02}-{day:02}")
        assert 29 <= (date.latest - date.earliest).days < 42


def _wandering(found: list[LunarMonth]) -> dict[int, tuple[tuple[int, int], tuple[int, int]]]:
    firsts: dict[int, list[tuple[int, int]]] = {}
    for month in found:
        later = 12 * (month.first.year - month.year)
        firsts.setdefault(month.month, []).append((month.first.month + later, month.first.day))
    return {number: (min(days), max(days)) for number, days in firsts.items()}


def test_the_table_of_first_days_is_the_one_the_calendar_gives() -> None:
    every = [month for zone in ZONES for month in EVERY_MONTH[zone]]
    assert tuple(_wandering(every)[number] for number in range(1, 13)) == bounds_of._FIRST_DAYS


@pytest.mark.parametrize("month", range(1, 13))
def test_every_lunar_month_may_have_thirty_days_and_none_more(month: int) -> None:
    assert parse(f"30/{month}/1957 âm lịch").on == f"1957-{month:02}-30"
    with pytest.raises(UnreadableDate) as refusal:
        parse(f"31/{month}/1957 âm lịch")
    assert refusal.value.reason is DateProblem.NO_SUCH_DAY


@pytest.mark.parametrize(
    ("written", "on"),
    [
        ("{d}/{m}/1957 âm lịch", "1957-{m:02}-{d:02}"),
        ("{d}.{m}.1957 (ÂL)", "1957-{m:02}-{d:02}"),
        ("{d}/{m} âm lịch năm 1957", "1957-{m:02}-{d:02}"),
        ("ngày {d} tháng {m} năm 1957 (âm lịch)", "1957-{m:02}-{d:02}"),
        ("ngày {d} tháng {m} nhuận năm 1957", "1957-{m:02}-{d:02}"),
        ("{d}/{m} nhuận/1957", "1957-{m:02}-{d:02}"),
        ("tháng {m} nhuận năm 1957", "1957-{m:02}"),
        ("rằm tháng {m} năm 1957", "1957-{m:02}-15"),
        ("ngày rằm tháng {m}/1957", "1957-{m:02}-15"),
        ("rằm tháng {m} âm lịch 1957", "1957-{m:02}-15"),
        ("tháng {m}/1957 al", "1957-{m:02}"),
    ],
)
def test_every_day_by_the_moon_is_read_and_kept(written: str, on: str) -> None:
    for month, day in product(range(1, 13), range(1, 31)):
        if "nhuận" in written and (month, day) == (2, 29):
            continue  # in doubt, see below
        text = written.format(d=day, m=month)
        date = parse(text)
        assert (date.on, date.calendar, date.written) == (on.format(d=day, m=month), "lunar", text)
        with translation.override("vi"):
            assert date.display().endswith("(âm lịch)")
            assert parse(date.display()).on == date.on


@pytest.mark.parametrize(
    ("written", "on"),
    [
        ("mồng 2 Tết năm 1957", "1957-01-02"),
        ("mùng 10 tết Đinh Dậu 1957", "1957-01-10"),
        ("Rằm tháng Giêng năm 1957", "1957-01-15"),
        ("ngày mồng 5 tháng Chạp năm 1957 (âm lịch)", "1957-12-05"),
        ("ngày 30 tháng Chạp năm Đinh Dậu 1957", "1957-12-30"),
        ("tháng Giêng năm Đinh Dậu (1957)", "1957-01"),
        ("29/2 nhuận/1947 âm lịch", "1947-02-29"),
    ],
)
def test_what_only_the_lunar_calendar_has_says_which_calendar_it_is(written: str, on: str) -> None:
    date = parse(written)
    assert (date.on, date.calendar, date.written) == (on, "lunar", written)


@pytest.mark.parametrize(
    "written", ["Tết Mậu Thân", "Tết 1957", "30 Tết 1957", "đêm giao thừa 1957", "trung thu 1957"]
)
def test_a_feast_is_refused_with_the_way_to_write_its_day(written: str) -> None:
    with translation.override("en"), pytest.raises(UnreadableDate, match="as 01/01/1957 âm lịch"):
        parse(written)


@pytest.mark.parametrize(
    "written", ["rằm tháng 7 năm 1957 dương lịch", "29/2 nhuận/1956", "ngày 29 tháng 2 nhuận năm 1956"]
)
def test_a_day_of_two_calendars_is_refused_until_it_says_which(written: str) -> None:
    with pytest.raises(UnreadableDate) as refusal:
        parse(written)
    assert refusal.value.reason is DateProblem.WHICH_CALENDAR


def test_a_leap_day_marked_as_lunar_is_lunar() -> None:
    assert parse("ngày 29 tháng 2 nhuận năm 1947", calendar="lunar").on == "1947-02-29"


def test_a_lunar_day_is_never_certainly_a_solar_one() -> None:
    for month in EVERY_MONTH[7.0][::11]:
        date = lunar(f"{month.year}-{month.month:02}-01")
        assert compare(date, month.first) == compare(month.first, date) == "cannot_tell"
        assert compare(date, date) == "cannot_tell"
