"""C27: places bear the names they had; what nobody knows is never doubted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from digitization.record_types.places import NamedUnit, Places

from .judging import FACTS, ILLEGIBLE, day, problems, verdict

# Of these, Hợp Nhất was made by an act that is on record; how old Tây Cốc is nobody knows.
UNITS = (
    NamedUnit("xã", "Hợp Nhất", "Đoan Hùng", date(2020, 1, 1), date(2025, 7, 1)),
    NamedUnit("xã", "Tây Cốc", "Đoan Hùng", None, date(2025, 7, 1)),
    NamedUnit("xã", "Yên Kiện", "Đoan Hùng", None, date(2024, 6, 1)),
    NamedUnit("xã", "Yên Kiện", "Đoan Hùng", date(2025, 1, 1), None),
    NamedUnit("xã", "Hòa Thủy", "Đoan Hùng", date(2020, 1, 1), None),
    NamedUnit("huyện", "Đoan Hùng", "Phú Thọ", date(1999, 1, 1), None),
)
KNOWN = replace(FACTS, places=Places.of(UNITS))
BEFORE = {"registration_place": "UBND xã Nghinh Xuyên, huyện Đoan Hùng, tỉnh Phú Thọ"}
NOWHERE = dict.fromkeys(("child_birth_place", "child_home_town", "mother_residence", "father_residence"))


def doubted(text: str, on: str = "1998-05-12", field: str = "mother_residence") -> bool:
    """Tell whether C27 doubts one place in an entry of a day, the other places left out."""
    dates = {"registration_date": day(on), "child_birth_date": day(on)}
    places: dict[str, Any] = {**NOWHERE, "registration_place": None, field: text}
    return field in verdict("C27", KNOWN, **dates, **places)


@pytest.mark.parametrize(
    ("text", "on", "doubt"),
    [
        ("Khu 4, tỉnh Phú Thọ", "1968", False),
        ("Khu 4, tỉnh Phú Thọ", "1969", True),
        ("Khu 4, tỉnh Phú Thọ", "1996-12-31", True),
        ("Khu 4, tỉnh Phú Thọ", "1997", False),
        ("Khu 4, tỉnh Vĩnh Phú", "1967", True),
        ("Khu 4, tỉnh Vĩnh Phú", "1975-03", False),
        ("Khu 4, tỉnh Vĩnh Phú", "1998-05-12", True),
        ("huyện Sông Lô, tỉnh Vĩnh Phú", "1979", False),
        ("huyện Sông Lô, tỉnh Vĩnh Phú", "1980", False),
        ("huyện Sông Lô, tỉnh Vĩnh Phú", "1980-12-23", True),
        ("huyện Sông Lô, tỉnh Vĩnh Phúc", "2012", False),
        ("huyện Đoan Hùng, tỉnh Vĩnh Phú", "1977", False),
        ("huyện Đoan Hùng, tỉnh Vĩnh Phú", "1978-02", True),
        ("huyện Đoan Hùng, tỉnh Vĩnh Phú", "1980", False),
    ],
)
def test_provinces_and_districts_are_doubted_only_where_they_certainly_were_not(
    text: str, on: str, doubt: bool
) -> None:
    assert doubted(text, on) == doubt


@pytest.mark.parametrize(
    "text",
    [
        "Khu 4, xã Hợp Nhất, huyện Đoan Hùng",
        "XÃ HỢP NHẤT, ĐOAN HÙNG",
        "xã Hợp Nhất - H. Đoan Hùng",
        "xã Hợp Nhất huyện Đoan Hùng",
        "xã Hoà Thuỷ, huyện Đoan Hùng",
        "xã Hòa Thủy, huyện Đoan Hùng",
    ],
)
def test_a_commune_named_with_its_district_is_known(text: str) -> None:
    assert doubted(text)
    assert not doubted(text, "2020-05-12")


@pytest.mark.parametrize(
    "text",
    [
        "Khu 4, xã Hợp Nhất",  # of which district?
        "xã Hợp Nhất, huyện Ba Vì, thành phố Hà Nội",
        "xã Hợp Nhất Thịnh, huyện Đoan Hùng",
        "xã Hợp Nhát, huyện Đoan Hùng",
        "thị xã Hợp Nhất, huyện Đoan Hùng",
        "xã Tây Cốc, huyện Đoan Hùng",  # how old it is nobody knows
        "xã Nghinh Xuyên, huyện Đoan Hùng",
        "Hợp Nhất, Đoan Hùng",
        "Tại nhà",
    ],
)
def test_what_is_not_known_for_certain_is_not_doubted(text: str) -> None:
    assert not doubted(text)


def test_a_bare_commune_is_doubted_only_as_the_office_that_registered() -> None:
    assert doubted("UBND xã Hợp Nhất", field="registration_place")
    assert not doubted("UBND xã Hợp Nhất, huyện Ba Vì", field="registration_place")


def test_a_commune_that_came_back_under_its_old_name_is_doubted_between() -> None:
    assert not doubted("xã Yên Kiện, huyện Đoan Hùng", "1960")
    assert doubted("xã Yên Kiện, huyện Đoan Hùng", "2024-10")
    assert not doubted("xã Yên Kiện, huyện Đoan Hùng", "2025-02-01")


def test_a_place_of_birth_may_bear_the_name_of_the_birth_or_of_the_registration() -> None:
    place = {**NOWHERE, **BEFORE, "child_birth_place": "Bệnh viện tỉnh Vĩnh Phú"}
    assert verdict("C27", **place, child_birth_date=day("1996-05-01")) == {}
    assert verdict("C27", **place, child_birth_date=day("1996")) == {}
    assert verdict("C27", **place, child_birth_date=day("1997-05-01")) == {"child_birth_place": "warning"}
    (problem,) = problems("C27", **place, child_birth_date=day("1997-05-01"))
    assert problem.about == ("child_birth_place", "child_birth_date", "registration_date")


def test_nothing_is_doubted_by_a_date_that_is_missing_or_doubtful() -> None:
    there = {**NOWHERE, "registration_place": "tỉnh Vĩnh Phú"}
    assert verdict("C27", **there) == {"registration_place": "warning"}
    assert verdict("C27", **there, registration_date=ILLEGIBLE) == {}
    assert verdict("C27", **there, registration_date=day("1998-05-12", uncertain=True)) == {}
    born = {**NOWHERE, **BEFORE, "child_birth_place": "Bệnh viện tỉnh Vĩnh Phú"}
    assert verdict("C27", **born, child_birth_date=ILLEGIBLE) == {}


def test_a_doubtful_reading_is_not_doubted_twice() -> None:
    partly = {"text": "tỉnh Vĩnh Phú", "uncertain": True}
    assert verdict("C27", **{**NOWHERE, "registration_place": partly}) == {}


def test_a_lunar_date_is_as_wide_as_it_may_be() -> None:
    there = {**NOWHERE, "registration_place": "tỉnh Vĩnh Phú"}
    lunar = {"on": "1996-12", "written": "tháng Chạp năm Bính Tý", "calendar": "lunar"}
    assert verdict("C27", **there, registration_date=lunar) == {}


def test_the_doubt_says_when_the_place_existed() -> None:
    (problem,) = problems("C27", **{**NOWHERE, "registration_place": "UBND tỉnh Vĩnh Phú"})
    with override("en"):
        assert str(problem.message).startswith("There was no “tỉnh Vĩnh Phú” then (12/05/1998)")
        assert "1968–1996" in str(problem.message)
    (problem,) = problems(
        "C27", **{**NOWHERE, "registration_date": day("1970"), "registration_place": "tỉnh Phú Thọ"}
    )
    with override("en"):
        assert "until 1968, since 1997" in str(problem.message)


def test_the_same_units_are_the_same_places() -> None:
    assert Places.of(UNITS) is Places.of(tuple(UNITS))
