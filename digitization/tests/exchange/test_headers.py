"""Which sheets are understood: the header wherever and however an office writes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management.base import CommandError

from digitization.models import Book, ImportRun, Record
from digitization.tests.exchange.conftest import Import
from digitization.tests.exchange.sheets import NATIONAL, birth, sheet_of, workbook, write_sheet


def test_it_takes_the_national_sheet_as_it_is(take_in: Import, tmp_path: Path) -> None:
    answer = take_in(workbook(tmp_path / "a.xlsx", birth("1"), birth("2")))
    assert (answer["rows"], answer["accepted"], answer["refused"], answer["errors"]) == (2, 2, 0, [])


@pytest.mark.parametrize("typed", ["NKSHOTEN", "nkshoten  ", "nksHoTen\nHọ, chữ đệm, tên", "nksHoTen (*)"])
def test_it_knows_a_header_however_it_is_typed(take_in: Import, tmp_path: Path, typed: str) -> None:
    path = workbook(tmp_path / "a.xlsx", birth(), headers={"child_full_name": typed})
    assert take_in(path)["accepted"] == 1


def test_it_passes_over_titles_above_and_columns_of_the_office(take_in: Import, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        birth("1"),
        birth("2", child_gender="?!"),
        above=[["DANH SÁCH KHAI SINH"], [], ["Xã Sóc Đăng"]],
        leading=["STT", "Huyện", "Xã"],
    )
    answer = take_in(path)
    assert (answer["accepted"], answer["refused"]) == (1, 1)
    assert [(error["row"], error["column"]) for error in answer["errors"]] == [(6, "nksGioiTinh")]


def test_it_finds_a_header_in_row_20_and_none_below(take_in: Import, tmp_path: Path) -> None:
    above = [[f"dòng {row}"] for row in range(19)]
    assert take_in(workbook(tmp_path / "a.xlsx", birth(), above=above))["accepted"] == 1
    with pytest.raises(CommandError, match="first 20 rows"):
        take_in(workbook(tmp_path / "b.xlsx", birth(), above=[*above, ["dòng 20"]]))


def test_it_skips_a_row_of_hints_and_the_numbers_of_the_columns(take_in: Import, tmp_path: Path) -> None:
    hints = {
        "number": "Số",
        "registration_date": "Ngày đăng ký (dd.mm.yyyy)",
        "child_full_name": "Họ, chữ đệm, tên",
        "child_gender": "1: Nam, 2: Nữ",
    }
    numbers = [f"({at})" for at in range(1, len(NATIONAL) + 1)]
    path = workbook(
        tmp_path / "a.xlsx", birth("1"), birth("2"), hints=[[hints.get(code) for code in NATIONAL], numbers]
    )
    answer = take_in(path)
    assert (answer["rows"], answer["accepted"], answer["skipped"]) == (2, 2, [2, 3])


def test_hints_may_stand_under_some_columns_only(take_in: Import, tmp_path: Path) -> None:
    hints = {"registration_date": "dd.mm.yyyy", "child_gender": "1: Nam, 2: Nữ"}
    answer = take_in(workbook(tmp_path / "a.xlsx", birth(), hints=[[hints.get(code) for code in NATIONAL]]))
    assert (answer["rows"], answer["skipped"]) == (1, [2])


def test_a_first_row_with_a_slip_is_no_hint(take_in: Import, tmp_path: Path) -> None:
    answer = take_in(workbook(tmp_path / "a.xlsx", birth("không số", registration_date="hôm nọ"), birth("2")))
    assert (answer["rows"], answer["skipped"], answer["errors"][0]["row"]) == (2, [], 2)


def test_rows_with_nothing_but_a_line_number_are_no_rows(take_in: Import, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", birth(), {}, {"child_full_name": "  "}, leading=["STT"])
    assert take_in(path)["rows"] == 1


def test_columns_may_be_missing(take_in: Import, tmp_path: Path) -> None:
    fields = [
        "child_full_name",
        "child_gender",
        "child_birth_date",
        "number",
        "book_ref",
        "registration_date",
    ]
    assert take_in(workbook(tmp_path / "a.xlsx", birth(), fields=fields))["accepted"] == 1


def test_a_must_whose_column_is_missing_is_named_by_its_national_name(
    take_in: Import, tmp_path: Path
) -> None:
    fields = ["number", "book_ref", "registration_date", "child_full_name", "child_birth_date"]
    answer = take_in(workbook(tmp_path / "a.xlsx", birth(), fields=fields))
    assert {error["column"] for error in answer["errors"]} == {"nksGioiTinh"}


def test_a_sheet_behind_the_instructions_is_found(take_in: Import, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", sheet_of(birth()), before="Nhập từ dòng 2")
    assert take_in(path)["accepted"] == 1


def test_a_sheet_without_a_core_column_is_refused_by_name(take_in: Import, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", birth(), headers={"registration_date": "Ngày ĐK", "child_full_name": "Tên trẻ"}
    )
    with pytest.raises(CommandError) as refusal:
        take_in(path, commit=True)
    assert refusal.value.returncode == 2
    for name in ("ngayDangKy", "nksHoTen", "Ngày ĐK", "Tên trẻ"):
        assert name in str(refusal.value)
    assert not Record.objects.exists() and not Book.objects.exists() and not ImportRun.objects.exists()


def test_a_column_that_stands_twice_is_refused(take_in: Import, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", birth(), headers={"remarks": "so"})
    with pytest.raises(CommandError, match="twice"):
        take_in(path)
