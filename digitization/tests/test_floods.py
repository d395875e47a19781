"""Values that stand in too many entries of a book, found by the worker, told to who answers for the unit."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from communes.models import User
from digitization import floods, workflow
from digitization.models import Book, BookFlood, BookLook
from digitization.tasks import look_for_floods
from digitization.tests.making import make_book, make_entry, make_record
from digitization.tests.record_types.judging import day

pytestmark = pytest.mark.django_db
FIELD = "mother_birth_date"


def as_user(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fill(cast: Any, book: Book, count: int, **changes: Any) -> None:
    """Type entries of which every date is another one, but for what is changed."""
    start = book.records.count()
    for number in range(start + 1, start + count + 1):
        born = f"1998-{1 + number % 4:02}-{1 + number % 27:02}"
        own = {
            "child_birth_date": day(born),
            "child_birth_date_words": None,
            "applicant_id_no": f"13{number:07}",
            "applicant_id_issued_on": day(f"1990-{1 + number % 12:02}-{1 + number % 28:02}"),
            FIELD: day("1975"),
        }
        make_record(book, cast.lan, number, **own | changes)


def found(book: Book) -> set[tuple[str, str, int]]:
    floods.look_through(book.pk, book.kind)
    return set(book.floods.values_list("field", "value", "n"))


def test_one_day_in_five_entries_of_twenty_is_found(cast: Any) -> None:
    fill(cast, cast.book, 15)
    fill(cast, cast.book, 4, **{FIELD: day("1970-11-19")})
    assert found(cast.book) == set()
    fill(cast, cast.book, 1, **{FIELD: day("1970-11-19")})
    assert found(cast.book) == {(FIELD, "1970-11-19", 5)}


def test_a_year_alone_is_what_many_books_have(cast: Any) -> None:
    fill(cast, cast.book, 10)
    assert found(cast.book) == set()


def test_a_filler_and_a_made_up_number_are_found_too(cast: Any) -> None:
    fill(cast, cast.book, 6, father_residence="không", applicant_id_no="131000000", recorder_name="-")
    assert found(cast.book) == {
        ("father_residence", "không", 6),
        ("applicant_id_no", "131000000", 6),
        ("recorder_name", "-", 6),
    }


def test_a_stated_absence_and_words_that_repeat_are_none(cast: Any) -> None:
    fill(cast, cast.book, 6, father_residence={"absent": "not_written"}, mother_residence="Khu 4")
    assert found(cast.book) == set()


def test_a_share_of_five_percent_is_not_more_than_five_percent(cast: Any) -> None:
    fill(cast, cast.book, 5, **{FIELD: day("1970-11-19")})
    fill(cast, cast.book, 95)
    assert found(cast.book) == set()


def test_the_worker_looks_at_a_book_again_only_when_its_entries_change(cast: Any) -> None:
    fill(cast, cast.book, 6, **{FIELD: day("1970-11-19")})
    look_for_floods()
    assert cast.book.floods.count() == 1
    BookFlood.objects.all().delete()
    assert floods.look() == 0
    fill(cast, cast.book, 1)
    assert floods.look() == 1
    assert cast.book.floods.count() == 1


def test_what_was_corrected_is_gone_at_the_next_look(cast: Any) -> None:
    fill(cast, cast.book, 5, **{FIELD: day("1970-11-19")})
    assert found(cast.book)
    record = cast.book.records.get(number=1)
    entry = make_entry(
        cast.book, 1, **{FIELD: {"absent": "not_written"}, "child_birth_date": day("1998-01-03")}
    )
    workflow.correct(by=cast.lan, record=record, version=record.version, entry=entry, intent=uuid4())
    assert FIELD not in {field for field, _value, _n in found(cast.book)}


@pytest.fixture
def flooded(cast: Any) -> Book:
    fill(cast, cast.book, 6, **{FIELD: day("1970-11-19")})
    floods.look_through(cast.book.pk, cast.book.kind)
    return Book.objects.get(pk=cast.book.pk)


def test_leader_and_justice_read_it_where_they_look_at_a_book(cast: Any, flooded: Book) -> None:
    for person in (cast.binh, cast.thu):
        page = as_user(person).get(reverse("digitization:book", args=[flooded.pk])).content.decode()
        assert "“19/11/1970” có ở 6 trong 6 trường hợp" in page
        books = as_user(person).get(reverse("digitization:books"), {"don-vi": "soc-dang"}).content.decode()
        assert "Giá trị lặp quá nhiều" in books
        listed = as_user(person).get(
            reverse("digitization:cross_checks"), {"muc": "gia-tri", "don-vi": "soc-dang"}
        )
        assert "19/11/1970" in listed.content.decode()


def test_a_helper_is_told_nothing_of_it(cast: Any, flooded: Book) -> None:
    page = as_user(cast.tu).get(reverse("digitization:book", args=[flooded.pk])).content.decode()
    assert "19/11/1970" not in page


def test_the_entries_that_have_the_value_are_one_list(cast: Any, flooded: Book) -> None:
    fill(cast, flooded, 2)
    records = reverse("digitization:records")
    flood = flooded.floods.get()
    page = as_user(cast.binh).get(records, {"book": flooded.pk, "flood": flood.pk}).content.decode()
    ids = {record.pk for record in flooded.records.filter(number__lte=6)}
    assert {pk for pk in flooded.records.values_list("pk", flat=True) if f'/ho-so/{pk}/"' in page} == ids
    other = as_user(cast.minh).get(records, {"flood": flood.pk}).content.decode()
    assert "/ho-so/" + str(min(ids)) + "/" not in other


def test_a_second_copy_or_an_empty_book_is_no_trouble(cast: Any) -> None:
    make_book(cast.soc_dang)
    assert floods.look() == 0


def test_a_book_that_takes_too_long_keeps_no_other_from_its_turn(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = make_book(cast.soc_dang, year=1998), make_book(cast.soc_dang, series="B")
    for book in (slow, quick):
        fill(cast, book, 10)
    through: list[int] = []

    def look_through(book: int, kind: str, mark: str = "") -> None:
        if book == slow.pk:
            raise OperationalError
        through.append(book)

    monkeypatch.setattr(floods, "look_through", look_through)
    for _round in range(3):
        floods.look(60)
    assert quick.pk in through and BookLook.objects.filter(book=slow).exists()
