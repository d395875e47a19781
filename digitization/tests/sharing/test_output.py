"""What an hour and a day of work bring in a unit: of the people together, never of one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from civreg.lib import clock
from communes.models import Posting, Role, User
from digitization.models import Book
from digitization.sharing.output import Output, output_of, together
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
    assert (found.people, found.person_days, found.typed) == (frozenset({cast.lan.pk, cast.tu.pk}), 2, 17)
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
    assert output(cast).people == {cast.lan.pk}


def test_the_work_for_another_unit_is_its_own(cast: Any, clock_at: Any) -> None:
    type_for_20_minutes(clock_at, make_book(cast.hop_nhat), cast.minh, every=2)
    assert output(cast) == Output()


def test_other_days_are_not_asked_for(cast: Any, clock_at: Any) -> None:
    type_for_20_minutes(clock_at, cast.book, cast.lan, every=2, day=DAY - timedelta(days=1))
    assert output(cast) == Output()


def work(*people: int, typed: int = 100) -> Output:
    """Return what so many people typed, each on ten days."""
    days = 10 * len(people)
    return Output(
        people=frozenset(people),
        person_days=days,
        typed=typed * days,
        timed=typed * days,
        worked=timedelta(hours=8 * days),
    )


def test_one_person_in_two_units_is_one_person_in_both_together() -> None:
    whole = together([work(1), work(1, typed=50)])
    assert (whole.per_hour, whole.per_day) == (None, None)


def test_two_units_of_one_person_each_are_two_people() -> None:
    assert together([work(1), work(2, typed=50)]).per_day == 75


def test_a_unit_of_one_person_cannot_be_taken_out_of_the_sum_of_all() -> None:
    """Whoever knows the rates of the sum and of the larger unit would know the person's own by subtracting."""
    assert together([work(1, 2, 3), work(4, typed=10)]) == work(1, 2, 3)
    assert together([work(1, 2, 3), work(4, typed=10), work(4, typed=30)]) == work(1, 2, 3)


def test_units_of_one_person_are_in_the_sum_where_they_are_several_people() -> None:
    whole = together([work(1, 2), work(3, typed=10), work(4, typed=30)])
    assert whole.people == {1, 2, 3, 4}
    assert whole.per_day == 60


def test_nobody_at_work_is_no_figure() -> None:
    assert together([]).per_day is None


def test_the_same_person_is_found_in_both_units(cast: Any, clock_at: Any) -> None:
    """Minh types for Hợp Nhất and, helping out, for Sóc Đăng: alone in both."""
    Posting.objects.create(user=cast.minh, unit=cast.soc_dang, role=Role.HELPER, valid_from=date(2020, 1, 1))
    minh = User.objects.get(pk=cast.minh.pk)
    type_for_20_minutes(clock_at, make_book(cast.hop_nhat), minh, every=2)
    type_for_20_minutes(clock_at, cast.book, minh, every=2, day=DAY + timedelta(days=1))
    found = output_of([cast.soc_dang.pk, cast.hop_nhat.pk], first=DAY, last=DAY + timedelta(days=1))
    assert {unit: one.people for unit, one in found.items()} == {
        cast.soc_dang.pk: {cast.minh.pk},
        cast.hop_nhat.pk: {cast.minh.pk},
    }
    assert not together(found.values()).told
