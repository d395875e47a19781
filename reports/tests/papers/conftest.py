"""A commune with entries, a campaign, and the people who ask for papers about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.test import Client

from communes.models import Installation, Role, Unit, User
from digitization.models import Book, Status
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports.models import Campaign, Paper, UnitPace
from reports.papers.freezing import freeze
from reports.tests.making import make_campaign, type_in


@dataclass(frozen=True, slots=True)
class Inspection:
    """One commune of a campaign, 46 of 60 births entered, and the chairman on the way to it."""

    commune: Unit
    campaign: Campaign
    births: Book
    chairman: User

    def freeze(self, intent: UUID | None = None) -> Paper:
        """Make a paper of the commune as the chairman."""
        return freeze(by=self.chairman, campaign=self.campaign, unit=self.commune, intent=intent or uuid4())


@pytest.fixture
def inspection(db: None, evening: datetime) -> Inspection:
    """Set up births with 46 of 60 entered, marriages with 7 of 9, and a week of 35 entries."""
    commune = make_commune("Hợp Nhất", "hop-nhat")
    Installation.objects.update(demonstration=True)
    births = make_book(commune, total=60)
    type_in(births, 20)
    type_in(births, 16, status=Status.CHECKED)
    type_in(births, 10, status=Status.APPROVED)
    type_in(births, 3, status=Status.RETURNED)
    type_in(make_book(commune, kind="KH", total=9), 7)
    make_book(commune, kind="KH", total=None)
    campaign = make_campaign(commune)
    UnitPace.objects.create(
        campaign=campaign, unit=commune, day=evening.date(), done_yesterday=50, done_week_ago=15, days=7
    )
    chairman = make_person("chairman", Role.CHAIRMAN, make_district(), name="Trần Văn Chủ")
    return Inspection(commune, campaign, births, chairman)


@pytest.fixture
def at_chairmans_desk(inspection: Inspection, client: Client) -> Client:
    """Return a browser in which the chairman has logged in."""
    client.force_login(inspection.chairman)
    return client
