"""Single values of an entry: read, shown, and the fingerprint of what was accepted."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from digitization.record_types import entries
from digitization.record_types.contract import Problem, Severity

from .judging import BIRTH, ILLEGIBLE, NOT_WRITTEN, birth, day


def test_it_reads_every_shape_of_value() -> None:
    entry: dict[str, Any] = {
        "plain": "Hà",
        "partly": {"text": "Nguyễn V", "uncertain": True},
        "date": day("1957-03"),
        "choice": {"code": "1", "written": "Nam"},
        "gone": ILLEGIBLE,
    }
    assert [entries.text_of(entry, code) for code in entry] == ["Hà", "Nguyễn V", "03/1957", "Nam", ""]
    assert entries.code_of(entry, "choice") == "1"
    assert entries.absence_of(entry, "gone") == "illegible"
    assert entries.is_uncertain(entry, "partly")
    found = entries.date_of(entry, "date")
    assert found is not None
    assert found.year == 1957


def test_a_stated_absence_is_not_a_blank() -> None:
    entry = {"a": NOT_WRITTEN, "b": "", "c": {"text": " "}, "d": {"code": "1"}}
    assert [code for code in "abcde" if entries.is_blank(entry, code)] == ["b", "c", "e"]


@pytest.mark.parametrize(
    ("code", "value", "page"),
    [
        ("child_full_name", "Hà Văn Quyết", "Hà Văn Quyết"),
        ("child_full_name", {"text": "Hà V", "uncertain": True}, "Hà V (?)"),
        ("child_full_name", NOT_WRITTEN, "not written"),
        ("child_full_name", ILLEGIBLE, "illegible"),
        ("child_gender", {"code": "1", "written": "Nam"}, "Male"),
        ("child_gender", {"code": "1", "written": "Trai"}, "Trai"),
        ("child_gender", {"code": "1"}, "Male"),
        ("child_ethnicity", {"code": "15", "written": "Cao Lan"}, "Cao Lan"),
        ("child_birth_date", {"on": "1957-03", "written": "tháng 3 năm 1957"}, "tháng 3 năm 1957"),
        ("child_birth_date", {"on": "1957-03"}, "03/1957"),
        (
            "child_birth_date",
            {"on": "1957-08-15", "written": "15/8/1957", "calendar": "lunar"},
            "15/8/1957 (lunar)",
        ),
        *(
            ("child_birth_date", {"on": "1957-08-15", "written": written, "calendar": "lunar"}, shown)
            for written, shown in (
                ("15.8.1957", "15.8.1957 (lunar)"),
                ("ngày 15 tháng 8 năm 1957", "ngày 15 tháng 8 năm 1957 (lunar)"),
                ("rằm tháng 8 năm 1957", "rằm tháng 8 năm 1957"),
                ("15/8/1957 ÂL", "15/8/1957 ÂL"),
                ("", "15/08/1957 (lunar)"),
            )
        ),
        ("child_birth_date", {"written": "31/02/1957"}, "31/02/1957"),
        ("child_birth_date", None, ""),
    ],
)
def test_a_page_prints_what_the_book_says(code: str, value: Any, page: str) -> None:
    with override("en"):
        assert entries.shown(BIRTH.field_of(code), value) == page


def test_a_full_label_says_whose_field_it_is() -> None:
    with override("en"):
        assert entries.full_label(BIRTH, "mother_full_name") == "Mother: Full name"


PROBLEM = Problem(
    rule="KS5",
    field="mother_birth_date",
    severity=Severity.WARNING,
    message="",
    about=("mother_birth_date", "child_birth_date"),
)


def test_an_acceptance_holds_for_the_judged_text_only() -> None:
    accepted = entries.fingerprint(PROBLEM, birth())
    assert len(accepted) == 16
    assert entries.fingerprint(PROBLEM, birth(number="25", remarks="Đã đối chiếu")) == accepted
    assert entries.fingerprint(PROBLEM, birth(mother_birth_date=day("1957"))) != accepted
    assert entries.fingerprint(PROBLEM, birth(child_birth_date=None)) != accepted


def test_an_acceptance_ends_when_a_doubt_is_taken_back() -> None:
    doubted = birth(mother_birth_date=day("1975", uncertain=True))
    assert entries.fingerprint(PROBLEM, doubted) != entries.fingerprint(PROBLEM, birth())
