"""Before, after, the same, or cannot tell: held against every pair of days two dates can mean."""

from __future__ import annotations

import calendar as solar_calendar
import datetime
from itertools import product

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from civreg.lib.partial_dates import (
    Calendar,
    PartialDate,
    certainly_after,
    certainly_before,
    compare,
    days_between,
    years_between,
)

OPPOSITE = {"before": "after", "after": "before", "same": "same", "cannot_tell": "cannot_tell"}
DAYS = st.dates(datetime.date(1850, 1, 1), datetime.date(2100, 12, 31))
# Close together, so that dates overlap, touch and nest; around a leap day and around Tết.
NEAR = st.dates(datetime.date(1955, 11, 1), datetime.date(1957, 3, 31))


def _partial(day: datetime.date, precision: int, calendar: Calendar) -> PartialDate:
    in_both = min(day.day, 30) if calendar == "lunar" else day.day
    return PartialDate(f"{day:%Y-%m}-{in_both:02}"[:precision], calendar=calendar)


SOLAR = st.builds(_partial, NEAR, st.sampled_from([4, 7, 10, 10]), st.just("solar"))
LUNAR = st.builds(_partial, NEAR, st.sampled_from([7, 10]), st.just("lunar"))
DATES = (
    SOLAR
    | SOLAR
    | LUNAR
    | st.builds(_partial, DAYS, st.sampled_from([4, 7, 10]), st.sampled_from(["solar", "lunar"]))
)
ANY = DATES | NEAR


def days_of(date: PartialDate | datetime.date) -> list[datetime.date]:
    if isinstance(date, datetime.date):
        return [date]
    return [
        date.earliest + datetime.timedelta(days=at) for at in range((date.latest - date.earliest).days + 1)
    ]


def completed_years(born: datetime.date, on: datetime.date) -> int:
    """Count birthdays, as a person does; whoever was born on 29 February has theirs on 1 March of other years."""
    years, step = 0, 1 if on >= born else -1
    while step > 0 and _birthday(born, years + 1) <= on:
        years += 1
    while step < 0 and _birthday(born, years) > on:
        years -= 1
    return years


def _birthday(born: datetime.date, years: int) -> datetime.date:
    year = born.year + years
    if (born.month, born.day) == (2, 29) and not solar_calendar.isleap(year):
        return datetime.date(year, 3, 1)
    return born.replace(year=year)


@given(ANY, ANY)
@example(PartialDate("1956"), PartialDate("1956-02-29"))
@example(PartialDate("1956-02"), PartialDate("1956-03"))
def test_the_answer_is_what_every_pair_of_days_says(a: PartialDate, b: PartialDate) -> None:
    pairs = set()
    for one, other in product(days_of(a)[:: max(1, len(days_of(a)) // 40)] + days_of(a)[-1:], days_of(b)):
        pairs.add("before" if one < other else "after" if one > other else "same")
    truth = pairs.pop() if len(pairs) == 1 else "cannot_tell"
    assert compare(a, b) == truth
    assert compare(b, a) == OPPOSITE[truth]
    assert certainly_before(a, b) is certainly_after(b, a) is (truth == "before")
    assert certainly_after(a, b) is certainly_before(b, a) is (truth == "after")


@given(ANY, ANY, ANY)
def test_what_is_certain_goes_on_to_a_third_date(a: PartialDate, b: PartialDate, c: PartialDate) -> None:
    if compare(a, b) == compare(b, c) == "before":
        assert compare(a, c) == "before"
    if compare(a, b) == "same":
        assert compare(a, c) == compare(b, c)
    if certainly_before(a, b) and compare(b, c) == "cannot_tell":
        assert compare(a, c) in ("before", "cannot_tell")


@given(ANY, ANY)
def test_two_dates_are_the_same_only_as_one_certain_day(a: PartialDate, b: PartialDate) -> None:
    assert (compare(a, b) == "same") is (len(days_of(a)) == 1 and days_of(a) == days_of(b))


@given(ANY)
def test_a_date_is_never_before_or_after_itself(a: PartialDate) -> None:
    assert compare(a, a) == ("same" if len(days_of(a)) == 1 else "cannot_tell")


@given(SOLAR, st.sampled_from([4, 7]))
def test_a_date_and_the_year_or_month_around_it_cannot_be_ordered(date: PartialDate, known: int) -> None:
    around = PartialDate(date.on[:known])
    assume(around != date)
    assert compare(date, around) == compare(around, date) == "cannot_tell"


@given(ANY, ANY)
@example(PartialDate("1956-02-29"), PartialDate("1957-02"))
@example(PartialDate("1956-02"), PartialDate("1957-02-28"))
def test_the_bounds_of_an_age_and_of_a_span_are_reached_and_never_passed(
    a: PartialDate, b: PartialDate
) -> None:
    first, last = days_of(a)[0], days_of(a)[-1]
    from_days = {first, last, *days_of(a)[:: max(1, len(days_of(a)) // 12)]}
    to_days = {days_of(b)[0], days_of(b)[-1], *days_of(b)[:: max(1, len(days_of(b)) // 12)]}
    years = [completed_years(one, other) for one, other in product(from_days, to_days)]
    spans = [(other - one).days for one, other in product(from_days, to_days)]
    assert years_between(a, b) == (min(years), max(years))
    assert days_between(a, b) == (min(spans), max(spans))


def test_an_age_is_exact_for_every_day_of_birth_around_a_leap_day() -> None:
    around = [datetime.date(1956, 2, 1) + datetime.timedelta(days=at) for at in range(60)]
    for born, on in product(around, [day.replace(year=1957) for day in around if day.day != 29] + around):
        true = completed_years(born, on)
        assert years_between(born, on) == (true, true)


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        ("1956", "1957", "before"),
        ("1956", "1956", "cannot_tell"),
        ("1956-12", "1957", "before"),
        ("1957-01-01", "1956", "after"),
        ("1956-12-31", "1957-01-01", "before"),
        ("1956-03-12", "1956-03-12", "same"),
        ("1956-03", "1956-03", "cannot_tell"),
    ],
)
def test_the_answers_a_clerk_would_give(a: str, b: str, answer: str) -> None:
    assert compare(PartialDate(a), PartialDate(b)) == answer
