"""Every kind is whole: sample, labels, national columns, and checks that never fall over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.functional import Promise
from hypothesis import given
from hypothesis import strategies as st

from digitization.entry_columns import columns_of
from digitization.record_types import ALL, BY_CODE, layouts
from digitization.record_types.contract import Facts, RecordType
from digitization.record_types.entries import fingerprint, shown
from digitization.record_types.places import NamedUnit, Places
from digitization.record_types.reading import read, write

FACTS = Facts(today=date(2024, 12, 5))
each_kind = pytest.mark.parametrize("record_type", ALL, ids=lambda kind: kind.code)


def test_the_kinds_stand_in_the_order_of_lists_and_papers() -> None:
    assert list(BY_CODE)[:10] == ["KS", "KH", "KT", "CMC", "HN", "NCN", "GH", "TDCC", "GCLH", "KHAC"]


@each_kind
def test_the_sample_of_a_kind_has_no_problem_at_all(record_type: RecordType) -> None:
    assert record_type.problems(record_type.sample, FACTS) == []


@each_kind
def test_no_field_is_declared_twice(record_type: RecordType) -> None:
    codes = [field.code for field in record_type.fields()]
    assert len(set(codes)) == len(codes)


@each_kind
def test_everything_people_read_can_be_translated(record_type: RecordType) -> None:
    labels = [record_type.label, record_type.book_label]
    labels += [group.label for group in record_type.groups] + [field.label for field in record_type.fields()]
    assert [str(label) for label in labels if not isinstance(label, Promise)] == []


@each_kind
def test_the_head_fields_of_every_kind_are_the_same(record_type: RecordType) -> None:
    assert [field.code for field in record_type.fields() if field.head] == [
        *("number", "page_no", "registration_date", "registration_place"),
        *("signer_name", "signer_position", "recorder_name", "remarks"),
    ]


def test_every_national_column_is_a_field_or_the_book_and_every_field_a_column() -> None:
    kinds = [kind for kind in ALL if kind.columns]
    assert kinds
    for kind in kinds:
        columns = [column.field for column in layouts.columns_of(kind.code)]
        assert len(set(columns)) == len(columns)
        assert set(columns) == {field.code for field in kind.fields()} | {layouts.BOOK}


def test_the_national_sheets_have_246_columns() -> None:
    sheets = {kind.code: layouts.columns_of(kind.code) for kind in ALL if kind.columns}
    assert {code: len(columns) for code, columns in sheets.items()} == {
        "KS": 69,
        "KH": 44,
        "KT": 48,
        "CMC": 50,
        "HN": 35,
    }
    assert [columns[-1].national for columns in sheets.values()] == [
        *["qgNuocNgoaiDaDangKy"] * 4,
        "nycNoiCapGiayToTuyThan",
    ]


def test_the_birth_sheet_keeps_the_misspelt_column() -> None:
    columns = layouts.columns_of("KS")
    assert columns[33].national == "nksHanCheNangLucHanhViNgayCanCuHuyTuyenBo"
    assert columns[33].field == "limited_capacity_revoked_basis"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("so", "number"),
        (" SO ", "number"),
        ("quyenSo", "book_ref"),
        ("nksHoTen\nHọ, chữ đệm, tên", "child_full_name"),
        ("nksGioiTinh = 1: Nam, 2: Nữ", "child_gender"),
        ("noiDangKy UBND xã", "registration_place"),
        ("noiDangKyUBND", "registration_place"),
        ("NKSMATTICHGHICHUTUYENBO", "missing_declared_noted_on"),
    ],
)
def test_a_header_is_known_however_an_office_types_it(header: str, field: str) -> None:
    column = layouts.match_header(header, "KS")
    assert column is not None
    assert column.field == field


@pytest.mark.parametrize("header", ["", "STT", "Huyện", "soo", "\n"])
def test_a_column_that_is_not_ours_is_left_alone(header: str) -> None:
    assert layouts.match_header(header, "KS") is None


def test_a_birth_names_child_and_mother_then_everybody_else() -> None:
    people = BY_CODE["KS"].people(BY_CODE["KS"].sample)
    assert (people.subject.name, people.second.name) == ("Hà Văn Quyết", "Lâm Thị Nhàn")
    assert people.others == ("Hà Văn Thuận", "Hà Văn Thuận")
    assert people.subject.born_earliest == people.subject.born_latest == date(1998, 4, 20)
    assert (people.second.born_earliest, people.second.born_latest) == (date(1975, 1, 1), date(1975, 12, 31))


def test_other_kinds_name_their_persons_too() -> None:
    named = {code: BY_CODE[code].people(BY_CODE[code].sample) for code in ("KH", "KT", "CMC", "HN")}
    assert {code: (people.subject.name, people.second.name) for code, people in named.items()} == {
        "KH": ("Trần Văn Luyện", "Lâm Thị Huệ"),
        "KT": ("Đào Văn Khuê", ""),
        "CMC": ("Triệu Thị Ngân", "Triệu Văn Hưng"),
        "HN": ("Ninh Thị Quyên", ""),
    }
    assert named["KT"].others == ("Đào Văn Tiệp",)


@each_kind
def test_an_entry_goes_through_a_form_and_comes_back_the_same(record_type: RecordType) -> None:
    reading = read(record_type, write(record_type, record_type.sample))
    assert (reading.entry, reading.problems) == (dict(record_type.sample), ())


@each_kind
def test_a_list_of_a_kind_shows_columns_there_are(record_type: RecordType) -> None:
    assert set(record_type.list_columns) <= columns_of(record_type.code).keys()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
)
DATES = st.dates(min_value=date(1, 1, 1)).map(lambda day: {"on": day.isoformat(), "written": "x"})
LUNAR = st.sampled_from(["0001", "9999", "9999-12-30", "1998-02-30"]).map(
    lambda on: {"on": on, "calendar": "lunar"}
)
KEYS = st.sampled_from(["text", "on", "written", "calendar", "code", "absent", "uncertain"])
VALUES = (
    JSON
    | DATES
    | LUNAR
    | st.dictionaries(KEYS, JSON, max_size=4)
    | st.sampled_from(["1", "VN"]).map(lambda code: {"code": code})
)
ODD_FACTS = st.builds(
    Facts,
    today=st.dates(),
    book_year_from=st.none() | st.integers(0, 9999),
    book_year_to=st.none() | st.integers(0, 9999),
    book_closed_on=st.none() | st.dates(),
    places=st.just(Places.of((NamedUnit("xã", "Hợp Nhất", "Đoan Hùng", date(2020, 1, 1), None),))),
)


@st.composite
def odd_entries(draw: st.DrawFn) -> tuple[RecordType, dict[str, Any]]:
    kind = draw(st.sampled_from([kind for kind in ALL if kind.columns] + [BY_CODE["GH"]]))
    codes = [field.code for field in kind.fields()]
    held = draw(st.dictionaries(st.sampled_from(codes) | st.text(max_size=5), VALUES, max_size=12))
    return kind, {**(kind.sample if draw(st.booleans()) else {}), **held}


@given(odd_entries(), ODD_FACTS)
def test_no_check_ever_falls_over_whatever_an_entry_holds(
    odd: tuple[RecordType, dict[str, Any]], facts: Facts
) -> None:
    kind, entry = odd
    for problem in kind.problems(entry, facts):
        assert str(problem.message)
        assert problem.field in problem.about
        assert all(code in {field.code for field in kind.fields()} for code in problem.about)
        assert len(fingerprint(problem, entry)) == 16
    kind.people(entry)
    write(kind, entry)
    assert all(isinstance(shown(field, entry.get(field.code)), str) for field in kind.fields())
