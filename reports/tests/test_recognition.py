"""Who is recognised: communes that finished ahead, communes that became faster, and never a person."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from civreg.lib import clock
from communes.models import Role, Unit
from digitization.models import Book, BookAcceptance, Status
from digitization.models.acceptance import Verdict
from digitization.tests.making import make_book, make_commune, make_district, make_person, state_total
from reports.campaigns.closing import close
from reports.models import BookDay, Campaign
from reports.progress.days import publish
from reports.progress.figures import Figures
from reports.progress.pace import Pace, State, band_of
from reports.progress.read import Outlook, UnitFigures
from reports.progress.rollup import roll_up
from reports.recognition.merits import Improved, Weeks, most_improved, two_weeks
from reports.tests.making import make_campaign, type_in, typist

pytestmark = pytest.mark.django_db

FIRST, MIDDLE, LAST = date(2024, 11, 21), date(2024, 11, 28), date(2024, 12, 5)
WEEKS = Weeks(first=FIRST, middle=MIDDLE, last=LAST)


def unit_of(number: int, *, total: int = 1000, complete: bool = False) -> UnitFigures:
    figures = Figures(books=1, full_books=int(complete), total=total, done=total if complete else 0)
    outlook = Outlook(
        state=State.ON_TRACK,
        band=band_of(figures),
        required=0,
        per_day=0,
        finish_on=None,
        expected=None,
        people_needed=None,
        idle=timedelta(),
    )
    return UnitFigures(
        unit_id=number,
        parent_id=None,
        slug=f"xa-{number}",
        word="xã",
        name=f"Số {number}",
        map_column=None,
        map_row=None,
        by_kind={},
        figures=figures,
        pace=Pace(),
        outlook=outlook,
        lately=None,
    )


def done(**of: tuple[int, int, int]) -> dict[tuple[int, date], int]:
    return {
        (int(name[1:]), day): count
        for name, counts in of.items()
        for day, count in zip(WEEKS.days, counts, strict=True)
    }


def places(improved: list[Improved]) -> list[tuple[int, int, int]]:
    return [(one.place, one.unit.unit_id, one.rise) for one in improved]


def test_the_rise_is_measured_against_the_work_of_the_unit() -> None:
    # Both rise by 10 a day; for the smaller one it is more.
    units = [unit_of(1, total=1000), unit_of(2, total=4000)]
    ranked = most_improved(units, done(u1=(0, 70, 210), u2=(0, 700, 1470)), WEEKS)
    assert places(ranked) == [(1, 1, 100), (2, 2, 25)]
    assert [(one.before, one.now) for one in ranked] == [(10, 20), (100, 110)]


def test_a_small_unit_counts_as_if_it_had_the_median() -> None:
    units = [unit_of(1, total=20), unit_of(2, total=1000), unit_of(3, total=1000)]
    # Two entries a day more are a tenth of the small unit's work; it counts as 0.2 %, behind 10 of 1,000.
    ranked = most_improved(units, done(u1=(0, 7, 28), u2=(0, 7, 84), u3=(0, 7, 14)), WEEKS)
    assert places(ranked) == [(1, 2, 100), (2, 1, 20)]


def test_who_shows_the_same_shares_a_place_and_the_next_place_is_left_out() -> None:
    units = [unit_of(1), unit_of(2), unit_of(3)]
    ranked = most_improved(units, done(u1=(0, 7, 84), u2=(0, 70, 210), u3=(0, 7, 49)), WEEKS)
    assert places(ranked) == [(1, 1, 100), (1, 2, 100), (3, 3, 50)]


def test_complete_units_and_slower_ones_are_left_out() -> None:
    units = [unit_of(1, complete=True), unit_of(2), unit_of(3)]
    ranked = most_improved(units, done(u1=(0, 0, 900), u2=(0, 70, 140), u3=(0, 140, 150)), WEEKS)
    assert ranked == []


def test_a_unit_without_a_count_two_weeks_ago_is_left_out() -> None:
    counts = done(u1=(0, 7, 84))
    assert most_improved([unit_of(1), unit_of(2)], counts | {(2, LAST): 500}, WEEKS)[0].unit.unit_id == 1


def test_who_stood_still_and_begins_again_is_no_example() -> None:
    units = [unit_of(1), unit_of(2)]
    ranked = most_improved(units, done(u1=(50, 50, 400), u2=(0, 70, 147)), WEEKS)
    assert places(ranked) == [(1, 2, 10)]


def test_nobody_is_ranked_where_nothing_is_to_digitize() -> None:
    assert most_improved([unit_of(1, total=0)], done(u1=(0, 0, 0)), WEEKS) == []


@pytest.mark.parametrize(
    ("missed", "expected"),
    [
        ([], WEEKS),
        ([MIDDLE], Weeks(first=date(2024, 11, 20), middle=date(2024, 11, 27), last=LAST)),
        ([LAST], Weeks(first=date(2024, 11, 20), middle=date(2024, 11, 27), last=date(2024, 12, 4))),
    ],
)
def test_missed_days_are_stepped_over(missed: list[date], expected: Weeks) -> None:
    closed = [date(2024, 11, 17) + timedelta(days=days) for days in range(19)]
    assert two_weeks(set(closed) - set(missed), open_day=date(2024, 12, 6)) == expected


def test_thirteen_days_are_too_few() -> None:
    closed = [date(2024, 11, 22) + timedelta(days=days) for days in range(14)]
    assert two_weeks(closed, open_day=date(2024, 12, 6)) is None
    assert two_weeks([date(2024, 11, 21), *closed], open_day=date(2024, 12, 6)) == WEEKS


# ---- the pages ----


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2024, 12, day, hour, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def communes(evening: datetime) -> list[Unit]:
    names = [("Sóc Đăng", "soc-dang"), ("Hợp Nhất", "hop-nhat"), ("Vụ Quang", "vu-quang")]
    return [make_commune(name, slug) for name, slug in names]


@pytest.fixture
def campaign(communes: list[Unit]) -> Campaign:
    """Vụ Quang finished before Sóc Đăng; Hợp Nhất goes faster than it did."""
    campaign = make_campaign(*communes)
    soc_dang, hop_nhat, vu_quang = communes
    type_in(make_book(soc_dang, total=4), 4, at=at(4))
    accepted = make_book(vu_quang, total=5)
    type_in(accepted, 3, at=at(2), status=Status.ENTERED)
    type_in(accepted, 2, at=at(3))
    BookAcceptance.objects.create(book=accepted, at=at(4), by=typist(), verdict=Verdict.ACCEPTED, figures={})
    growing = make_book(hop_nhat, total=100)
    type_in(growing, 50, at=at(5))
    for day, counted in ((FIRST, 0), (MIDDLE, 7), (LAST, 50)):
        publish(
            campaign,
            day=day,
            taken_at=campaign.cutoff_of(day),
            figures={(unit.pk, "KS"): Figures(books=1) for unit in communes},
        )
        BookDay.objects.create(
            book=growing, day=day, counted=counted, checked=0, approved=0, transferred=0, custodian=hop_nhat
        )
    roll_up()
    return campaign


def reader(role: Role = Role.PROVINCE) -> Client:
    client = Client()
    client.force_login(make_person(f"reader-{role}", role, make_district(), name="Người Đọc Trang"))
    return client


def page_of(client: Client) -> Any:
    return client.get("/bieu-duong/").context["page"]


def test_they_stand_in_the_order_in_which_they_finished_with_the_evidence(campaign: Campaign) -> None:
    page = page_of(reader())
    assert [(one.unit.slug, one.finished_at, one.days_ahead) for one in page.finished] == [
        ("vu-quang", at(3), 12),
        ("soc-dang", at(4), 11),
    ]
    assert [one.accepted_books for one in page.finished] == [1, 0]
    assert [one.sample for one in page.finished] == [None, None]


def test_a_withdrawn_acceptance_is_no_evidence(campaign: Campaign) -> None:
    book = BookAcceptance.objects.get().book
    BookAcceptance.objects.create(
        book=book, at=at(5), by=typist(), verdict=Verdict.WITHDRAWN, figures={}, note="Kiểm lại"
    )
    assert page_of(reader()).finished[0].accepted_books == 0


def test_a_closed_campaign_shows_what_stood_when_it_was_closed(
    campaign: Campaign, communes: list[Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Afterwards an acceptance is withdrawn, another given, a total stated anew and both books handed over."""
    client = reader()
    accepted = BookAcceptance.objects.get().book
    later = Book.objects.get(custodian=communes[0])
    growing = Book.objects.get(custodian=communes[1])
    close(by=typist(), campaign=campaign, reason="Hết hạn", intent=uuid4())
    closed_at = Campaign.objects.get().closed_at
    assert closed_at
    monkeypatch.setattr(clock, "now", lambda: closed_at + timedelta(days=1))
    for book, verdict in ((accepted, Verdict.WITHDRAWN), (later, Verdict.ACCEPTED)):
        BookAcceptance.objects.create(
            book=book, at=clock.now(), by=typist(), verdict=verdict, figures={}, note="Sau khi đóng"
        )
    state_total(growing, 10)
    Book.objects.filter(pk__in=[accepted.pk, growing.pk]).update(custodian=communes[0])
    told = page_of(client)
    assert [(one.unit.slug, one.accepted_books, one.unit.figures.total) for one in told.finished] == [
        ("vu-quang", 1, 5),
        ("soc-dang", 0, 4),
    ]
    assert [(one.unit.slug, one.before, one.now, one.rise) for one in told.improved] == [
        ("hop-nhat", 1, 6, 514)
    ]
    assert told.as_of == closed_at


def test_who_becomes_faster_is_named_by_the_rule(campaign: Campaign) -> None:
    (one,) = page_of(reader()).improved
    assert (one.unit.slug, one.place, one.before, one.now) == ("hop-nhat", 1, 1, 6)
    # (43 - 7) / 7 entries a day more, of 100.
    assert one.rise == 514


def test_a_commune_that_joined_later_is_left_out(campaign: Campaign, communes: list[Unit]) -> None:
    late = make_commune("Yên Kiện", "yen-kien")
    campaign.campaignunit_set.create(unit=late)
    book = make_book(late, total=100, book_no="07")
    BookDay.objects.create(
        book=book, day=LAST, counted=90, checked=0, approved=0, transferred=0, custodian=late
    )
    roll_up()
    assert [one.unit.slug for one in page_of(reader()).improved] == ["hop-nhat"]


def test_who_finishes_on_the_day_of_the_deadline_is_in_time_but_not_ahead(
    campaign: Campaign, communes: list[Unit]
) -> None:
    type_in(make_book(communes[0], total=1, book_no="03"), 1, at=at(14, 18))
    roll_up()
    assert [one.unit.slug for one in page_of(reader()).finished] == ["vu-quang"]


def test_who_was_complete_before_the_campaign_began_finished_nothing_in_it(
    campaign: Campaign, communes: list[Unit]
) -> None:
    early = make_commune("Yên Kiện", "yen-kien")
    campaign.campaignunit_set.create(unit=early)
    type_in(make_book(early, total=1, book_no="07"), 1, at=datetime(2024, 11, 10, 9, tzinfo=clock.VIETNAM))
    roll_up()
    assert "yen-kien" not in [one.unit.slug for one in page_of(reader()).finished]


def test_no_person_is_named_on_the_annex_or_in_the_file(campaign: Campaign) -> None:
    client = reader()
    annex = client.get("/bieu-duong/phu-luc/").content.decode()
    table = client.get("/bieu-duong/tep/?dang=csv").getvalue().decode("utf-8-sig")
    for words in (annex, table):
        assert "Xã Vụ Quang" in words
        for name in (typist().name, "Người Đọc Trang"):
            assert name not in words


def test_the_file_has_both_lists_with_their_figures(campaign: Campaign) -> None:
    text = reader().get("/bieu-duong/tep/?dang=csv").getvalue().decode("utf-8-sig")
    _head, first, second, third = csv.reader(io.StringIO(text))
    assert first[1:6] == ["1", "Xã Vụ Quang", "5", "03/12/2024 10:00", "12"]
    assert second[2] == "Xã Sóc Đăng"
    assert third[1:3] == ["1", "Xã Hợp Nhất"]
    assert third[-3:] == ["1", "6", "5.14"]


def test_the_workbook_opens(campaign: Campaign) -> None:
    answer = reader().get("/bieu-duong/tep/")
    assert answer.getvalue()[:2] == b"PK"


def test_before_anybody_finished_the_page_says_so(communes: list[Unit]) -> None:
    make_campaign(*communes)
    roll_up()
    text = reader().get("/bieu-duong/").content.decode()
    assert "Chưa có xã nào hoàn thành trước thời hạn" in text
    assert "hai lần bảy ngày" in text
    assert (
        "Chưa có đơn vị nào đủ điều kiện"
        in reader(Role.CHAIRMAN).get("/bieu-duong/phu-luc/").content.decode()
    )


def test_without_a_campaign_there_is_no_annex(evening: datetime) -> None:
    client = reader()
    assert client.get("/bieu-duong/").status_code == 200
    assert client.get("/bieu-duong/phu-luc/").status_code == 404
    assert client.get("/bieu-duong/tep/").status_code == 404
