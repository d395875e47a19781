"""Two campaigns: pages show the current one, and any other on demand; links inside stay with it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from reports.models import Campaign, Paper
from reports.progress.read import current_campaign
from reports.tests.campaigns.conftest import Room


def test_the_newest_running_one_is_shown_and_the_other_on_demand(
    room: Room, second: Campaign, at_task_force: Client
) -> None:
    assert current_campaign() == second
    assert at_task_force.get("/tien-do/").context["page"].progress.figures.total == 60
    asked = at_task_force.get(f"/tien-do/?dot={room.campaign.pk}")
    assert asked.context["page"].progress.figures.total == 70


def test_links_inside_stay_with_the_campaign_asked_for(
    room: Room, second: Campaign, at_task_force: Client
) -> None:
    dot = f"dot={room.campaign.pk}"
    page = at_task_force.get(f"/tien-do/?{dot}").content.decode()
    for address in (
        f"/tien-do/soc-dang/?{dot}",
        f"?sap=ten&amp;{dot}#units",
        f"/tien-do/?sap=trang-thai&amp;{dot}&amp;ban=",
        f"/bien-ban/?{dot}",
    ):
        assert address in page, address
    commune = at_task_force.get(f"/tien-do/hop-nhat/?{dot}").content.decode()
    assert f'href="/tien-do/?{dot}"' in commune
    assert f"/bien-ban/?unit=hop-nhat&amp;{dot}" in commune


def test_the_current_one_needs_no_sign_in_the_address(
    room: Room, second: Campaign, at_task_force: Client
) -> None:
    assert "dot=" not in at_task_force.get("/tien-do/").content.decode()


def test_a_chooser_stands_there_only_where_there_is_a_choice(
    room: Room, at_task_force: Client, at_leaders_desk: Client
) -> None:
    assert 'name="dot"' not in at_task_force.get("/tien-do/").content.decode()
    made = Campaign.objects.create(
        title="Đợt hai",
        office=room.district,
        kinds=["KS"],
        starts=date(2024, 12, 1),
        deadline=date(2025, 1, 31),
    )
    made.campaignunit_set.create(unit=room.hop_nhat)
    assert 'name="dot"' in at_task_force.get("/tien-do/").content.decode()
    assert 'name="dot"' in at_leaders_desk.get("/tien-do/hop-nhat/").content.decode()


def test_the_chooser_of_a_commune_offers_only_campaigns_it_takes_part_in(
    room: Room, second: Campaign, at_task_force: Client
) -> None:
    page = at_task_force.get(f"/tien-do/soc-dang/?dot={room.campaign.pk}").content.decode()
    assert 'name="dot"' not in page


@pytest.mark.parametrize("asked", ["999999", "x", "0", "-1", "99999999999999999999"])
def test_a_campaign_nobody_has_is_not_found(room: Room, at_task_force: Client, asked: str) -> None:
    assert at_task_force.get(f"/tien-do/?dot={asked}").status_code == 404
    assert at_task_force.get(f"/tien-do/hop-nhat/?dot={asked}").status_code == 404


def test_papers_are_made_of_either(room: Room, second: Campaign, at_task_force: Client) -> None:
    dot = room.campaign.pk
    page = at_task_force.get(f"/bien-ban/?dot={dot}").content.decode()
    assert f'<input type="hidden" name="dot" value="{dot}">' in page
    at_task_force.post("/bien-ban/lap/", {"unit": "soc-dang", "dot": dot})
    at_task_force.post("/bien-ban/lap/", {"unit": "hop-nhat"})
    assert [paper.campaign for paper in Paper.objects.order_by("pk")] == [room.campaign, second]


def test_the_api_speaks_of_the_current_one(room: Room, second: Campaign, at_task_force: Client) -> None:
    assert at_task_force.get("/api/v1/progress/").json()["total"] == 60
