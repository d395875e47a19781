"""Two communes in a campaign."""

from __future__ import annotations

import pytest

from communes.models import Unit
from digitization.tests.making import make_commune
from reports.models import Campaign
from reports.tests.making import make_campaign


@pytest.fixture
def commune(db: None) -> Unit:
    return make_commune()


@pytest.fixture
def neighbour(db: None) -> Unit:
    return make_commune("Hợp Nhất", "hop-nhat")


@pytest.fixture
def campaign(commune: Unit, neighbour: Unit) -> Campaign:
    return make_campaign(commune, neighbour)
