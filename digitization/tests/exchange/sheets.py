"""Workbooks as offices have them, made for one test each. Cells are given by field; people are invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from digitization.record_types import BY_CODE
from digitization.record_types.layouts import columns_of
from digitization.record_types.reading import write

BIRTH = BY_CODE["KS"]
NATIONAL = {column.field: column.national for column in columns_of("KS")}
SAMPLE: dict[str, Any] = {"book_ref": "01/1998", **write(BIRTH, BIRTH.sample)}


def birth(number: Any = "24", **changes: Any) -> dict[str, Any]:
    """Return the cells of the sample birth with another number and these changes; None empties a cell."""
    return {**SAMPLE, "number": number, **changes}


def workbook(
    path: Path, *rows: Mapping[str, Any], fields: Sequence[str] = tuple(NATIONAL), **layout: Any
) -> Path:
    """Write a sheet with a header of the national names and these rows; see ``sheet_of`` for ``layout``."""
    return write_sheet(path, sheet_of(*rows, fields=fields, **layout))


def sheet_of(
    *rows: Mapping[str, Any],
    fields: Sequence[str] = tuple(NATIONAL),
    headers: Mapping[str, str] | None = None,
    above: Sequence[Sequence[Any]] = (),
    hints: Sequence[Sequence[Any]] = (),
    leading: Sequence[str] = (),
) -> list[list[Any]]:
    """Return the cells of a sheet.

    ``headers`` renames columns, ``leading`` are columns of the office before ours, ``above`` stands over the header
    and ``hints`` under it.
    """
    names = {**NATIONAL, **(headers or {})}
    head = [*leading, *(names[field] for field in fields)]
    body = [
        [*(f"{name} {at}" for name in leading), *(row.get(f) for f in fields)] for at, row in enumerate(rows)
    ]
    return [list(row) for row in (*above, head, *hints, *body)]


def write_sheet(
    path: Path, cells: Sequence[Sequence[Any]], *, name: str = "DL Import", before: str = ""
) -> Path:
    """Write cells as they are: text as text, numbers as numbers, dates as Excel dates. ``before`` is a first sheet."""
    with xlsxwriter.Workbook(path) as book:
        if before:
            book.add_worksheet("Hướng dẫn").write_string(0, 0, before)
        sheet, dated = book.add_worksheet(name), book.add_format({"num_format": "dd/mm/yyyy"})
        for at, row in enumerate(cells):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif isinstance(cell, date | datetime):
                    sheet.write_datetime(at, column, cell, dated)
                elif cell is not None:
                    sheet.write(at, column, cell)
    return path
