"""The dashboard: the number first, in at most six queries, and fresh without being reloaded."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes.models import Role, Unit
from digitization.models import Status
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports.models import Campaign, DailySnapshot, RollupState
from reports.progress.figures import Figures
from reports.progress.rollup import roll_up
from reports.room import orders
from reports.room.live import LivePage, marks_of
from reports.tests.making import EVENING, make_campaign, type_in

pytestmark = pytest.mark.django_db
ADDRESS = "/tien-do/"


@pytest.fixture
def communes(evening: datetime) -> list[Unit]:
    return [make_commune(), make_commune("Hợp Nhất", "hop-nhat"), make_commune("Ca Đình", "ca-dinh")]


@pytest.fixture
def campaign(communes: list[Unit]) -> Campaign:
    campaign = make_campaign(*communes)
    type_in(make_book(communes[0], total=4), 4, status=Status.APPROVED)
    type_in(make_book(communes[1], total=600), 100)
    type_in(make_book(communes[2], total=2486), 2485, status=Status.CHECKED)
    for day in (3, 4, 5):
        DailySnapshot.objects.create(
            campaign=campaign,
            day=date(2024, 12, day),
            taken_at=EVENING,
            kind_of="cutoff",
            definition_version=1,
            figures=Figures(total=3090, done=500 * day).published(),
            sha256="-",
        )
    roll_up()
    return campaign


@pytest.fixture
def task_force(client: Client, communes: list[Unit]) -> Client:
    client.force_login(make_person("taskforce", Role.TASK_FORCE, make_district()))
    return client


def test_it_shows_the_sum_of_the_district_truncated(campaign: Campaign, task_force: Client) -> None:
    text = task_force.get(ADDRESS).content.decode()
    assert '<strong id="headline-done">2.589</strong>' in text
    assert '<strong id="headline-percent">83\u00a0%</strong>' in text
    assert "99,9" in text


def test_it_takes_at_most_six_queries(campaign: Campaign, task_force: Client) -> None:
    task_force.get(ADDRESS)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert task_force.get(ADDRESS).status_code == 200
    assert len(queries) <= 6, [query["sql"][:90] for query in queries]


def test_its_queries_do_not_grow_with_the_units(campaign: Campaign, task_force: Client) -> None:
    task_force.get(ADDRESS)
    for number in range(10):
        campaign.campaignunit_set.create(unit=make_commune(f"Xã {number}", f"xa-{number}"))
    with CaptureQueriesContext(connection) as queries:
        task_force.get(ADDRESS)
    assert len(queries) <= 6


def test_units_stand_in_the_order_asked_for(campaign: Campaign, task_force: Client) -> None:
    def order(address: str) -> list[str]:
        page = task_force.get(address).context["page"]
        return [row.unit.slug for row in page.rows]

    assert order(ADDRESS + "?sap=ten") == ["ca-dinh", "hop-nhat", "soc-dang"]
    assert order(ADDRESS + "?sap=con-lai") == ["hop-nhat", "ca-dinh", "soc-dang"]
    assert order(ADDRESS + "?sap=-con-lai") == ["soc-dang", "ca-dinh", "hop-nhat"]
    assert order(ADDRESS + "?sap=ty-le") == ["hop-nhat", "ca-dinh", "soc-dang"]
    assert order(ADDRESS + "?sap=nonsense")[-1] == "soc-dang"
    assert order(ADDRESS + "?sap=--con-lai") == order(ADDRESS)


@pytest.mark.parametrize("word", list(orders.ORDERS))
def test_every_head_orders_the_table_and_says_which_way(
    campaign: Campaign, task_force: Client, word: str
) -> None:
    there = task_force.get(ADDRESS, {"sap": word})
    back = task_force.get(ADDRESS, {"sap": f"-{word}"})
    ways = {page.context["page"].heads[word.replace("-", "_")].sort for page in (there, back)}
    assert ways == {"ascending", "descending"}
    assert f'href="?sap=-{word}#units"' in there.content.decode()
    rows = [[row.unit.slug for row in page.context["page"].rows] for page in (there, back)]
    assert sorted(rows[0]) == sorted(rows[1])
    assert rows[0] != rows[1] or word in ("can", "dang", "xong", "gan-nhat", "trang-thai")


def test_the_curve_knows_the_closed_days(campaign: Campaign, task_force: Client) -> None:
    page = task_force.get(ADDRESS).context["page"]
    assert [done for _, done in page.closed] == [1500, 2000, 2500]


def test_a_later_revision_of_a_day_replaces_the_first(campaign: Campaign, task_force: Client) -> None:
    first = DailySnapshot.objects.get(day=date(2024, 12, 5))
    DailySnapshot.objects.create(
        campaign=campaign,
        day=first.day,
        taken_at=EVENING,
        revision=2,
        kind_of="rebuilt",
        definition_version=1,
        figures=Figures(total=3090, done=2400).published(),
        sha256="-",
    )
    assert task_force.get(ADDRESS).context["page"].closed[-1] == (first.day, 2400)


def test_numbers_on_svg_attributes_are_never_localized(campaign: Campaign, task_force: Client) -> None:
    text = task_force.get(ADDRESS).content.decode()
    picture = text[text.index('<svg class="chart') : text.index("</svg>", text.index('<svg class="chart'))]
    assert 'viewBox="0 0 760 300"' in picture
    assert 'viewBox="0 0 3090 10"' in text


def test_there_is_no_inline_style_or_script(campaign: Campaign, task_force: Client) -> None:
    text = task_force.get(ADDRESS).content.decode()
    assert "style=" not in text
    assert "<script>" not in text


def test_a_helper_has_no_dashboard(campaign: Campaign, client: Client, communes: list[Unit]) -> None:
    client.force_login(make_person("helper", Role.HELPER, communes[0]))
    assert client.get(ADDRESS).status_code == 403


def test_a_stranger_is_sent_to_the_door(campaign: Campaign, client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302


def test_without_a_campaign_it_says_so(task_force: Client) -> None:
    assert task_force.get(ADDRESS).status_code == 200


def test_it_prints_how_old_its_figures_are(campaign: Campaign, task_force: Client) -> None:
    RollupState.objects.update(checked_at=F("checked_at") - timedelta(minutes=3))
    response = task_force.get(ADDRESS)
    assert response.context["page"].progress.stale
    assert "notice-warn" in response.content.decode()


def poll(client: Client, page: LivePage, moment: str) -> tuple[int, str]:
    marks = marks_of(page)
    response = client.get(ADDRESS, {"sap": "ten", "ban": marks, "luc": moment}, HTTP_HX_REQUEST="true")
    return response.status_code, response.content.decode()


def test_a_poll_with_nothing_new_answers_nothing(campaign: Campaign, task_force: Client) -> None:
    context = task_force.get(ADDRESS + "?sap=ten").context
    assert poll(task_force, context["page"], context["moment_mark"]) == (204, "")


def test_a_poll_after_a_quiet_roll_up_brings_only_the_time(campaign: Campaign, task_force: Client) -> None:
    context = task_force.get(ADDRESS + "?sap=ten").context
    RollupState.objects.update(checked_at=F("checked_at") + timedelta(seconds=5))
    status, text = poll(task_force, context["page"], context["moment_mark"])
    assert status == 200
    assert 'id="freshness"' in text
    assert "hx-swap-oob" not in text


def test_a_poll_after_a_save_brings_the_new_figures(
    campaign: Campaign, task_force: Client, communes: list[Unit]
) -> None:
    context = task_force.get(ADDRESS + "?sap=ten").context
    type_in(make_book(communes[1], total=1), 1)
    roll_up()
    _, text = poll(task_force, context["page"], context["moment_mark"])
    assert 'id="live-head" hx-swap-oob="true"' in text
    assert "2.590" in text


def test_a_poll_brings_only_the_parts_that_changed(
    campaign: Campaign, task_force: Client, communes: list[Unit]
) -> None:
    # 102 of 600, 2,591 of 3,090: the next entry changes neither a whole percent nor a tenth of one.
    type_in(communes[1].books.get(), 2)
    roll_up()
    context = task_force.get(ADDRESS + "?sap=ten").context
    type_in(communes[1].books.get(), 1)
    roll_up()
    _, text = poll(task_force, context["page"], context["moment_mark"])
    swapped = re.findall(r'id="([^"]+)" hx-swap-oob="true"', text)
    # One entry of 3,000 moves no tile and no line.
    other = communes[1].slug
    assert swapped == ["live-head", f"unit-{other}", "units-sum", "chain-KS", "chain-sum"]


def test_a_poll_brings_the_whole_table_where_the_communes_stand_in_another_order(
    campaign: Campaign, task_force: Client, communes: list[Unit]
) -> None:
    context = task_force.get(ADDRESS + "?sap=ten").context
    marks = marks_of(context["page"])
    response = task_force.get(ADDRESS, {"sap": "-ten", "ban": marks, "luc": ""}, HTTP_HX_REQUEST="true")
    text = response.content.decode()
    assert re.findall(r'id="([^"]+)" hx-swap-oob="true"', text) == ["units"]
    assert text.count('id="unit-') == len(communes)


def test_a_page_kept_open_since_the_product_was_renewed_gets_every_part(
    campaign: Campaign, task_force: Client
) -> None:
    response = task_force.get(ADDRESS, {"ban": "of-an-older-release", "luc": ""}, HTTP_HX_REQUEST="true")
    assert response.content.decode().count("hx-swap-oob") == 6


def test_a_poll_of_somebody_logged_out_reloads_the_page(campaign: Campaign, client: Client) -> None:
    response = client.get(ADDRESS, HTTP_HX_REQUEST="true")
    assert response["HX-Refresh"] == "true"
