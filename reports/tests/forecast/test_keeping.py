"""The forecasts in their rows: from books and closed days, worked out anew only where something changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communes.models import Unit
from digitization.models import Book
from digitization.tests.making import make_book, make_commune, state_total
from reports.forecast.keeping import REST, keep, keep_all
from reports.forecast.reading import closed_days, standings
from reports.models import Campaign, CampaignUnit, UnitForecast
from reports.papers.freezing import freeze
from reports.progress.days import close_day
from reports.progress.pace import Band, State
from reports.progress.read import district_progress, unit_progress
from reports.progress.rollup import roll_up
from reports.tests.conftest import SetClock
from reports.tests.making import EVENING, make_campaign, type_in, typist

pytestmark = pytest.mark.django_db

LAST = date(2024, 12, 5)
OPEN_DAY = date(2024, 12, 6)


@pytest.fixture
def commune(evening: datetime) -> Unit:
    return make_commune()


@pytest.fixture
def book(commune: Unit) -> Book:
    return make_book(commune, total=140)


@pytest.fixture
def campaign(commune: Unit, book: Book) -> Campaign:
    """Return a campaign in which the commune has typed ten entries on each of the last eight closed days."""
    campaign = make_campaign(commune)
    work_on(campaign, book, days=9)
    return campaign


def work_on(
    campaign: Campaign, book: Book, *, days: int, each: int = 10, missed: tuple[int, ...] = ()
) -> None:
    for ago in range(days - 1, -1, -1):
        cutoff = campaign.cutoff_of(LAST - timedelta(days=ago))
        type_in(book, each, at=cutoff - timedelta(hours=3))
        if ago not in missed:
            close_day(campaign, cutoff)


def kept(campaign: Campaign) -> int:
    """Roll up and keep the forecasts without the rest between two rounds; returns how many rows changed."""
    roll_up()
    UnitForecast.objects.update(took_ms=0)
    return keep(campaign)


def standing(campaign: Campaign) -> dict[date, int]:
    closed = closed_days(campaign, before=OPEN_DAY)
    return dict(standings(campaign, closed, open_day=OPEN_DAY)[0].gains)


def test_gains_are_those_of_closed_days_with_a_closed_one_before(campaign: Campaign) -> None:
    assert standing(campaign) == {LAST - timedelta(days=ago): 10 for ago in range(8)}


def test_a_missed_day_is_missing_and_so_is_the_one_after_it(commune: Unit, book: Book) -> None:
    campaign = make_campaign(commune)
    work_on(campaign, book, days=9, missed=(3,))
    assert standing(campaign) == {LAST - timedelta(days=ago): 10 for ago in (0, 1, 4, 5, 6, 7)}


def test_a_handover_is_no_production(commune: Unit, book: Book) -> None:
    other = make_commune("Hợp Nhất", "hop-nhat")
    theirs = make_book(other, total=500)
    type_in(theirs, 300)
    campaign = make_campaign(commune, other)
    work_on(campaign, book, days=9)
    Book.objects.filter(pk=theirs.pk).update(custodian=commune)
    assert set(standing(campaign).values()) == {10}


def test_a_total_stated_today_is_no_production(campaign: Campaign, book: Book) -> None:
    state_total(book, 60)
    assert sum(standing(campaign).values()) == 50


def test_what_came_since_the_cut_off_is_todays(campaign: Campaign, book: Book) -> None:
    type_in(book, 7)
    (found,) = standings(campaign, closed_days(campaign, before=OPEN_DAY), open_day=OPEN_DAY)
    assert (found.today, found.remaining) == (7, 43)


def test_after_a_missed_cut_off_nobody_knows_what_came_today(campaign: Campaign, book: Book) -> None:
    type_in(book, 7)
    next_day = OPEN_DAY + timedelta(days=1)
    (found,) = standings(campaign, closed_days(campaign, before=next_day), open_day=next_day)
    assert (found.today, found.remaining) == (0, 43)


def test_pages_read_the_forecast_in_the_same_query(campaign: Campaign) -> None:
    kept(campaign)
    with CaptureQueriesContext(connection) as queries:
        progress = district_progress(campaign)
    assert len(queries) == 1
    outlook = progress.units[0].outlook
    assert outlook.p10 and outlook.p50 and outlook.p90
    assert outlook.p10 <= outlook.p50 <= outlook.p90
    assert outlook.finish_on == outlook.p50
    assert abs((outlook.p50 - date(2024, 12, 10)).days) <= 1
    assert progress.outlook.p50 == outlook.p50
    assert progress.cone and progress.cone["first"] == "2024-12-06"


def test_the_page_of_a_commune_has_its_own_forecast_as_the_outlook(campaign: Campaign) -> None:
    kept(campaign)
    progress = unit_progress(campaign, "soc-dang")
    assert progress is not None
    assert progress.outlook == progress.units[0].outlook
    assert progress.outlook.expected is not None


def test_a_unit_that_finishes_in_time_is_on_track(campaign: Campaign) -> None:
    kept(campaign)
    assert district_progress(campaign).units[0].outlook.state in (State.ON_TRACK, State.AHEAD)


def test_a_unit_with_too_much_left_is_late(campaign: Campaign, book: Book) -> None:
    state_total(book, 900)
    kept(campaign)
    outlook = district_progress(campaign).units[0].outlook
    assert outlook.state is State.LATE
    assert outlook.expected is not None
    assert outlook.expected.chance == 0


def test_nothing_new_writes_nothing(campaign: Campaign) -> None:
    assert kept(campaign) == 2
    assert kept(campaign) == 0


def test_a_new_entry_is_reason_enough(campaign: Campaign, book: Book) -> None:
    kept(campaign)
    type_in(book, 3)
    assert kept(campaign) > 0


def test_another_deadline_is_reason_enough(campaign: Campaign) -> None:
    kept(campaign)
    before = UnitForecast.objects.get(unit=None).chance
    campaign.deadline = OPEN_DAY
    campaign.save()
    kept(campaign)
    assert before is not None and before >= 90
    assert UnitForecast.objects.get(unit=None).chance == 0


def test_a_new_day_is_reason_enough(campaign: Campaign, set_clock: SetClock) -> None:
    kept(campaign)
    set_clock(EVENING + timedelta(days=1))
    assert kept(campaign) > 0
    assert UnitForecast.objects.get(unit=None).day == OPEN_DAY + timedelta(days=1)


def test_a_long_round_is_followed_by_a_long_rest(campaign: Campaign, book: Book) -> None:
    kept(campaign)
    type_in(book, 3)
    roll_up()
    UnitForecast.objects.filter(unit=None).update(took_ms=60_000 * REST)
    assert keep_all() == 0


def test_a_finished_unit_has_no_forecast_any_more(campaign: Campaign, book: Book) -> None:
    kept(campaign)
    type_in(book, 50)
    kept(campaign)
    outlook = district_progress(campaign).units[0].outlook
    assert (outlook.expected, outlook.state) == (None, State.DONE_EARLY)


def test_without_closed_days_nothing_is_foretold(commune: Unit, book: Book) -> None:
    campaign = make_campaign(commune)
    kept(campaign)
    assert district_progress(campaign).units[0].outlook.expected is None


def test_a_forecast_of_the_day_before_yesterday_is_not_believed(
    campaign: Campaign, set_clock: SetClock
) -> None:
    kept(campaign)
    set_clock(EVENING + timedelta(days=1))
    assert district_progress(campaign).units[0].outlook.expected is not None
    set_clock(EVENING + timedelta(days=2))
    assert district_progress(campaign).units[0].outlook.expected is None


def test_a_paper_freezes_the_likely_end(campaign: Campaign, commune: Unit) -> None:
    kept(campaign)
    likely = UnitForecast.objects.get(unit=commune).p50
    assert likely is not None
    paper = freeze(by=typist(), campaign=campaign, unit=commune, intent=uuid4())
    assert paper.figures["pace"]["finish_on"] == likely.isoformat()


def test_units_are_told_by_band(campaign: Campaign) -> None:
    CampaignUnit.objects.create(campaign=campaign, unit=make_commune("Vân Du", "van-du"))
    roll_up()
    assert district_progress(campaign).bands == [(Band.NOTHING, 1), (Band.HALF, 1)]


def test_two_rounds_at_once_write_the_same(campaign: Campaign) -> None:
    kept(campaign)
    first = list(UnitForecast.objects.order_by("pk").values("unit", "p10", "p50", "p90", "cone"))
    UnitForecast.objects.update(basis="")
    kept(campaign)
    assert list(UnitForecast.objects.order_by("pk").values("unit", "p10", "p50", "p90", "cone")) == first
