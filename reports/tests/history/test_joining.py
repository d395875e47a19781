"""What comes into a campaign with entries in it brings figures, and is nobody's work in it."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any
from uuid import uuid4

import pytest

from communes.models import Role, Succession, Unit, User
from digitization.models import COUNTED_STANDINGS, COUNTED_STATUSES, Book, Standing, Status
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports import tasks
from reports.campaigns.books import end_exception, except_book
from reports.campaigns.setting_up import choose_units, revise
from reports.digest.published import published_day, published_days
from reports.forecast.reading import closed_days, standings
from reports.models import BookAtJoining, Campaign, UnitPace
from reports.past.comparing import Comparison
from reports.progress.gains import done_at, refresh_pace
from reports.progress.lately import prepare
from reports.progress.read import district_progress
from reports.tests.conftest import SetClock
from reports.tests.history.making import dec, hand_over, work
from reports.tests.making import make_campaign, type_in


@pytest.fixture
def campaign(commune: Unit) -> Campaign:
    return make_campaign(commune, kinds=("KS",))


@pytest.fixture
def task_force(db: None) -> User:
    return make_person("taskforce", Role.TASK_FORCE, make_district())


def close_days(at: SetClock, *days: int) -> None:
    for day in days:
        at(dec(day, 17, 0, 10))
        tasks.cut_off()


def filled(unit: Unit, at: SetClock, *, kind: str = "KS") -> Book:
    """Let a unit type thirty entries into a book on 5 December; return it on the morning of the 8th."""
    at(dec(5))
    book = make_book(unit, kind=kind)
    work(book, 30)
    close_days(at, 6, 7)
    at(dec(8, 9))
    return book


def take_in(campaign: Campaign, by: User, *units: Unit) -> None:
    choose_units(by=by, campaign=campaign, units=units, reason="Họp ngày 8/12", intent=uuid4())


def add_deaths(campaign: Campaign, by: User) -> None:
    changes = {"kinds": ("KS", "KT")}
    revise(by=by, campaign=campaign, changes=changes, reason="Họp ngày 8/12", intent=uuid4())


def take_book(campaign: Campaign, by: User, book: Book, *, in_scope: bool = True) -> None:
    except_book(
        by=by, campaign=campaign, book=book, in_scope=in_scope, reason="Họp ngày 8/12", intent=uuid4()
    )


def gained(campaign: Campaign, unit: Unit) -> dict[str, int | None]:
    """Return what everybody who measures says a unit did on 8 December, since the cut-off of the 7th."""
    tasks.roll_up()
    refresh_pace(campaign)
    prepare(campaign)
    compared = Comparison.read(campaign, {"tu": "2024-12-07", "den": "2024-12-08"})
    (row,) = (row for row in compared.rows if row.unit == unit)
    (lately,) = (each.lately for each in district_progress(campaign).units if each.unit_id == unit.pk)
    (standing,) = (
        each
        for each in standings(
            campaign, closed_days(campaign, before=date(2024, 12, 9)), open_day=date(2024, 12, 9)
        )
        if each.unit == unit.pk
    )
    pace = UnitPace.objects.get(campaign=campaign, unit=unit)
    done = done_at(campaign, [date(2024, 12, 7), date(2024, 12, 8)])
    published = published_day(campaign, date(2024, 12, 8), published_days(campaign))
    (line,) = (line for line in published.units if line.unit == unit)
    return {
        "digest": line.gain,
        "week": pace.done_yesterday - pace.done_week_ago,
        "yesterday": lately.yesterday if lately else None,
        "compared": row.causes.produced if row.causes else None,
        "foretold from": sum(standing.gains.values()),
        "recognised": done[unit.pk, date(2024, 12, 8)] - done[unit.pk, date(2024, 12, 7)],
    }


def all_say(count: int) -> dict[str, int]:
    return dict.fromkeys(("digest", "week", "yesterday", "compared", "foretold from", "recognised"), count)


def test_a_commune_that_joins_brings_figures_and_no_pace(
    campaign: Campaign, commune: Unit, neighbour: Unit, task_force: User, at: SetClock
) -> None:
    at(dec(5))
    make_book(commune)
    book = make_book(neighbour)
    work(book, 30)
    close_days(at, 6, 7)
    at(dec(8, 9))
    take_in(campaign, task_force, commune, neighbour)
    work(book, 5)
    close_days(at, 8)
    assert gained(campaign, neighbour) == all_say(5)
    (row,) = (each for each in district_progress(campaign).units if each.unit_id == neighbour.pk)
    assert row.figures.done == 35


def test_what_the_comparison_cannot_call_work_stands_under_other_causes(
    campaign: Campaign, commune: Unit, neighbour: Unit, task_force: User, at: SetClock
) -> None:
    book = filled(neighbour, at)
    take_in(campaign, task_force, commune, neighbour)
    work(book, 5)
    close_days(at, 8)
    compared = Comparison.read(campaign, {"tu": "2024-12-07", "den": "2024-12-08"})
    (row,) = (row for row in compared.rows if row.unit == neighbour)
    assert row.causes
    assert (row.change, row.causes.produced, row.causes.handed, row.causes.restated) == (35, 5, 0, 0)
    assert row.other == 30


def test_a_kind_that_joins_brings_no_pace(
    campaign: Campaign, commune: Unit, task_force: User, at: SetClock
) -> None:
    deaths = filled(commune, at, kind="KT")
    add_deaths(campaign, task_force)
    work(deaths, 5)
    close_days(at, 8)
    assert gained(campaign, commune) == all_say(5)


def test_a_book_taken_in_or_let_in_again_brings_no_pace(
    campaign: Campaign, commune: Unit, task_force: User, at: SetClock
) -> None:
    at(dec(5))
    taken_in, let_in = make_book(commune, kind="KT"), make_book(commune)
    take_book(campaign, task_force, let_in, in_scope=False)
    work(taken_in, 30)
    work(let_in, 20)
    close_days(at, 6, 7)
    at(dec(8, 9))
    take_book(campaign, task_force, taken_in)
    end_exception(by=task_force, campaign=campaign, book=let_in, reason="Họp ngày 8/12", intent=uuid4())
    work(taken_in, 2)
    work(let_in, 3)
    close_days(at, 8)
    assert gained(campaign, commune) == all_say(5)


def test_a_book_from_a_commune_outside_brings_no_pace(
    campaign: Campaign, commune: Unit, neighbour: Unit, at: SetClock
) -> None:
    book = filled(neighbour, at)
    hand_over(book, commune)
    work(book, 5)
    close_days(at, 8)
    assert gained(campaign, commune) == all_say(5)


def test_work_done_outside_between_leaving_and_coming_back_is_not_counted(
    campaign: Campaign, commune: Unit, neighbour: Unit, task_force: User, at: SetClock
) -> None:
    at(dec(5))
    take_in(campaign, task_force, commune, neighbour)
    book = make_book(neighbour)
    work(book, 10)
    close_days(at, 5)
    at(dec(6, 9))
    take_in(campaign, task_force, commune)
    work(book, 20)
    close_days(at, 6, 7)
    at(dec(8, 9))
    take_in(campaign, task_force, commune, neighbour)
    work(book, 5)
    close_days(at, 8)
    assert gained(campaign, neighbour) == all_say(5)


def test_a_book_back_to_what_it_once_had_is_told_as_it_is(
    campaign: Campaign, commune: Unit, neighbour: Unit, task_force: User, at: SetClock
) -> None:
    at(dec(5))
    take_in(campaign, task_force, commune, neighbour)
    book = make_book(neighbour)
    work(book, 10)
    close_days(at, 5)
    at(dec(6, 9))
    take_in(campaign, task_force, commune)
    more = work(book, 20)
    at(dec(8, 9))
    take_in(campaign, task_force, commune, neighbour)
    book.records.filter(pk__in=[record.pk for record in more]).update(standing=Standing.WITHDRAWN)
    close_days(at, 7, 8)
    at(dec(8, 17, 1))
    assert done_at(campaign, [date(2024, 12, 8)])[neighbour.pk, date(2024, 12, 8)] == 10


def test_a_book_listed_within_the_campaign_is_work_from_its_first_entry(
    campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    at(dec(5))
    make_book(commune)
    close_days(at, 6, 7)
    at(dec(8, 9))
    work(make_book(commune), 5)
    close_days(at, 8)
    assert not BookAtJoining.objects.exists()
    assert gained(campaign, commune) == all_say(5)


def test_a_book_handed_over_is_nobodys_gain_in_the_digest(
    campaign: Campaign, commune: Unit, neighbour: Unit, task_force: User, at: SetClock
) -> None:
    at(dec(5))
    take_in(campaign, task_force, commune, neighbour)
    book = make_book(commune)
    work(book, 30)
    close_days(at, 6, 7)
    at(dec(8, 9))
    hand_over(book, neighbour)
    work(book, 5)
    close_days(at, 8)
    published = published_day(campaign, date(2024, 12, 8), published_days(campaign))
    assert {line.unit: line.gain for line in published.units} == {commune: 0, neighbour: 5}
    assert published.whole.gain == 5


def test_work_in_a_commune_that_has_merged_is_told_under_its_name_in_the_campaign(
    campaign: Campaign, commune: Unit, neighbour: Unit, at: SetClock
) -> None:
    at(dec(5))
    book = make_book(commune)
    close_days(at, 6, 7)
    Succession.objects.create(
        predecessor=commune, successor=neighbour, on_date=date(2024, 12, 8), kind=Succession.Kind.MERGE
    )
    at(dec(8, 9))
    work(book, 5)
    close_days(at, 8)
    published = published_day(campaign, date(2024, 12, 8), published_days(campaign))
    assert {line.unit: line.gain for line in published.units} == {commune: 5}
    assert published.whole.gain == 5


def test_a_handover_within_the_campaign_is_no_coming_in(
    campaign: Campaign, commune: Unit, neighbour: Unit, task_force: User, at: SetClock
) -> None:
    at(dec(5))
    take_in(campaign, task_force, commune, neighbour)
    book = make_book(commune)
    work(book, 5)
    hand_over(book, neighbour)
    assert not BookAtJoining.objects.exists()


@pytest.mark.parametrize(("status", "standing"), list(product(Status, Standing)))
def test_the_database_counts_what_comes_from_outside_as_everybody_does(
    campaign: Campaign, commune: Unit, neighbour: Unit, status: Status, standing: Standing
) -> None:
    book = make_book(neighbour)
    first = type_in(book, 1)[0]
    people = {
        "duplicate_of": first if standing == Standing.DUPLICATE else None,
        "accepted_ref": "BB 05" if standing == Standing.UNREADABLE_ACCEPTED else "",
        "checked_by": make_person("checker", Role.LEADER, make_commune()),
        "approved_by": make_person("approver", Role.LEADER, make_commune()),
    }
    needed: dict[str, Any] = {name: value for name, value in people.items() if _needs(name, status)}
    type_in(book, 2, status=status, standing=standing, **needed)
    hand_over(book, commune)
    counts = status in COUNTED_STATUSES and standing in COUNTED_STANDINGS
    assert BookAtJoining.objects.get().counted == (3 if counts else 1)


def _needs(name: str, status: Status) -> bool:
    late = (Status.CHECKED, Status.APPROVED, Status.TRANSFERRED)
    return name in ("duplicate_of", "accepted_ref") or status in late[name == "approved_by" :]
