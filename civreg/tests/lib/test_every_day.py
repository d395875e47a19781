"""Every day from 1850 until today, in every way a clerk may write it: it is read as that day and as no other."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from itertools import product

import pytest

from civreg.lib.partial_dates import PartialDate, UnreadableDate, parse
from civreg.lib.vietnamese import date_in_words, read_date_in_words, words_agree

FIRST, TODAY = datetime.date(1850, 1, 1), datetime.datetime.now(tz=datetime.UTC).date()
DAYS = [FIRST + datetime.timedelta(days=at) for at in range((TODAY - FIRST).days + 1)]
YEARS = range(FIRST.year, TODAY.year + 1)
MONTHS = [(year, month) for year in YEARS for month in range(1, 13)]
ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "", "XI", "XII"]

DAY_STYLES = (
    "{d}/{m}/{y}",
    "{d:02}/{m:02}/{y}",
    "{d}.{m}.{y}",
    "{d:02}.{m:02}.{y}.",
    "{d}-{m}-{y}",
    "{d} – {m} – {y}",
    "{d:02} / {m:02} / {y}",
    "{d:02} {m:02} {y}",
    "{d:02}{m:02}{y}",
    "{y}-{m:02}-{d:02}",
    "{y}/{m}/{d}",
    "ngày {d} tháng {m} năm {y}",
    "Ngày {d:02} tháng {m:02}, {y}",
    "NGÀY {d}, THÁNG {m}, NĂM {y}.",
    "ngày {d}/{m}/{y}",
    "ngày {d} - tháng {m} - năm {y}",
    "{d} tháng {m}/{y}",
    "ngay {d} thang {m} nam {y}",
    "sinh ngày {d}/{m} năm {y}",
    "{d}/{m}/{y} (dương lịch)",
)
MONTH_STYLES = (
    "{m}/{y}",
    "{m:02}/{y}",
    "{m}.{y}",
    "{m:02}-{y}",
    "00/{m:02}/{y}",
    "--/{m}/{y}",
    "??/{m:02}/{y}",
    "xx/{m}/{y}",
    "00{m:02}{y}",
    "{y}-{m:02}",
    "{y}-{m:02}-00",
    "tháng {m} năm {y}",
    "tháng {m}/{y}",
    "ngày … tháng {m} năm {y}",
    "ngày .... tháng {m:02} năm {y}",
    "không rõ ngày, tháng {m} năm {y}",
    "cuối tháng {m} năm {y}",
)
YEAR_STYLES = (
    "{y}",
    " {y}. ",
    "năm {y}",
    "00/00/{y}",
    "--/--/{y}",
    "??/??/{y}",
    "0000{y}",
    "sinh năm {y}",
    "không rõ ngày tháng, năm {y}",
    "{y} (không rõ ngày, tháng)",
    "đầu năm {y}",
)


def assert_read(text: str, on: str) -> None:
    date = parse(text)
    assert (date.on, date.calendar, date.written) == (on, "solar", text.strip())


def test_every_day_is_read_in_one_style_or_another_stored_and_shown() -> None:
    for at, day in enumerate(DAYS):
        text = DAY_STYLES[at % len(DAY_STYLES)].format(d=day.day, m=day.month, y=day.year)
        date = parse(text)
        assert (date.on, date.calendar, date.written) == (day.isoformat(), "solar", text.strip())
        assert date.earliest == date.latest == day
        assert PartialDate.from_json(date.as_json()) == date
        assert (date.display(), date.national()) == (f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}")


@pytest.mark.parametrize("style", DAY_STYLES)
def test_every_style_reads_every_day_of_a_year_and_one_day_of_every_year(style: str) -> None:
    for day in (day for at, day in enumerate(DAYS) if day.year == 1956 or at % 359 == 0):
        assert_read(style.format(d=day.day, m=day.month, y=day.year), day.isoformat())


def test_every_month_is_read_however_it_is_written() -> None:
    for at, (year, month) in enumerate(MONTHS):
        for style in MONTH_STYLES[at % 5 :: 5]:
            assert_read(style.format(m=month, y=year), f"{year}-{month:02}")


def test_every_year_is_read_however_it_is_written() -> None:
    for year, style in product(YEARS, YEAR_STYLES):
        assert_read(style.format(y=year), str(year))


def test_every_month_in_roman_figures_is_read_but_for_the_tenth_which_may_be_unknown() -> None:
    for month, separator in product(range(1, 13), "/.-"):
        if ROMAN[month]:
            assert_read(f"5{separator}{ROMAN[month]}{separator}1957", f"1957-{month:02}-05")
            assert_read(f"{ROMAN[month]}{separator}1957", f"1957-{month:02}")
    for text in ("5/X/1957", "5.X.1957", "5-X-1957", "X/1957"):
        with pytest.raises(UnreadableDate):
            parse(text)


def test_every_month_and_year_is_shown_as_it_is_stored_and_spans_exactly_its_days() -> None:
    for year, month in MONTHS:
        date = PartialDate(f"{year}-{month:02}")
        assert (date.display(), date.national()) == (f"{month:02}/{year}", f"{month:02}.{year}")
        assert date.earliest == datetime.date(year, month, 1)
        assert date.latest == datetime.date(year, month, calendar.monthrange(year, month)[1])
        assert PartialDate.from_json(date.as_json()) == date
    for year in YEARS:
        date = PartialDate(str(year))
        assert date.display() == date.national() == str(year)
        assert (date.earliest, date.latest) == (datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def test_no_day_the_calendar_does_not_have_is_ever_read() -> None:
    for (year, month), day in product(MONTHS[::7], range(29, 33)):
        if day > calendar.monthrange(year, month)[1]:
            for style in ("{d}/{m}/{y}", "{d:02}{m:02}{y}", "{y}-{m:02}-{d}", "ngày {d} tháng {m} năm {y}"):
                with pytest.raises(UnreadableDate):
                    parse(style.format(d=day, m=month, y=year))


# In words: every day of two years, and every year in days whose words are hard to take apart.
HARD = ((1, 1), (1, 11), (5, 5), (10, 10), (15, 5), (20, 10), (21, 1), (24, 4), (25, 5), (30, 11), (31, 12))
SAID = [day for day in DAYS if day.year in (1955, 2000)]
SAID += [
    datetime.date(year, *HARD[(year * 3 + step) % 11][::-1])
    for year in range(1850, 2101)
    for step in range(3)
]


def test_every_day_in_words_is_read_back_and_agrees() -> None:
    for day in SAID:
        date = PartialDate(day.isoformat())
        words = date_in_words(date)
        assert read_date_in_words(words) == PartialDate(date.on, words)
        assert words_agree(words, date) is True


def test_words_never_agree_with_a_neighbour_or_with_figures_swapped() -> None:
    for day in SAID[::5]:
        words = date_in_words(PartialDate(day.isoformat()))
        for other in neighbours(day):
            # "Tháng một" was a name of the eleventh lunar month, so that is in doubt, and only that.
            doubtful = (day.month, other) == (1, day.replace(month=11) if day.day < 31 else None)
            assert words_agree(words, PartialDate(other.isoformat())) is (None if doubtful else False)


def neighbours(day: datetime.date) -> set[datetime.date]:
    """Return what a slip makes of a day: one off, day and month changed about, two figures changed about."""
    year = f"{day.year}"
    swapped = {int(year[:2] + year[3] + year[2]), int(year[0] + year[2] + year[1] + year[3])}
    parts = [(day.year, day.day, day.month), *((other, day.month, day.day) for other in swapped)]
    parts += [
        (day.year, int(f"{day.month:02}"[::-1]), day.day),
        (day.year, day.month, int(f"{day.day:02}"[::-1])),
    ]
    parts += [(day.year, month, day.day) for month in range(1, 13)]
    parts += [(day.year + step, day.month, day.day) for step in (-100, -10, -1, 1, 10, 100)]
    near = {day + datetime.timedelta(days=step) for step in (-10, -1, 1, 10)}
    return {other for other in near | set(possible(parts)) if other != day and 1850 <= other.year <= 2100}


def possible(parts: list[tuple[int, int, int]]) -> Iterator[datetime.date]:
    for year, month, day in parts:
        if year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            yield datetime.date(year, month, day)


# Other words for the same numbers: each on its own, and many of them together.
WAYS = (
    ("mồng", "mùng"),
    ("mồng ", ""),
    ("linh", "lẻ"),
    ("nghìn", "ngàn"),
    ("mươi lăm", "mươi nhăm"),
    ("mươi tư", "mươi bốn"),
    ("mươi mốt", "mươi một"),
    ("bảy", "bẩy"),
    ("ngày hai mươi (?!tháng)", "ngày hăm "),
    ("ngày ba mươi (?!tháng)", "ngày băm "),
    ("không trăm ", ""),
    ("tháng tư", "tháng bốn"),
    (" (tháng|năm một|năm hai)", r", \1"),
)


def said_otherwise(words: str, *ways: tuple[str, str]) -> str:
    for usual, other in ways:
        words = re.sub(usual, other, words)
    return words


def test_every_way_to_say_a_day_is_read_as_that_day() -> None:
    for at, day in enumerate(SAID):
        plain = date_in_words(PartialDate(day.isoformat())).lower()
        some = WAYS[at % len(WAYS)], WAYS[(at // len(WAYS)) % len(WAYS)], WAYS[(at * 7 + 3) % len(WAYS)]
        for words in (said_otherwise(plain, some[0]), said_otherwise(plain, *some).upper() + "."):
            read = read_date_in_words(words)
            assert read is not None, words
            assert read.on == day.isoformat(), words


# What people leave out. Without it the words may mean two days: then the answer must be silence.
LEFT_OUT = (
    ("ngày ", ""),
    ("tháng ", ""),
    ("(?:ngày|tháng) ", ""),
    ("mươi (?=mốt|hai|ba|tư|lăm|sáu|bảy|tám|chín)", ""),
    ("trăm ", ""),
    ("nghìn ", ""),
    (" năm (?=một|hai nghìn)", " "),
)


def test_a_day_said_with_words_left_out_is_read_rightly_or_not_at_all() -> None:
    read_at_all = 0
    for at, day in enumerate(SAID):
        plain = date_in_words(PartialDate(day.isoformat())).lower()
        words = said_otherwise(plain, WAYS[(at // 7) % len(WAYS)], LEFT_OUT[at % len(LEFT_OUT)])
        read = read_date_in_words(words)
        assert read is None or read.on == day.isoformat(), words
        assert words_agree(words, PartialDate(day.isoformat())) is not False, words
        read_at_all += read is not None
    assert read_at_all > len(SAID) // 3
