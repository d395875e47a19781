"""A day nobody closed is put together from what is written down: what the cut-off would have written, labelled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction

from civreg.lib import clock
from digitization.models import Record, Standing, Status
from digitization.tests.making import make_book, make_commune, state_total
from reports.models import BookDay, Campaign
from reports.progress.days import close_day
from reports.progress.rebuild import rebuild_missing
from reports.tests.conftest import SetClock
from reports.tests.history.making import dec, hand_over, move, put, work
from reports.tests.making import make_campaign

pytestmark = pytest.mark.django_db

Close = Callable[[int], None]
DAYS = range(1, 8)


class Undo(Exception):
    """Takes back everything a story did."""


def story(seed: int, at: SetClock, evening: Close) -> Campaign:
    """Let two communes work for seven days, each day anything at all; ``evening`` is called after every cut-off."""
    rng = Random(seed)
    units = [make_commune(), make_commune("Hợp Nhất", "hop-nhat")]
    outside = make_commune("Tây Cốc", "tay-coc")
    at(dec(1) - timedelta(hours=18, minutes=30))
    campaign = make_campaign(*units)
    Campaign.objects.filter(pk=campaign.pk).update(starts=date(2024, 12, 1))
    campaign.refresh_from_db()
    books = [make_book(rng.choice(units), total=rng.choice([None, 6, 30]), book_no=f"{n}") for n in range(6)]
    records: list[Record] = []
    for day in DAYS:
        for hour in sorted(rng.sample(range(1, 24), 9)):
            # After the cut-off a day's work belongs to the next.
            at(dec(day, hour) - timedelta(hours=7))
            act = rng.randrange(9)
            some = rng.sample(records, min(len(records), 3))
            if act < 3:
                records += work(rng.choice(books), rng.randrange(1, 5))
            elif act < 5:
                _move_on(rng, some)
            elif act == 5:
                put(
                    [r for r in some if _status(r) == Status.ENTERED],
                    rng.choice([Standing.DUPLICATE, Standing.UNREADABLE]),
                )
            elif act == 6:
                state_total(rng.choice(books), rng.randrange(1, 40))
            elif act == 7:
                hand_over(rng.choice(books), rng.choice([*units, outside]))
            else:
                new = make_book(rng.choice(units), total=rng.choice([None, 9]), book_no=f"{day}-{hour}")
                books.append(new)
        at(dec(day, 17, 0, 12))
        evening(day)
    return campaign


def _status(record: Record) -> str:
    return str(Record.objects.values_list("status", flat=True).get(pk=record.pk))


def _move_on(rng: Random, records: list[Record]) -> None:
    ways = {
        "entered": [Status.CHECKED, Status.RETURNED],
        "checked": [Status.APPROVED, Status.RETURNED],
        "approved": [Status.TRANSFERRED],
        "returned": [Status.ENTERED],
    }
    for record in records:
        record.refresh_from_db()
        if record.standing == Standing.NORMAL and record.status in ways:
            move([record], rng.choice(ways[record.status]))


def told(campaign: Campaign) -> dict[str, Any]:
    """Return everything the days say, in words that do not depend on ids: book days, districts, units."""
    days = {
        (row.book.kind, row.book.book_no, row.day): (
            row.counted,
            row.checked,
            row.approved,
            row.transferred,
            row.returned,
            row.total,
            row.basis,
            row.declared,
            row.custodian.slug,
        )
        for row in BookDay.objects.select_related("book", "custodian")
    }
    snapshots = campaign.snapshots.prefetch_related("rows__unit")
    return {
        "days": days,
        "district": {s.day: _without_last(s.figures) for s in snapshots},
        "units": {
            (s.day, r.unit.slug, r.kind): _without_last(r.figures) for s in snapshots for r in s.rows.all()
        },
    }


def _without_last(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in figures.items() if name != "last_at"}


def closed_on(days: set[int], seed: int, at: SetClock) -> dict[str, Any]:
    """Tell the story with these days closed in time and the others rebuilt at the end; take it back."""
    found: dict[str, Any] = {}

    def evening(day: int) -> None:
        if day in days:
            assert close_day(Campaign.objects.get(), clock.now())

    try:
        with transaction.atomic():
            campaign = story(seed, at, evening)
            at(dec(7, 17, 30))
            assert len(rebuild_missing(campaign).days) == len(DAYS) - len(days)
            found = told(campaign)
            raise Undo
    except Undo:
        return found


@pytest.mark.parametrize("seed", range(8))
def test_a_rebuilt_day_is_what_the_cut_off_would_have_written_to_the_last_entry(
    seed: int, at: SetClock
) -> None:
    in_time = closed_on(set(DAYS), seed, at)
    assert in_time["days"]
    assert closed_on(set(), seed, at) == in_time


@pytest.mark.parametrize("seed", range(8, 16))
def test_days_missing_between_closed_ones_tell_the_same_of_every_day(seed: int, at: SetClock) -> None:
    """Rows may then stand on other days, but what each book had on each day is the same."""
    in_time = closed_on(set(DAYS), seed, at)
    mended = closed_on(set(Random(seed).sample(DAYS, 4)), seed, at)
    assert (mended["district"], mended["units"]) == (in_time["district"], in_time["units"])
    assert _state_of_each_day(mended["days"]) == _state_of_each_day(in_time["days"])


def _state_of_each_day(rows: dict[tuple[str, str, date], Any]) -> dict[tuple[Any, ...], Any]:
    state: dict[tuple[Any, ...], Any] = {}
    for number in DAYS:
        day = date(2024, 12, number)
        for kind, no, on in sorted(rows):
            if on <= day:
                state[kind, no, day] = rows[kind, no, on]
    return state
