"""The administrator's pages about units."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from communes import territory
from communes.models import Succession, Unit
from communes.tests.cast import log_in, make_office, make_unit

pytestmark = pytest.mark.django_db

LIST = "/quan-tri/don-vi/"
NEW = "/quan-tri/don-vi/moi/"


def merger(new: Unit, **changes: object) -> dict[str, object]:
    """Return the form that merges a unit into ``new`` on 1 January 2025."""
    return {
        "kind": "merge",
        "successor": new.pk,
        "on_date": "01/01/2025",
        "legal_basis": "Nghị quyết 1234/NQ-UBTVQH15",
    } | changes


def test_only_the_administrator_enters(client: Client) -> None:
    office = make_office()
    officer = office.officer
    client.force_login(officer)
    for address in (LIST, NEW, f"{LIST}{office.hop_nhat.pk}/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{LIST}{office.hop_nhat.pk}/ke-tiep/", merger(office.soc_dang)).status_code == 403
    assert not Succession.objects.exists()


def test_the_tree_shows_every_unit_under_its_own_with_the_ended_last() -> None:
    office = make_office()
    desk = log_in(office.admin)
    old = make_unit("cau-cu", "Ấm Cũ", parent=office.district, valid_to=date(2021, 1, 1))
    rows = desk.get(LIST).context["rows"]
    assert [(row.unit.slug, row.depth, row.exists) for row in rows] == [
        ("phu-tho", 0, True),
        ("huyen-doan-hung", 1, True),
        ("hop-nhat", 2, True),
        ("soc-dang", 2, True),
        (old.slug, 2, False),
    ]


def test_a_unit_made_by_an_act_is_added() -> None:
    office = make_office()
    desk = log_in(office.admin)
    form = {
        "level": "commune",
        "kind": "xã",
        "name": "Hùng  Xuyên",
        "slug": "hung-xuyen-2025",
        "code": "07975",
        "parent": office.district.pk,
        "valid_from": "01/01/2025",
    }
    answer = desk.post(NEW, form)
    made = Unit.objects.get(slug="hung-xuyen-2025")
    assert answer["Location"] == f"{LIST}{made.pk}/"
    assert (made.name, made.valid_from, made.parent) == ("Hùng Xuyên", date(2025, 1, 1), office.district)
    refused = desk.post(NEW, form | {"slug": "other", "level": "district"})
    assert refused.status_code == 422
    assert "parent" in refused.context["form"].errors
    assert 'value="other"' in refused.content.decode()


def test_a_correction_keeps_the_short_name_and_the_level() -> None:
    office = make_office()
    desk = log_in(office.admin)
    form = {"kind": "xã", "name": "Hợp Nhất", "export_name": "UBND xã Hợp Nhất", "valid_from": "01/01/2020"}
    answer = desk.post(f"{LIST}{office.hop_nhat.pk}/", form | {"slug": "x", "level": "province"})
    assert answer.status_code == 302
    kept = Unit.objects.get(pk=office.hop_nhat.pk)
    assert (kept.slug, kept.level, kept.export_name) == ("hop-nhat", "commune", "UBND xã Hợp Nhất")


def test_a_unit_cannot_end_before_it_begins() -> None:
    office = make_office()
    desk = log_in(office.admin)
    form = {"kind": "xã", "name": "Hợp Nhất", "valid_from": "01/01/2020", "valid_to": "01/01/2019"}
    answer = desk.post(f"{LIST}{office.hop_nhat.pk}/", form)
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_a_merged_unit_gets_its_end_with_its_successor() -> None:
    office = make_office()
    desk = log_in(office.admin)
    answer = desk.post(f"{LIST}{office.hop_nhat.pk}/ke-tiep/", merger(office.soc_dang))
    assert answer.status_code == 302
    office.hop_nhat.refresh_from_db()
    assert office.hop_nhat.valid_to == date(2025, 1, 1)
    assert office.hop_nhat.successions.get().successor == office.soc_dang


def test_a_split_unit_may_live_on() -> None:
    office = make_office()
    desk = log_in(office.admin)
    desk.post(f"{LIST}{office.hop_nhat.pk}/ke-tiep/", merger(office.soc_dang, kind="split"))
    office.hop_nhat.refresh_from_db()
    assert office.hop_nhat.valid_to is None
    assert office.hop_nhat.successions.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"on_date": "01/01/2019"}, "successor"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"on_date": "2025"}, "on_date"),
    ],
)
def test_a_faulty_succession_is_refused_and_what_was_typed_stays(
    change: dict[str, object], field: str
) -> None:
    office = make_office()
    desk = log_in(office.admin)
    answer = desk.post(f"{LIST}{office.hop_nhat.pk}/ke-tiep/", merger(office.soc_dang, **change))
    assert answer.status_code == 422
    assert field in answer.context["succession_form"].errors
    assert not Succession.objects.exists()


def test_a_unit_cannot_follow_itself_and_a_succession_is_written_once() -> None:
    office = make_office()
    desk = log_in(office.admin)
    address = f"{LIST}{office.hop_nhat.pk}/ke-tiep/"
    assert desk.post(address, merger(office.hop_nhat)).status_code == 422
    assert desk.post(address, merger(office.soc_dang, kind="split")).status_code == 302
    assert desk.post(address, merger(office.soc_dang, kind="split")).status_code == 422
    assert Succession.objects.count() == 1


def test_a_unit_added_by_somebody_else_at_the_same_moment_is_said_at_its_field() -> None:
    office = make_office()
    twin = Unit(slug="hop-nhat", name="Hợp Nhất", kind="xã", level="commune", valid_from=date(2024, 1, 1))
    with pytest.raises(ValidationError) as refused:
        territory.save_unit(by=office.admin, unit=twin)
    assert set(refused.value.message_dict) == {"slug"}
