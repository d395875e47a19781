"""What the checks know of the units: only an act on record makes a beginning certain."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from communes.models import Level, Succession, Unit
from digitization.facts import facts_of_books
from digitization.models import Book

pytestmark = pytest.mark.django_db

TEXT, FIRST, LAST = "xã Bằng Doãn Mới, huyện Đoan Hùng", date(1998, 1, 1), date(1998, 12, 31)


@pytest.fixture
def new_commune(cast: Any) -> Unit:
    return Unit.objects.create(
        slug="moi",
        level=Level.COMMUNE,
        kind="xã",
        name="Bằng Doãn Mới",
        parent=cast.district,
        valid_from=date(2020, 1, 1),
        valid_to=date(2025, 7, 1),
    )


def certainly_not_there(book: Book) -> bool:
    commune, _district = facts_of_books([book])[0].places.named_in(TEXT)
    return commune.whole and commune.never_within(FIRST, LAST)


def test_a_first_day_without_an_act_is_only_where_a_list_begins(cast: Any, new_commune: Unit) -> None:
    assert not certainly_not_there(cast.book)


def test_a_unit_made_by_an_act_was_not_there_before(cast: Any, new_commune: Unit) -> None:
    Succession.objects.create(
        predecessor=cast.soc_dang,
        successor=new_commune,
        on_date=new_commune.valid_from,
        kind=Succession.Kind.MERGE,
        legal_basis="Nghị quyết 01",
    )
    assert certainly_not_there(cast.book)


def test_all_books_of_a_set_share_one_look_at_the_units(cast: Any, django_assert_num_queries: Any) -> None:
    books = list(Book.objects.all()) * 3
    with django_assert_num_queries(1):
        facts_of_books(books)
