"""The one progress function: everything about a district in one query, with its age."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from communes.models import Unit
from digitization.models import Status
from digitization.tests.making import make_book, make_commune
from reports.models import Campaign, RollupState
from reports.progress.pace import State
from reports.progress.read import (
    age_in_words,
    current_campaign,
    district_progress,
    unit_progress,
    unit_recounted,
)
from reports.progress.rollup import roll_up
from reports.tests.making import make_campaign, type_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def soc_dang() -> Unit:
    return make_commune()


@pytest.fixture
def hop_nhat() -> Unit:
    return make_commune("Hợp Nhất", "hop-nhat")


@pytest.fixture
def campaign(soc_dang: Unit, hop_nhat: Unit, evening: datetime) -> Campaign:
    campaign = make_campaign(soc_dang, hop_nhat)
    type_in(make_book(soc_dang, total=5), 5, status=Status.APPROVED)
    type_in(make_book(hop_nhat, total=20), 3)
    type_in(make_book(hop_nhat, kind="KH", total=10), 1)
    roll_up()
    return campaign


def test_a_district_is_read_in_one_query(
    campaign: Campaign, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        progress = district_progress(campaign)
    assert [(unit.slug, unit.figures.done) for unit in progress.units] == [("hop-nhat", 4), ("soc-dang", 5)]
    assert (progress.figures.total, progress.figures.done, progress.complete_units) == (35, 9, 1)


def test_a_unit_shows_its_kinds(campaign: Campaign) -> None:
    progress = unit_progress(campaign, "hop-nhat")
    assert progress is not None
    assert {kind: part.done for kind, part in progress.units[0].by_kind.items()} == {"KS": 3, "KH": 1}


def test_a_unit_outside_the_campaign_is_none(campaign: Campaign) -> None:
    make_commune("Vân Du", "van-du")
    assert unit_progress(campaign, "van-du") is None


def test_a_unit_without_a_book_is_listed_all_the_same(campaign: Campaign) -> None:
    campaign.campaignunit_set.create(unit=make_commune("Vân Du", "van-du"))
    unit = district_progress(campaign).units[-1]
    assert (unit.slug, unit.figures.percent, unit.outlook.state) == ("van-du", None, State.NO_TOTAL)


def test_computed_at_is_business_time(campaign: Campaign, evening: datetime) -> None:
    computed = district_progress(campaign).computed_at
    assert computed is not None
    assert abs(computed - evening) < timedelta(minutes=1)


def test_figures_are_stale_when_the_workers_stopped_half_a_minute_ago(campaign: Campaign) -> None:
    assert not district_progress(campaign).stale
    RollupState.objects.update(checked_at=F("checked_at") - timedelta(seconds=31))
    assert district_progress(campaign).stale


def test_figures_nobody_ever_computed_are_stale(soc_dang: Unit, evening: datetime) -> None:
    progress = district_progress(make_campaign(soc_dang))
    assert progress.stale
    assert progress.computed_at is None


def test_a_paper_counts_anew_without_waiting_for_the_roll_up(campaign: Campaign, hop_nhat: Unit) -> None:
    type_in(make_book(hop_nhat, total=9), 2)
    figures, by_kind = unit_recounted(campaign, hop_nhat)
    assert (figures.done, by_kind["KS"].done) == (6, 5)


def test_pages_speak_about_the_newest_running_campaign(campaign: Campaign) -> None:
    make_campaign(closed=True)
    assert current_campaign() == campaign


@pytest.mark.parametrize(
    ("seconds", "words"), [(119, "119 giây"), (120, "2 phút"), (7200, "2 giờ"), (172_800, "2 ngày")]
)
def test_an_age_is_said_in_its_largest_sensible_unit(seconds: int, words: str) -> None:
    number = words.split()[0]
    assert age_in_words(seconds).startswith(number)
