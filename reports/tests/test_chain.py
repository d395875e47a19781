"""Every number leads to exactly the rows it counts, from the district down to the entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes.models import Role, Unit
from communes.rights import Rights
from digitization.models import Book, PageState, Standing, Status
from digitization.scans import pages
from digitization.tests.making import declare_of, make_book, make_commune, make_district, make_person
from reports.models import Campaign
from reports.progress.figures import COUNTS, Figures
from reports.progress.read import district_progress, unit_progress
from reports.progress.rollup import roll_up
from reports.room import breakdown
from reports.room.books import BookLine
from reports.room.chain import BESIDE, CHAIN, Choice, Count
from reports.room.choosing import Chosen
from reports.room.commune import CommunePage
from reports.tests.making import make_campaign, type_in, typist

pytestmark = pytest.mark.django_db

STAGES = (Status.ENTERED, Status.CHECKED, Status.APPROVED, Status.TRANSFERRED, Status.RETURNED)


@pytest.fixture
def campaign(evening: datetime) -> Campaign:
    """Return two communes in which everything occurs that makes a number differ from a plain count."""
    one, other = make_commune(), make_commune("Hợp Nhất", "hop-nhat")
    campaign = make_campaign(one, other)
    rng = Random(7)
    for unit, kind, total in [
        (one, "KS", 30),
        (one, "KS", 8),
        (one, "KH", None),
        (one, "KH", 25),
        (other, "KS", 40),
    ]:
        book = make_book(unit, kind=kind, total=total, pages=12 if kind == "KS" else None)
        typed = [type_in(book, rng.randrange(1, 5), status=status) for status in STAGES]
        type_in(book, rng.randrange(1, 4), standing=Standing.DUPLICATE, duplicate_of=typed[0][0])
        type_in(book, rng.randrange(1, 4), standing=Standing.UNREADABLE, status=Status.RETURNED)
        type_in(book, 1, standing=Standing.CANCELLED_IN_BOOK)
        type_in(book, 1, standing=Standing.WITHDRAWN, status=Status.RETURNED)
        pages.say(book=book, by=typist(), pages="2-5", state=PageState.BLANK, note="")
    declare_of(Book.objects.filter(custodian=other).get(), 39)
    roll_up()
    return campaign


@pytest.fixture
def officer(campaign: Campaign, client: Client) -> Client:
    client.force_login(make_person("reader", Role.OFFICER, make_commune()))
    return client


def page_of(
    campaign: Campaign, choice: Choice, slug: str = "soc-dang", rights: Rights | None = None
) -> CommunePage:
    progress = unit_progress(campaign, slug)
    assert progress is not None
    chosen = Chosen(campaign, asked=False)
    return CommunePage.read(progress, choice, number=1, rights=rights or Rights(), chosen=chosen)


def test_every_number_of_a_commune_is_what_the_books_behind_it_add_up_to(campaign: Campaign) -> None:
    whole = page_of(campaign, Choice())
    seen = 0
    for kind, figures in [("", whole.figures), *whole.unit.by_kind.items()]:
        for measure in (*CHAIN, *BESIDE):
            listed = page_of(campaign, Choice(kind, measure)).listed
            assert listed.amount == measure.of(figures), (kind, measure.code)
            assert sum(book.amount or 0 for book in listed.lines) == listed.amount
            assert all(book.amount for book in listed.lines)
            seen += bool(listed.amount)
    assert seen > 35


def test_the_addresses_of_the_chain_are_those_lists(campaign: Campaign, officer: Client) -> None:
    page = page_of(campaign, Choice())
    for line in (*page.chain.rows, page.chain.sum):
        for count in (line.full, *line.counts):
            if count.address:
                path, _, anchor = count.address.partition("#")
                assert officer.get(path).context["page"].listed.amount == count.n
                assert anchor == "books"
            else:
                assert count.n == 0


def test_the_list_of_all_books_adds_up_to_the_figures(campaign: Campaign) -> None:
    page = page_of(campaign, Choice())
    assert [getattr(page.listed.sums, name) for name in COUNTS] == [
        getattr(page.figures, name) for name in COUNTS
    ]


def entries_behind(client: Client, address: str) -> int:
    answer = client.get(address)
    assert answer.status_code == 200
    return int(answer.context["list"].total.n)


def linked(book: BookLine) -> Iterator[Count]:
    """Yield the numbers of a book that lead to entries."""
    yield from (count for count in book.counts if "stage=" in count.address)


def test_every_number_of_a_book_is_how_many_entries_its_list_has(campaign: Campaign, officer: Client) -> None:
    page = officer.get("/tien-do/soc-dang/").context["page"]
    numbers = [count for book in page.books for count in linked(book)]
    assert len(numbers) == 4 * 7
    for count in numbers:
        assert entries_behind(officer, count.address) == count.n, count.address


def test_pages_total_and_what_remains_of_a_book_stand_where_their_links_lead(
    campaign: Campaign, officer: Client
) -> None:
    for book in officer.get("/tien-do/soc-dang/").context["page"].books:
        total, scanned, *_, remaining = book.counts
        assert officer.get(scanned.address).context["reckoning"].accounted == scanned.n == 4
        if total.n:
            assert officer.get(total.address).context["totals"][0].total == total.n
        if remaining.n:
            open_items = officer.get(remaining.address).context["completion"].open
            assert any(re.match(rf"{remaining.n} ", str(item.words)) for item in open_items), remaining


def test_every_number_of_the_district_is_what_its_communes_add_up_to(
    campaign: Campaign, officer: Client
) -> None:
    district = officer.get("/tien-do/").context["page"]
    for line in (*district.chain.rows, district.chain.sum):
        for measure, count in zip(CHAIN, line.counts, strict=True):
            assert bool(count.address) == bool(count.n)
            if count.address:
                page = officer.get(count.address).context["page"]
                assert page.n == count.n, (line.name, measure.code)
                for commune, behind in zip(page.chain.rows, _column(page, measure), strict=True):
                    assert behind.n and officer.get(behind.address).context["page"].listed.amount == behind.n
                    assert commune.address.startswith("/tien-do/")


def _column(page: breakdown.Breakdown, measure: Any) -> list[Count]:
    return [row.counts[CHAIN.index(measure)] for row in page.chain.rows]


def test_whoever_may_not_open_entries_sees_the_numbers_without_links(
    campaign: Campaign, client: Client
) -> None:
    client.force_login(make_person("reader", Role.TASK_FORCE, make_district()))
    page = client.get("/tien-do/soc-dang/").context["page"]
    counts = [count for book in page.books for count in book.counts]
    assert any(count.n for count in counts)
    assert not any(count.address or count.declared_address for count in counts)


def test_an_unknown_kind_or_number_narrows_nothing(campaign: Campaign, officer: Client) -> None:
    page = officer.get("/tien-do/soc-dang/?loai=XX&so-lieu=nothing").context["page"]
    assert (page.choice, page.listed.n) == (Choice(), 4)


def test_a_number_nobody_has_part_in_shows_an_empty_list(campaign: Campaign, officer: Client) -> None:
    assert officer.get("/tien-do/soc-dang/?so-lieu=khai-bao").status_code == 200
    assert officer.get("/tien-do/theo-xa/?loai=KT").status_code == 200


def test_the_pages_ask_at_most_six_questions(campaign: Campaign, officer: Client) -> None:
    for address in ("/tien-do/", "/tien-do/theo-xa/?so-lieu=con-lai", "/tien-do/soc-dang/?so-lieu=con-lai"):
        officer.get(address)
        with CaptureQueriesContext(connection) as queries:
            officer.get(address)
        assert len(queries) <= 6, (address, [query["sql"][:90] for query in queries])


def test_what_is_only_declared_is_told_apart_and_never_added(campaign: Campaign, officer: Client) -> None:
    district = district_progress(campaign)
    unit = next(unit for unit in district.units if unit.slug == "hop-nhat")
    book = Book.objects.get(custodian=unit.unit_id)
    held = book.records.filter(
        status__in=STAGES[:4], standing__in=(Standing.NORMAL, Standing.CANCELLED_IN_BOOK)
    ).count()
    assert (unit.figures.done, unit.figures.declared_only) == (39, 39 - held)
    slices = {part.name: part.count for part in unit.figures.slices()}
    assert slices["declared"] == 39 - held
    assert sum(slices.values()) == unit.figures.total
    page = officer.get("/tien-do/").content.decode()
    assert f"{39 - held}" in page and "khai báo" in page


@pytest.mark.parametrize("seed", range(8))
def test_held_and_declared_never_add_up(evening: datetime, seed: int) -> None:
    rng = Random(seed)
    unit = make_commune()
    campaign = make_campaign(unit)
    expected = Figures()
    for _ in range(6):
        total, held, declared = rng.choice([None, 0, 5, 20]), rng.randrange(25), rng.randrange(25)
        book = make_book(unit, total=total)
        type_in(book, held)
        if declared and (total is None or declared <= total):
            declare_of(book, declared)
        else:
            declared = 0
        room = total or 0
        done = min(room, max(held, declared))
        expected += Figures(done=done, declared_only=done - min(room, held))
    roll_up()
    progress = unit_progress(campaign, unit)
    assert progress is not None
    assert (progress.figures.done, progress.figures.declared_only) == (expected.done, expected.declared_only)
    assert progress.figures.done <= progress.figures.total
    parts = progress.figures.slices()
    assert (
        all(part.count >= 0 for part in parts) and sum(part.count for part in parts) == progress.figures.total
    )


def test_a_book_lists_what_is_held_and_what_is_declared_side_by_side(campaign: Campaign) -> None:
    rights = Rights.of(make_person("minh", Role.OFFICER, Unit.objects.get(slug="hop-nhat")))
    (book,) = page_of(campaign, Choice(), "hop-nhat", rights).books
    entered = book.counts[2]
    assert (entered.declared, entered.declared_address) == (39, f"/so/{book.pk}/khai-bao/")
    assert entered.n == book.held < book.counted == 39
