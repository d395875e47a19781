"""A list taken out as a file: the same rows, nothing but text, and a line left behind."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from python_calamine import CalamineWorkbook

from civreg.lib.written_tables import harmless
from digitization.lists import exporting
from digitization.models import ListColumns, ListExport, Record
from digitization.tests.lists.reading import as_user, numbers_in
from digitization.tests.making import make_book, make_record

pytestmark = pytest.mark.django_db

ASKED = {"kind": "KS", "reason": "Rà soát năm 1998"}


def taken(user: Any, **asked: Any) -> bytes:
    answer = as_user(user).post("/ho-so/xuat/", ASKED | asked)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def as_rows(text: bytes) -> list[list[str]]:
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))


def as_sheets(workbook: bytes) -> list[list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def many(template: Record, count: int) -> None:
    rows = []
    for place in range(count):
        record = Record.objects.get(pk=template.pk)
        record.pk, record.number, record.number_raw = None, 500 + place, str(500 + place)
        record.entered_at += timedelta(seconds=place // 2)
        rows.append(record)
    Record.objects.bulk_create(rows)


def test_both_files_hold_what_the_list_shows(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 7)
    many(make_record(cast.book, cast.lan, "12"), 39)
    make_record(make_book(cast.soc_dang, kind="KH"), cast.lan)
    page = as_user(cast.lan).get("/ho-so/", {"kind": "KS"}).content.decode()
    heads, *rows = as_rows(taken(cast.lan, form="csv"))
    assert heads[:3] == ["Số", "Quyển sổ", "Họ tên"]
    assert [row[0] for row in rows] == numbers_in(page)
    assert len(rows) == 40
    sheet, about = as_sheets(taken(cast.lan, form="xlsx"))
    assert sheet == [heads, *rows]
    assert ["Người xuất", "Đỗ Thị Lan"] in about
    assert ["Loại việc", "Khai sinh"] in about


def test_a_file_has_the_columns_the_person_chose(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    ListColumns.objects.create(user=cast.lan, kind="KS", columns=["child_gender", "mother_full_name"])
    heads, row = as_rows(taken(cast.lan, form="csv"))
    assert (len(heads), row[1:]) == (3, ["Nam", "Lâm Thị Nhàn"])


def test_nothing_in_a_file_is_a_formula(cast: Any) -> None:
    evil = '=HYPERLINK("http://evil.example","x")'
    record = make_record(cast.book, cast.lan)
    Record.objects.filter(pk=record.pk).update(subject_name=evil)
    assert as_rows(taken(cast.lan, form="csv"))[1][2] == f"'{evil}"
    workbook = taken(cast.lan, form="xlsx")
    assert as_sheets(workbook)[0][1][2] == evil
    formulas = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    assert formulas.get_sheet_by_index(0).to_python()[1][2] == evil


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_begins_like_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Hà Văn Quyết", "12/1998", "–", "a=b", "1957"])
def test_what_does_not_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_every_file_leaves_a_line_behind(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    taken(cast.lan, form="csv", year="1998")
    left = ListExport.objects.get()
    assert (left.by, left.rows, left.form, left.reason) == (cast.lan, 1, "csv", "Rà soát năm 1998")
    assert left.filters == {"kind": ["KS"], "year": ["1998"]}
    assert left.columns[0] == "number"


def test_the_line_is_never_rewritten(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    taken(cast.lan)
    for sql in ("UPDATE digitization_listexport SET rows = 0", "DELETE FROM digitization_listexport"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.parametrize("reason", ["", "   ", "a\u200bb", "x" * 1001])
def test_without_a_reason_nothing_leaves(cast: Any, reason: str) -> None:
    make_record(cast.book, cast.lan)
    answer = as_user(cast.lan).post("/ho-so/xuat/", ASKED | {"reason": reason})
    assert answer["Location"] == "/ho-so/?kind=KS"
    assert not ListExport.objects.exists()


def test_a_list_that_is_too_long_is_refused_in_words(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    many(make_record(cast.book, cast.lan), 2)
    page = as_user(cast.lan).post("/ho-so/xuat/", ASKED, follow=True).content.decode()
    assert "nhiều nhất 2 trường hợp" in page
    assert not ListExport.objects.exists()


def test_everybody_takes_out_what_they_may_see(cast: Any) -> None:
    make_record(cast.book, cast.lan, "11")
    make_record(cast.book, cast.tu, "12")
    make_record(make_book(cast.hop_nhat), cast.minh, "13")
    rows = {
        name: sorted(row[0] for row in as_rows(taken(getattr(cast, name), form="csv"))[1:])
        for name in ("lan", "tu", "minh", "thu")
    }
    assert rows["lan"] == ["11/1998", "12/1998"]
    assert rows["tu"] == ["12/1998"]
    assert rows["minh"] == ["13/1998"]
    assert rows["thu"] == ["11/1998", "12/1998", "13/1998"]


@pytest.mark.parametrize("person", ["hoa", "son"])
def test_who_sees_no_persons_takes_nothing_out(cast: Any, person: str) -> None:
    assert as_user(getattr(cast, person)).post("/ho-so/xuat/", ASKED).status_code == 403


def test_a_workbook_leaves_nothing_on_the_disk(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    taken(cast.lan, form="xlsx")
    assert not list(Path(settings.CIVREG_HOME).glob("export-*"))


def test_a_file_speaks_the_language_of_its_reader(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    cast.lan.language = "en"
    cast.lan.save()
    heads, row = as_rows(taken(cast.lan, form="csv"))
    assert heads[:2] == ["Number", "Book"]
    assert row[1].startswith("Birth ")
