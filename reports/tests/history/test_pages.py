"""The history in the browser: days in their places, one day as published, two days beside each other."""

from __future__ import annotations

import io
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from civreg.lib import clock
from communes.models import Level, Role, Succession, Unit, User
from digitization.models import Book
from digitization.tests.lists.reading import as_user
from digitization.tests.making import make_book, make_district, make_person, state_total
from reports import tasks
from reports.models import Campaign, DailySnapshot
from reports.past.comparing import Comparison
from reports.past.day import DayPage
from reports.progress.days import close_day
from reports.progress.figures import Figures
from reports.progress.moments import take_snapshot
from reports.tests.conftest import SetClock
from reports.tests.history.making import dec, hand_over, work
from reports.tests.making import type_in


@pytest.fixture
def chief(db: None) -> User:
    return make_person("chief", Role.TASK_FORCE, make_district())


@pytest.fixture
def desk(chief: User) -> Client:
    return in_english(chief)


def in_english(user: User) -> Client:
    client = as_user(user)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def campaign(campaign: Campaign) -> Campaign:
    campaign.starts = date(2024, 12, 1)
    campaign.save()
    return campaign


def close(at: SetClock, day: int) -> None:
    at(dec(day, 17, 0, 10))
    assert close_day(Campaign.objects.get(), clock.now())


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_before_any_day_has_ended_the_list_says_when_the_first_will(
    campaign: Campaign, desk: Client, at: SetClock
) -> None:
    at(dec(1, 9))
    assert "The first figures are frozen at 17:00" in text(desk, "/tien-do/lich-su/")


def test_days_stand_in_order_with_what_they_brought_and_missing_ones_in_their_place(
    campaign: Campaign, commune: Unit, desk: Client, at: SetClock
) -> None:
    at(dec(1, 9))
    book = make_book(commune)
    work(book, 4)
    close(at, 1)
    close(at, 3)
    at(dec(4, 9))
    page = text(desk, "/tien-do/lich-su/")
    places = [page.index(f"/tien-do/ngay/2024-12-0{day}/") for day in (3, 2, 1)]
    assert places == sorted(places)
    assert "Missing" in page
    assert "1 day is missing" in page
    assert "Rebuild them now" in page


def test_who_only_reads_has_no_buttons_that_write(campaign: Campaign, commune: Unit, at: SetClock) -> None:
    at(dec(4, 9))
    reader = in_english(make_person("reader", Role.OFFICER, commune))
    page = text(reader, "/tien-do/lich-su/")
    assert "Rebuild them now" not in page
    assert "Freeze the figures of now" not in page


def test_the_task_force_rebuilds_what_is_missing_and_is_told_what_cannot_be(
    campaign: Campaign, commune: Unit, desk: Client, at: SetClock
) -> None:
    at(dec(2, 9))
    type_in(make_book(commune), 3, at=dec(2, 9))
    at(dec(2, 18))
    answer = desk.post("/tien-do/lich-su/tinh-lai/", {"campaign": campaign.pk}, follow=True)
    said = answer.content.decode()
    assert "1 day was rebuilt." in said
    assert "1 day stays missing" in said
    assert "of 3 entries typed by then nothing is written down" in said
    assert "Rebuilt" in said


def test_the_task_force_freezes_a_moment(
    campaign: Campaign, commune: Unit, desk: Client, chief: User, at: SetClock
) -> None:
    at(dec(5, 10))
    work(make_book(commune), 2)
    form = {"intent": str(uuid4()), "campaign": campaign.pk}
    for _ in range(2):
        answer = desk.post("/tien-do/lich-su/chot-ngay/", form, follow=True)
        assert answer.status_code == 200
    taken = DailySnapshot.objects.get()
    assert taken.by == chief
    page = text(desk, "/tien-do/ngay/2024-12-05/?ban=1")
    assert "A moment within the day" in page


@pytest.mark.parametrize(
    "address", ["lich-su/tinh-lai/", "lich-su/chot-ngay/", "ngay/2024-12-01/dinh-chinh/"]
)
def test_nobody_changes_the_history_of_another_offices_campaign_or_of_a_closed_one(
    campaign: Campaign, desk: Client, at: SetClock, address: str
) -> None:
    at(dec(1, 9))
    close(at, 1)
    at(dec(3, 9))
    form = {"reason": "x", "intent": str(uuid4()), "campaign": campaign.pk}
    elsewhere = make_district("Lâm Thao", "huyen-lam-thao")
    stranger = in_english(make_person("stranger", Role.TASK_FORCE, elsewhere))
    assert stranger.post(f"/tien-do/{address}", form).status_code == 404
    assert desk.post(f"/tien-do/{address}", {**form, "campaign": campaign.pk + 1}).status_code == 404
    Campaign.objects.filter(pk=campaign.pk).update(closed=True, closed_at=dec(3, 9))
    assert desk.post(f"/tien-do/{address}", form).status_code == 404
    assert DailySnapshot.objects.count() == 1


def test_a_missing_day_says_so_and_a_day_outside_of_the_campaign_is_nowhere(
    campaign: Campaign, desk: Client, at: SetClock
) -> None:
    at(dec(4, 9))
    assert "This day is missing" in text(desk, "/tien-do/ngay/2024-12-02/")
    for address in ("2024-11-30", "2024-12-20", "2024-12-04", "hom-qua", "2024-13-01"):
        text(desk, f"/tien-do/ngay/{address}/", 404)
    text(desk, "/tien-do/ngay/2024-12-02/?ban=3", 404)


def test_a_rebuilt_day_is_labelled_on_its_page(campaign: Campaign, desk: Client, at: SetClock) -> None:
    at(dec(2, 9))
    tasks.rebuild_days()
    assert "Rebuilt: nobody closed this day in time" in text(desk, "/tien-do/ngay/2024-12-01/")


def test_a_correction_without_a_reason_keeps_the_form_and_says_what_is_missing(
    campaign: Campaign, desk: Client, at: SetClock
) -> None:
    close(at, 1)
    at(dec(2, 9))
    answer = desk.post("/tien-do/ngay/2024-12-01/dinh-chinh/", {"reason": "  ", "campaign": campaign.pk})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_corrected_day_shows_which_revision_is_in_force(
    campaign: Campaign, commune: Unit, desk: Client, at: SetClock
) -> None:
    at(dec(1, 17, 2))
    work(make_book(commune), 4)
    at(dec(1, 17, 9))
    close_day(campaign, clock.now())
    at(dec(2, 9))
    desk.post(
        "/tien-do/ngay/2024-12-01/dinh-chinh/",
        {"reason": "Closed late", "intent": str(uuid4()), "campaign": campaign.pk},
    )
    page = text(desk, "/tien-do/ngay/2024-12-01/")
    assert "Closed late" in page
    assert "revision 2, in force" in " ".join(page.split())
    assert "Revision 2 is in force" in text(desk, "/tien-do/ngay/2024-12-01/?ban=1")


def merged(commune: Unit, neighbour: Unit, on: date) -> Unit:
    """Merge two communes into a new one, which takes part in the campaign and gets their books."""
    heir = Unit.objects.create(
        slug="xa-moi", level=Level.COMMUNE, kind="xã", name="Đoan Sơn", parent=make_district(), valid_from=on
    )
    for former in (commune, neighbour):
        Succession.objects.create(
            predecessor=former, successor=heir, on_date=on, kind=Succession.Kind.MERGE, legal_basis="NQ 01"
        )
        Unit.objects.filter(pk=former.pk).update(valid_to=on)
    Campaign.objects.get().campaignunit_set.create(unit=heir)
    for book in Book.objects.filter(custodian__in=[commune, neighbour]):
        hand_over(book, heir)
    return heir


def test_a_past_day_is_shown_by_its_own_units_and_by_those_of_today_with_the_same_sum(
    campaign: Campaign, commune: Unit, neighbour: Unit, at: SetClock
) -> None:
    at(dec(1, 9))
    work(make_book(commune), 4)
    work(make_book(neighbour), 3)
    close(at, 1)
    at(dec(2, 9))
    heir = merged(commune, neighbour, date(2024, 12, 2))
    then, today = (
        DayPage.read(campaign, date(2024, 12, 1), revision=0, today=today) for today in (False, True)
    )
    assert then is not None and today is not None
    assert [(line.unit, line.figures.done) for line in then.lines] == [(neighbour, 3), (commune, 4)]
    assert [(line.unit, line.figures.done) for line in today.lines] == [(heir, 7)]
    assert set(today.lines[0].former) == {commune, neighbour}
    for page in (then, today):
        whole = Figures.sum(line.figures for line in page.lines)
        assert whole == page.figures


def test_a_merger_is_no_handover_and_a_handover_is_no_production(
    campaign: Campaign, commune: Unit, neighbour: Unit, at: SetClock
) -> None:
    at(dec(1, 9))
    kept, given = make_book(commune, total=10), make_book(commune, total=20)
    work(kept, 4)
    work(given, 6)
    close(at, 1)
    at(dec(2, 9))
    hand_over(given, neighbour)
    work(given, 1)
    work(kept, 2)
    state_total(kept, 3)
    close(at, 2)
    asked = {"tu": "2024-12-01", "den": "2024-12-02"}
    rows = {row.unit: row for row in Comparison.read(campaign, asked).rows}
    giver, taker = rows[commune], rows[neighbour]
    assert giver.causes is not None and taker.causes is not None
    # Ten of twelve were left at a total of three: what lies above counts for nothing.
    assert (giver.change, giver.causes.produced, giver.causes.handed, giver.causes.restated) == (
        -7,
        0,
        -6,
        -1,
    )
    assert (taker.change, taker.causes.produced, taker.causes.handed, taker.causes.restated) == (7, 1, 6, 0)
    assert (giver.causes.total_handed, giver.causes.total_restated, giver.total_change) == (-20, -7, -27)
    assert (giver.other, taker.other) == (0, 0)
    at(dec(3, 9))
    heir = merged(commune, neighbour, date(2024, 12, 3))
    work(kept, 0)
    close(at, 3)
    later = Comparison.read(campaign, {"tu": "2024-12-01", "den": "2024-12-03"})
    (row,) = later.rows
    assert (row.unit, row.change) == (heir, 0)
    assert row.causes is not None
    assert (row.causes.produced, row.causes.handed, row.causes.restated, row.other) == (1, 0, -1, 0)
    assert (later.sum.change, later.sum.causes) == (row.change, row.causes)


def test_the_causes_add_up_to_the_change_for_every_pair_of_days(
    campaign: Campaign, commune: Unit, neighbour: Unit, at: SetClock
) -> None:
    at(dec(1, 9))
    books = [make_book(unit, total=total) for unit in (commune, neighbour) for total in (5, 9, None)]
    for day in range(1, 6):
        at(dec(day, 10))
        work(books[day], 2 * day)
        hand_over(books[day - 1], neighbour if day % 2 else commune)
        state_total(books[5 - day], 3 + day)
        if day == 4:
            hand_over(books[0], make_district())
        close(at, day)
    for then in range(1, 5):
        for now in range(then + 1, 6):
            asked = {"tu": f"2024-12-0{then}", "den": f"2024-12-0{now}"}
            page = Comparison.read(campaign, asked)
            assert [row.other for row in page.rows] == [0, 0], asked
            assert sum(row.change or 0 for row in page.rows) == page.sum.change


def test_a_moment_is_compared_without_telling_causes_apart(
    campaign: Campaign, commune: Unit, chief: User, desk: Client, at: SetClock
) -> None:
    at(dec(1, 9))
    book = make_book(commune)
    close(at, 1)
    at(dec(2, 9))
    work(book, 5)
    take_snapshot(by=chief, campaign=campaign, intent=uuid4())
    page = Comparison.read(campaign, {"tu": "2024-12-01", "den": "2024-12-02.1"})
    assert (page.sum.change, page.sum.causes, page.told_apart) == (5, None, False)
    said = text(desk, "/tien-do/so-sanh/?tu=2024-12-01&den=2024-12-02.1")
    assert "for a moment within a day" in said


def test_a_missing_day_is_named_missing_in_page_and_file(
    campaign: Campaign, desk: Client, at: SetClock
) -> None:
    close(at, 1)
    at(dec(3, 9))
    query = "?tu=2024-12-01&den=2024-12-02"
    assert "No figures to compare with: 02/12/2024, Missing" in text(desk, f"/tien-do/so-sanh/{query}")
    file = desk.get(f"/tien-do/so-sanh/tep/{query}&dang=csv")
    assert "Digitized (02/12/2024, Missing)" in b"".join(file).decode()


@pytest.mark.parametrize("asked", ["", "?tu=x&den=2024-99-99&sap=y", "?tu=2024-12-02&den=2024-12-01.77"])
def test_any_address_at_all_is_answered(asked: str, campaign: Campaign, desk: Client, at: SetClock) -> None:
    close(at, 1)
    text(desk, f"/tien-do/so-sanh/{asked}")


def test_the_list_of_days_leaves_as_a_workbook_with_its_labels(
    campaign: Campaign, commune: Unit, desk: Client, at: SetClock
) -> None:
    at(dec(1, 9))
    work(make_book(commune, total=8), 2)
    at(dec(1, 18))
    tasks.rebuild_days()
    close(at, 2)
    at(dec(4, 9))
    answer = desk.get("/tien-do/lich-su/tep/?dang=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == ["Figures", "Missing", "Cut-off", "Rebuilt"]
    assert rows[3][3:6] == [8, 2, 25]


def test_a_spoilt_snapshot_is_shown_as_such(
    campaign: Campaign, desk: Client, at: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(at, 1)
    at(dec(2, 9))
    monkeypatch.setattr("reports.past.day.is_intact", lambda snapshot: False)
    monkeypatch.setattr("reports.past.listing.is_intact", lambda snapshot: False)
    assert "no longer what was frozen" in text(desk, "/tien-do/ngay/2024-12-01/")
    assert "CHANGED" in text(desk, "/tien-do/lich-su/")


def test_the_pages_ask_few_queries_however_many_units_there_are(
    campaign: Campaign, desk: Client, at: SetClock, django_assert_max_num_queries: object
) -> None:
    close(at, 1)
    close(at, 2)
    at(dec(3, 9))
    for address in ("/tien-do/lich-su/", "/tien-do/ngay/2024-12-01/", "/tien-do/so-sanh/"):
        with django_assert_max_num_queries(14):  # type: ignore[operator]
            text(desk, address)


def test_a_day_is_compared_with_a_week_before_it_unless_another_is_chosen(
    campaign: Campaign, at: SetClock
) -> None:
    for day in range(1, 11):
        close(at, day)
    for asked, ends in (({}, (3, 10)), ({"den": "2024-12-09"}, (2, 9)), ({"tu": "2024-12-10"}, (10, 10))):
        page = Comparison.read(campaign, asked)
        assert page.then is not None and page.now is not None
        assert (page.then.day.day, page.now.day.day) == ends


def test_a_later_day_asked_for_first_is_still_the_later_one(campaign: Campaign, at: SetClock) -> None:
    close(at, 1)
    close(at, 2)
    page = Comparison.read(campaign, {"tu": "2024-12-02", "den": "2024-12-01"})
    assert (page.asked_then, page.asked_now) == ("2024-12-01", "2024-12-02")


def test_what_cannot_be_corrected_says_so_on_a_missing_day(
    campaign: Campaign, desk: Client, at: SetClock
) -> None:
    at(dec(3, 9))
    answer = desk.post(
        "/tien-do/ngay/2024-12-01/dinh-chinh/",
        {"reason": "Why not", "intent": str(uuid4()), "campaign": campaign.pk},
    )
    assert answer.status_code == 422
    assert "so there is nothing to correct" in answer.content.decode()
