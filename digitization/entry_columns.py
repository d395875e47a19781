"""The columns a list of entries can have: what every entry has, and the fields of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from civreg.templatetags.figures import day, moment
from communes.models import User
from digitization.entry_rows import head_value
from digitization.models import ListColumns, Record, Standing
from digitization.models.record import RecordQuerySet
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Field, Label, RecordType
from digitization.record_types.entries import full_label, shown
from digitization.record_types.head import REGISTERED
from digitization.record_types.upgrading import upgraded

# Shown in every list and never left out: it leads to the entry.
NUMBER = "number"
IN_MIXED_LISTS = ("book", "subject", "birth", "status", "typed_by", "typed_at")
BESIDE_THE_KIND = ("status", "typed_by", "typed_at")
# What a list inside a book need not say again.
OF_THE_BOOK = ("book", "unit", "place")
MANY_COLUMNS = 14
# What the order of a list, its first column and its ticks read.
EVERY_LIST_READS = ("pk", "version", "kind", "number_raw", "number", "suffix", "number_year", "entered_at")


class Cell(NamedTuple):
    """What stands in one column of one entry: words, perhaps with a link; or the state of ``record``."""

    text: str = ""
    href: str = ""
    record: Record | None = None

    @property
    def in_words(self) -> str:
        """Return the cell as files say it."""
        return self.text if self.record is None else state_in_words(self.record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``reads`` are the fields its cells need, those of related rows as "book__book_no"."""

    code: str
    label: Label
    cell: Callable[[Record], Cell]
    reads: tuple[str, ...]
    short: bool = False
    on_phone: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list."""

    record: Record
    cells: list[tuple[Column, Cell]]

    @property
    def where(self) -> str:
        """Return the book in words where a column of the list says it: a phone has no room for that column."""
        return next((cell.text for column, cell in self.cells if column.code == "book"), "")


def columns_of(kind: str) -> Mapping[str, Column]:
    """Return every column a list of this kind can have, in the order they are offered; "" is a list of all kinds."""
    return _columns_of(kind) if kind in BY_CODE else _COMMON


@cache
def _columns_of(kind: str) -> Mapping[str, Column]:
    record_type = BY_CODE[kind]
    fields = {field.code: _column_of(record_type, field) for field in record_type.fields()}
    return _COMMON | {code: column for code, column in fields.items() if code not in _SAID_ALREADY}


def standard_columns(kind: str, *, in_book: bool = False, several_units: bool = False) -> tuple[str, ...]:
    """Return the codes of the columns a list has until the person chooses others."""
    if in_book and kind in BY_CODE:
        return (*BY_CODE[kind].list_columns, "status")
    where = ("book", "unit") if several_units else ("book",)
    if kind not in BY_CODE:
        return (*where, *IN_MIXED_LISTS[1:])
    return (*where, *BY_CODE[kind].list_columns, *BESIDE_THE_KIND)


def columns_for_person(
    user: User, kind: str, *, in_book: bool = False, several_units: bool = False
) -> list[Column]:
    """Return the columns this person sees in lists of this kind: those they chose, else the standard ones."""
    kept = ListColumns.objects.filter(user=user, kind=kind).values_list("columns", flat=True).first()
    usual = standard_columns(kind, in_book=in_book, several_units=several_units)
    return columns_shown(kind, kept or usual, in_book=in_book)


def columns_shown(kind: str, chosen: Iterable[str], *, in_book: bool = False) -> list[Column]:
    """Return the columns of a list: the number, then those chosen that there are."""
    known = columns_of(kind)
    left_out = {NUMBER, *(OF_THE_BOOK if in_book else ())}
    codes = [code for code in chosen if code in known and code not in left_out]
    return [known[code] for code in (NUMBER, *codes[:MANY_COLUMNS])]


def with_what_is_shown(records: RecordQuerySet, columns: Sequence[Column]) -> RecordQuerySet:
    """Return the entries with what these columns read and nothing else: an entry has forty fields, a list ten."""
    fields = {field for column in columns for field in column.reads}
    relations = {field.partition("__")[0] for field in fields if "__" in field}
    # None: without the relations that the entry's own page prints.
    related = (
        records.select_related(None).select_related(*relations) if relations else records.select_related(None)
    )
    return related.only(*EVERY_LIST_READS, *relations, *fields)


def rows_of(records: Iterable[Record], columns: Sequence[Column]) -> list[Row]:
    """Return the entries as rows of these columns."""
    return [Row(record, [(column, column.cell(record)) for column in columns]) for record in records]


def born(record: Record) -> str:
    """Return when the person registered was born, as exactly as it is known."""
    first, last = record.subject_born_earliest, record.subject_born_latest
    if first is None or last is None:
        return "–"
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return first.strftime("%m/%Y") if _is_month(first, last) else f"{first:%d}–{last:%d/%m/%Y}"
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


def state_in_words(record: Record) -> str:
    """Return status, standing and open warnings in words, as files say them."""
    words = [str(record.get_status_display())]
    if record.standing != Standing.NORMAL:
        words.append(str(record.get_standing_display()))
    if record.open_warnings:
        many = ngettext("%(n)s warning", "%(n)s warnings", record.open_warnings)
        words.append(many % {"n": record.open_warnings})
    return "; ".join(words)


def _is_month(first: date, last: date) -> bool:
    return first.day == 1 and (last + timedelta(days=1)).day == 1


def _column_of(record_type: RecordType, field: Field) -> Column:
    def in_head(record: Record) -> Cell:
        return Cell(shown(field, head_value(record, field.code)) or "–")

    def in_content(record: Record) -> Cell:
        content = upgraded(record_type, record.content, record.content_version)
        return Cell(shown(field, content.get(field.code)) or "–")

    return Column(
        code=field.code,
        label=full_label(record_type, field.code),
        cell=in_head if field.head else in_content,
        reads=(field.code, "head_states") if field.head else ("content", "content_version"),
    )


def _text(read: Callable[[Record], object]) -> Callable[[Record], Cell]:
    return lambda record: Cell(str(read(record) or "–"))


def _number(record: Record) -> Cell:
    return Cell(record.number_text, href=_address("digitization:record", record.pk))


def _book(record: Record) -> Cell:
    words = f"{record.kind_label} {record.book.quyen_so}"
    return Cell(words, href=_address("digitization:book", record.book_id))


def _address(route: str, pk: int) -> str:
    return _pattern(route).replace("/0/", f"/{pk}/")


@cache
def _pattern(route: str) -> str:
    """Return the address of number 0: looking a route up again for every row takes longer than the row."""
    return reverse(route, args=[0])


def _registered(record: Record) -> Cell:
    return Cell(shown(REGISTERED, head_value(record, REGISTERED.code)) or "–")


_COMMON = {
    column.code: column
    for column in (
        Column(
            code=NUMBER,
            label=pgettext_lazy("entry", "Number"),
            cell=_number,
            reads=("number_raw", "number_year"),
            short=True,
            on_phone=True,
        ),
        Column(
            code="book",
            label=_("Book"),
            cell=_book,
            reads=("book__book_no", "book__opened_year"),
            short=True,
        ),
        Column(
            code="unit",
            label=_("Kept by"),
            cell=_text(lambda record: record.custodian.title),
            reads=("custodian__kind", "custodian__name"),
        ),
        Column(
            code="place",
            label=_("Place of registration"),
            cell=_text(lambda record: record.place.title),
            reads=("place__kind", "place__name"),
        ),
        Column(
            code="page",
            label=pgettext_lazy("book", "Page"),
            cell=_text(lambda record: record.page_no),
            reads=("page_no",),
        ),
        Column(
            code="subject",
            label=pgettext_lazy("entry", "Person"),
            cell=_text(lambda record: record.subject_name),
            reads=("subject_name",),
            on_phone=True,
        ),
        Column(
            code="birth",
            label=_("Date of birth"),
            cell=_text(born),
            reads=("subject_born_earliest", "subject_born_latest"),
            short=True,
        ),
        Column(
            code="registered",
            label=_("Date of registration"),
            cell=_registered,
            reads=("registration_date", "head_states"),
            short=True,
        ),
        Column(
            code="status",
            label=_("Status"),
            cell=lambda record: Cell(record=record),
            reads=("status", "standing", "open_warnings"),
            on_phone=True,
        ),
        Column(
            code="typed_by",
            label=_("Typed by"),
            cell=_text(lambda record: record.entered_by),
            reads=("entered_by__name",),
        ),
        Column(
            code="typed_at",
            label=_("Typed at"),
            cell=_text(lambda record: moment(record.entered_at)),
            reads=("entered_at",),
            short=True,
        ),
        Column(
            code="checked_by",
            label=_("Checked by"),
            cell=_text(lambda record: record.checked_by),
            reads=("checked_by__name",),
        ),
        Column(
            code="approved_by",
            label=_("Approved by"),
            cell=_text(lambda record: record.approved_by),
            reads=("approved_by__name",),
        ),
    )
}
# Fields that are columns of every list under another code.
_SAID_ALREADY = (NUMBER, "page_no", REGISTERED.code)
