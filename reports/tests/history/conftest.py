"""Business time that the database knows too: its triggers say who keeps a book since when."""

from __future__ import annotations

from datetime import datetime

import pytest

from civreg.lib import clock
from communes.models import Installation, Unit
from digitization.tests.making import make_commune, make_district
from reports.models import Campaign
from reports.tests.conftest import SetClock
from reports.tests.making import make_campaign


@pytest.fixture
def at(set_clock: SetClock) -> SetClock:
    """Let a test choose the business time of pages, workers and triggers."""

    def choose(moment: datetime) -> None:
        make_district()
        set_clock(moment)
        Installation.objects.update(clock_offset=clock.real_now() - moment)

    return choose


@pytest.fixture
def commune(db: None) -> Unit:
    return make_commune()


@pytest.fixture
def neighbour(db: None) -> Unit:
    return make_commune("Hợp Nhất", "hop-nhat")


@pytest.fixture
def campaign(commune: Unit, neighbour: Unit) -> Campaign:
    return make_campaign(commune, neighbour)
