"""What the workers do, again and again. Each task may run twice, late, or in any order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from celery import shared_task

from civreg.lib import clock
from reports.digest.mailing import lay_out_digests
from reports.forecast import keeping
from reports.models import Campaign
from reports.progress import days, gains, lately, rebuild, reconcile, rollup

EVERY = timedelta(seconds=2)


class Meanwhile:
    """Does something else while long work goes on, whenever so much time has passed."""

    def __init__(self, every: timedelta, what: Callable[[], object]) -> None:
        self._every, self._what = every, what
        self._last = clock.real_now()

    def __call__(self) -> None:
        """Do it if it is time."""
        if clock.real_now() - self._last >= self._every:
            self._what()
            self._last = clock.real_now()


@shared_task(name="reports.roll_up")
def roll_up() -> None:
    """Bring the figures of all running campaigns up to date."""
    rollup.roll_up()


@shared_task(name="reports.cut_off")
def cut_off() -> None:
    """Close the campaign day that has just ended, of every running campaign."""
    for campaign in Campaign.objects.running():
        if days.close_day(campaign, clock.now()):
            _measure(campaign)


@shared_task(name="reports.rebuild_days")
def rebuild_days() -> None:
    """Put together the days nobody closed because no worker ran, of every running campaign."""
    for campaign in Campaign.objects.running():
        while _rebuild_some(campaign):
            # What is asked of every moment does not wait for all days that are past.
            rollup.roll_up()
            cut_off()


def _rebuild_some(campaign: Campaign) -> bool:
    found = rebuild.rebuild_missing(campaign, most=rebuild.AT_ONCE)
    if found.days:
        _measure(campaign)
    return bool(found.days or found.silent)


@shared_task(name="reports.refresh_paces")
def refresh_paces() -> None:
    """Measure what every unit gained lately."""
    gains.refresh_paces()
    lately.refresh_lately()


@shared_task(name="reports.send_digests")
def send_digests() -> None:
    """Lay the digest of the day just closed into the outbox, once for each who asked for it."""
    lay_out_digests()


@shared_task(name="reports.foresee")
def foresee() -> None:
    """Work the forecasts out anew where there is reason to. With very many units the figures stay fresh meanwhile."""
    keeping.keep_all(breathe=Meanwhile(EVERY, rollup.roll_up))


@shared_task(name="reports.reconcile")
def reconcile_all() -> None:
    """Recount everything, repair it, remember the drift."""
    reconcile.reconcile()


def _measure(campaign: Campaign) -> None:
    gains.refresh_pace(campaign)
    lately.prepare(campaign)
