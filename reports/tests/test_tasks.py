"""What the workers do may happen twice and in any order."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from civreg.celery import app
from civreg.lib import clock
from civreg.lib.clock import VIETNAM
from digitization.tests.making import make_book, make_commune
from reports import tasks
from reports.models import Campaign, DailySnapshot, RollupState, UnitPace, UnitProgress
from reports.tests.conftest import SetClock
from reports.tests.making import make_campaign, type_in


@pytest.fixture
def campaign(db: None) -> Campaign:
    commune = make_commune()
    type_in(make_book(commune, total=10), 4)
    return make_campaign(commune)


def test_every_task_on_the_schedule_exists() -> None:
    app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in app.tasks


def test_the_cut_off_closes_a_day_once_whatever_came_before(campaign: Campaign, set_clock: SetClock) -> None:
    for day in (4, 5):
        set_clock(datetime(2024, 12, day, 17, 0, 20, tzinfo=VIETNAM))
        for task in (tasks.refresh_paces, tasks.cut_off, tasks.cut_off, tasks.refresh_paces, tasks.roll_up):
            task()
    assert DailySnapshot.objects.count() == 2
    assert UnitPace.objects.get().days == 1


def test_two_campaigns_at_once_are_both_closed_and_measured_every_day(
    campaign: Campaign, set_clock: SetClock
) -> None:
    other = make_campaign(make_commune())
    for day in (4, 5):
        set_clock(datetime(2024, 12, day, 17, 0, 20, tzinfo=VIETNAM))
        tasks.cut_off()
    assert DailySnapshot.objects.filter(campaign=campaign).count() == 2
    assert DailySnapshot.objects.filter(campaign=other).count() == 2
    assert set(UnitPace.objects.values_list("campaign", flat=True)) == {campaign.pk, other.pk}


def test_a_closed_campaign_is_closed_no_more_days(campaign: Campaign, set_clock: SetClock) -> None:
    Campaign.objects.update(closed=True)
    set_clock(datetime(2024, 12, 5, 17, 0, 20, tzinfo=VIETNAM))
    tasks.cut_off()
    assert not DailySnapshot.objects.exists()


def test_rolling_up_twice_is_rolling_up_once(campaign: Campaign) -> None:
    tasks.roll_up()
    tasks.roll_up()
    assert UnitProgress.objects.get().done == 4


def test_the_nightly_reconcile_remembers_that_it_ran(campaign: Campaign) -> None:
    tasks.roll_up()
    tasks.reconcile_all()
    assert RollupState.objects.get().reconciled_at is not None


def test_figures_stay_fresh_while_long_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2024, 12, 5, 9, tzinfo=VIETNAM)
    monkeypatch.setattr(clock, "real_now", lambda: moment)
    done: list[datetime] = []
    meanwhile = tasks.Meanwhile(timedelta(seconds=2), lambda: done.append(moment))
    for seconds in (0, 1, 1, 1, 1):
        moment += timedelta(seconds=seconds)
        meanwhile()
    assert len(done) == 2


def test_without_a_campaign_there_is_nothing_to_do(db: None) -> None:
    for task in (tasks.roll_up, tasks.cut_off, tasks.refresh_paces, tasks.foresee, tasks.reconcile_all):
        task()
    assert not UnitProgress.objects.exists()
