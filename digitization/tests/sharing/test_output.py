"""What an hour and a day of work bring in a unit: of the people together, never of one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from civreg.lib import clock
from communes.models import User
from digitization.models import Book
from digitization.sharing.output import Output, output_of
from digitization.tests.making import make_book, make_record
from digitization.tests.sharing.giving import at

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 10)


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the business clock to a moment."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return set_to


def type_for_20_minutes(clock_at: Any, book: Book, by: User, *, every: int, day: date = DAY) -> None:
    """Type from eight o'clock on, an entry every so many minutes."""
    for minute in range(0, 21, every):
        clock_at(at(day, 8, minute))
        make_record(book, by)


def output(cast: Any) -> Output:
    return output_of([cast.soc_dang.pk], first=DAY, last=DAY).get(cast.soc_dang.pk, Output())


def test_two_people_make_a_figure_of_the_unit(cast: Any, clock_at: Any) -> None:
    type_for_20_minutes(clock_at, cast.book, cast.lan, every=2)
    type_for_20_minutes(clock_at, cast.book, cast.tu, every=4)
    found = output(cast)
    assert (found.people, found.person_days, found.typed) == (2, 2, 17)
    assert found.worked == timedelta(minutes=40)
    assert found.per_hour == pytest.approx(15 / 40 * 60)
    assert found.per_day == pytest.approx(8.5)


def test_what_one_person_does_is_not_told(cast: Any, clock_at: Any) -> None:
    type_for_20_minutes(clock_at, cast.book, cast.lan, every=2)
    assert (output(cast).per_hour, output(cast).per_day) == (None, None)


def test_somebody_who_typed_an_entry_in_passing_makes_no_day(cast: Any, clock_at: Any) -> None:
    type_for_20_minutes(clock_at, cast.book, cast.lan, every=2)
    clock_at(at(DAY, 15))
    make_record(cast.book, cast.tu)
    assert output(cast).people == 1


def test_the_work_for_another_unit_is_its_own(cast: Any, clock_at: Any) -> None:
    type_for_20_minutes(clock_at, make_book(cast.hop_nhat), cast.minh, every=2)
    assert output(cast) == Output()


def test_other_days_are_not_asked_for(cast: Any, clock_at: Any) -> None:
    type_for_20_minutes(clock_at, cast.book, cast.lan, every=2, day=DAY - timedelta(days=1))
    assert output(cast) == Output()
