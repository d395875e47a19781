"""The real units and what became of them."""

from __future__ import annotations

from datetime import date

import pytest

from communes.models import Level, Succession, Unit
from reports.demonstration.figures import DISTRICT
from reports.demonstration.units import load_units

pytestmark = pytest.mark.django_db
UNKNOWN = {"van-du", "minh-luong", "soc-dang", "van-don"}


@pytest.mark.parametrize(
    ("day", "communes"), [(date(2024, 12, 31), 22), (date(2025, 1, 1), 14), (date(2025, 7, 1), 5)]
)
def test_there_are_as_many_communes_as_the_resolutions_say(day: date, communes: int) -> None:
    load_units()
    assert Unit.objects.at(day).filter(level=Level.COMMUNE).count() == communes


def test_the_district_tier_ends_with_june_2025() -> None:
    load_units()
    assert Unit.objects.at(date(2025, 6, 30)).filter(level=Level.DISTRICT).exists()
    assert not Unit.objects.at(date(2025, 7, 1)).filter(level=Level.DISTRICT).exists()


def test_the_four_unknown_successors_stay_unknown() -> None:
    units = load_units()
    silent = {slug for slug, unit in units.items() if unit.valid_to and not unit.successions.exists()}
    assert silent == UNKNOWN | {"huyen-doan-hung"}


def test_a_unit_passes_into_another_on_the_day_it_ends() -> None:
    load_units()
    for succession in Succession.objects.select_related("predecessor", "successor"):
        assert succession.predecessor.valid_to == succession.on_date
        assert succession.successor.valid_from == succession.on_date
        assert "Nghị quyết" in succession.legal_basis


def test_the_communes_of_2024_have_a_place_on_the_map_each() -> None:
    units = load_units()
    places = {(units[c.slug].map_column, units[c.slug].map_row) for c in DISTRICT.communes}
    assert len(places) == 22
    assert all(None not in place for place in places)
