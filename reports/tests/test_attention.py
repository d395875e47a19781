"""What to do today is worked out from the figures, and never says more than they do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from communes.models import Unit
from digitization.models import Status
from digitization.tests.making import make_book, make_commune
from reports.models import Campaign, UnitForecast, UnitPace
from reports.progress.read import district_progress
from reports.progress.rollup import roll_up
from reports.room.attention import notes
from reports.tests.conftest import SetClock
from reports.tests.making import EVENING, make_campaign, type_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune(evening: datetime) -> Unit:
    return make_commune()


@pytest.fixture
def campaign(commune: Unit) -> Campaign:
    return make_campaign(commune)


def texts(campaign: Campaign) -> list[tuple[str, str]]:
    roll_up()
    return [(note.mark.look, str(note.text)) for note in notes(district_progress(campaign))]


def test_a_unit_on_track_needs_no_note(campaign: Campaign, commune: Unit) -> None:
    type_in(make_book(commune, total=20), 10)
    UnitPace.objects.create(campaign=campaign, unit=commune, day=EVENING.date(), done_yesterday=7, days=7)
    assert texts(campaign) == []


def test_a_stalled_unit_is_named_with_the_days(campaign: Campaign, commune: Unit) -> None:
    type_in(make_book(commune, total=20), 10, at=EVENING - timedelta(days=4, hours=4))
    ((look, text),) = texts(campaign)
    assert look == "stalled"
    assert "4" in text


def test_a_late_unit_tells_how_many_more_a_day(campaign: Campaign, commune: Unit) -> None:
    type_in(make_book(commune, total=1010), 10)
    UnitPace.objects.create(campaign=campaign, unit=commune, day=EVENING.date(), done_yesterday=70, days=7)
    ((look, text),) = texts(campaign)
    assert look == "late"
    assert "90" in text


def foretold(campaign: Campaign, unit: Unit, *, per_person: float | None = 20) -> None:
    """Foretell that the unit ends three days late; it brings ten entries a day."""
    UnitForecast.objects.create(
        campaign=campaign,
        unit=unit,
        day=campaign.day_of(EVENING),
        p10=campaign.deadline,
        p50=campaign.deadline + timedelta(days=3),
        chance=12,
        pace=10,
        workable=10,
        per_person=per_person,
    )


def test_a_late_unit_tells_how_many_people_that_takes(campaign: Campaign, commune: Unit) -> None:
    type_in(make_book(commune, total=1010), 10)
    UnitPace.objects.create(campaign=campaign, unit=commune, day=EVENING.date(), done_yesterday=70, days=7)
    foretold(campaign, commune)
    ((look, text),) = texts(campaign)
    assert look == "late"
    assert "90" in text
    assert "5" in text.replace("90", "")


def test_a_unit_that_is_late_with_enough_a_day_is_told_as_such(campaign: Campaign, commune: Unit) -> None:
    type_in(make_book(commune, total=110), 10)
    UnitPace.objects.create(campaign=campaign, unit=commune, day=EVENING.date(), done_yesterday=70, days=7)
    foretold(campaign, commune)
    ((look, text),) = texts(campaign)
    assert look == "late"
    assert not any(letter.isdigit() for letter in text)


def test_after_the_deadline_only_what_is_left_is_told(
    campaign: Campaign, commune: Unit, set_clock: SetClock
) -> None:
    moment = datetime(2024, 12, 16, 9, tzinfo=EVENING.tzinfo)
    set_clock(moment)
    type_in(make_book(commune, total=15), 10, at=moment - timedelta(hours=1))
    ((look, text),) = texts(campaign)
    assert look == "late"
    assert "5" in text


def test_books_without_total_excess_and_returned_entries_are_told(campaign: Campaign, commune: Unit) -> None:
    type_in(make_book(commune, total=None), 7)
    type_in(make_book(commune, total=4), 6)
    type_in(make_book(commune, total=4), 2, status=Status.RETURNED)
    UnitPace.objects.create(campaign=campaign, unit=commune, day=EVENING.date(), done_yesterday=70, days=7)
    assert [look for look, _ in texts(campaign)] == ["neutral", "risk", "returned"]


def test_an_early_finisher_is_told(campaign: Campaign, commune: Unit) -> None:
    type_in(make_book(commune, total=4), 4)
    assert [look for look, _ in texts(campaign)] == ["done"]


def test_more_than_three_units_are_counted_not_named(campaign: Campaign, commune: Unit) -> None:
    for number in range(5):
        unit = make_commune(f"Xã số {number}", f"xa-{number}")
        campaign.campaignunit_set.create(unit=unit)
        make_book(unit, total=4)
    roll_up()
    stalled = notes(district_progress(campaign))[0]
    assert (len(stalled.units), stalled.more) == (3, 2)
