"""Reading spreadsheets that people send in, without trusting them.

The file is looked at (``workbook_guards``), then parsed by a process of its own with limits on memory and
time (``spreadsheets_child``), whose answer is JSON: nothing the child says is ever executed. Whatever the
file does to that process, the caller gets a Sheet or an UnreadableWorkbook.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import FileIO
from pathlib import Path
from typing import Any, BinaryIO, cast

from civreg.lib import confined
from civreg.lib.workbook_guards import Limits, UnreadableWorkbook, WorkbookProblem, guard

__all__ = ["Cell", "Limits", "Row", "Sheet", "UnreadableWorkbook", "WorkbookProblem", "read_workbook"]

Cell = str | int | float | bool | date | datetime | None

_CHILD = Path(__file__).with_name("spreadsheets_child.py")


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` is the sheet's own row number, from 1; ``cells`` begin at column A."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the names of all sheets of the workbook, and the rows that hold anything."""

    name: str
    sheets: tuple[str, ...]
    rows: tuple[Row, ...]


def read_workbook(path: Path | str, *, sheet: str | None = None, limits: Limits | None = None) -> Sheet:
    """Read one sheet of an .xlsx, .xls, .xlsb or .ods file: the one named, else the first with cells in it.

    Whole numbers come as int (Excel keeps 86983 as 86983.0), formulas as their last value, error values and
    empty cells as None. Excel keeps no dates before 1900 and shows its number 60 as 28/02/1900.
    Raises UnreadableWorkbook, and OSError when the path cannot be opened.
    """
    limits = limits or Limits()
    with Path(path).open("rb", buffering=0) as file:
        guard(file, limits)
        child = _start_child(file, sheet, limits)
    # A killed child ends the reading below, so one timer bounds it all.
    timer = threading.Timer(limits.wall_seconds, child.kill)
    timer.start()
    try:
        return _sheet(_lines(child, limits), limits)
    except json.JSONDecodeError as error:
        raise UnreadableWorkbook(WorkbookProblem.DAMAGED, limits) from error
    finally:
        timer.cancel()
        _end(child)


def _start_child(file: FileIO, sheet: str | None, limits: Limits) -> subprocess.Popen[bytes]:
    """Start the parser on the open file: what was guarded is what is parsed."""
    order = {
        "sheet": sheet,
        "file_bytes": limits.file_bytes,
        "rows": limits.rows,
        "columns": limits.columns,
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": limits.cpu_seconds,
    }
    return confined.start(_CHILD, order, file)


def _lines(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[Any]:
    """Yield what the child says, line by line; raises UnreadableWorkbook when it dies or says too much."""
    said, answer = 0, cast("BinaryIO", child.stdout)
    while line := answer.readline(limits.answer_bytes):
        said += len(line)
        if said > limits.answer_bytes:
            raise UnreadableWorkbook(WorkbookProblem.TOO_LARGE, limits)
        if line.endswith(b"\n"):
            yield json.loads(line)
    if problem := _death(child.wait()):
        raise UnreadableWorkbook(problem, limits)


def _death(code: int) -> WorkbookProblem | None:
    """What the way the child ended says about the file; None when it ended well.

    Rust aborts when memory is refused; the kernel or the timer kills at the limit of time.
    """
    if code == 0:
        return None
    if -code in (signal.SIGXCPU, signal.SIGKILL):
        return WorkbookProblem.TOOK_TOO_LONG
    if -code in (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS):
        return WorkbookProblem.TOO_LARGE
    return WorkbookProblem.DAMAGED


def _sheet(lines: Iterator[Any], limits: Limits) -> Sheet:
    head = next(lines, None)
    if not isinstance(head, dict) or "refused" in head:
        reason = head["refused"] if isinstance(head, dict) else WorkbookProblem.DAMAGED
        raise UnreadableWorkbook(WorkbookProblem(reason), limits)
    rows: list[Row] = []
    foot = None
    for line in lines:
        if isinstance(line, list):
            number, cells = line
            rows.append(Row(number, tuple(_cell(cell) for cell in cells)))
        else:
            foot = line
    if foot != {"rows": len(rows)}:
        raise UnreadableWorkbook(WorkbookProblem.DAMAGED, limits)
    return Sheet(name=head["name"], sheets=tuple(head["sheets"]), rows=tuple(rows))


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return sys.intern(value)  # registers say the same words in every row
    if not isinstance(value, dict):
        return value
    if "date" in value:
        return date.fromisoformat(value["date"])
    return datetime.fromisoformat(value["moment"])


def _end(child: subprocess.Popen[bytes]) -> None:
    """Leave no process behind, whatever happened."""
    child.kill()
    child.wait()
    if child.stdout is not None:
        child.stdout.close()
