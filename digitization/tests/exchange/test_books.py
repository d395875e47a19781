"""Into which book a row goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from communes.models import Unit
from digitization.models import Book, BookTally, Record
from digitization.tests.exchange.conftest import Import
from digitization.tests.exchange.sheets import birth, workbook
from digitization.tests.making import make_book, make_commune


@pytest.mark.parametrize(
    "written", ["01/1998", "1/1998", "Quyển số 01/1998", "01-1998", "01", "1998/01", "1/98", "KS 01/1998"]
)
def test_a_row_goes_to_the_book_it_names(
    take_in: Import, commune: Unit, tmp_path: Path, written: str
) -> None:
    book = make_book(commune, book_no="01")
    answer = take_in(workbook(tmp_path / "a.xlsx", birth(book_ref=written)), commit=True)
    assert (answer["errors"], answer["books_created"]) == ([], [])
    assert Record.objects.get().book == book


def test_without_a_book_column_the_only_book_of_the_year_is_taken(
    take_in: Import, commune: Unit, tmp_path: Path
) -> None:
    book = make_book(commune, book_no="02", year=1997, year_from=1997, year_to=1999)
    take_in(workbook(tmp_path / "a.xlsx", birth(book_ref=None)), commit=True)
    assert Record.objects.get().book == book


def test_without_a_book_column_and_two_books_of_the_year_the_row_is_refused(
    take_in: Import, commune: Unit, tmp_path: Path
) -> None:
    make_book(commune, book_no="01"), make_book(commune, book_no="02")
    [error] = take_in(workbook(tmp_path / "a.xlsx", birth(book_ref=None)))["errors"]
    assert error["column"] == "quyenSo" and "01/1998" in error["reason"] and "02/1998" in error["reason"]


def test_a_missing_book_is_made_without_a_total_on_commit_only(
    take_in: Import, commune: Unit, tmp_path: Path
) -> None:
    rows = [birth("1", book_ref="3/1998"), birth("2", book_ref="03/1998"), birth("3", book_ref=None)]
    path = workbook(tmp_path / "a.xlsx", *rows)
    assert take_in(path)["books_created"] == ["01/1998", "03/1998"]
    assert not Book.objects.exists()
    assert take_in(path, commit=True)["books_created"] == ["01/1998", "03/1998"]
    third = Book.objects.get(book_no="03")
    assert (third.place, third.custodian, third.opened_year, third.total) == (commune, commune, 1998, None)
    assert BookTally.objects.get(book=third).n == 2


def test_a_book_needed_only_by_refused_rows_is_not_made(take_in: Import, tmp_path: Path) -> None:
    answer = take_in(
        workbook(tmp_path / "a.xlsx", birth("1"), birth("2", book_ref="9/1998", child_gender="?"))
    )
    assert answer["books_created"] == ["01/1998"]


@pytest.mark.parametrize("written", ["thứ hai", "01/97", "///", "12345/1998"])
def test_a_book_nobody_can_find_refuses_the_row(take_in: Import, tmp_path: Path, written: str) -> None:
    answer = take_in(workbook(tmp_path / "a.xlsx", birth(book_ref=written)))
    assert [(error["row"], error["column"]) for error in answer["errors"]] == [(2, "quyenSo")]


def test_a_book_of_the_future_refuses_the_row(take_in: Import, tmp_path: Path) -> None:
    [error] = take_in(workbook(tmp_path / "a.xlsx", birth(book_ref="01/2099")))["errors"]
    assert error["column"] == "quyenSo" and error["reason"].endswith("(B01)")


def test_a_book_handed_over_is_named_with_its_keeper(take_in: Import, commune: Unit, tmp_path: Path) -> None:
    other = make_commune("Hợp Nhất", "hop-nhat")
    make_book(other, place=commune, book_no="01")
    [error] = take_in(workbook(tmp_path / "a.xlsx", birth()))["errors"]
    assert error["column"] == "quyenSo" and "Hợp Nhất" in error["reason"]
    assert error["reason"].endswith("(C02)")


@pytest.mark.parametrize("commit", [False, True])
def test_a_row_without_a_book_is_refused_where_the_first_book_of_its_year_was_handed_over(
    take_in: Import, commune: Unit, tmp_path: Path, commit: bool
) -> None:
    other = make_commune("Hợp Nhất", "hop-nhat")
    make_book(other, place=commune, book_no="1")
    path = workbook(tmp_path / "a.xlsx", birth("1", book_ref=None), birth("2", book_ref="2/1998"))
    answer = take_in(path, commit=commit)
    [error] = answer["errors"]
    assert (error["row"], error["column"]) == (2, "quyenSo") and "Hợp Nhất" in error["reason"]
    assert (answer["accepted"], answer["books_created"]) == (1, ["02/1998"])


def test_after_a_merger_the_place_tells_two_books_apart(
    take_in: Import, commune: Unit, tmp_path: Path
) -> None:
    former = make_commune("Hữu Đô", "huu-do")
    own, inherited = make_book(commune, book_no="01"), make_book(commune, place=former, book_no="01")
    rows: list[dict[str, Any]] = [
        birth("5", registration_place="UBND xã Hữu Đô"),
        birth("5", registration_place="UBND xã Sóc Đăng"),
        birth("6", registration_place=None),
    ]
    answer = take_in(workbook(tmp_path / "a.xlsx", *rows), commit=True)
    assert set(Record.objects.values_list("book", "number")) == {(inherited.pk, 5), (own.pk, 5)}
    assert [(error["row"], error["column"]) for error in answer["errors"]] == [(4, "quyenSo")]
