"""The page of one unit: its figures by kind and every book, for everybody who may see figures."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes.models import Role, Unit
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports.models import Campaign
from reports.progress.rollup import roll_up
from reports.room import books as room
from reports.tests.making import make_campaign, type_in

pytestmark = pytest.mark.django_db
ADDRESS = "/tien-do/soc-dang/"


@pytest.fixture
def soc_dang(evening: datetime) -> Unit:
    return make_commune()


@pytest.fixture
def campaign(soc_dang: Unit) -> Campaign:
    campaign = make_campaign(soc_dang)
    type_in(make_book(soc_dang, total=10, year=1998, book_no="01"), 4)
    type_in(make_book(soc_dang, total=5, year=1997, book_no="01"), 7)
    type_in(make_book(soc_dang, total=None, year=1999, book_no="01"), 3)
    make_book(soc_dang, kind="KH", total=8, year=1990, year_to=1992, book_no="10")
    roll_up()
    return campaign


def read_by(client: Client, role: Role, unit: Unit) -> Client:
    client.force_login(make_person(f"reader-{role}", role, unit))
    return client


def test_it_lists_every_book_of_the_unit_with_what_is_odd_about_it(
    campaign: Campaign, client: Client, soc_dang: Unit
) -> None:
    page = read_by(client, Role.OFFICER, soc_dang).get(ADDRESS).context["page"]
    lines = [(book.quyen_so, book.years, book.total, book.counted, book.excess) for book in page.books]
    assert lines == [
        ("01/1997", "1997", 5, 7, 2),
        ("01/1998", "1998", 10, 4, 0),
        ("01/1999", "1999", None, 3, 0),
        ("10/1990", "1990–1992", 8, 0, 0),
    ]


def test_its_kinds_add_up_to_its_headline(campaign: Campaign, client: Client, soc_dang: Unit) -> None:
    page = read_by(client, Role.CHAIRMAN, make_district()).get(ADDRESS).context["page"]
    assert [figures.done for _, figures in page.kinds] == [9, 0]
    assert page.unit.figures.done == 9
    assert not page.unit.figures.complete


def test_it_takes_at_most_six_queries(campaign: Campaign, client: Client, soc_dang: Unit) -> None:
    reader = read_by(client, Role.OFFICER, soc_dang)
    reader.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(ADDRESS).status_code == 200
    assert len(queries) <= 6, [query["sql"][:90] for query in queries]


@pytest.mark.parametrize(
    ("role", "links"),
    [
        (Role.OFFICER, True),
        (Role.LEADER, True),
        (Role.JUSTICE, True),
        (Role.TASK_FORCE, False),
        (Role.CHAIRMAN, False),
        (Role.ADMINISTRATOR, False),
    ],
)
def test_only_those_who_may_open_the_books_get_links(
    campaign: Campaign, client: Client, soc_dang: Unit, role: Role, links: bool
) -> None:
    at = soc_dang if role in (Role.OFFICER, Role.LEADER) else make_district()
    assert read_by(client, role, at).get(ADDRESS).context["page"].links is links


def test_an_officer_of_another_commune_sees_figures_without_links(campaign: Campaign, client: Client) -> None:
    other = make_commune("Hợp Nhất", "hop-nhat")
    assert not read_by(client, Role.OFFICER, other).get(ADDRESS).context["page"].links


def test_a_helper_sees_no_figures(campaign: Campaign, client: Client, soc_dang: Unit) -> None:
    assert read_by(client, Role.HELPER, soc_dang).get(ADDRESS).status_code == 403


def test_a_unit_outside_the_campaign_has_no_page(campaign: Campaign, client: Client, soc_dang: Unit) -> None:
    make_commune("Vân Du", "van-du")
    assert read_by(client, Role.OFFICER, soc_dang).get("/tien-do/van-du/").status_code == 404


def test_a_long_list_is_paged(
    campaign: Campaign, client: Client, soc_dang: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PAGE", room.PAGE.replace(f"LIMIT {room.PAGE_SIZE + 1}", "LIMIT 3"))
    monkeypatch.setattr(room, "PAGE_SIZE", 2)
    reader = read_by(client, Role.OFFICER, soc_dang)
    first, second = reader.get(ADDRESS).context["page"], reader.get(ADDRESS + "?trang=2").context["page"]
    assert [len(page.books) for page in (first, second)] == [2, 2]
    assert (first.more, second.more) == (True, False)
    assert reader.get(ADDRESS + "?trang=3").status_code == 404
