"""The national sheet of each kind goes in whole: every column finds its field."""

from __future__ import annotations

from pathlib import Path

import pytest

from communes.models import Unit
from digitization.entry_rows import as_columns
from digitization.exchange.header import core_fields
from digitization.models import Record
from digitization.record_types import ALL
from digitization.record_types.contract import RecordType
from digitization.record_types.layouts import columns_of
from digitization.record_types.reading import read, write
from digitization.tests.exchange.conftest import Import
from digitization.tests.exchange.sheets import write_sheet
from digitization.tests.making import make_book

each_sheet = pytest.mark.parametrize(
    "kind", [kind for kind in ALL if kind.columns], ids=lambda kind: kind.code
)


def year_of(kind: RecordType) -> int:
    return int(kind.sample["registration_date"]["on"][:4])


@each_sheet
def test_a_row_of_the_national_sheet_is_the_entry_typed_by_hand(
    kind: RecordType, take_in: Import, commune: Unit, tmp_path: Path
) -> None:
    book = make_book(commune, kind=kind.code, book_no="01", year=year_of(kind))
    raw = {code: text for code, text in write(kind, kind.sample).items() if "__" not in code}
    columns = columns_of(kind.code)
    cells = {"book_ref": book.quyen_so, **raw}
    path = write_sheet(
        tmp_path / "sheet.xlsx",
        [[column.national for column in columns], [cells.get(column.field) for column in columns]],
    )
    answer = take_in(path, kind=kind.code, commit=True)
    assert (answer["accepted"], answer["refused"], answer["errors"]) == (1, 0, [])
    wanted = as_columns(kind, book, read(kind, raw).entry)
    assert Record.objects.values(*wanted).get() == wanted


@each_sheet
def test_a_sheet_without_the_name_of_the_person_is_refused(kind: RecordType) -> None:
    number, date, name = core_fields(kind)
    assert (number, date) == ("number", "registration_date")
    assert (
        name
        == {
            "KS": "child_full_name",
            "KH": "husband_full_name",
            "KT": "deceased_full_name",
            "CMC": "parent_full_name",
            "HN": "person_full_name",
        }[kind.code]
    )
