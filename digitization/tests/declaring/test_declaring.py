"""What a unit says the national system holds: the whole number of a book, on some ground, never written over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from civreg.lib import clock
from digitization.declaring.verb import Line, NotTrue, declare
from digitization.models import Book, Declaration
from digitization.tests.making import declare_of, make_book, make_record, state_total

pytestmark = pytest.mark.django_db


def say(
    cast: Any, book: Book, n: int, *, seen: int | None = None, day: date | None = None, note: str = "thống kê"
) -> int:
    return declare(
        by=cast.lan,
        day=day or clock.today(),
        lines=[Line(book.pk, n, seen)],
        note=note,
        proof=None,
        intent=uuid4(),
    )


def declared(book: Book) -> int:
    return Book.objects.get(pk=book.pk).declared


def refused_by_the_database(act: Callable[[], Any]) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        act()
    return str(getattr(error.value.__cause__, "pgcode", ""))


def test_the_newest_statement_stands_in_the_book(cast: Any) -> None:
    say(cast, cast.book, 40)
    assert declared(cast.book) == 40
    say(cast, cast.book, 55, seen=40)
    assert declared(cast.book) == 55
    assert [(row.revision, row.n) for row in cast.book.declarations.all()] == [(2, 55), (1, 40)]


def test_a_statement_about_an_earlier_day_does_not_change_what_holds_now(cast: Any) -> None:
    say(cast, cast.book, 40)
    say(cast, cast.book, 20, seen=40, day=clock.today() - timedelta(days=3))
    assert declared(cast.book) == 40


def test_more_than_the_book_holds_is_refused_in_words(cast: Any) -> None:
    with pytest.raises(NotTrue) as refusal:
        say(cast, cast.book, 101)
    assert "100" in str(refusal.value.lines[cast.book.pk])
    assert declared(cast.book) == 0


def test_a_book_without_a_total_can_be_declared(cast: Any) -> None:
    book = make_book(cast.soc_dang, total=None)
    say(cast, book, 7)
    assert declared(book) == 7


def test_less_than_before_needs_a_reason(cast: Any) -> None:
    say(cast, cast.book, 40)
    with pytest.raises(NotTrue):
        say(cast, cast.book, 30, seen=40, note=" ")
    say(cast, cast.book, 30, seen=40, note="hôm trước đếm nhầm")
    assert declared(cast.book) == 30


def test_a_day_in_the_future_is_refused(cast: Any) -> None:
    with pytest.raises(NotTrue):
        say(cast, cast.book, 1, day=clock.today() + timedelta(days=1))


def test_a_statement_that_rests_on_nothing_is_refused(cast: Any) -> None:
    with pytest.raises(NotTrue):
        say(cast, cast.book, 1, note="")


def test_a_second_copy_is_never_declared(cast: Any) -> None:
    copy = make_book(cast.soc_dang, second_copy_of=cast.book, copy_no=2)
    with pytest.raises(NotTrue) as refusal:
        say(cast, copy, 1)
    assert copy.pk in refusal.value.lines


def test_what_a_colleague_declared_meanwhile_is_not_written_over(cast: Any) -> None:
    say(cast, cast.book, 40)
    with pytest.raises(NotTrue) as refusal:
        say(cast, cast.book, 35, seen=None)
    assert "40" in str(refusal.value.lines[cast.book.pk])
    assert declared(cast.book) == 40


def test_one_line_that_cannot_be_true_keeps_all_lines_from_being_written(cast: Any) -> None:
    other = make_book(cast.soc_dang, total=10)
    lines = [Line(cast.book.pk, 50, None), Line(other.pk, 11, None)]
    with pytest.raises(NotTrue) as refusal:
        declare(by=cast.lan, day=clock.today(), lines=lines, note="x", proof=None, intent=uuid4())
    assert list(refusal.value.lines) == [other.pk]
    assert not Declaration.objects.exists()


def test_the_same_form_sent_twice_is_one_statement(cast: Any) -> None:
    intent = uuid4()
    for _ in range(2):
        declare(
            by=cast.lan,
            day=clock.today(),
            lines=[Line(cast.book.pk, 5, None)],
            note="x",
            proof=None,
            intent=intent,
        )
    assert cast.book.declarations.count() == 1


def test_nothing_declared_says_nothing_of_what_is_held(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    say(cast, cast.book, 40)
    assert cast.book.records.count() == 1


def test_the_database_itself_refuses_more_than_the_total_and_less_without_a_reason(cast: Any) -> None:
    declare_of(cast.book, 40)
    assert refused_by_the_database(lambda: declare_of(cast.book, 101)) == "CV007"
    last = Declaration(book=cast.book, day=clock.today(), revision=2, n=3, by=cast.lan, at=clock.now())
    assert refused_by_the_database(lambda: last.save(force_insert=True)) != ""


def test_what_was_declared_is_never_rewritten(cast: Any) -> None:
    declare_of(cast.book, 40)
    denied = "42501"
    assert refused_by_the_database(lambda: Declaration.objects.update(n=41)) == denied
    assert refused_by_the_database(lambda: Declaration.objects.all()._raw_delete("default")) == denied
    assert refused_by_the_database(lambda: Book.objects.filter(pk=cast.book.pk).update(declared=1)) == "CV000"
    assert refused_by_the_database(lambda: make_book(cast.soc_dang, declared=1, total=None)) == "CV000"


def test_a_total_lowered_below_what_is_declared_stays_for_people_to_see(cast: Any) -> None:
    declare_of(cast.book, 40)
    book = state_total(cast.book, 30)
    assert (book.total, book.declared) == (30, 40)


def test_a_recount_repairs_what_somebody_changed_behind_the_product(cast: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT civreg_recount_books()")
        assert cursor.fetchone() == (0,)
