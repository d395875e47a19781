"""The process that parses one workbook, and may die of it. Started by ``spreadsheets`` as a script.

The parser is native code that aborts the whole process on some files (a cell at XFD1048576 makes it ask for
549 GB), hence a process of its own with limits set before the file is touched. Imports nothing of civreg or
Django. Standard input is the workbook; the only argument is JSON with the limits and the sheet asked for;
standard output is JSON lines: the sheet's head, one line per row that holds something, and the number of
rows as the last line, so that a broken answer is seen as one. A refusal is a single line instead.
"""

from __future__ import annotations

import datetime
import io
import json
import math
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

# Whole numbers up to here are exact in a float, so 86983.0 may become 86983.
_EXACT = 2**53
_ZIP = b"PK\x03\x04"


def confine(limits: dict[str, int]) -> None:
    """Limit memory and computing time of this process, and forbid it to write files or dump core."""
    for what, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def answer(data: bytes, limits: dict[str, int], sheet_name: str | None) -> Iterator[object]:
    """Yield the lines of the answer, as values for JSON."""
    try:
        if _is_spoilt(data):
            yield {"refused": "damaged"}
            return
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [sheet.name for sheet in workbook.sheets_metadata]
        if sheet_name is not None and sheet_name not in names:
            yield {"refused": "no_such_sheet"}
            return
        sheet = _chosen(workbook, sheet_name)
        if sheet is None:
            yield {"refused": "empty"}
            return
        yield from _sheet_lines(sheet, names, limits)
    except PasswordError:
        yield {"refused": "has_password"}
    except MemoryError:
        yield {"refused": "too_large"}
    except (CalamineError, OSError, ValueError):
        yield {"refused": "damaged"}


def _is_spoilt(data: bytes) -> bool:
    """Whether any part of a zip differs from its own checksum: the parser leaves a part before its end."""
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.testzip() is not None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        return True


def _chosen(workbook: CalamineWorkbook, name: str | None) -> CalamineSheet | None:
    """The sheet asked for, or the first one with cells, visible ones first; None when there is none."""
    if name is not None:
        sheet = workbook.get_sheet_by_name(name)
        return sheet if sheet.start is not None else None
    for metadata in sorted(
        workbook.sheets_metadata, key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible
    ):
        sheet = workbook.get_sheet_by_name(metadata.name)
        if sheet.start is not None:
            return sheet
    return None


def _sheet_lines(sheet: CalamineSheet, names: list[str], limits: dict[str, int]) -> Iterator[object]:
    (_, first_column), (last_row, last_column) = sheet.start or (0, 0), sheet.end or (0, 0)
    if last_row >= limits["rows"] or last_column >= limits["columns"]:
        yield {"refused": "too_many_rows"}
        return
    yield {"sheets": names, "name": sheet.name}
    before = [None] * first_column
    count = 0
    # iter_rows begins at row 1 of the sheet, filled or not, but at the first filled column.
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_plain(cell) for cell in row]
        if any(cell is not None for cell in cells):
            count += 1
            yield [number, before + cells]
    yield {"rows": count}


def _plain(cell: object) -> object:
    """A cell as JSON: text, number, truth, nothing, or {"date"} / {"moment"} in ISO form."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime.datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, datetime.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, datetime.time | datetime.timedelta):
        return str(cell)
    return cell


def _number(cell: float) -> int | float | str:
    if not math.isfinite(cell):
        return str(cell)
    return int(cell) if cell.is_integer() and abs(cell) <= _EXACT else cell


def main() -> None:
    order = json.loads(sys.argv[1])
    confine(order)
    for line in answer(sys.stdin.buffer.read(order["file_bytes"] + 1), order, order["sheet"]):
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
