"""What a list of entries can be narrowed by: the same words for pages and API, and words for what makes no sense."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict

from civreg.lib import clock
from communes.rights import Rights
from digitization import access
from digitization.filters import RecordFilters
from digitization.models import Record, Status
from digitization.tests.making import make_book, make_record, move

pytestmark = pytest.mark.django_db


def narrowed(user: Any, words: str) -> RecordFilters:
    records = access.records_to_read(Rights.of(user), user)
    return RecordFilters(QueryDict(words), records, request=SimpleNamespace(user=user))


def found(user: Any, words: str) -> set[Record]:
    filters = narrowed(user, words)
    assert filters.is_valid(), filters.errors
    return set(filters.qs)


def typed_at(record: Record, *moment: int) -> None:
    """Let an entry have been typed at another moment: only before it is in the database."""
    record.pk, record.number = None, (record.number or 0) + 5_000
    record.entered_at = datetime(*moment, tzinfo=clock.VIETNAM)  # type: ignore[arg-type, misc]
    record.save(force_insert=True)


def test_without_filters_it_is_everything_one_may_see(cast: Any) -> None:
    ours = make_record(cast.book, cast.lan)
    make_record(make_book(cast.hop_nhat), cast.minh)
    assert found(cast.lan, "") == {ours}


def test_it_narrows_by_book_kind_and_year(cast: Any) -> None:
    first = make_record(cast.book, cast.lan)
    marriage = make_record(make_book(cast.soc_dang, kind="KH"), cast.lan)
    assert found(cast.lan, f"book={cast.book.pk}") == {first}
    assert found(cast.lan, "kind=KH") == {marriage}
    assert found(cast.lan, "kind=KH&year=1998") == set()
    assert found(cast.lan, f"kind=KH&year={marriage.number_year}") == {marriage}


def test_a_number_is_found_as_registers_write_it(cast: Any) -> None:
    twelve, twelve_a = (make_record(cast.book, cast.lan, number) for number in ("12", "12A"))
    assert found(cast.lan, "number=12") == {twelve}
    assert found(cast.lan, "number=12a") == {twelve_a}
    assert found(cast.lan, "number=012/1998") == {twelve}
    assert found(cast.lan, "number=12/1999") == set()


def test_it_narrows_by_any_of_several_states(cast: Any) -> None:
    entered = make_record(cast.book, cast.lan)
    checked = move(make_record(cast.book, cast.lan), Status.CHECKED, checker=cast.mai, leader=cast.binh)
    approved = move(make_record(cast.book, cast.lan), Status.APPROVED, checker=cast.mai, leader=cast.binh)
    assert found(cast.lan, "status=checked") == {checked}
    assert found(cast.lan, "status=entered&status=approved") == {entered, approved}
    assert found(cast.lan, "standing=withdrawn") == set()
    assert found(cast.lan, f"checked_by={cast.mai.pk}") == {checked, approved}


def test_it_narrows_by_a_rule_and_by_what_was_said_about_it(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    doubtful, settled = (make_record(cast.book, cast.lan, child_full_name="HÀ 4 QUYẾT") for _ in range(2))
    settled.findings.update(accepted_by=cast.lan, accepted_at=clock.now())
    Record.objects.filter(pk=settled.pk).update(open_warnings=0)
    rule = doubtful.findings.get().rule
    assert found(cast.lan, f"rule={rule}") == {doubtful, settled}
    assert found(cast.lan, f"rule={rule}&finding=open") == found(cast.lan, "finding=open") == {doubtful}
    assert found(cast.lan, f"rule={rule}&finding=accepted") == {settled}
    assert found(cast.lan, "finding=accepted") == {settled}
    assert found(cast.lan, "rule=C03") == set()


def test_it_narrows_by_the_person_who_typed(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    helped = make_record(cast.book, cast.tu)
    assert found(cast.mai, f"typed_by={cast.tu.pk}") == {helped}
    assert found(cast.mai, "typed_by=987654321") == set()


def test_days_are_days_in_viet_nam_and_both_ends_belong_to_them(cast: Any) -> None:
    template = make_record(cast.book, cast.lan)
    typed_at(template, 2024, 11, 30, 23, 59)
    before = template.pk
    typed_at(template, 2024, 12, 1, 0, 0)
    first = template.pk
    typed_at(template, 2024, 12, 5, 23, 59)
    last = template.pk

    def ids(words: str) -> set[int]:
        return {record.pk for record in found(cast.lan, words)} & {before, first, last}

    assert ids("typed_from=2024-12-01") == {first, last}
    assert ids("typed_to=05/12/2024") == {before, first, last}
    assert ids("typed_from=01/12/2024&typed_to=2024-12-04") == {first}


def test_a_page_is_a_page_of_a_book(cast: Any) -> None:
    on_page = make_record(cast.book, cast.lan, page_no="7")
    make_record(cast.book, cast.lan, page_no="8")
    assert found(cast.lan, f"book={cast.book.pk}&page_no=7") == {on_page}


def test_keeper_and_place_are_two_things(cast: Any) -> None:
    handed_over = make_book(cast.hop_nhat, place=cast.soc_dang)
    record = make_record(handed_over, cast.minh)
    make_record(cast.book, cast.lan)
    assert found(cast.thu, "unit=hop-nhat") == {record}
    assert found(cast.thu, "unit=hop-nhat&place=soc-dang") == {record}
    assert found(cast.minh, "place=soc-dang") == {record}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("book=one", "book"),
        ("book=99999999999999999999", "book"),
        ("kind=XX", "kind"),
        ("number=một", "number"),
        ("year=12", "year"),
        ("year=1e9", "year"),
        ("status=done", "status"),
        ("standing=%00", "standing"),
        ("rule=Z9", "rule"),
        ("finding=maybe", "finding"),
        ("typed_by=lan", "typed_by"),
        ("typed_from=31/02/2024", "typed_from"),
        ("typed_from=0001-01-01", "typed_from"),
        ("typed_to=9999-12-31", "typed_to"),
        ("unit=atlantis", "unit"),
        ("place=atlantis", "place"),
        ("page_no=12", "page_no"),
    ],
)
def test_what_makes_no_sense_is_said_in_words_and_lists_nothing(cast: Any, words: str, name: str) -> None:
    make_record(cast.book, cast.lan)
    filters = narrowed(cast.lan, words)
    assert list(filters.errors) == [name]
    assert not filters.qs.exists()


def test_a_unit_one_does_not_work_for_is_like_one_that_does_not_exist(cast: Any) -> None:
    make_record(make_book(cast.hop_nhat), cast.minh)
    foreign, missing = narrowed(cast.lan, "unit=hop-nhat"), narrowed(cast.lan, "unit=atlantis")
    assert foreign.errors == missing.errors != {}


def test_it_knows_what_narrows_the_list(cast: Any) -> None:
    filters = narrowed(cast.lan, "status=entered&year=&number=+12A+&page=3")
    assert filters.is_valid()
    assert filters.chosen() == {"status": ["entered"], "number": "12A"}
