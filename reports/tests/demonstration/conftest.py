"""The small demonstration, loaded for real."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from civreg.lib import clock
from reports.demonstration.figures import SMALL
from reports.demonstration.seeding import Seeded, seed

PASSWORD = "mat-khau-minh-hoa"


@pytest.fixture
def own_clock() -> Iterator[None]:
    """Forget the demonstration's clock when its database is rolled back."""
    yield
    clock.forget_offset()


@pytest.fixture
def seeded(db: None, own_clock: None) -> Seeded:
    return seed(SMALL, PASSWORD)
