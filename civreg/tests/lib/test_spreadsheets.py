"""Reading workbooks that people send: faithful to the sheet, and safe from the file."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civreg.lib.spreadsheets import Limits, Row, Sheet, UnreadableWorkbook, WorkbookProblem, read_workbook
from civreg.tests.lib import crafted_workbooks as crafted


def refusal_of(path: Path, *, sheet: str | None = None, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableWorkbook) as refusal:
        read_workbook(path, sheet=sheet, limits=limits)
    return refusal.value.reason.value


def test_it_gives_the_rows_with_the_sheets_own_numbers(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("trống")
        sheet = book.add_worksheet("Khai sinh")
        sheet.write_row(2, 1, ["Số", "Họ tên"])
        sheet.write_row(4, 1, [12, "Nguyễn Văn Thử"])
    assert read_workbook(tmp_path / "a.xlsx") == Sheet(
        name="Khai sinh",
        sheets=("trống", "Khai sinh"),
        rows=(Row(3, (None, "Số", "Họ tên")), Row(5, (None, 12, "Nguyễn Văn Thử"))),
    )


def test_cells_keep_their_kinds(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, ["012345678901", 86983, 1.5, True, " có cách "])
        sheet.write_datetime(0, 5, datetime.datetime.fromisoformat("1957-03-12"), day)
        sheet.write_datetime(0, 6, datetime.datetime.fromisoformat("1957-03-12T10:30"), moment)
        sheet.write_formula(0, 7, "=1+1", None, 2)
        sheet.write_formula(0, 8, "=1/0", None, "#DIV/0!")
        sheet.write(0, 9, "hết")
    (row,) = read_workbook(tmp_path / "a.xlsx").rows
    assert row.cells == (
        "012345678901",
        86983,
        1.5,
        True,
        " có cách ",
        datetime.date(1957, 3, 12),
        datetime.datetime.fromisoformat("1957-03-12T10:30"),
        2,
        None,
        "hết",
    )
    assert [type(cell) for cell in row.cells[1:4]] == [int, float, bool]
    assert type(row.cells[5]) is datetime.date


def test_a_sheet_can_be_asked_for_by_name(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("một").write(0, 0, "x")
        book.add_worksheet("hai").write(0, 0, "y")
        book.add_worksheet("ba")
    assert read_workbook(tmp_path / "a.xlsx", sheet="hai").rows == (Row(1, ("y",)),)
    assert refusal_of(tmp_path / "a.xlsx", sheet="bốn") == "no_such_sheet"
    assert refusal_of(tmp_path / "a.xlsx", sheet="ba") == "empty"


def test_hidden_sheets_are_not_chosen_before_visible_ones(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        options = book.add_worksheet("danh mục")
        options.write(0, 0, "Kinh")
        book.add_worksheet("KS").write(0, 0, "Số")
        book.get_worksheet_by_name("KS").activate()
        options.hide()
    assert read_workbook(tmp_path / "a.xlsx").name == "KS"


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.text(
                st.characters(
                    codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
                )
            ),
            st.integers(-(10**9), 10**9),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_text_and_numbers_come_back_as_they_were_written(tmp_path: Path, rows: list[tuple[str, int]]) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for number, (text, value) in enumerate(rows):
            sheet.write_string(number, 0, text)
            sheet.write_number(number, 1, value)
    assert [row.cells for row in read_workbook(tmp_path / "a.xlsx").rows] == [
        (text or None, value) for text, value in rows
    ]


def test_a_cell_at_the_far_corner_kills_the_child_and_nobody_else(tmp_path: Path) -> None:
    path = crafted.with_a_cell_at_the_far_corner(tmp_path / "a.xlsx")
    assert path.stat().st_size < 10_000
    assert refusal_of(path) == "too_large"


def test_a_zip_that_unfolds_a_thousandfold_is_refused_unopened(tmp_path: Path) -> None:
    assert refusal_of(crafted.unfolding_a_thousandfold(tmp_path / "a.xlsx", megabytes=16)) == "too_large"


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    bomb = crafted.unfolding_a_thousandfold(tmp_path / "honest.xlsx", megabytes=16)
    assert refusal_of(crafted.claiming_to_be_small(tmp_path / "a.xlsx", bomb)) in {"damaged", "too_large"}


def test_a_file_above_the_limit_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(Limits().file_bytes + 1)
    assert refusal_of(path) == "too_large"


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    path = crafted.workbook(tmp_path / "a.xlsx", ("x",))
    assert refusal_of(path, limits=Limits(members=3)) == "too_large"


@pytest.mark.parametrize("limits", [Limits(rows=2), Limits(columns=1)])
def test_more_rows_or_columns_than_allowed_are_refused(tmp_path: Path, limits: Limits) -> None:
    path = crafted.workbook(tmp_path / "a.xlsx", ("a", "b"), ("a", "b"), ("a", "b"))
    assert refusal_of(path, limits=limits) == "too_many_rows"
    assert len(read_workbook(path, limits=Limits(rows=3, columns=2)).rows) == 3


def test_an_answer_without_end_is_cut(tmp_path: Path) -> None:
    path = crafted.workbook(tmp_path / "a.xlsx", *[("x" * 1000,)] * 50)
    assert refusal_of(path, limits=Limits(answer_bytes=10_000)) == "too_large"


@pytest.mark.parametrize(
    "content",
    [b"So,Ho ten\n1,Thu\n", b"<html><table></table></html>", b"%PDF-1.7", os.urandom(4096), b"P"],
    ids=["csv", "html", "pdf", "noise", "one letter"],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert refusal_of(tmp_path / "a.xlsx") == "not_a_workbook"


def test_another_kind_of_zip_is_no_workbook(tmp_path: Path) -> None:
    path = crafted.workbook(tmp_path / "a.xlsx", ("x",))
    path.write_bytes(path.read_bytes().replace(b"xl/workbook.xml", b"word/docume.xml"))
    assert refusal_of(path) == "not_a_workbook"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_damaged(tmp_path: Path, kept: float) -> None:
    path = crafted.workbook(tmp_path / "a.xlsx", *[("x", 1)] * 200)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    assert refusal_of(path) == "damaged"


def test_an_old_workbook_without_content_is_damaged(tmp_path: Path) -> None:
    assert refusal_of(crafted.ole_file(tmp_path / "a.xls", "Workbook", os.urandom(4096))) == "damaged"


def test_passwords_are_named_as_such(tmp_path: Path) -> None:
    encrypted = crafted.ole_file(tmp_path / "a.xlsx", "EncryptedPackage", bytes(4096))
    old = crafted.old_workbook_with_a_password(tmp_path / "b.xls")
    plain = crafted.workbook(tmp_path / "plain.xlsx", ("x",))
    zipped = crafted.encrypted_members(tmp_path / "c.xlsx", plain)
    assert [refusal_of(path) for path in (encrypted, old, zipped)] == ["has_password"] * 3


def test_a_workbook_without_a_cell_is_empty(tmp_path: Path) -> None:
    assert refusal_of(crafted.workbook(tmp_path / "a.xlsx")) == "empty"
    (tmp_path / "b.xlsx").touch()
    assert refusal_of(tmp_path / "b.xlsx") == "empty"


def test_one_endless_line_is_cut_as_well(tmp_path: Path) -> None:
    path = crafted.workbook(tmp_path / "a.xlsx", ("x" * 30_000,))
    assert refusal_of(path, limits=Limits(answer_bytes=10_000)) == "too_large"


@pytest.fixture(scope="module")
def long_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that keeps a reader busy for most of a second: a tiny one may be read before any clock ticks."""
    rows = [(f"Nguyễn Thị {number}", number, number / 7, "x" * 20) * 15 for number in range(4_000)]
    return crafted.workbook(tmp_path_factory.mktemp("long") / "a.xlsx", *rows)


def test_a_child_that_takes_too_long_is_stopped(long_one: Path) -> None:
    assert refusal_of(long_one, limits=Limits(wall_seconds=0.05)) == "took_too_long"


def test_computing_time_is_limited_too(long_one: Path) -> None:
    assert refusal_of(long_one, limits=Limits(cpu_seconds=0)) == "took_too_long"


@pytest.mark.parametrize("was", [b'name="KS"', b"<v>86983</v>"])
def test_it_refuses_a_part_that_differs_from_its_own_checksum(tmp_path: Path, was: bytes) -> None:
    path = crafted.unfolded(crafted.workbook(tmp_path / "a.xlsx", (86983,)))
    assert read_workbook(path).rows == (Row(1, (86983,)),)
    other = was.replace(b"KS", b"KT").replace(b"86983", b"86984")
    assert path.read_bytes().count(was) == 1
    path.write_bytes(path.read_bytes().replace(was, other))
    assert refusal_of(path) == "damaged"


def test_damage_anywhere_ends_in_a_refusal_or_a_sheet(tmp_path: Path) -> None:
    good = crafted.workbook(tmp_path / "good.xlsx", *[("Nguyễn", 1, 2.5)] * 30).read_bytes()
    path = tmp_path / "a.xlsx"
    for at in range(0, len(good), len(good) // 12):
        path.write_bytes(good[:at] + os.urandom(16) + good[at + 16 :])
        try:
            answer = read_workbook(path).name
        except UnreadableWorkbook as refusal:
            answer = str(refusal)
        assert answer


@pytest.mark.parametrize("reason", list(WorkbookProblem))
def test_every_refusal_says_what_to_do(reason: WorkbookProblem) -> None:
    with translation.override("en"):
        text = str(UnreadableWorkbook(reason))
    assert text.endswith(".")
    assert "%(" not in text
