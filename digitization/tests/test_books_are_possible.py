"""What a book is (B01), and what its total rests on (B02, B03, B05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from civreg.lib import clock
from digitization.inventory import stating
from digitization.inventory.doubts import doubts_of
from digitization.models import Basis, Book, BookTotal, Decision
from digitization.tests.making import make_book, make_record, state_total
from digitization.tests.test_inventory_pages import NEW, as_user
from digitization.verbs import NotAllowedNow

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("closed_on", "31/12/1976"),
        ("closed_on", "01/01/2099"),
        ("opened_year", "1849"),
        ("opened_year", "2099"),
        ("year_to", "2099"),
        ("year_to", "1976"),
        ("pages", "0"),
        ("per_page", "0"),
    ],
)
def test_b01_refuses_a_book_there_cannot_be_with_a_link_to_the_rule(
    cast: Any, field: str, value: str
) -> None:
    data = {**NEW, "year_from": "1977", field: value, "unit": cast.soc_dang.pk, "intent": str(uuid4())}
    answer = as_user(cast.lan).post(reverse("digitization:new_book"), data)
    assert answer.status_code == 422
    assert f"{reverse('digitization:rules')}#B01" in answer.content.decode()


def test_b01_is_asked_of_a_description_too_whatever_is_wrong_in_the_book(cast: Any) -> None:
    Book.objects.filter(pk=cast.book.pk).update(opened_year=2099, year_from=None, year_to=None)
    url = reverse("digitization:describe_book", args=[cast.book.pk])
    answer = as_user(cast.lan).post(url, {"per_page": "2", "note": "Bìa rách", "intent": str(uuid4())})
    assert (answer.status_code, "#B01" in answer.content.decode()) == (422, True)


def test_b01_takes_a_book_locked_in_the_year_it_was_opened(cast: Any) -> None:
    data = {**NEW, "closed_on": "31/12/1977", "pages": "1", "year_from": "1977", "year_to": "1977"}
    answer = as_user(cast.lan).post(
        reverse("digitization:new_book"), {**data, "unit": cast.soc_dang.pk, "intent": str(uuid4())}
    )
    assert answer.status_code == 302
    assert Book.objects.get(opened_year=1977).closed_on == date(1977, 12, 31)


@pytest.mark.parametrize(
    "wrong", [{"closed_on": date(1997, 12, 31)}, {"year_to": 2999}, {"year_from": 1066}, {"pages": 0}]
)
def test_b01_is_kept_by_the_database_whoever_writes(cast: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Book.objects.filter(pk=cast.book.pk).update(**wrong)


def test_b01_is_a_sentence_where_only_the_database_could_see_it(cast: Any) -> None:
    with pytest.raises(stating.ImpossibleBook) as refused:
        stating.describe(by=cast.lan, book=cast.book, changes={"closed_on": date(1990, 1, 1)}, intent=uuid4())
    assert (refused.value.rule, "Ngày khóa sổ" in str(refused.value.message)) == ("B01", True)


def test_another_fault_of_the_database_is_no_sentence_about_books(cast: Any) -> None:
    with pytest.raises(IntegrityError):
        stating.describe(by=cast.lan, book=cast.book, changes={"per_page": None}, intent=uuid4())


def statement(book: Book, total: int, basis: Basis, *, days: int = 0, **decision: Any) -> BookTotal:
    return BookTotal(
        pk=days + 1, book=book, at=clock.now() + timedelta(days=days), total=total, basis=basis, **decision
    )


def doubts(*stated: BookTotal, total: int | None = None, digitized: int = 0) -> list[tuple[str, str]]:
    latest_first = sorted(stated, key=lambda one: one.at, reverse=True)
    found = doubts_of(total=total, digitized=digitized, stated=latest_first)
    return [(problem.rule, str(problem.severity)) for problem in found]


def test_b02_asks_where_more_is_digitized_than_the_book_holds(cast: Any) -> None:
    assert doubts(total=100, digitized=101) == [("B02", "warning")]
    assert doubts(total=100, digitized=100) == []
    assert doubts(total=None, digitized=7) == []


def test_b02_stands_on_the_page_of_the_book(cast: Any) -> None:
    book = make_book(cast.soc_dang, total=1)
    page = reverse("digitization:book", args=[book.pk])
    make_record(book, cast.lan)
    assert "#B02" not in as_user(cast.lan).get(page).content.decode()
    make_record(book, cast.lan)
    assert "#B02" in as_user(cast.lan).get(page).content.decode()


def test_b03_compares_the_last_closing_page_with_the_last_count(cast: Any) -> None:
    closing = statement(cast.book, 243, Basis.CLOSING)
    counted = statement(cast.book, 240, Basis.COUNTED, days=1)
    assert doubts(closing, counted) == [("B03", "warning")]
    assert doubts(closing, counted, statement(cast.book, 243, Basis.COUNTED, days=2)) == []
    assert doubts(closing) == doubts(counted) == []
    assert doubts(closing, statement(cast.book, 240, Basis.ESTIMATE, days=1)) == []


def test_b03_is_only_noted_once_justice_confirmed_the_later_statement(cast: Any) -> None:
    earlier = {"decision": Decision.CONFIRMED, "decided_by": cast.thu}
    closing = statement(cast.book, 243, Basis.CLOSING, **earlier)
    assert doubts(closing, statement(cast.book, 240, Basis.COUNTED, days=1)) == [("B03", "warning")]
    assert doubts(closing, statement(cast.book, 240, Basis.COUNTED, days=1, **earlier)) == [("B03", "notice")]


def test_b03_does_not_listen_to_what_justice_refused(cast: Any) -> None:
    closing = statement(cast.book, 243, Basis.CLOSING)
    refused = {"decision": Decision.REFUSED, "decided_by": cast.thu}
    assert doubts(closing, statement(cast.book, 240, Basis.COUNTED, days=1, **refused)) == []


def test_b03_is_before_the_eyes_of_justice_when_a_total_is_decided(cast: Any) -> None:
    book = state_total(make_book(cast.soc_dang, total=None), 240)
    stated: dict[str, Any] = {"total": 243, "basis": Basis.CLOSING, "reason": "trang khóa sổ"}
    stating.state_total(by=cast.lan, book=book, intent=uuid4(), **stated)
    page = as_user(cast.thu).get(reverse("digitization:pending_totals")).content.decode()
    assert "Trang khóa sổ ghi 243" in page
    assert "#B03" in page


def test_many_totals_that_wait_cost_no_more_queries(cast: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        book = make_book(cast.soc_dang)
        stating.state_total(
            by=cast.lan, book=book, total=9, basis=Basis.CLOSING, reason="trang khóa sổ", intent=uuid4()
        )
    thu = as_user(cast.thu)
    with django_assert_max_num_queries(9):
        thu.get(reverse("digitization:pending_totals"))


@pytest.mark.parametrize("reason", ["", "   "])
def test_b05_refuses_a_total_without_a_reason(cast: Any, reason: str) -> None:
    stated: dict[str, Any] = {"total": 120, "basis": Basis.COUNTED, "reason": reason}
    with pytest.raises(stating.TotalWithoutReason) as refused:
        stating.state_total(by=cast.lan, book=cast.book, intent=uuid4(), **stated)
    assert refused.value.rule == "B05"


def test_b05_keeps_every_statement(cast: Any) -> None:
    for total in (120, 121):
        stated = stating.state_total(
            by=cast.lan, book=cast.book, total=total, basis="counted", reason="đếm lại", intent=uuid4()
        )
        stating.decide(by=cast.thu, stated=stated, decision=Decision.CONFIRMED, intent=uuid4())
    assert list(cast.book.totals.values_list("total", flat=True)) == [121, 120, 100]


def test_b05_is_kept_by_the_database_too(cast: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BookTotal.objects.create(
            book=cast.book, at=clock.now(), total=9, basis="counted", reason="", by=cast.lan
        )


def test_nobody_confirms_the_total_they_stated(cast: Any) -> None:
    stated = stating.state_total(
        by=cast.thu, book=cast.book, total=9, basis="counted", reason="đếm lại", intent=uuid4()
    )
    with override("en"), pytest.raises(NotAllowedNow):
        stating.decide(by=cast.thu, stated=stated, decision=Decision.CONFIRMED, intent=uuid4())
