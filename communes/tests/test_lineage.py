"""Who took whose place: through as many acts as there were, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from communes.lineage import heirs
from communes.models import Level, Succession, Unit

pytestmark = pytest.mark.django_db

DAY = date(2025, 7, 1)


def unit(name: str) -> Unit:
    return Unit.objects.create(
        slug=name.lower(), level=Level.COMMUNE, kind="xã", name=name, valid_from=date(1981, 1, 1)
    )


def act(former: Unit, new: Unit, *, on: date = DAY, kind: Succession.Kind = Succession.Kind.MERGE) -> None:
    Succession.objects.create(predecessor=former, successor=new, on_date=on, kind=kind, legal_basis="NQ 01")


def test_a_merged_unit_has_the_new_one_for_its_heir_from_the_day_on() -> None:
    former, new = unit("A"), unit("B")
    act(former, new)
    assert heirs(DAY) == {former.pk: new.pk}
    assert heirs(date(2025, 6, 30)) == {}


def test_a_unit_renamed_and_then_merged_leads_to_the_last_one() -> None:
    first, second, third = unit("A"), unit("B"), unit("C")
    act(first, second, on=date(2024, 1, 1), kind=Succession.Kind.RENAME)
    act(second, third)
    assert heirs(DAY) == {first.pk: third.pk, second.pk: third.pk}
    assert heirs(date(2024, 6, 1)) == {first.pk: second.pk}


def test_a_split_unit_has_no_heir_even_where_one_part_is_recorded() -> None:
    former, part = unit("A"), unit("B")
    act(former, part, kind=Succession.Kind.SPLIT)
    assert heirs(DAY) == {}


def test_a_unit_that_went_into_two_has_no_heir() -> None:
    former, one, two = unit("A"), unit("B"), unit("C")
    act(former, one)
    act(former, two)
    assert heirs(DAY) == {}


def test_acts_that_lead_in_a_circle_end_somewhere() -> None:
    one, two = unit("A"), unit("B")
    act(one, two, on=date(2024, 1, 1))
    act(two, one)
    assert heirs(DAY) == {one.pk: two.pk, two.pk: one.pk}
