"""From the cells of a row to the raw texts that ``record_types.reading`` understands.

Excel changes what is typed: it drops zeros, makes numbers of texts and dates of numbers. What can be turned back is
turned back, with a warning (I02) on the field wherever the book may have said something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from civreg.lib.partial_dates import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    UnreadableDate,
    from_excel_serial,
    parse,
)
from civreg.lib.spreadsheets import Cell
from civreg.lib.vietnamese import fold
from digitization.record_types.checks.holders import CITIZEN_CARDS
from digitization.record_types.checks.papers import PROVINCES
from digitization.record_types.checks.workbook import I02
from digitization.record_types.contract import Field, Input, Label, Problem, RecordType
from digitization.record_types.entries import ILLEGIBLE, NOT_WRITTEN, said
from digitization.record_types.layouts import BOOK
from digitization.record_types.matching import match

# How a sheet says what a form has a switch for; folded.
_STATES = {
    "khong ghi": NOT_WRITTEN,
    "so khong ghi": NOT_WRITTEN,
    "not written": NOT_WRITTEN,
    "khong doc duoc": ILLEGIBLE,
    "illegible": ILLEGIBLE,
}
# Shorter numbers are years with a slip (5005), no days that Excel counted.
_FIRST_SERIAL = 10_000
_MIDNIGHT = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?$")
_SERIAL = re.compile(r"[1-9][0-9]{4}")
# "1.41742143E8", "141742143.0": numbers that went through a programme.
_WHOLE = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?(?:[0-9]|1[0-4])|[0-9]{1,15}\.0+")
_CMND = "1"


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one cell, and the doubt about it, if there is one."""

    text: str
    doubt: Label = ""
    certain: bool = False


def texts_of(record_type: RecordType, cells: Mapping[str, Cell]) -> tuple[dict[str, str], list[Problem]]:
    """Return the raw texts of a row's cells, given by field, and what Excel did to them. Never raises."""
    raw: dict[str, str] = {}
    problems: list[Problem] = []
    for field in record_type.fields():
        if field.code not in cells:
            continue
        found = _text(field, cells[field.code])
        if state := _STATES.get(fold(found.text)):
            raw[f"{field.code}__state"] = state
            continue
        raw[field.code] = found.text
        if found.doubt:
            problems.append(_problem(field.code, found))
    return raw, problems + _with_zeros(record_type, raw)


def book_text(cell: Cell) -> str:
    """Return the text of the column that names the book: "01/1998", which Excel likes to take for January 1998."""
    return _number(cell).text


def _problem(code: str, found: Text) -> Problem:
    return I02.error(code, found.doubt) if found.certain else I02.warning(code, found.doubt)


def _text(field: Field, cell: Cell) -> Text:
    if field.code in ("number", BOOK):
        return _number(cell)
    if field.input is Input.DATE:
        return _date(cell)
    if isinstance(cell, date):
        return Text(
            _day(cell),
            said(_("Excel holds the date %(date)s here. Compare it with the book."), date=_day(cell)),
        )
    text = _plain(cell)
    if field.options and text.isdigit() and not match(field.options, text):
        # The codes of ethnic groups begin with a zero, which Excel drops.
        return Text(text.zfill(2) if match(field.options, text.zfill(2)) else text)
    return Text(text)


def _plain(cell: Cell) -> str:
    return str(cell).strip() if cell is not None else ""


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _number(cell: Cell) -> Text:
    """A number, and perhaps a year: Excel makes 1 January 2018 of "01/2018", and 1.2018 of "01.2018"."""
    if isinstance(cell, date):
        if cell.day != 1:
            doubt = said(_("Excel made the date %(date)s of the number. Type it as text."), date=_day(cell))
            return Text(_day(cell), doubt, certain=True)
        text = f"{cell.month:02}/{cell.year}"
        return Text(text, said(_("Excel had made a date of it; read as %(text)s."), text=text))
    if isinstance(cell, float) and (month := _month_of_decimal(cell)):
        return Text(month, said(_("Excel had made a date of it; read as %(text)s."), text=month))
    return Text(_plain(cell))


def _date(cell: Cell) -> Text:
    if isinstance(cell, date):
        return Text(_day(cell), _perhaps_only_a_month(cell))
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return _date_in_text(_plain(cell))
    return _date_in_number(cell)


def _perhaps_only_a_month(day: date) -> Label:
    """Of "3/1957" Excel makes 1 March 1957, and nobody sees it afterwards."""
    if day.day != 1:
        return ""
    return said(_("Excel holds %(date)s; the book may give only month and year. Compare."), date=_day(day))


def _date_in_text(text: str) -> Text:
    """A number of days may stand in a cell that was made text later; a slip such as 20005 stays one."""
    text = _MIDNIGHT.sub("", text)
    if not _SERIAL.fullmatch(text):
        return Text(text)
    try:
        parse(text)
    except UnreadableDate as error:
        return Text(text) if error.suggestion else _counted(int(text), text)
    return Text(text)


def _date_in_number(cell: float) -> Text:
    if isinstance(cell, int):
        if EARLIEST_YEAR <= cell <= LATEST_YEAR:
            return Text(str(cell))
        if 1_000_000 <= cell < 100_000_000:
            return _eight_digits(cell)
    elif month := _month_of_decimal(cell):
        return Text(month, said(_("Excel had made a number of it; read as %(text)s."), text=month))
    return _counted(cell, _plain(cell))


def _eight_digits(number: int) -> Text:
    """12031957, or 1031957, whose zero Excel dropped."""
    text = f"{number:08}"
    if number >= 10_000_000:
        return Text(text)
    return Text(text, said(_("Excel had dropped the zero in front; read as %(text)s."), text=text))


def _month_of_decimal(number: float) -> str:
    """ "01.2019" becomes the number 1.2019, and "01.2020" becomes 1.202."""
    month, _dot, year = repr(number).partition(".")
    if not (month.isdigit() and year.isdigit() and len(year) in (3, 4) and 1 <= int(month) <= 12):
        return ""
    year = year.ljust(4, "0")
    return f"{int(month):02}/{year}" if EARLIEST_YEAR <= int(year) <= LATEST_YEAR else ""


def _counted(days: float, text: str) -> Text:
    if days < _FIRST_SERIAL:
        return Text(text)
    try:
        shown = from_excel_serial(days).display()
    except UnreadableDate:
        return Text(text)
    return Text(
        shown,
        said(_("Excel holds the number %(number)s, which is %(date)s. Compare."), number=text, date=shown),
    )


def _with_zeros(record_type: RecordType, raw: dict[str, str]) -> list[Problem]:
    """Give identity numbers the zero back that Excel dropped, in place; one doubt for each."""
    problems = []
    for field in record_type.fields():
        if field.code in raw and field.code.endswith(("_personal_id", "_id_no")):
            raw[field.code] = _bare_digits(raw[field.code])
            if zeroed := _zeroed(record_type, raw, field):
                raw[field.code] = zeroed
                message = _("Excel had dropped the zero in front; read as %(text)s.")
                problems.append(I02.warning(field.code, said(message, text=zeroed)))
    return problems


def _bare_digits(text: str) -> str:
    return str(int(Decimal(text))) if _WHOLE.fullmatch(text) else text


def _zeroed(record_type: RecordType, raw: Mapping[str, str], field: Field) -> str:
    digits = raw[field.code]
    if not (digits.isascii() and digits.isdigit()):
        return ""
    card = _card(record_type, raw, field)
    if len(digits) == 11 and f"0{digits}"[:3] in PROVINCES and card in (*CITIZEN_CARDS, _CMND, ""):
        return f"0{digits}"
    return (
        f"0{digits}" if len(digits) == 8 and card in (_CMND, "") and field.input is not Input.DIGITS else ""
    )


def _card(record_type: RecordType, raw: Mapping[str, str], field: Field) -> str:
    """Return the code of the paper the number is of, "" where the row does not say."""
    code = field.code.replace("_id_no", "_id_type")
    if field.input is Input.DIGITS or code not in raw:
        return ""
    options = record_type.field_of(code).options
    meant = match(options, raw[code]) if options else None
    return meant.code if meant else ""
