"""The plan of the whole district, without a database: what must come out, commune by commune."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections import Counter
from functools import cache

import pytest

from civreg.lib.clock import VIETNAM
from digitization.models.states import COUNTED_STANDINGS, Standing, Status, Verb
from reports.demonstration.figures import DISTRICT, NOW, SIZES, SMALL, Commune, Size
from reports.demonstration.lives import Step, lives
from reports.demonstration.shelves import Shelved, shelves
from reports.demonstration.stints import Stint, quotas, stints

REPEATED = (Standing.DUPLICATE, Standing.WITHDRAWN)


@cache
def shelf_of(size: Size, commune: Commune) -> list[Shelved]:
    return shelves(size, commune)


@cache
def typed(size: Size, commune: Commune) -> list[Stint]:
    return stints(commune, quotas(size)[commune.slug], shelf_of(size, commune))


@cache
def told(commune: Commune) -> list[list[Step]]:
    return list(lives(commune, typed(DISTRICT, commune)))


def counted(stint: Stint) -> bool:
    return stint.status is not Status.RETURNED and stint.standing in COUNTED_STANDINGS


COMMUNES = [pytest.param(commune, id=commune.slug) for commune in DISTRICT.communes]


def test_the_district_is_seventy_thousand_of_eighty_six_thousand_nine_hundred_and_eighty_four() -> None:
    assert (DISTRICT.digitized, DISTRICT.total) == (70_000, 86_984)
    assert len(DISTRICT.communes) == 22
    complete = {commune.slug for commune in DISTRICT.communes if commune.complete}
    assert complete == {"soc-dang", "minh-tien", "yen-kien", "phuc-lai"}


def test_there_are_about_870_books() -> None:
    assert 850 <= sum(len(shelf_of(DISTRICT, commune)) for commune in DISTRICT.communes) <= 890


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_slice_has_its_exact_size(size: Size) -> None:
    everything = [stint for commune in size.communes for stint in typed(size, commune)]
    slices = Counter(stint.status for stint in everything if counted(stint))
    assert slices == {
        Status.APPROVED: size.approved,
        Status.CHECKED: size.checked,
        Status.ENTERED: size.entered,
    }
    standings = Counter(stint.standing for stint in everything)
    assert standings[Standing.UNREADABLE] == size.unreadable
    assert standings[Standing.DUPLICATE] == size.duplicates
    assert standings[Standing.WITHDRAWN] == size.withdrawn
    assert standings[Standing.CANCELLED_IN_BOOK] == size.cancelled
    assert standings[Standing.UNREADABLE_ACCEPTED] == size.accepted
    assert sum(stint.status is Status.RETURNED for stint in everything) == size.returned


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_commune_has_done_exactly_what_it_has_done(size: Size) -> None:
    for commune in size.communes:
        assert sum(counted(stint) for stint in typed(size, commune)) == commune.done
        assert sum(book.total for book in shelf_of(size, commune)) == commune.total


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_no_book_is_above_its_total_and_nothing_is_typed_twice_unless_it_says_so(size: Size) -> None:
    for commune in size.communes:
        books = shelf_of(size, commune)
        places = [(s.book, s.slot) for s in typed(size, commune) if s.standing not in REPEATED]
        assert len(set(places)) == len(places)
        assert all(slot < books[book].total for book, slot in places)


def test_nothing_is_returned_in_a_complete_commune() -> None:
    for commune in DISTRICT.communes:
        states = {(stint.status, counted(stint)) for stint in typed(DISTRICT, commune)}
        assert not commune.complete or all(counts for _, counts in states)


@pytest.mark.parametrize("commune", COMMUNES)
def test_a_number_is_given_once_a_year(commune: Commune) -> None:
    given = [
        (book.kind, run.year, number)
        for book in shelf_of(DISTRICT, commune)
        for run in book.runs
        for number in range(run.first, run.first + run.count)
    ]
    assert len(given) == len(set(given)) == commune.total
    assert all(1955 <= year <= 2019 for _, year, _ in given)


def test_no_two_books_of_a_commune_have_the_same_name() -> None:
    keys = [book.key for commune in DISTRICT.communes for book in shelf_of(DISTRICT, commune)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("commune", COMMUNES)
def test_every_life_leads_to_the_state_of_tonight(commune: Commune) -> None:
    for stint, steps in zip(typed(DISTRICT, commune), told(commune), strict=True):
        assert (steps[-1].to_status, steps[-1].to_standing) == (stint.status, stint.standing)
        assert all(before.at < after.at for before, after in itertools.pairwise(steps))
        assert steps[0].at == stint.at
        assert steps[-1].at < NOW
        assert [step.version for step in steps] == list(range(1, len(steps) + 1))


@pytest.mark.parametrize("commune", COMMUNES)
def test_nobody_checks_returns_or_approves_what_they_typed(commune: Commune) -> None:
    for steps in told(commune):
        typists = {step.hand for step in steps if step.verb in (Verb.ENTER, Verb.CORRECT)}
        judges = {step.hand for step in steps if step.verb in (Verb.CHECK, Verb.SEND_BACK, Verb.APPROVE)}
        assert not typists & judges


def test_hung_long_has_stood_still_since_the_first_of_december() -> None:
    commune = next(commune for commune in DISTRICT.communes if commune.slug == "hung-long")
    last = max(stint.at for stint in typed(DISTRICT, commune)).astimezone(VIETNAM)
    assert f"{last:%d/%m %H:%M}" == "01/12 16:20"


def test_the_small_size_is_small() -> None:
    assert sum(quota.typed for quota in quotas(SMALL).values()) < 250


DIGEST = """
import django; django.setup()
import hashlib, json
from reports.demonstration.births import birth
from reports.demonstration.figures import DISTRICT
from reports.demonstration.registers import Register
from reports.demonstration.shelves import shelves
from reports.demonstration.stints import quotas, stints
commune = DISTRICT.communes[20]
shelf = shelves(DISTRICT, commune)
plan = [str(stint) for stint in stints(commune, quotas(DISTRICT)[commune.slug], shelf)]
book = shelf[0]
register = Register.of(key=book.key, kind="KS", commune=commune.slug, name="Chân Mộng", word="xã", odd=0.1)
entries = [birth(register, *book.entry_at(slot), 1) for slot in range(book.total)]
print(hashlib.sha256(json.dumps([plan, entries]).encode()).hexdigest())
"""


def test_the_same_plan_and_words_come_out_in_every_process() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
    assert len(digests.pop()) == 65
