"""A district with two communes, a campaign that runs, and the people who lead it, sign in it and read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from communes.models import Role, Unit, User
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports.models import Campaign
from reports.progress.rollup import roll_up
from reports.tests.making import make_campaign, type_in


@dataclass(frozen=True, slots=True)
class Room:
    """Hợp Nhất has 46 of 60 births, Sóc Đăng 10 of 10; the task force leads, Hợp Nhất's leader signs."""

    district: Unit
    hop_nhat: Unit
    soc_dang: Unit
    campaign: Campaign
    task_force: User
    leader: User


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder the files of this test lie in."""
    folder = tmp_path / "scans"
    monkeypatch.setattr(settings, "CIVREG_SCANS", folder)
    return folder


@pytest.fixture
def room(db: None, evening: datetime) -> Room:
    """Set up the campaign with its figures."""
    district = make_district()
    hop_nhat, soc_dang = make_commune("Hợp Nhất", "hop-nhat"), make_commune()
    campaign = make_campaign(hop_nhat, soc_dang)
    type_in(make_book(hop_nhat, total=60), 46)
    type_in(make_book(soc_dang, total=10), 10)
    roll_up()
    return Room(
        district,
        hop_nhat,
        soc_dang,
        campaign,
        make_person("taskforce", Role.TASK_FORCE, district, name="Vũ Thị Loan"),
        make_person("leader", Role.LEADER, hop_nhat, name="Trần Văn Chủ"),
    )


@pytest.fixture
def second(room: Room) -> Campaign:
    """A newer campaign of Hợp Nhất alone."""
    made = Campaign.objects.create(
        title="Đợt hai",
        office=room.district,
        kinds=["KS"],
        starts=date(2024, 12, 1),
        deadline=date(2025, 1, 31),
    )
    made.campaignunit_set.create(unit=room.hop_nhat)
    roll_up()
    return made


@pytest.fixture
def at_task_force(room: Room, client: Client) -> Client:
    """Return a browser in which the task force has logged in."""
    client.force_login(room.task_force)
    return client


@pytest.fixture
def at_leaders_desk(room: Room) -> Client:
    """Return a browser in which the leader of Hợp Nhất has logged in."""
    client = Client()
    client.force_login(room.leader)
    return client
