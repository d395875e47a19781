"""The units, as they were and are, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from communes.models import Level, Role, Succession
from communes.tests.cast import Office, log_in, make_office, make_person, make_unit

pytestmark = pytest.mark.django_db
UNITS = "/api/v1/units/"
ACT = date(2025, 1, 1)


@pytest.fixture
def office() -> Office:
    office = make_office()
    office.soc_dang.valid_to = ACT
    office.soc_dang.code = "08017"
    office.soc_dang.save()
    merged = make_unit("chan-mong-2025", "Chân Mộng", parent=office.district, valid_from=ACT)
    Succession.objects.create(
        predecessor=office.soc_dang, successor=merged, on_date=ACT, kind="merge", legal_basis="Nghị quyết"
    )
    return office


@pytest.fixture
def officer(office: Office) -> Client:
    return log_in(office.officer)


def slugs(client: Client, **filters: str) -> set[str]:
    answer = client.get(UNITS, filters)
    assert answer.status_code == 200, answer.json()
    return {unit["slug"] for unit in answer.json()}


def test_a_unit_is_described_with_what_became_of_it(officer: Client) -> None:
    found = officer.get(f"{UNITS}soc-dang/").json()
    assert (found["code"], found["level"], found["parent"]) == ("08017", "commune", "huyen-doan-hung")
    assert (found["valid_to"], found["full_name"]) == ("2025-01-01", "xã Sóc Đăng")
    assert found["successors"] == [
        {"unit": "chan-mong-2025", "on_date": "2025-01-01", "kind": "merge", "legal_basis": "Nghị quyết"}
    ]
    later = officer.get(f"{UNITS}chan-mong-2025/").json()
    assert [one["unit"] for one in later["predecessors"]] == ["soc-dang"]


def test_the_highest_unit_belongs_to_nobody(officer: Client) -> None:
    assert officer.get(f"{UNITS}phu-tho/").json()["parent"] is None


def test_they_are_narrowed_by_level_day_parent_and_code(officer: Client) -> None:
    assert slugs(officer, level="district") == {"huyen-doan-hung"}
    assert slugs(officer, level="commune", at="2024-12-31") == {"hop-nhat", "soc-dang"}
    assert slugs(officer, level="commune", at="2025-01-01") == {"hop-nhat", "chan-mong-2025"}
    assert slugs(officer, parent="phu-tho") == {"huyen-doan-hung"}
    assert slugs(officer, code="08017") == {"soc-dang"}


def test_every_role_reads_them(office: Office) -> None:
    for role in Role:
        person = make_person(f"{role.value}-reads", "Người đọc", role, office.district)
        assert log_in(person).get(UNITS).status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("level=xa", 400, "level"),
        ("at=31/12/2024", 400, "at"),
        ("at=2024-02-30", 400, "at"),
        ("at=0001-01-01", 400, "at"),
        ("level=", 400, "level"),
        ("level=commune&level=district", 400, "level"),
        ("muc=1", 400, "muc"),
        ("page=2", 400, "page"),
        ("format=xml", 400, "format"),
        ("parent=nowhere", 404, None),
    ],
)
def test_what_makes_no_sense_is_named(officer: Client, query: str, status: int, field: str | None) -> None:
    answer = officer.get(f"{UNITS}?{query}")
    assert answer.status_code == status
    named = [problem["field"] for problem in answer.json().get("problems", ())]
    assert named == ([field] if field else [])


def test_an_unknown_unit_is_not_found(officer: Client) -> None:
    assert officer.get(f"{UNITS}nowhere/").status_code == 404


def walk(client: Client, address: str) -> tuple[list[str], int]:
    """Follow the links; return the slugs in the order they came, and how many pages there were."""
    found, pages = [], 0
    while address:
        answer = client.get(address)
        found += [unit["slug"] for unit in answer.json()]
        pages += 1
        link = answer.get("Link", "")
        assert not link or link.endswith('>; rel="next"')
        address = link[1:].partition(">")[0]
    return found, pages


def test_whoever_follows_the_links_meets_every_row_once(officer: Client) -> None:
    for n in range(7):
        make_unit(f"thon-{n}", f"Thôn {n}")
    found, pages = walk(officer, f"{UNITS}?limit=4")
    assert len(found) == len(set(found)) == 12
    assert pages == 3
    assert walk(officer, f"{UNITS}?limit=4&level=commune")[0] == [
        slug for slug in found if slug not in ("phu-tho", "huyen-doan-hung")
    ]


def test_rows_added_on_the_way_double_and_hide_none(officer: Client) -> None:
    before = walk(officer, UNITS)[0]
    address, found, n = f"{UNITS}?limit=2", [], 0
    while address and n < 50:
        answer = officer.get(address)
        found += [unit["slug"] for unit in answer.json()]
        if n < 3:
            make_unit(f"moi-{n}", f"Mới {n}")
        n += 1
        address = answer.get("Link", "")[1:].partition(">")[0]
    assert len(found) == len(set(found))
    assert set(before) <= set(found)


@pytest.mark.parametrize("spoilt", ["0", "-1", "x", "9" * 30, "1.5", "١", "1e3"])
@pytest.mark.parametrize("name", ["after", "limit"])
def test_a_spoilt_cursor_is_refused(officer: Client, name: str, spoilt: str) -> None:
    answer = officer.get(UNITS, {name: spoilt})
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["field"] == name


def test_a_page_has_its_limit(officer: Client) -> None:
    assert officer.get(UNITS, {"limit": "501"}).status_code == 400
    assert len(officer.get(UNITS, {"limit": "1"}).json()) == 1


def test_more_units_need_no_more_questions(
    officer: Client, office: Office, django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        made = make_unit(f"thon-{n}", f"Thôn {n}", level=Level.COMMUNE, parent=office.district)
        Succession.objects.create(
            predecessor=office.hop_nhat, successor=made, on_date=ACT, kind="split", legal_basis="Nghị quyết"
        )
    # The session, the person with their post, the keys, the units, both sides of the successions with their units.
    with django_assert_max_num_queries(8):
        assert officer.get(UNITS).status_code == 200
