"""The progress API: its field names are a contract."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from communes.models import Role, Unit
from digitization.models import Status
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports.models import Campaign
from reports.progress.rollup import roll_up
from reports.tests.making import make_campaign, type_in

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/progress/"
FIGURES = {
    "total",
    "digitized",
    "percent",
    "checked",
    "approved",
    "transferred",
    "remaining",
    "complete",
    "excess",
    "declared_only",
    "pages",
    "scanned_pages",
    "returned",
    "duplicate",
    "unreadable",
}


@pytest.fixture
def soc_dang(evening: datetime) -> Unit:
    return make_commune()


@pytest.fixture
def campaign(soc_dang: Unit) -> Campaign:
    campaign = make_campaign(soc_dang, make_commune("Hợp Nhất", "hop-nhat"))
    type_in(make_book(soc_dang, total=3), 2, status=Status.CHECKED)
    roll_up()
    return campaign


@pytest.fixture
def chairman(client: Client, soc_dang: Unit) -> Client:
    client.force_login(make_person("chairman", Role.CHAIRMAN, make_district()))
    return client


def test_it_answers_the_district_and_its_communes(campaign: Campaign, chairman: Client) -> None:
    found = chairman.get(ADDRESS).json()
    assert set(found) == FIGURES | {"computed_at", "communes"}
    assert [set(unit) for unit in found["communes"]] == [FIGURES | {"name", "slug"}] * 2
    assert (found["digitized"], found["percent"], found["remaining"]) == (2, 66, 1)
    assert (found["checked"], found["complete"]) == (2, False)


def test_the_moment_is_iso_in_vietnamese_time(campaign: Campaign, chairman: Client) -> None:
    moment = datetime.fromisoformat(chairman.get(ADDRESS).json()["computed_at"])
    assert moment.isoformat().endswith("+07:00")
    assert moment.strftime("%Y-%m-%d %H") == "2024-12-05 20"


def test_one_unit_is_asked_for_by_its_slug(campaign: Campaign, chairman: Client) -> None:
    found = chairman.get(ADDRESS, {"unit": "soc-dang"}).json()
    assert set(found) == FIGURES | {"name", "slug", "computed_at"}
    assert (found["name"], found["total"]) == ("Sóc Đăng", 3)


def test_a_unit_with_nothing_to_digitize_has_no_percent(campaign: Campaign, chairman: Client) -> None:
    assert chairman.get(ADDRESS, {"unit": "hop-nhat"}).json()["percent"] is None


def test_an_unknown_unit_is_not_found(campaign: Campaign, chairman: Client) -> None:
    assert chairman.get(ADDRESS, {"unit": "nowhere"}).status_code == 404


def test_a_unit_left_blank_is_not_taken_for_the_district(campaign: Campaign, chairman: Client) -> None:
    assert chairman.get(ADDRESS, {"unit": ""}).status_code == 400


def test_without_a_campaign_there_is_nothing(chairman: Client) -> None:
    assert chairman.get(ADDRESS).status_code == 404


def test_a_helper_is_refused(campaign: Campaign, client: Client, soc_dang: Unit) -> None:
    client.force_login(make_person("helper", Role.HELPER, soc_dang))
    assert client.get(ADDRESS).status_code == 403


def test_a_stranger_is_refused(campaign: Campaign, client: Client) -> None:
    assert client.get(ADDRESS).status_code in (401, 403)


def test_it_cannot_be_written_to(campaign: Campaign, chairman: Client) -> None:
    assert chairman.post(ADDRESS).status_code == 405
