"""What stands around the dashboard: what is new to one person, courses of units, the wall, the table as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from civreg.lib.spreadsheets import read_workbook
from communes.models import Role, Unit, User
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports.models import Campaign, DailySnapshot, SnapshotRow
from reports.progress.figures import Figures
from reports.progress.read import district_progress
from reports.progress.rollup import roll_up
from reports.room import multiples
from reports.room.choosing import Chosen
from reports.room.since import look
from reports.room.tiles import tile_map
from reports.tests.making import EVENING, make_campaign, type_in

pytestmark = pytest.mark.django_db
ADDRESS = "/tien-do/"


@pytest.fixture
def communes(evening: datetime) -> list[Unit]:
    return [make_commune(), make_commune("Hợp Nhất", "hop-nhat")]


@pytest.fixture
def campaign(communes: list[Unit]) -> Campaign:
    campaign = make_campaign(*communes)
    type_in(make_book(communes[0], total=40), 10)
    type_in(make_book(communes[1], total=600), 100)
    roll_up()
    return campaign


@pytest.fixture
def hoa(communes: list[Unit]) -> User:
    return make_person("hoa", Role.TASK_FORCE, make_district(), name="Nguyễn Thị Hòa")


@pytest.fixture
def browser(client: Client, hoa: User) -> Client:
    client.force_login(hoa)
    return client


def closed(campaign: Campaign, day: int, **done: int) -> None:
    """Publish a day of December with so many entries done in the unit of each slug (with "_" for "-")."""
    taken = datetime(2024, 12, day, 17, tzinfo=EVENING.tzinfo)
    figures = Figures(total=640, done=sum(done.values())).published()
    snapshot = DailySnapshot.objects.create(
        campaign=campaign,
        day=date(2024, 12, day),
        taken_at=taken,
        kind_of="cutoff",
        definition_version=1,
        figures=figures,
        sha256="-",
    )
    for slug, count in done.items():
        unit = Unit.objects.get(slug=slug.replace("_", "-"))
        total = 40 if unit.slug == "soc-dang" else 600
        row = Figures(total=total, done=count).published()
        SnapshotRow.objects.create(snapshot=snapshot, unit=unit, kind="", figures=row)


# -- since you last looked -------------------------------------------------------------------------------
def test_the_first_look_has_nothing_to_compare_with(campaign: Campaign, browser: Client) -> None:
    assert "lần xem trước" not in browser.get(ADDRESS).content.decode()


def test_the_next_day_the_page_says_what_came_meanwhile(
    campaign: Campaign, browser: Client, communes: list[Unit], set_clock: Callable[[datetime], None]
) -> None:
    browser.get(ADDRESS)
    type_in(communes[1].books.get(), 7)
    type_in(communes[0].books.get(), 30)
    roll_up()
    set_clock(EVENING + timedelta(hours=12))
    page = " ".join(browser.get(ADDRESS).content.decode().split())
    assert "+37 hồ sơ ở 2 đơn vị" in page
    assert "Hoàn thành" in page[page.index("lần xem trước") : page.index("live-head")]


def test_opening_the_page_again_within_a_visit_compares_with_the_visit_before(
    campaign: Campaign, hoa: User, communes: list[Unit], set_clock: Callable[[datetime], None]
) -> None:
    look(district_progress(campaign), hoa)
    type_in(communes[1].books.get(), 7)
    roll_up()
    for minutes in (31, 45, 59):
        set_clock(EVENING + timedelta(minutes=minutes))
        since = look(district_progress(campaign), hoa)
        assert since and (since.gained, since.units) == (7, 1)
    set_clock(EVENING + timedelta(minutes=59 + 31))
    since = look(district_progress(campaign), hoa)
    assert since and since.gained == 0


def test_entries_taken_back_are_told_as_less(
    campaign: Campaign, hoa: User, communes: list[Unit], set_clock: Callable[[datetime], None]
) -> None:
    look(district_progress(campaign), hoa)
    entry = type_in(communes[0].books.get(), 1)[0]
    type(entry).objects.filter(book=entry.book).exclude(pk=entry.pk).update(standing="withdrawn")
    roll_up()
    set_clock(EVENING + timedelta(hours=1))
    since = look(district_progress(campaign), hoa)
    assert since and since.gained == -9


def test_everybody_looks_for_themselves(
    campaign: Campaign, hoa: User, set_clock: Callable[[datetime], None]
) -> None:
    look(district_progress(campaign), hoa)
    set_clock(EVENING + timedelta(hours=1))
    assert look(district_progress(campaign), make_person("thu", Role.JUSTICE, make_district())) is None


def test_what_is_asked_every_two_seconds_is_no_look(campaign: Campaign, browser: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        browser.get(ADDRESS, {"ban": "", "luc": ""}, HTTP_HX_REQUEST="true")
    assert not [query for query in queries if "lastlook" in query["sql"]]


# -- the course of each unit -----------------------------------------------------------------------------
def test_each_unit_has_a_picture_of_its_own_measure(campaign: Campaign) -> None:
    for day, half in ((3, 5), (4, 20), (5, 10)):
        closed(campaign, day, soc_dang=half, hop_nhat=half * 15)
    smalls = multiples.Multiples.read(district_progress(campaign), Chosen(campaign, asked=False)).smalls
    assert {small.unit.slug for small in smalls} == {"soc-dang", "hop-nhat"}
    lines = {line for small in smalls for line in small.lines}
    heights = {" ".join(point.split(",")[1] for point in line.split()[:3]) for line in lines}
    assert len(heights) == 1, "the same shares are as high, whatever the totals"


def test_a_day_that_was_not_closed_is_a_gap_in_every_picture(campaign: Campaign) -> None:
    for day in (1, 2, 4):
        closed(campaign, day, soc_dang=day)
    small = next(
        small
        for small in multiples.Multiples.read(
            district_progress(campaign), Chosen(campaign, asked=False)
        ).smalls
        if small.unit.slug == "soc-dang"
    )
    assert [len(line.split()) for line in small.lines] == [2]
    assert len(small.dots) == 1


def test_courses_are_one_question_however_many_units(campaign: Campaign, browser: Client) -> None:
    address = reverse("reports:multiples")
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        assert browser.get(address).status_code == 200
    for number in range(8):
        campaign.campaignunit_set.create(unit=make_commune(f"Xã {number}", f"xa-{number}"))
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few)


def test_the_dashboard_fetches_the_courses_alone(campaign: Campaign, browser: Client) -> None:
    part = browser.get(reverse("reports:multiples"), HTTP_HX_REQUEST="true").content.decode()
    assert 'id="courses"' in part and "<html" not in part


# -- on the wall -----------------------------------------------------------------------------------------
def test_the_big_screen_stays_fresh_by_itself(
    campaign: Campaign, browser: Client, communes: list[Unit]
) -> None:
    address = reverse("reports:screen")
    context = browser.get(address).context
    assert browser.get(
        address, {"ban": context["marks"], "luc": context["moment_mark"]}, HTTP_HX_REQUEST="true"
    ).status_code in (200, 204)
    type_in(communes[1].books.get(), 7)
    roll_up()
    answer = browser.get(address, {"ban": context["marks"], "luc": ""}, HTTP_HX_REQUEST="true")
    assert 'id="live-head" hx-swap-oob="true"' in answer.content.decode()


# -- the table as a file -----------------------------------------------------------------------------------
def taken(browser: Client, form: str) -> bytes:
    answer: Any = browser.get(reverse("reports:dashboard_file"), {"dang": form})
    assert answer["Content-Disposition"].startswith("attachment")
    content = b"".join(answer.streaming_content)
    answer.close()
    return content


def test_the_table_leaves_as_text_with_the_sum_as_its_last_line(campaign: Campaign, browser: Client) -> None:
    lines = list(csv.reader(io.StringIO(taken(browser, "csv").decode("utf-8-sig"))))
    assert len(lines) == 4
    assert lines[0][1] == "Đơn vị" and lines[-1][1] == "Cộng"
    assert [line[lines[0].index("Đã số hóa")] for line in lines[1:]] == ["100", "10", "110"]
    assert "25.0" in lines[2]


def test_the_table_leaves_as_a_workbook_with_figures_one_can_add_up(
    campaign: Campaign, browser: Client, tmp_path: Path
) -> None:
    place = tmp_path / "table.xlsx"
    place.write_bytes(taken(browser, "xlsx"))
    sheet = read_workbook(place)
    column = sheet.rows[0].cells.index("Đã số hóa")
    assert [row.cells[column] for row in sheet.rows[1:]] == [100, 10, 110]


def test_who_may_see_no_figures_takes_none_out(
    campaign: Campaign, client: Client, communes: list[Unit]
) -> None:
    client.force_login(make_person("helper", Role.HELPER, communes[0]))
    for route in ("dashboard_file", "multiples", "screen"):
        assert client.get(reverse(f"reports:{route}")).status_code == 403


def test_without_a_campaign_there_is_nothing_to_take_out(browser: Client) -> None:
    assert browser.get(reverse("reports:dashboard_file")).status_code == 404
    assert browser.get(reverse("reports:multiples")).status_code == 404
    assert browser.get(reverse("reports:screen")).status_code == 200


# -- the map -----------------------------------------------------------------------------------------------
def test_two_units_that_claim_one_place_get_one_each(campaign: Campaign, communes: list[Unit]) -> None:
    Unit.objects.update(map_column=2, map_row=1)
    places = [(tile.x, tile.y) for tile in tile_map(district_progress(campaign).units).tiles]
    assert len(set(places)) == 2


def test_a_long_name_stands_in_two_lines(campaign: Campaign, communes: list[Unit]) -> None:
    Unit.objects.filter(slug="hop-nhat").update(name="Hùng Xuyên Hạ")
    lines = {tile.lines for tile in tile_map(district_progress(campaign).units).tiles}
    assert lines == {("Sóc Đăng",), ("Hùng Xuyên", "Hạ")}
