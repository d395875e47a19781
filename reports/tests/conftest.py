"""Business time for the tests of figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.apps import apps

from civreg.lib import clock
from communes.models import Installation
from digitization.tests.making import make_district

SetClock = Callable[[datetime], None]


@pytest.fixture
def set_clock() -> Iterator[SetClock]:
    """Let a test choose the business time, the way a demonstration does: by an offset that runs on from there."""

    def choose(moment: datetime) -> None:
        offset = clock.real_now() - moment
        clock.use_offset(lambda: offset)

    yield choose
    apps.get_app_config("communes").ready()


@pytest.fixture
def evening(set_clock: SetClock) -> datetime:
    """Make it 20:40 on 5 December 2024, ten campaign days before the deadline."""
    moment = datetime(2024, 12, 5, 20, 40, tzinfo=clock.VIETNAM)
    set_clock(moment)
    return moment


@pytest.fixture
def at(set_clock: SetClock) -> SetClock:
    """Let a test choose the business time of pages, workers and triggers, which say who keeps a book since when."""

    def choose(moment: datetime) -> None:
        make_district()
        set_clock(moment)
        Installation.objects.update(clock_offset=clock.real_now() - moment)

    return choose
