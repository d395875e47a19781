"""A table as a file that leaves the product: nothing in it is ever a formula. Knows rows, and nothing of what they say.

A cell is text, a number, a day, or None for an empty one. Spreadsheets get numbers and days as such, so that they can
be added up and sorted there; comma-separated text has them as written in Viet Nam: 1234 and 05/12/2024.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Literal

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

# What spreadsheets take for the beginning of a formula. OWASP, CSV Injection.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# So that Excel reads UTF-8.
_MARK = "\ufeff"
_AT_ONCE = 500

_FORMS = {"count": "#,##0", "share": "0.0", "day": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm"}

Form = Literal["xlsx", "csv"]
Cell = str | int | float | date | None


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a table as comma-separated text, UTF-8 with a mark, some hundred lines at a time."""
    yield _MARK.encode() + _lines([heads])
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        yield _lines(some)


def as_xlsx(
    heads: Sequence[str], rows: Iterable[Sequence[Cell]], about: Sequence[tuple[str, str]], folder: Path
) -> IO[bytes]:
    """Return an open workbook with the table, and a second sheet that says what it is.

    Rows are written as they come, in constant memory; what is put into ``folder`` meanwhile is gone on return.
    """
    with tempfile.TemporaryDirectory(prefix="export-", dir=folder) as place:
        path = Path(place) / "list.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": place}) as book:
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            looks = {name: book.add_format({"num_format": form}) for name, form in _FORMS.items()}
            sheet = book.add_worksheet("1")
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, max(len(heads) - 1, 0), 20)
            for column, head in enumerate(heads):
                sheet.write_string(0, column, head, bold)
            for line, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    _put(sheet, line, column, cell, looks)
            described = book.add_worksheet("2")
            described.set_column(0, 0, 24)
            described.set_column(1, 1, 80)
            for line, (label, text) in enumerate(about):
                described.write_string(line, 0, label, bold)
                described.write_string(line, 1, text)
        # Still open, it can be read to its end after its folder is gone.
        return path.open("rb")


def form_asked(word: str | None) -> Form:
    """Return the form somebody asked for; a workbook where it is none of the two."""
    return "csv" if word == "csv" else "xlsx"


def answer_with(
    form: Form,
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    about: Sequence[tuple[str, str]],
) -> HttpResponseBase:
    """Answer a request with a table as a file called ``name`` (without its ending)."""
    if form == "xlsx":
        workbook = as_xlsx(heads, rows, about, Path(settings.CIVREG_HOME))
        return FileResponse(workbook, as_attachment=True, filename=f"{name}.xlsx")
    text = as_csv(heads, rows)
    head = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(text, content_type="text/csv; charset=utf-8", headers=head)


def in_words(cell: Cell) -> str:
    """Return a cell as text: days as dd/mm/yyyy, moments with their hour, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _put(sheet: Worksheet, line: int, column: int, cell: Cell, looks: Mapping[str, Format]) -> None:
    if cell is None:
        return
    if isinstance(cell, datetime):
        # A spreadsheet knows no time zones: it gets the hour of Viet Nam, as the page shows it.
        sheet.write_datetime(line, column, cell.replace(tzinfo=None), looks["moment"])
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, cell, looks["day"])
    elif isinstance(cell, int | float):
        sheet.write_number(line, column, cell, looks["share" if isinstance(cell, float) else "count"])
    else:
        sheet.write_string(line, column, cell)


def _lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([_written(cell) for cell in row] for row in rows)
    return written.getvalue().encode()


def _written(cell: Cell) -> str:
    # A number below zero begins as a formula does, and is none.
    return str(cell) if isinstance(cell, int | float) else harmless(in_words(cell))
