"""Totals of lists: those of the tallies wherever these can tell, and always what a recount says."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from communes.models import Posting, Role
from communes.rights import Rights
from digitization import access, entry_totals
from digitization.entry_totals import Total, total_of
from digitization.filters import RecordFilters
from digitization.models import Record, Status
from digitization.tests.making import LONG_AGO, make_book, make_record, move

pytestmark = pytest.mark.django_db

TALLIED = [
    "",
    "kind=KS",
    "kind=KH",
    "status=checked",
    "status=entered&status=checked",
    "standing=normal",
    "standing=duplicate&standing=withdrawn",
    "status=entered&standing=normal&kind=KS",
    "unit=soc-dang",
    "place=soc-dang&status=entered",
]
COUNTED = ["year=1998", "number=3", "typed_from=2001-01-01", "finding=open", "rule=C12"]


def of(user: Any, words: str) -> tuple[RecordFilters, Rights]:
    rights = Rights.of(user)
    records = access.records_to_read(rights, user)
    filters = RecordFilters(QueryDict(words), records, request=SimpleNamespace(user=user))
    assert filters.is_valid(), filters.errors
    return filters, rights


def total(user: Any, words: str) -> Total:
    filters, rights = of(user, words)
    return total_of(filters.qs, filters, rights)


@pytest.fixture
def shelf(cast: Any) -> Any:
    """Entries of two communes, two kinds and several states."""
    marriages = make_book(cast.soc_dang, kind="KH")
    for book, typist in ((cast.book, cast.lan), (marriages, cast.lan), (make_book(cast.hop_nhat), cast.minh)):
        for _ in range(2):
            make_record(book, typist)
    move(make_record(cast.book, cast.lan), Status.CHECKED, checker=cast.mai, leader=cast.binh)
    make_record(cast.book, cast.lan, child_full_name="HÀ 4 QUYẾT")
    Record.objects.filter(pk=make_record(cast.book, cast.lan).pk).update(standing="withdrawn")
    make_record(cast.book, cast.tu)
    return cast


@pytest.mark.parametrize("words", [*TALLIED, *COUNTED])
@pytest.mark.parametrize("person", ["lan", "binh", "tu", "minh", "thu"])
def test_a_total_is_what_a_recount_says(shelf: Any, person: str, words: str) -> None:
    user = getattr(shelf, person)
    asked = words.replace("soc-dang", "hop-nhat") if person == "minh" else words
    filters, rights = of(user, asked)
    recount = Record.objects.filter(pk__in=filters.qs.values("pk")).count()
    assert total_of(filters.qs, filters, rights) == Total(recount)


@pytest.mark.parametrize("words", TALLIED)
def test_what_the_tallies_can_tell_is_asked_of_them_alone(shelf: Any, words: str) -> None:
    filters, rights = of(shelf.lan, words)
    with CaptureQueriesContext(connection) as captured:
        total_of(filters.qs, filters, rights)
    assert [("digitization_booktally" in q["sql"], "digitization_record" in q["sql"]) for q in captured] == [
        (True, False)
    ]


def test_a_helper_s_total_is_of_their_own_typing(shelf: Any) -> None:
    assert total(shelf.tu, "") == Total(1)
    assert total(shelf.lan, "").n > 1


def test_a_helper_s_total_stays_so_where_they_are_officer_elsewhere(shelf: Any) -> None:
    Posting.objects.create(user=shelf.tu, unit=shelf.hop_nhat, role=Role.OFFICER, valid_from=LONG_AGO)
    assert total(shelf.tu, "") == Total(3)


def test_counting_ends_where_nobody_reads_on(shelf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_totals, "FAR_ENOUGH", 2)
    assert total(shelf.lan, "year=1998") == Total(2, more=True)
