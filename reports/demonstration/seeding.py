"""Setting up the demonstration, in one transaction: after a crash in the middle there is nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import islice

from django.db import transaction

from civreg.lib import clock
from civreg.lib.long_work import lift_time_limits
from communes.models import Installation, Unit, User
from digitization.models import Book, Record
from reports.demonstration.copying import take_ids
from reports.demonstration.declared import load_declared
from reports.demonstration.desks import Desk
from reports.demonstration.figures import NOW, Size
from reports.demonstration.given import load_given
from reports.demonstration.history import load_history
from reports.demonstration.inventory import load_books
from reports.demonstration.notices import load_notices
from reports.demonstration.page_pictures import load_pictures
from reports.demonstration.people import crew_of, load_people
from reports.demonstration.plan import load_plan, load_plan_file
from reports.demonstration.shelves import KINDS, Shelved, shelves
from reports.demonstration.stints import quotas
from reports.demonstration.support import load_support
from reports.demonstration.units import load_units
from reports.demonstration.writing import write_and_load
from reports.forecast.keeping import keep_all
from reports.models import Campaign, CampaignUnit
from reports.progress.gains import refresh_paces
from reports.progress.lately import refresh_lately
from reports.progress.rollup import roll_up

OFFICE = "huyen-doan-hung"
# The commune newcomers are led to: its half-typed books have pictures.
TRIED = "hop-nhat"


class NotEmpty(Exception):
    """This database has accounts or an office already: a demonstration never mixes with anything."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was set up, for a last line on the screen."""

    books: int
    digitized: int
    total: int
    days: int
    people: Mapping[str, User]


def seed(size: Size, password: str, tell: Callable[[str], None] = lambda _: None) -> Seeded:
    """Set up a whole demonstration. ``tell`` gets the name of each part begun. Raises NotEmpty."""
    if Installation.current() or User.objects.exists() or Unit.objects.exists():
        raise NotEmpty
    with transaction.atomic():
        lift_time_limits()
        tell("people")
        units = load_units()
        people = load_people(units, [commune.slug for commune in size.communes], password)
        tell("books")
        shelf = {commune.slug: shelves(size, commune) for commune in size.communes}
        books = load_books(size, shelf, units, people)
        tell("entries")
        desks = _desks(size, units, people, shelf, books)
        write_and_load(desks)
        load_given(people, books)
        load_declared(people, books)
        tell("history")
        campaign = _load_campaign(size, units)
        load_plan(campaign, size, units, people)
        days = load_history(campaign, people["taskforce"])
        load_support(units, people, [commune.slug for commune in size.communes])
        load_notices(units, units[OFFICE], people, [commune.slug for commune in size.communes])
        _set_up(units)
        roll_up()
        refresh_paces()
        refresh_lately()
        keep_all()
        # Files cannot be taken back: they come last.
        tell("pictures")
        tried = next(desk for desk in desks if desk.commune.slug == TRIED)
        load_pictures(tried, people[f"officer.{TRIED}"])
        load_plan_file(campaign, people["taskforce"])
    clock.forget_offset()
    count = sum(len(of_commune) for of_commune in books.values())
    return Seeded(books=count, digitized=size.digitized, total=size.total, days=days, people=people)


def _desks(
    size: Size,
    units: Mapping[str, Unit],
    people: Mapping[str, User],
    shelf: Mapping[str, Sequence[Shelved]],
    books: Mapping[str, Sequence[Book]],
) -> list[Desk]:
    shares = quotas(size)
    ids = iter(take_ids(Record, sum(quota.typed for quota in shares.values())))
    return [
        Desk(
            commune=commune,
            odd=size.odd,
            word=units[commune.slug].kind,
            name=units[commune.slug].name,
            quota=shares[commune.slug],
            shelf=shelf[commune.slug],
            books=books[commune.slug],
            crew=crew_of(people, commune.slug),
            ids=list(islice(ids, shares[commune.slug].typed)),
        )
        for commune in size.communes
    ]


def _load_campaign(size: Size, units: Mapping[str, Unit]) -> Campaign:
    campaign = Campaign.objects.create(
        title="Số hóa sổ hộ tịch huyện Đoan Hùng năm 2024",
        basis="Kế hoạch số 00/KH-UBND ngày 11/11/2024 (dữ liệu minh họa)",
        office=units[OFFICE],
        kinds=list(KINDS),
        starts=date(2024, 11, 17),
        deadline=date(2024, 12, 15),
        cutoff=time(17, 0),
    )
    CampaignUnit.objects.bulk_create(
        CampaignUnit(campaign=campaign, unit=units[commune.slug]) for commune in size.communes
    )
    return campaign


def _set_up(units: Mapping[str, Unit]) -> None:
    """Name the office, and set its clock so that it is the evening of the demonstration right now."""
    offset = clock.real_now() - NOW
    Installation.objects.create(office=units[OFFICE], demonstration=True, clock_offset=offset)
    clock.forget_offset()
