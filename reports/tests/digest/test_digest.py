"""The daily digest says what was published at the cut-off, to each reader their part, and goes out once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from civreg import env
from civreg.lib.clock import VIETNAM
from communes.models import Mail, Notice, Role, Unit, User
from communes.notices import sending
from digitization.models import Book
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports import tasks
from reports.digest.published import published_day, published_days
from reports.models import Campaign, DailySnapshot
from reports.progress.pace import State
from reports.tests.conftest import SetClock
from reports.tests.making import make_campaign, type_in

pytestmark = pytest.mark.django_db
PAGE = "/tong-hop/"


def at(day: int, hour: int = 17, minute: int = 0, second: int = 20) -> datetime:
    return datetime(2024, 12, day, hour, minute, second, tzinfo=VIETNAM)


def close(day: int, set_clock: SetClock) -> None:
    set_clock(at(day))
    tasks.cut_off()


@pytest.fixture
def communes() -> tuple[Unit, Unit]:
    return make_commune(), make_commune("Hợp Nhất", "hop-nhat")


@pytest.fixture
def books(communes: tuple[Unit, Unit]) -> tuple[Book, Book]:
    return make_book(communes[0], total=100), make_book(communes[1], total=1000)


@pytest.fixture
def campaign(communes: tuple[Unit, Unit], books: tuple[Book, Book], set_clock: SetClock) -> Campaign:
    """A campaign with two closed days: Sóc Đăng went from 10 to 60 of 100, Hợp Nhất from 1 to 3 of 1000."""
    campaign = make_campaign(*communes)
    type_in(books[0], 10, at=at(4, 9))
    type_in(books[1], 1, at=at(4, 9))
    close(4, set_clock)
    type_in(books[0], 50, at=at(5, 9))
    type_in(books[1], 2, at=at(5, 9))
    close(5, set_clock)
    return campaign


def desk_of(person: User) -> Client:
    desk = Client()
    desk.force_login(person)
    return desk


@pytest.fixture
def chairman() -> User:
    return make_person("chairman", Role.CHAIRMAN, make_district())


def test_it_tells_the_published_figures_and_the_gain_of_the_day(campaign: Campaign) -> None:
    day = published_day(campaign, date(2024, 12, 5), published_days(campaign))
    assert (day.whole.figures.done, day.whole.figures.total, day.whole.gain) == (63, 1100, 52)
    hop_nhat, soc_dang = day.units
    assert (hop_nhat.unit.slug, hop_nhat.state, hop_nhat.gain) == ("hop-nhat", State.LATE, 2)  # type: ignore[union-attr]
    assert (hop_nhat.required, hop_nhat.per_day) == (100, 2)
    assert (soc_dang.state, soc_dang.gain, soc_dang.late) == (State.AHEAD, 50, False)
    assert day.late == [hop_nhat]


def test_what_is_typed_later_changes_no_digest(
    campaign: Campaign, books: tuple[Book, Book], chairman: User
) -> None:
    before = desk_of(chairman).get(f"{PAGE}2024-12-05/").content.decode()
    type_in(books[1], 500, at=at(5, 18))
    tasks.roll_up()
    assert "63" in before
    page = desk_of(chairman).get(f"{PAGE}2024-12-05/").context["page"]
    assert page.closed.whole.figures.done == 63


def test_the_first_day_has_no_gain_and_no_state_is_guessed(campaign: Campaign, chairman: User) -> None:
    page = desk_of(chairman).get(f"{PAGE}2024-12-04/").context["page"]
    assert (page.closed.since, page.closed.whole.gain) == (None, None)
    assert {line.state for line in page.closed.units} == {State.NOT_MEASURED}


def test_the_newest_day_comes_first(campaign: Campaign, chairman: User) -> None:
    assert desk_of(chairman).get(PAGE).context["page"].day == date(2024, 12, 5)


def test_a_gain_over_a_missed_day_says_since_when(
    campaign: Campaign, books: tuple[Book, Book], set_clock: SetClock, chairman: User
) -> None:
    type_in(books[1], 8, at=at(6, 9))
    close(7, set_clock)
    answer = desk_of(chairman).get(PAGE)
    assert answer.context["page"].closed.since == date(2024, 12, 5)
    assert "từ giờ chốt ngày 05/12/2024" in answer.content.decode()
    missed = desk_of(chairman).get(f"{PAGE}2024-12-06/")
    assert missed.status_code == 200
    assert missed.context["page"].closed is None


@pytest.mark.parametrize("day", ["2024-12-08", "2023-01-01", "hom-qua", "2024-13-01", "0"])
def test_a_day_nobody_could_have_closed_is_not_there(campaign: Campaign, chairman: User, day: str) -> None:
    assert desk_of(chairman).get(f"{PAGE}{day}/").status_code == 404


def test_without_a_closed_day_or_a_campaign_the_page_says_what_will_come(chairman: User) -> None:
    assert desk_of(chairman).get(PAGE).status_code == 200
    make_campaign()
    assert "17:00" in desk_of(chairman).get(PAGE).content.decode()


def test_a_commune_sees_its_own_part(campaign: Campaign, communes: tuple[Unit, Unit]) -> None:
    page = desk_of(make_person("leader", Role.LEADER, communes[1])).get(PAGE).context["page"]
    assert [line.unit for line in page.closed.units] == [communes[1]]
    assert (page.closed.whole.figures.done, page.closed.whole.gain, page.own) == (3, 2, True)


def test_the_district_sees_all_and_writes_to_those_of_one_state(campaign: Campaign, chairman: User) -> None:
    answer = desk_of(chairman).get(PAGE)
    assert "/thong-bao/moi/?unit=hop-nhat" in answer.content.decode()
    chosen = desk_of(chairman).get("/thong-bao/moi/?unit=hop-nhat").context["form"]
    assert chosen.initial["units"] == ["hop-nhat"]


def test_the_province_sees_all_and_writes_to_nobody(campaign: Campaign) -> None:
    province = make_person("province", Role.PROVINCE, make_district())
    page = desk_of(province).get(PAGE).content.decode()
    assert "63" in page
    assert "/thong-bao/" not in page


def test_it_names_what_waits(campaign: Campaign, communes: tuple[Unit, Unit], chairman: User) -> None:
    officer = make_person("officer", Role.OFFICER, communes[0])
    _directive(chairman, communes[0])
    assert "Rà soát tổng số" in desk_of(officer).get(PAGE).content.decode()
    assert "Rà soát tổng số" in desk_of(chairman).get(PAGE).content.decode()
    other = make_person("other", Role.OFFICER, communes[1])
    assert "Rà soát tổng số" not in desk_of(other).get(PAGE).content.decode()


def test_what_is_overdue_comes_first_whatever_was_sent_since(
    campaign: Campaign, communes: tuple[Unit, Unit], chairman: User
) -> None:
    officer = make_person("officer", Role.OFFICER, communes[0])
    reported, overdue = (_directive(chairman, communes[0], due_on=date(2024, 12, day)) for day in (1, 2))
    for _number in range(31):
        _directive(chairman, communes[0], kind=Notice.Kind.NOTICE, number="", dated=None, due_on=None)
    due = _directive(chairman, communes[0])
    sending.report(by=officer, address=reported.addresses.get(), words="Đã rà soát", intent=uuid4())
    for desk, named in ((desk_of(officer), "received"), (desk_of(chairman), "sent")):
        waiting = getattr(desk.get(PAGE).context["page"], named)
        assert [row.notice for row in waiting.rows[:2]] == [overdue, due]
        assert (len(waiting.rows), waiting.more) == (10, True)


def test_what_is_read_and_reported_waits_for_nobody(
    campaign: Campaign, communes: tuple[Unit, Unit], chairman: User
) -> None:
    officer = make_person("officer", Role.OFFICER, communes[0])
    one = _directive(chairman, communes[0])
    desk = desk_of(officer)
    desk.get(f"/thong-bao/{one.pk}/")
    assert desk.get(PAGE).context["page"].received.rows != []
    sending.report(by=officer, address=one.addresses.get(), words="Đã rà soát", intent=uuid4())
    assert desk.get(PAGE).context["page"].received.rows == []
    assert desk_of(chairman).get(PAGE).context["page"].sent.rows == []


def _directive(by: User, unit: Unit, **changes: Any) -> Notice:
    words: dict[str, Any] = {
        "kind": Notice.Kind.DIRECTIVE,
        "number": "1/UBND",
        "dated": "2024-12-05",
        "subject": "Rà soát tổng số",
        "body": "Rà soát.",
        "due_on": date(2024, 12, 9),
        **changes,
    }
    return sending.send(
        by=by, office=make_district(), units=[unit], words=words, attachment=None, intent=uuid4()
    )


def test_a_page_asks_little_however_many_days_there_are(
    campaign: Campaign, chairman: User, django_assert_max_num_queries: Any
) -> None:
    desk = desk_of(chairman)
    desk.get(PAGE)
    # What was typed on the day and over the days of the pace is asked of the books, and who took over a former unit.
    with django_assert_max_num_queries(12):
        assert desk.get(PAGE).status_code == 200


@pytest.fixture
def mail(settings: Any) -> None:
    settings.MAIL_SERVER = env.MailServer("127.0.0.1", 1, "", "", tls=False, starttls=False)
    settings.BASE_URL = "https://hotich.example.vn"


def wants_it(person: User, *, digest: bool = True) -> User:
    User.objects.filter(pk=person.pk).update(email=f"{person.username}@example.vn", mail_digest=digest)
    return person


def test_who_asked_for_it_gets_it_once_a_day(
    campaign: Campaign, communes: tuple[Unit, Unit], chairman: User, mail: None
) -> None:
    wants_it(chairman)
    wants_it(make_person("leader", Role.LEADER, communes[0]))
    wants_it(make_person("silent", Role.LEADER, communes[0]), digest=False)
    wants_it(make_person("helper", Role.HELPER, communes[0]))
    wants_it(make_person("elsewhere", Role.OFFICER, make_commune("Xa", "xa")))
    for _again in range(3):
        tasks.send_digests()
    assert sorted(mail.user.username for mail in Mail.objects.all()) == ["chairman", "leader"]
    assert {mail.path for mail in Mail.objects.all()} == {f"{PAGE}2024-12-05/?dot={campaign.pk}"}
    assert {mail.subject for mail in Mail.objects.all()} == {"Tổng hợp ngày 05/12/2024"}


def test_a_corrected_day_is_not_sent_again(campaign: Campaign, chairman: User, mail: None) -> None:
    wants_it(chairman)
    tasks.send_digests()
    newest = DailySnapshot.objects.get(day=date(2024, 12, 5))
    newest.pk, newest.revision = None, 2
    newest.save(force_insert=True)
    tasks.send_digests()
    assert Mail.objects.count() == 1


def test_a_day_that_was_not_closed_is_not_sent(
    campaign: Campaign, chairman: User, mail: None, set_clock: SetClock
) -> None:
    wants_it(chairman)
    set_clock(at(6, 18))
    tasks.send_digests()
    assert not Mail.objects.exists()


def test_the_second_before_the_cut_off_is_still_the_day_before(
    campaign: Campaign, chairman: User, mail: None, set_clock: SetClock
) -> None:
    wants_it(chairman)
    set_clock(at(6, 16, 59, 58))
    tasks.send_digests()
    assert Mail.objects.get().about == f"digest {campaign.pk} 2024-12-05"
    set_clock(at(6) + timedelta(seconds=1))
    tasks.send_digests()
    tasks.cut_off()
    tasks.send_digests()
    assert Mail.objects.count() == 2


def test_without_mail_the_digest_is_a_page_alone(campaign: Campaign, chairman: User) -> None:
    wants_it(chairman)
    tasks.send_digests()
    assert not Mail.objects.exists()
