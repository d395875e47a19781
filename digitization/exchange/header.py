"""Finding the national column names in a sheet as offices have it: titles above, hints below, columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from civreg.lib.partial_dates import UnreadableDate, parse
from civreg.lib.spreadsheets import Cell, Row
from digitization.record_types.contract import Field, Input, Need, RecordType
from digitization.record_types.layouts import BOOK, columns_of, match_header
from digitization.record_types.matching import match
from digitization.record_types.numbers import read_number
from digitization.rules.imports import I01

# A title, the unit and the year stand above the table; further down there is only data.
HEADER_WITHIN = 20
_HINT_ROWS = 3
_NAMED_AT_MOST = 15
_REQUIRED_MARK = re.compile(r"[\s(]*\*+\s*\)?\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column we know: our field (or ``book_ref``) and the name of it as the file writes it."""

    field: str
    typed: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of the sheet that may be entries, and what their columns mean, by position."""

    headings: dict[int, Heading]
    rows: tuple[Row, ...]
    skipped: tuple[int, ...]

    def cells(self, row: Row) -> dict[str, Cell]:
        """Return what a row holds in the columns we know, by field; blanks are left out."""
        found = {heading.field: _at(row, position) for position, heading in self.headings.items()}
        return {field: cell for field, cell in found.items() if not _is_blank(cell)}


class UnfitHeader(ValueError):
    """I01: the sheet has no header we can work with; the text says what is missing. ``matched`` columns did fit."""

    rule = I01.id

    def __init__(self, message: str, matched: int) -> None:
        super().__init__(f"{message} ({self.rule})")
        self.matched = matched


def core_fields(record_type: RecordType) -> tuple[str, ...]:
    """Return the fields without whose columns a sheet is refused: number, date, and the name of the person."""
    wanted = (field.code for field in record_type.fields() if field.need is Need.MUST and not field.head)
    return ("number", "registration_date", next(code for code in wanted if code.endswith("_full_name")))


def read_table(rows: Sequence[Row], record_type: RecordType) -> Table:
    """Find the header in the first rows of a sheet and return what stands under it. Raises UnfitHeader."""
    above = [row for row in rows if row.number <= HEADER_WITHIN]
    if not above:
        raise UnfitHeader(_no_header(record_type), 0)
    header = max(above, key=lambda row: (len(_matches(row, record_type)), _texts(row)))
    headings = _checked(header, record_type)
    under = [row for row in rows if row.number > header.number]
    hints = list(_hints(under, headings, record_type))
    table = Table(headings, (), ())
    filled = tuple(row for row in under if row.number not in hints and table.cells(row))
    return Table(headings, filled, tuple(hints))


def _matches(row: Row, record_type: RecordType) -> dict[int, Heading]:
    found: dict[int, Heading] = {}
    for position, cell in enumerate(row.cells):
        if isinstance(cell, str) and record_type.columns:
            name = _first_line(cell)
            if column := match_header(name, record_type.columns):
                found[position] = Heading(column.field, name)
    return found


def _first_line(cell: str) -> str:
    return _REQUIRED_MARK.sub("", (cell.strip().splitlines() or [""])[0]).strip()


def _texts(row: Row) -> int:
    return sum(1 for cell in row.cells if isinstance(cell, str) and cell.strip())


def _checked(header: Row, record_type: RecordType) -> dict[int, Heading]:
    headings = _matches(header, record_type)
    if not headings:
        raise UnfitHeader(_no_header(record_type), 0)
    given = [heading.field for heading in headings.values()]
    missing = [field for field in core_fields(record_type) if field not in given]
    if missing:
        raise UnfitHeader(_lacking(header, headings, missing, record_type), len(headings))
    if doubled := sorted({heading.typed for heading in headings.values() if given.count(heading.field) > 1}):
        message = _("The columns %(names)s stand twice in row %(row)s. Keep the one that holds the entries.")
        raise UnfitHeader(message % {"names": ", ".join(doubled), "row": header.number}, len(headings))
    return headings


def _no_header(record_type: RecordType) -> str:
    message = _(
        "None of the first %(rows)s rows holds the national column names (%(names)s, …). "
        "Put them in one row above the entries."
    )
    return message % {"rows": HEADER_WITHIN, "names": _nationals(core_fields(record_type), record_type)}


def _lacking(header: Row, headings: dict[int, Heading], missing: list[str], record_type: RecordType) -> str:
    message = _("The header in row %(row)s lacks: %(missing)s.") % {
        "row": header.number,
        "missing": _nationals(missing, record_type),
    }
    cells = enumerate(header.cells)
    unknown = [
        _first_line(cell)
        for at, cell in cells
        if at not in headings and isinstance(cell, str) and cell.strip()
    ]
    if unknown:
        message += " " + _("Not recognised: %(names)s.") % {"names": _listed(unknown)}
    return message


def national_name(field: str, record_type: RecordType) -> str:
    """Return the national name of the column of a field."""
    columns = columns_of(record_type.columns or "")
    return next((column.national for column in columns if column.field == field), field)


def _nationals(fields: Iterable[str], record_type: RecordType) -> str:
    return ", ".join(national_name(field, record_type) for field in fields)


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED_AT_MOST])
    return f"{shown}, …" if len(names) > _NAMED_AT_MOST else shown


def _hints(under: list[Row], headings: dict[int, Heading], record_type: RecordType) -> Iterator[int]:
    """Yield the numbers of the rows right beneath the header that explain the columns and are no entries."""
    for row in under[:_HINT_ROWS]:
        if not (_numbers_the_columns(row) or _explains(row, headings, record_type)):
            return
        yield row.number


def _numbers_the_columns(row: Row) -> bool:
    """(1) (2) (3) …, as printed forms have it."""
    texts = [str(cell).strip().strip("()") for cell in row.cells if not _is_blank(cell)]
    if len(texts) < 3 or not all(text.isascii() and text.isdigit() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _explains(row: Row, headings: dict[int, Heading], record_type: RecordType) -> bool:
    """Words for number and date, and nothing in the row that reads as a number, a date or a code."""
    fields = {field.code: field for field in record_type.fields()}
    found = {heading.field: _at(row, position) for position, heading in headings.items()}
    filled = {code: cell for code, cell in found.items() if not _is_blank(cell)}
    if len(filled) < 2 or not {"number", "registration_date"} & filled.keys():
        return False
    return not any(_means(fields[code], cell) for code, cell in filled.items() if code != BOOK)


def _means(field: Field, cell: Cell) -> bool:
    if not isinstance(cell, str):
        return True
    if field.code == "number":
        return read_number(cell).number is not None
    if field.options:
        return match(field.options, cell) is not None
    return field.input is Input.DATE and _is_date(cell)


def _is_date(text: str) -> bool:
    try:
        parse(text)
    except UnreadableDate:
        return False
    return True


def _at(row: Row, position: int) -> Cell:
    return row.cells[position] if position < len(row.cells) else None


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
