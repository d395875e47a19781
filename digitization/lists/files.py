"""A list as a file: every cell is text, and nothing in it is ever a formula. Knows rows, and nothing of entries."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

import xlsxwriter

# What spreadsheets take for the beginning of a formula. OWASP, CSV Injection.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# So that Excel reads UTF-8.
_MARK = "\ufeff"
_AT_ONCE = 500
# What one file holds at most: an office works with a book or a year, not with everything.
MOST_ROWS = 20_000


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield a list as comma-separated text, UTF-8 with a mark, some hundred lines at a time."""
    yield _MARK.encode() + _lines([heads])
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        yield _lines(some)


def as_xlsx(
    heads: Sequence[str], rows: Iterable[Sequence[str]], about: Sequence[tuple[str, str]], folder: Path
) -> IO[bytes]:
    """Return an open workbook with the list, and a second sheet that says what it is.

    Rows are written as they come, in constant memory; what is put into ``folder`` meanwhile is gone on return.
    """
    with tempfile.TemporaryDirectory(prefix="export-", dir=folder) as place:
        path = Path(place) / "list.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": place}) as book:
            bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
            sheet = book.add_worksheet("1")
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, max(len(heads) - 1, 0), 20)
            for column, head in enumerate(heads):
                sheet.write_string(0, column, head, bold)
            for line, row in enumerate(rows, 1):
                for column, text in enumerate(row):
                    sheet.write_string(line, column, text)
            described = book.add_worksheet("2")
            described.set_column(0, 0, 24)
            described.set_column(1, 1, 80)
            for line, (label, text) in enumerate(about):
                described.write_string(line, 0, label, bold)
                described.write_string(line, 1, text)
        # Still open, it can be read to its end after its folder is gone.
        return path.open("rb")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([harmless(text) for text in row] for row in rows)
    return written.getvalue().encode()
