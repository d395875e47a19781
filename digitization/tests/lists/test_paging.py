"""Paging by key: forwards and back, whatever is typed meanwhile, and the same for one unit and for many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from civreg.lib import clock
from communes.rights import Rights
from digitization import access
from digitization.entry_lists import IN_BOOK, NEWEST, OLDEST, Order, Page, page_of, walked
from digitization.models import Book, Record
from digitization.tests.making import make_book, make_record

pytestmark = pytest.mark.django_db


def copies(template: Record, count: int, **changes: Any) -> list[Record]:
    """Return further entries of the same book, typed one after another; several at the same moment."""
    start = template.entered_at
    rows = []
    for place in range(count):
        record = Record.objects.get(pk=template.pk)
        record.pk, record.number, record.number_raw = None, 1_000 + place, str(1_000 + place)
        record.entered_at = start + timedelta(seconds=place // 3)
        for name, value in changes.items():
            setattr(record, name, value)
        rows.append(record)
    return Record.objects.bulk_create(rows)


def pages(records: Any, order: Order, *, units: Any = None, size: int = 4) -> list[Page]:
    """Return every page, leafing forwards."""
    found = [page_of(records, order, units=units, size=size)]
    while found[-1].after:
        found.append(page_of(records, order, after=found[-1].after, units=units, size=size))
    return found


def ids(page: Page) -> list[int]:
    return [record.pk for record in page.records]


def expected(records: list[Record], order: Order) -> list[int]:
    keys = {
        "moi": lambda r: (-r.entered_at.timestamp(), -r.pk),
        "cu": lambda r: (r.entered_at.timestamp(), r.pk),
        "so": lambda r: (r.number_year or 9_999, r.number or 10**9, r.suffix, r.pk),
    }
    return [record.pk for record in sorted(records, key=keys[order.name])]


@pytest.mark.parametrize("order", [NEWEST, OLDEST, IN_BOOK], ids=lambda order: order.name)
def test_leafing_shows_every_entry_once_in_order(cast: Any, order: Order) -> None:
    template = make_record(cast.book, cast.lan, "12")
    rest = copies(template, 12) + copies(template, 3, suffix="A") + copies(template, 2, number=None)
    rest += copies(template, 2, number_year=None)
    found = pages(Record.objects.all(), order)
    assert [pk for page in found for pk in ids(page)] == expected([template, *rest], order)


@pytest.mark.parametrize("order", [NEWEST, OLDEST, IN_BOOK], ids=lambda order: order.name)
def test_going_back_shows_the_pages_one_came_through(cast: Any, order: Order) -> None:
    template = make_record(cast.book, cast.lan)
    copies(template, 15, number=None)
    copies(template, 2)
    forwards = pages(Record.objects.all(), order)
    assert len(forwards) == 5
    back = [forwards[-1]]
    while back[0].before:
        back.insert(0, page_of(Record.objects.all(), order, before=back[0].before, size=4))
    assert [ids(page) for page in back] == [ids(page) for page in forwards]


def test_what_is_typed_meanwhile_moves_nobody_s_page(cast: Any) -> None:
    template = make_record(cast.book, cast.lan)
    copies(template, 11)
    first = page_of(Record.objects.all(), NEWEST, size=4)
    second = page_of(Record.objects.all(), NEWEST, after=first.after, size=4)
    copies(template, 3, entered_at=clock.now() + timedelta(hours=1), number=None)
    assert ids(page_of(Record.objects.all(), NEWEST, after=first.after, size=4)) == ids(second)
    assert ids(page_of(Record.objects.all(), NEWEST, before=second.before, size=4)) == ids(first)


def test_whoever_goes_back_near_the_beginning_gets_the_first_page_whole(cast: Any) -> None:
    template = make_record(cast.book, cast.lan)
    copies(template, 9)
    everything = expected(list(Record.objects.all()), OLDEST)
    inside = Record.objects.get(pk=everything[2])
    page = page_of(Record.objects.all(), OLDEST, before=OLDEST.key_of(inside), size=4)
    assert ids(page) == everything[:4]
    assert not page.before


def test_a_page_that_emptied_meanwhile_leads_to_the_first_one(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    page = page_of(Record.objects.all(), OLDEST, after=OLDEST.key_of(record))
    assert ids(page) == [record.pk]
    assert page.whole


@pytest.mark.parametrize(
    "key", ["", "x", "-", "1", "1-2-3-4-5", "99999999999999999999-1", "-1-2", "9" * 40, "1-²"]
)
@pytest.mark.parametrize("order", [NEWEST, OLDEST, IN_BOOK], ids=lambda order: order.name)
def test_what_is_no_key_is_the_first_page(cast: Any, order: Order, key: str) -> None:
    record = make_record(cast.book, cast.lan)
    assert ids(page_of(Record.objects.all(), order, after=key)) == [record.pk]
    assert ids(page_of(Record.objects.all(), order, before=key)) == [record.pk]


def test_many_units_are_leafed_through_as_one_list(cast: Any) -> None:
    books = [cast.book, make_book(cast.hop_nhat), make_book(cast.district)]
    typists = {cast.soc_dang.pk: cast.lan, cast.hop_nhat.pk: cast.minh, cast.district.pk: cast.lan}
    for number, book in enumerate([*books] * 4):
        record = book_entry(book, number)
        record.entered_by = typists[book.custodian_id]
        record.entered_at = clock.now() + timedelta(minutes=number % 5)
        record.save()
    rights = Rights.of(cast.thu)
    visible, units = access.records_to_read(rights, cast.thu), access.units_to_read(rights)
    together = [ids(page) for page in pages(visible, NEWEST, units=units)]
    assert together == [ids(page) for page in pages(visible, NEWEST)]
    assert sum(map(len, together)) == 12


def book_entry(book: Book, number: int) -> Record:
    return Record(
        book=book,
        kind=book.kind,
        place_id=book.place_id,
        custodian_id=book.custodian_id,
        number=number + 1,
        number_raw=str(number + 1),
        number_year=1998,
    )


def test_a_file_walks_through_the_same_order(cast: Any) -> None:
    template = make_record(cast.book, cast.lan)
    rest = copies(template, 10)
    for order in (NEWEST, IN_BOOK):
        walk = [record.pk for some in walked(Record.objects.all(), order, at_once=3) for record in some]
        assert walk == expected([template, *rest], order)
