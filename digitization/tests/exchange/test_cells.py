"""What Excel and offices make of dates, numbers and codes, and what becomes of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from digitization.entry_rows import as_entry
from digitization.exchange.cells import book_text, texts_of
from digitization.models import Record
from digitization.record_types.contract import Severity
from digitization.record_types.entries import code_of, date_of, text_of
from digitization.record_types.reading import read
from digitization.tests.exchange.conftest import Import
from digitization.tests.exchange.sheets import BIRTH, birth, workbook

DATE = "child_birth_date"


def read_cells(**cells: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the entry these cells make, and the severity of every doubt by field."""
    raw, problems = texts_of(BIRTH, cells)
    assert {problem.rule for problem in problems} <= {"I02"}
    return read(BIRTH, raw).entry, {problem.field: str(problem.severity) for problem in problems}


@pytest.mark.parametrize(
    ("cell", "on", "doubted"),
    [
        ("19.11.1999", "1999-11-19", False),
        ("19/11/1999", "1999-11-19", False),
        (" 19/11/1999 ", "1999-11-19", False),
        ("1999-11-19 00:00:00", "1999-11-19", False),
        ("01.2019", "2019-01", False),
        ("00/00/1981", "1981", False),
        ("1981", "1981", False),
        (1981, "1981", False),
        (date(1999, 11, 19), "1999-11-19", False),
        (
            datetime(1999, 11, 19, 8, 30),  # noqa: DTZ001 - as Excel has it
            "1999-11-19",
            False,
        ),
        (date(1957, 3, 1), "1957-03-01", True),
        (36483, "1999-11-19", True),
        (36483.5, "1999-11-19", True),
        ("36483", "1999-11-19", True),
        (12031957, "1957-03-12", False),
        (1031957, "1957-03-01", True),
        (1.2019, "2019-01", True),
        (1.202, "2020-01", True),
    ],
)
def test_dates_are_read_as_they_were_meant(cell: Any, on: str, doubted: bool) -> None:
    entry, doubts = read_cells(child_birth_date=cell)
    known = date_of(entry, DATE)
    assert known is not None and known.on == on
    assert doubts == ({DATE: Severity.WARNING} if doubted else {})


@pytest.mark.parametrize("cell", ["20005", "5005", 5005, "30/02/1999", "x", 9_999_999_999, -3, True, 1.5])
def test_a_slip_in_a_date_stays_one(cell: Any) -> None:
    entry, _doubts = read_cells(child_birth_date=cell)
    assert date_of(entry, DATE) is None and text_of(entry, DATE)


@pytest.mark.parametrize(
    ("cell", "text"),
    [("01/", "01/"), (24, "24"), ("12A", "12A"), (date(2018, 1, 1), "01/2018"), (1.2018, "01/2018")],
)
def test_numbers_are_kept_as_written(cell: Any, text: str) -> None:
    assert text_of(read_cells(number=cell)[0], "number") == text


def test_a_number_that_became_a_day_is_refused() -> None:
    assert read_cells(number=date(2024, 5, 12))[1] == {"number": Severity.ERROR}


@pytest.mark.parametrize(
    ("cell", "text"), [(date(1998, 1, 1), "01/1998"), ("01/1998", "01/1998"), (1998, "1998"), (None, "")]
)
def test_books_are_kept_as_written(cell: Any, text: str) -> None:
    assert book_text(cell) == text


@pytest.mark.parametrize("cell", [25188001010, "25188001010", 25188001010.0, "2.5188001010E10"])
def test_a_citizen_number_gets_its_zero_back_with_a_warning(cell: Any) -> None:
    entry, doubts = read_cells(mother_personal_id=cell)
    assert text_of(entry, "mother_personal_id") == "025188001010"
    assert doubts == {"mother_personal_id": Severity.WARNING}


def test_eleven_digits_of_no_province_get_nothing() -> None:
    entry, doubts = read_cells(mother_personal_id=99188001010)
    assert (text_of(entry, "mother_personal_id"), doubts) == ("99188001010", {})


@pytest.mark.parametrize(
    ("card", "number", "text"),
    [
        ("CMND", 12345678, "012345678"),
        (None, 12345678, "012345678"),
        ("CMND", "1.41742143E8", "141742143"),
        ("Hộ chiếu", 12345678, "12345678"),
        ("CCCD", 12345678, "12345678"),
        ("CCCD", 25188001010, "025188001010"),
    ],
)
def test_the_kind_of_paper_says_how_many_digits(card: str | None, number: Any, text: str) -> None:
    cells = {"mother_id_no": number} | ({"mother_id_type": card} if card else {})
    assert text_of(read_cells(**cells)[0], "mother_id_no") == text


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("child_gender", "Nữ", "2"),
        ("child_gender", "NAM", "1"),
        ("child_gender", 2, "2"),
        ("child_ethnicity", 1, "01"),
        ("child_ethnicity", "Kinh", "01"),
    ],
)
def test_words_and_codes_lead_to_the_code(field: str, cell: Any, code: str) -> None:
    assert code_of(read_cells(**{field: cell})[0], field) == code


def test_what_the_book_does_not_say_can_be_said() -> None:
    entry, _doubts = read_cells(child_birth_place="Sổ không ghi", signer_name="không đọc được")
    assert entry == {"child_birth_place": {"absent": "not_written"}, "signer_name": {"absent": "illegible"}}


def test_what_is_read_is_what_is_stored(take_in: Import, tmp_path: Path) -> None:
    row = birth(
        " 7/ ",
        registration_date=date(1998, 5, 12),
        child_birth_date="20.4.1998",
        child_full_name="  HÀ   VĂN QUYẾT ",
        child_gender="nam",
        mother_birth_date="00/00/1975",
        mother_personal_id=25175001010,
    )
    answer = take_in(workbook(tmp_path / "a.xlsx", row), commit=True)
    assert (answer["accepted"], answer["errors"]) == (1, [])
    record = Record.objects.get()
    entry = as_entry(record)
    assert (record.number_raw, record.number, record.number_year) == ("7/", 7, 1998)
    assert (record.subject_name, code_of(entry, "child_gender")) == ("HÀ VĂN QUYẾT", "1")
    assert entry["mother_birth_date"] == {"on": "1975", "written": "00/00/1975"}
    assert ("I02", "mother_personal_id") in set(record.findings.values_list("rule", "field"))
    assert record.open_warnings == record.findings.filter(accepted_by=None).count() == answer["warnings"]


def test_an_unknown_word_in_a_coded_column_refuses_its_row(take_in: Import, tmp_path: Path) -> None:
    answer = take_in(
        workbook(
            tmp_path / "a.xlsx", birth("1"), birth("2", child_gender="Nàm"), birth("3", child_gender="??")
        )
    )
    assert (answer["accepted"], answer["refused"]) == (2, 1)
    [error] = answer["errors"]
    assert (error["row"], error["column"]) == (4, "nksGioiTinh") and "??" in error["reason"]
