"""From typed texts to an entry and back."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from digitization.record_types import ALL, BY_CODE
from digitization.record_types.contract import Input, RecordType, Severity
from digitization.record_types.reading import judge, read, write

from .judging import BIRTH, FACTS


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ({"child_full_name": "  Ha\u0300  Ðức "}, "Hà Đức"),
        (
            {"child_full_name": "Hà V", "child_full_name__state": "uncertain"},
            {"text": "Hà V", "uncertain": True},
        ),
        (
            {"child_full_name": "Hà V", "child_full_name__state": "illegible"},
            {"text": "Hà V", "uncertain": True},
        ),
        ({"child_full_name": "Hà V", "child_full_name__state": "not_written"}, "Hà V"),
        ({"child_full_name": " ", "child_full_name__state": "illegible"}, {"absent": "illegible"}),
        ({"child_full_name": "", "child_full_name__state": "uncertain"}, None),
        ({"child_full_name": "", "child_full_name__state": "lost"}, None),
        ({"child_birth_date": "3/1957"}, {"on": "1957-03", "written": "3/1957"}),
        ({"child_birth_date": "00/00/1981"}, {"on": "1981", "written": "00/00/1981"}),
        ({"child_birth_date": "30/02/1957"}, {"written": "30/02/1957"}),
        (
            {"child_birth_date": "15/8/1957", "child_birth_date__calendar": "lunar"},
            {"on": "1957-08-15", "written": "15/8/1957", "calendar": "lunar"},
        ),
        (
            {"child_birth_date": "rằm tháng 7 âm lịch 1957"},
            {"on": "1957-07-15", "written": "rằm tháng 7 âm lịch 1957", "calendar": "lunar"},
        ),
        (
            {"child_birth_date": "không rõ ngày, tháng 3/1957"},
            {"on": "1957-03", "written": "không rõ ngày, tháng 3/1957"},
        ),
        (
            {"child_birth_date": "khoảng 1957", "child_birth_date__state": "uncertain"},
            {"written": "khoảng 1957", "uncertain": True},
        ),
        ({"child_gender": "1"}, {"code": "1", "written": "Nam"}),
        ({"child_gender": "gái"}, {"code": "2", "written": "gái"}),
        ({"child_gender": "2", "child_gender__written": "gái"}, {"code": "2", "written": "gái"}),
        ({"child_gender": "1", "child_gender__written": "gái"}, {"code": "1", "written": "Nam"}),
        ({"child_gender": "lạ"}, {"written": "lạ"}),
        ({"child_ethnicity": "Cao Lan"}, {"code": "15", "written": "Cao Lan"}),
        ({"child_ethnicity": "Mán"}, {"written": "Mán"}),
        ({"child_ethnicity": "09", "child_ethnicity__written": "Mán"}, {"code": "09", "written": "Mán"}),
        ({"child_nationality": "VN"}, {"code": "VN", "written": "VN"}),
        ({"child_personal_id": "025 098 001.010"}, "025098001010"),
        ({"child_personal_id": "chưa có"}, "chưa có"),
        ({"remarks": "Dòng  một \r\nDòng hai\n\n"}, "Dòng một\nDòng hai"),
    ],
)
def test_it_reads_what_clerks_type(raw: dict[str, str], value: Any) -> None:
    field = next(iter(raw))
    assert read(BIRTH, raw).entry == ({} if value is None else {field: value})


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ({"child_birth_date": "30/02/1957"}, "C03"),
        ({"child_gender": "lạ"}, "C10"),
        ({"child_full_name": "<b>Hà</b>"}, "C11"),
        ({"child_full_name": "H" * 501}, "C11"),
        ({"child_full_name": "Hà\x07"}, "C11"),
    ],
)
def test_it_names_the_field_that_cannot_be_read_and_keeps_what_was_typed(
    raw: dict[str, str], rule: str
) -> None:
    ((field, typed),) = raw.items()
    reading = read(BIRTH, raw)
    assert [(problem.rule, problem.field) for problem in reading.problems] == [(rule, field)]
    assert write(BIRTH, reading.entry)[field] == typed


def test_an_uncertain_date_in_the_books_words_is_doubted_and_not_refused() -> None:
    raw = {"child_birth_date": "khoảng 1957"}
    (refused,) = read(BIRTH, raw).problems
    (doubted,) = read(BIRTH, raw | {"child_birth_date__state": "uncertain"}).problems
    assert (refused.rule, refused.severity, doubted.severity) == ("C03", Severity.ERROR, Severity.WARNING)
    with override("en"):
        assert "choose “not read with certainty”" in str(refused.message)


def test_a_date_typed_over_a_lunar_one_is_no_lunar_date_unless_it_says_so() -> None:
    said = write(BIRTH, read(BIRTH, {"child_birth_date": "15/8/1957 ÂL"}).entry)
    assert (
        read(BIRTH, said | {"child_birth_date": "12/9/1957"}).entry["child_birth_date"]["on"] == "1957-09-12"
    )
    assert "calendar" not in read(BIRTH, said | {"child_birth_date": "12/9/1957"}).entry["child_birth_date"]
    marked = write(
        BIRTH, read(BIRTH, {"child_birth_date": "15/8/1957", "child_birth_date__calendar": "lunar"}).entry
    )
    assert marked["child_birth_date__calendar"] == "lunar"


def test_it_leaves_keys_alone_that_are_no_fields() -> None:
    assert read(BIRTH, {"csrfmiddlewaretoken": "x", "book_ref": "01/1998"}).entry == {}


def test_a_problem_found_twice_is_told_once() -> None:
    reading = read(
        BIRTH, {**write(BIRTH, BIRTH.sample), "child_birth_date": "30/02/1998", "child_gender": "lạ"}
    )
    told = [(problem.rule, problem.field) for problem in judge(BIRTH, reading, FACTS)]
    assert sorted(told) == [("C03", "child_birth_date"), ("C10", "child_gender")]


@pytest.mark.parametrize("record_type", ALL, ids=lambda kind: kind.code)
def test_the_sample_of_a_kind_survives_the_way_out_and_back(record_type: RecordType) -> None:
    assert read(record_type, write(record_type, record_type.sample)).entry == record_type.sample


WORDS = st.one_of(
    st.sampled_from(
        [
            *(
                "Nam",
                "1",
                "Trai",
                "Mán",
                "Cao Lan",
                "VN",
                "MY",
                "Việt Nam",
                "09",
                "55",
                "Người nước ngoài",
                "Kinh",
            ),
            *(
                "3/1957",
                "15/8/1957 âm lịch",
                "rằm tháng 8/1957",
                "Ất Mão 1975",
                "khoảng 1957",
                "--/--/1957",
                "31/02/1990",
                "20005",
                "<b>",
                "Hà\nVăn",
                "\x00",
                "Ðào",
            ),
        ]
    ),
    st.text(max_size=30),
)
STATES = st.sampled_from(["", "not_written", "illegible", "uncertain", "odd"])


@st.composite
def typed(draw: st.DrawFn, record_type: RecordType) -> dict[str, str]:
    raw = {}
    for field in draw(st.lists(st.sampled_from(list(record_type.fields())), max_size=8)):
        raw[field.code] = draw(WORDS)
        raw[f"{field.code}__state"] = draw(STATES)
        raw[f"{field.code}__written"] = draw(WORDS)
        if field.input is Input.DATE:
            raw[f"{field.code}__calendar"] = draw(st.sampled_from(["", "lunar", "odd"]))
    return raw


@given(typed(BIRTH))
@example({"child_birth_date": "15/8/1957 dương lịch", "child_birth_date__calendar": "lunar"})
@example({"child_ethnicity": "MY", "child_nationality": "MY"})
@example({"child_ethnicity": "09", "child_ethnicity__written": "09"})
def test_writing_and_reading_again_changes_nothing(raw: dict[str, str]) -> None:
    once = read(BIRTH, raw)
    again = read(BIRTH, write(BIRTH, once.entry))
    assert again.entry == once.entry
    # A stated absence beside words is refused at once, and not written back.
    contradictions = sum(1 for problem in once.problems if problem.rule == "C20")
    assert len(again.problems) == len(once.problems) - contradictions


@given(typed(BY_CODE["GH"]))
def test_the_same_holds_for_the_generic_kind(raw: dict[str, str]) -> None:
    once = read(BY_CODE["GH"], raw)
    assert read(BY_CODE["GH"], write(BY_CODE["GH"], once.entry)).entry == once.entry
