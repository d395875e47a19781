"""Ranges: who may be given what, what overlaps, who ended it, and what stays of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from civreg.lib import clock
from communes.models import Posting, Role, User
from digitization import ranges
from digitization.models import Book, Measure, RangeState, WorkRange
from digitization.ranges import Clash, OtherMeasure
from digitization.tests.making import LONG_AGO, days_ago, make_book, make_commune, make_person
from digitization.tests.sharing.giving import give
from digitization.verbs import NotAllowedNow


def in_force(book: Book) -> list[str]:
    held = WorkRange.objects.in_force(clock.today()).filter(book=book)
    return [f"{one.person.username} {one.first}–{one.last}" for one in held.order_by("year", "first")]


def leaves(person: User) -> None:
    Posting.objects.filter(user=person).update(valid_to=clock.today())


@pytest.mark.django_db
def test_the_officer_gives_numbers_to_the_helper_and_who_did_it_is_known(cast: Any) -> None:
    one = give(cast.book, cast.tu, 40, 60, by=cast.lan, note="từ trang 20")
    assert (one.person, one.given_by, one.state, one.size) == (cast.tu, cast.lan, RangeState.OPEN, 21)
    assert in_force(cast.book) == ["tu 40–60"]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), [(60, 80), (30, 40), (45, 50), (1, 100)])
def test_two_ranges_of_a_book_never_overlap(cast: Any, first: int, last: int) -> None:
    held = give(cast.book, cast.tu, 40, 60, by=cast.lan)
    with pytest.raises(Clash, match="Lê Anh Tú") as refused:
        give(cast.book, cast.mai, first, last, by=cast.lan)
    assert refused.value.other == held
    assert in_force(cast.book) == ["tu 40–60"]


@pytest.mark.django_db
def test_the_numbers_of_another_year_are_others(cast: Any) -> None:
    book = make_book(cast.soc_dang, year_from=1998, year_to=1999)
    give(book, cast.tu, 1, 20, by=cast.lan)
    give(book, cast.mai, 1, 20, by=cast.lan, year=1999)
    assert in_force(book) == ["tu 1–20", "mai 1–20"]


@pytest.mark.django_db
def test_a_book_is_shared_out_by_numbers_or_by_pages_not_by_both(cast: Any) -> None:
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    with pytest.raises(OtherMeasure):
        give(cast.book, cast.mai, 100, 120, by=cast.lan, measure=Measure.PAGES)


@pytest.mark.django_db
def test_the_database_refuses_what_slips_past(cast: Any) -> None:
    one = give(cast.book, cast.tu, 40, 60, by=cast.lan)
    same = {"book": cast.book, "person": cast.mai, "given_by": cast.lan, "given_at": clock.now()}
    wrong: list[dict[str, Any]] = [
        {"measure": Measure.NUMBERS, "year": 1998, "first": 60, "last": 61},
        {"measure": Measure.PAGES, "first": 1, "last": 2},
        {"measure": Measure.NUMBERS, "year": 1998, "first": 80, "last": 79},
        {"measure": Measure.NUMBERS, "first": 80, "last": 81},
        {"measure": Measure.NUMBERS, "year": 1998, "first": 80, "last": 81, "state": RangeState.DONE},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkRange.objects.create(**same, **values)
    for changes in ({"person": cast.mai}, {"last": 61}, {"given_by": cast.mai}, {"note": "x"}):
        with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
            WorkRange.objects.filter(pk=one.pk).update(**changes)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        one.delete()


@pytest.mark.django_db
def test_what_ended_stays_ended(cast: Any) -> None:
    one = give(cast.book, cast.tu, 40, 60, by=cast.lan)
    ranges.take_back(by=cast.mai, one=one, intent=uuid4())
    one.refresh_from_db()
    assert (one.state, one.ended_by, one.given_back) == (RangeState.RETURNED, cast.mai, False)
    for verb in (ranges.take_back, ranges.hand_back, ranges.finish):
        with pytest.raises(NotAllowedNow):
            verb(by=cast.tu, one=one, intent=uuid4())
    again = {"state": RangeState.OPEN, "ended_by": None, "ended_at": None}
    with pytest.raises(DatabaseError, match="ends once"), transaction.atomic():
        WorkRange.objects.filter(pk=one.pk).update(**again)
    give(cast.book, cast.mai, 50, 70, by=cast.lan)


@pytest.mark.django_db
def test_who_hands_it_back_is_told_from_who_takes_it(cast: Any) -> None:
    one = give(cast.book, cast.tu, 40, 60, by=cast.lan)
    ranges.hand_back(by=cast.tu, one=one, intent=uuid4())
    one.refresh_from_db()
    assert (one.state, one.given_back) == (RangeState.RETURNED, True)
    assert in_force(cast.book) == []


@pytest.mark.django_db
def test_a_helper_who_left_leaves_theirs_free(cast: Any) -> None:
    left = give(cast.book, cast.tu, 40, 60, by=cast.lan)
    leaves(cast.tu)
    assert in_force(cast.book) == []
    give(cast.book, cast.mai, 50, 70, by=cast.lan)
    left.refresh_from_db()
    assert (left.state, left.ended_by) == (RangeState.RETURNED, cast.lan)
    assert in_force(cast.book) == ["mai 50–70"]


@pytest.mark.django_db
def test_a_closed_account_leaves_its_ranges_free(cast: Any) -> None:
    account = User.objects.filter(pk=cast.tu.pk)
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    account.update(is_active=False)
    assert in_force(cast.book) == []
    account.update(is_active=True, ends_on=clock.today())
    assert in_force(cast.book) == []
    account.update(ends_on=clock.today() + timedelta(days=1))
    assert in_force(cast.book) == ["tu 40–60"]


@pytest.mark.django_db
def test_a_book_handed_over_leaves_its_ranges_free(cast: Any) -> None:
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    Book.objects.filter(pk=cast.book.pk).update(custodian=cast.hop_nhat)
    assert in_force(cast.book) == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["minh", "binh", "thu", "hoa"])
def test_nobody_is_given_what_they_may_not_type(cast: Any, who: str) -> None:
    with pytest.raises(NotAllowedNow):
        give(cast.book, getattr(cast, who), 40, 60, by=cast.lan)


@pytest.mark.django_db
def test_it_refuses_what_nobody_can_mean(cast: Any) -> None:
    wrong: list[tuple[int, int, dict[str, Any]]] = [
        (0, 5, {}),
        (9, 5, {}),
        (1, 2_001, {}),
        (1, 5, {"until": days_ago(1)}),
        (1, 5, {"year": None}),
        (1, 5, {"note": "x" * 201}),
    ]
    for first, last, rest in wrong:
        with pytest.raises(NotAllowedNow):
            give(cast.book, cast.tu, first, last, by=cast.lan, **rest)
    assert not WorkRange.objects.exists()


@pytest.mark.django_db
def test_the_same_press_twice_gives_one_range(cast: Any) -> None:
    intent, until = uuid4(), clock.today() + timedelta(days=3)
    given = [
        ranges.give(
            by=cast.lan,
            book=cast.book,
            person=cast.tu,
            measure=Measure.PAGES,
            first=1,
            last=9,
            until=until,
            intent=intent,
        )
        for _time in range(2)
    ]
    assert given[0] == given[1]
    assert WorkRange.objects.count() == 1


def test_two_officers_who_share_out_one_book_at_the_same_moment_are_not_both_right(
    committed_database: str,
) -> None:
    commune = make_commune()
    book = make_book(commune)
    officers = [make_person(name, Role.OFFICER, commune) for name in ("lan", "mai")]
    ready = Barrier(2)

    def gives(officer: User) -> str:
        try:
            ready.wait(10)
            return str(give(book, officer, 10, 30, by=officer).person)
        except Clash as clash:
            return f"refused: {clash.other and clash.other.person}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(gives, officers))
    winner = WorkRange.objects.get().person
    assert answers == sorted([str(winner), f"refused: {winner}"])


@pytest.mark.django_db
def test_somebody_with_two_posts_keeps_the_range_while_one_holds(cast: Any) -> None:
    Posting.objects.create(user=cast.tu, unit=cast.soc_dang, role=Role.OFFICER, valid_from=LONG_AGO)
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    Posting.objects.filter(user=cast.tu, role=Role.HELPER).update(valid_to=clock.today())
    assert in_force(cast.book) == ["tu 40–60"]
