"""Pages of support: who reads what a request says, who takes which step, and who comes first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from civreg.lib import clock
from communes import support
from communes.models import Means, RequestKind, RequestState, Role, SupportRequest, SupportStep, Unit, User
from communes.tests.cast import last_of
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports.models import Campaign, UnitPace
from reports.progress.rollup import roll_up
from reports.room.dashboard import Dashboard, choose_with_requests
from reports.tests.making import EVENING, make_campaign, type_in

pytestmark = pytest.mark.django_db

WHAT, WHY = "Máy quét A3", "Sổ cũ khổ A3, máy A4 không vừa"


@pytest.fixture
def soc_dang(evening: datetime) -> Unit:
    return make_commune()


@pytest.fixture
def hop_nhat(soc_dang: Unit) -> Unit:
    return make_commune("Hợp Nhất", "hop-nhat")


@pytest.fixture
def campaign(soc_dang: Unit, hop_nhat: Unit) -> Campaign:
    campaign = make_campaign(soc_dang, hop_nhat)
    type_in(make_book(soc_dang, total=10), 4)
    type_in(make_book(hop_nhat, total=1000), 4)
    UnitPace.objects.create(campaign=campaign, unit=soc_dang, day=EVENING.date(), done_yesterday=4, days=1)
    UnitPace.objects.create(campaign=campaign, unit=hop_nhat, day=EVENING.date(), done_yesterday=4, days=1)
    roll_up()
    return campaign


@pytest.fixture
def officer(soc_dang: Unit) -> User:
    return make_person("officer.soc-dang", Role.OFFICER, soc_dang)


@pytest.fixture
def task_force(soc_dang: Unit) -> User:
    return make_person("taskforce", Role.TASK_FORCE, make_district())


def window_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def asked(by: User, unit: Unit, **changes: Any) -> SupportRequest:
    words: dict[str, Any] = {
        "kind": RequestKind.EQUIPMENT,
        "what": WHAT,
        "quantity": 1,
        "why": WHY,
        "needed_by": clock.today() + timedelta(days=3),
    }
    return support.ask(by=by, unit=unit, intent=uuid4(), **(words | changes))


def asked_days_ago(days: int, by: User, unit: Unit) -> SupportRequest:
    at = clock.now() - timedelta(days=days)
    one = SupportRequest.objects.create(
        unit=unit,
        kind=RequestKind.LINE,
        what="Mạng",
        why="Chậm",
        needed_by=clock.today(),
        asked_by=by,
        asked_at=at,
    )
    SupportStep.objects.create(request=one, state=RequestState.ASKED, by=by, at=at, intent=uuid4())
    return one


FORM = {
    "kind": "equipment",
    "what": WHAT,
    "quantity": "2",
    "needed_by": "08/12/2024",
    "why": WHY,
}


def test_the_officer_asks_from_the_page_of_the_commune(
    campaign: Campaign, officer: User, soc_dang: Unit
) -> None:
    office = window_of(officer)
    assert 'action="/tien-do/soc-dang/de-nghi/"' in office.get("/tien-do/soc-dang/").content.decode()
    answer = office.post("/tien-do/soc-dang/de-nghi/", {**FORM, "intent": str(uuid4())})
    one = SupportRequest.objects.get()
    assert answer["Location"] == f"/ho-tro/{one.pk}/"
    assert (one.unit, one.quantity, one.asked_by) == (soc_dang, 2, officer)
    assert WHAT in office.get("/tien-do/soc-dang/").content.decode()


def test_a_form_with_a_mistake_comes_back_as_it_was_typed(campaign: Campaign, officer: User) -> None:
    intent = str(uuid4())
    form = {**FORM, "needed_by": "04/12/2024", "intent": intent}
    answer = window_of(officer).post("/tien-do/soc-dang/de-nghi/", form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert WHY in text
    assert intent in text
    assert list(answer.context["form"].errors) == ["needed_by"]
    assert not SupportRequest.objects.exists()


def test_means_are_said_and_shown_with_their_day(campaign: Campaign, officer: User) -> None:
    office = window_of(officer)
    form = {"computers": "3", "scanners": "0", "line": "50", "staff": "4", "intent": str(uuid4())}
    assert office.post("/tien-do/soc-dang/phuong-tien/", form)["Location"] == "/ho-tro/don-vi/soc-dang/"
    means = office.get("/tien-do/soc-dang/").context["support"].means
    assert (means.computers, means.scanners, means.line, means.staff) == (3, 0, 50, 4)
    assert means.as_of == clock.today()
    refused = office.post("/tien-do/soc-dang/phuong-tien/", {**form, "staff": "-1"})
    assert refused.status_code == 422
    assert Means.objects.count() == 4


@pytest.mark.parametrize("path", ["/tien-do/hop-nhat/de-nghi/", "/tien-do/hop-nhat/phuong-tien/"])
def test_nobody_asks_for_another_commune(campaign: Campaign, officer: User, path: str) -> None:
    office = window_of(officer)
    assert office.get(path).status_code == 404
    assert office.post(path, FORM).status_code == 404


def test_without_a_campaign_a_commune_asks_and_says_what_it_has(officer: User, soc_dang: Unit) -> None:
    office = window_of(officer)
    assert office.get("/tien-do/soc-dang/de-nghi/").status_code == 200
    answer = office.post("/tien-do/soc-dang/de-nghi/", {**FORM, "intent": str(uuid4())}, follow=True)
    assert answer.status_code == 200
    form = {"computers": "3", "scanners": "0", "line": "50", "staff": "4", "intent": str(uuid4())}
    saved = office.post("/tien-do/soc-dang/phuong-tien/", form, follow=True)
    assert saved.redirect_chain == [("/ho-tro/don-vi/soc-dang/", 302)]
    page = saved.context["page"]
    assert (page.support.means.computers, page.campaigns) == (3, [])
    assert [line.what for line in page.support.requests] == [WHAT]
    assert office.get("/ho-tro/don-vi/")["Location"] == "/ho-tro/don-vi/soc-dang/"


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [
        (Role.LEADER, "soc-dang", 200),
        (Role.TASK_FORCE, "district", 200),
        (Role.OFFICER, "hop-nhat", 404),
        (Role.PROVINCE, "district", 404),
    ],
)
def test_the_page_of_a_commune_is_there_for_itself_and_for_the_office_above(
    soc_dang: Unit, hop_nhat: Unit, role: Role, where: str, status: int
) -> None:
    unit = make_district() if where == "district" else Unit.objects.get(slug=where)
    reader = window_of(make_person("somebody", role, unit))
    assert reader.get("/ho-tro/don-vi/soc-dang/").status_code == status


@pytest.mark.parametrize(
    ("role", "where", "reads"),
    [
        (Role.OFFICER, "soc-dang", True),
        (Role.LEADER, "soc-dang", True),
        (Role.TASK_FORCE, "district", True),
        (Role.JUSTICE, "district", True),
        (Role.CHAIRMAN, "district", True),
        (Role.OFFICER, "hop-nhat", False),
        (Role.LEADER, "hop-nhat", False),
        (Role.PROVINCE, "district", False),
        (Role.ADMINISTRATOR, "district", False),
    ],
)
def test_the_words_of_a_request_are_for_its_commune_and_those_who_lead(
    campaign: Campaign, officer: User, soc_dang: Unit, hop_nhat: Unit, role: Role, where: str, reads: bool
) -> None:
    one = asked(officer, soc_dang)
    units = {"soc-dang": soc_dang, "hop-nhat": hop_nhat, "district": make_district()}
    reader = window_of(make_person("reader", role, units[where]))
    answer = reader.get(f"/ho-tro/{one.pk}/")
    assert answer.status_code == (200 if reads else 404)
    assert (officer.name in answer.content.decode()) is reads
    page = reader.get("/tien-do/soc-dang/").content.decode()
    assert (WHAT in page) is reads
    assert officer.name not in page
    # How many are open is a figure, and figures are for everybody who may see them.
    assert "Chờ trả lời" in page


def test_another_districts_task_force_finds_nothing(
    campaign: Campaign, officer: User, soc_dang: Unit
) -> None:
    one = asked(officer, soc_dang)
    elsewhere = make_district("Hạ Hòa", "huyen-ha-hoa")
    reader = window_of(make_person("taskforce.ha-hoa", Role.TASK_FORCE, elsewhere))
    assert reader.get(f"/ho-tro/{one.pk}/").status_code == 404
    form = {"answer": "refused", "words": "Không", "intent": str(uuid4())}
    assert reader.post(f"/ho-tro/{one.pk}/tra-loi/", form).status_code == 404
    assert reader.get("/ho-tro/").context["page"].rows == []


def test_a_request_is_answered_delivered_and_closed_through_its_page(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit
) -> None:
    one = asked(officer, soc_dang)
    district, commune, page = window_of(task_force), window_of(officer), f"/ho-tro/{one.pk}/"

    def sends(client: Client, act: str, **form: str) -> None:
        seen = client.get(page).context["page"].seen
        answer = client.post(f"{page}{act}/", {**form, "seen": seen, "intent": str(uuid4())})
        assert answer.status_code == 302, answer.context["page"].sent.form.errors

    sends(district, "tra-loi", answer="agreed", words="Mượn được", promised_for="07/12/2024")
    sends(district, "giao", words="Đã giao 1 máy", came_on="05/12/2024")
    assert commune.get(page).context["page"].effect is not None
    sends(commune, "ket-thuc", words="Chạy tốt")
    closing = SupportStep.objects.get(state=RequestState.CLOSED)
    assert closing.effect
    assert closing.effect["came_on"] == "2024-12-05"
    assert "Chạy tốt" in district.get(page).content.decode()
    (past,) = district.get("/ho-tro/").context["page"].past
    assert past.line.pk == one.pk


def test_a_promise_without_a_day_comes_back_with_its_words(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit
) -> None:
    one = asked(officer, soc_dang)
    form = {"answer": "agreed", "words": "Mượn của huyện bạn", "intent": str(uuid4())}
    answer = window_of(task_force).post(f"/ho-tro/{one.pk}/tra-loi/", form)
    assert answer.status_code == 422
    assert "Mượn của huyện bạn" in answer.content.decode()
    assert "promised_for" in answer.context["page"].answer_form.errors


def test_who_answers_what_was_withdrawn_meanwhile_is_told_and_keeps_the_words(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit
) -> None:
    one = asked(officer, soc_dang)
    support.withdraw(by=officer, one=one, seen=last_of(one), words="Đã mua", intent=uuid4())
    form = {"answer": "refused", "words": "Hết máy rồi", "intent": str(uuid4())}
    answer = window_of(task_force).post(f"/ho-tro/{one.pk}/tra-loi/", form)
    assert answer.status_code == 422
    assert "Hết máy rồi" in answer.content.decode()
    assert one.steps.count() == 2


def test_who_answers_what_a_colleague_answered_meanwhile_is_told_what_they_said(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit
) -> None:
    one, window = asked(officer, soc_dang), window_of(task_force)
    colleague = make_person("taskforce.2", Role.TASK_FORCE, make_district())
    address = f"/ho-tro/{one.pk}/"
    seen = window.get(address).context["page"].seen
    day = clock.today() + timedelta(days=2)
    support.promise(
        by=colleague, one=one, words="Cho mượn của huyện", promised_for=day, seen=seen, intent=uuid4()
    )
    form = {"answer": "refused", "words": "Hết máy rồi", "seen": str(seen), "intent": str(uuid4())}
    answer = window.post(f"{address}tra-loi/", form)
    shown = answer.context["page"]
    assert answer.status_code == 422
    assert [step.words for _mark, step in shown.meanwhile] == ["Cho mượn của huyện"]
    assert "Sau khi bạn mở trang" in answer.content.decode()
    assert shown.answer_form["words"].value() == "Hết máy rồi"
    assert one.steps.count() == 2
    again = window.post(f"{address}tra-loi/", {**form, "seen": str(shown.seen)})
    assert again.status_code == 302
    assert SupportRequest.objects.get(pk=one.pk).state == RequestState.REFUSED


def test_a_mistake_in_a_form_does_not_hide_what_a_colleague_said_meanwhile(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit
) -> None:
    one = asked(officer, soc_dang)
    seen = last_of(one)
    support.promise(
        by=make_person("taskforce.2", Role.TASK_FORCE, make_district()),
        one=one,
        words="Cho mượn",
        promised_for=clock.today(),
        seen=seen,
        intent=uuid4(),
    )
    form = {"answer": "refused", "words": "", "seen": str(seen), "intent": str(uuid4())}
    shown = window_of(task_force).post(f"/ho-tro/{one.pk}/tra-loi/", form).context["page"]
    assert [step.words for _mark, step in shown.meanwhile] == ["Cho mượn"]


@pytest.mark.parametrize(("act", "day"), [("giao", "came_on"), ("ket-thuc", ""), ("tra-loi", "promised_for")])
def test_a_form_that_does_not_say_what_it_was_shown_takes_no_step(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit, act: str, day: str
) -> None:
    one = asked(officer, soc_dang)
    if act == "giao":
        support.promise(
            by=task_force, one=one, words="Có", promised_for=clock.today(), seen=last_of(one), intent=uuid4()
        )
    if act == "ket-thuc":
        support.refuse(by=task_force, one=one, words="Không", seen=last_of(one), intent=uuid4())
    steps = one.steps.count()
    form = {"answer": "agreed", "words": "Được", "intent": str(uuid4())} | (
        {day: "05/12/2024"} if day else {}
    )
    answer = window_of(task_force).post(f"/ho-tro/{one.pk}/{act}/", form)
    assert answer.status_code == 422
    assert one.steps.count() == steps


def test_everybody_is_offered_only_their_own_steps(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit
) -> None:
    one = asked(officer, soc_dang)
    page = window_of(officer).get(f"/ho-tro/{one.pk}/").context["page"]
    assert (page.answer_form, page.deliver_form, page.close_form) == (None, None, None)
    assert page.withdraw_form
    page = window_of(task_force).get(f"/ho-tro/{one.pk}/").context["page"]
    assert page.answer_form
    assert (page.deliver_form, page.close_form, page.withdraw_form) == (None, None, None)


def test_those_who_ask_come_first_the_worst_before_the_oldest(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit, hop_nhat: Unit
) -> None:
    vu_quang = make_commune("Vụ Quang", "vu-quang")
    campaign.campaignunit_set.create(unit=vu_quang)
    type_in(make_book(vu_quang, total=1000, book_no="02"), 4)
    roll_up()

    def order() -> list[str]:
        rows = window_of(task_force).get("/ho-tro/").context["page"].rows
        return [row.unit.slug for row in rows]

    assert order()[0] == "hop-nhat"  # nobody asks: late, before a commune not measured yet
    asked_days_ago(9, officer, soc_dang)
    assert order()[0] == "soc-dang"  # on track, but it asks
    late = make_person("officer.hop-nhat", Role.OFFICER, hop_nhat)
    asked_days_ago(1, late, hop_nhat)
    assert order() == ["hop-nhat", "soc-dang", "vu-quang"]


def test_what_was_withdrawn_or_refused_has_no_effect_to_show(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit
) -> None:
    withdrawn, refused = asked(officer, soc_dang), asked(officer, soc_dang, what="Máy in")
    support.withdraw(by=officer, one=withdrawn, seen=last_of(withdrawn), words="Đã mua", intent=uuid4())
    support.refuse(by=task_force, one=refused, seen=last_of(refused), words="Hết máy", intent=uuid4())
    support.close(by=officer, one=refused, seen=last_of(refused), words="Đã rõ", effect=None, intent=uuid4())
    page = window_of(task_force).get("/ho-tro/").context["page"]
    assert [(past.line.what, past.effect) for past in page.past] == [("Máy in", None), (WHAT, None)]


def test_an_overdue_promise_is_red(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit
) -> None:
    one = asked_days_ago(4, officer, soc_dang)
    yesterday = clock.today() - timedelta(days=1)
    SupportStep.objects.create(
        request=one,
        state=RequestState.AGREED,
        by=task_force,
        at=clock.now(),
        words="Có",
        promised_for=yesterday,
        intent=uuid4(),
    )
    page = window_of(task_force).get("/ho-tro/").context["page"]
    assert [line.mark.look for line in page.open] == ["late"]
    assert page.overdue == 1


def test_the_board_asks_no_more_for_more_communes(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit
) -> None:
    district = window_of(task_force)
    asked_days_ago(4, officer, soc_dang)
    district.get("/ho-tro/")
    with CaptureQueriesContext(connection) as few:
        district.get("/ho-tro/")
    for number in range(8):
        unit = make_commune(f"Xã {number}", f"xa-{number}")
        campaign.campaignunit_set.create(unit=unit)
        asked_days_ago(3, officer, unit)
    with CaptureQueriesContext(connection) as many:
        assert len(district.get("/ho-tro/").context["page"].open) == 9
    assert len(many) == len(few) <= 9, [query["sql"][:90] for query in many]


def test_a_commune_outside_of_the_campaign_stands_on_the_board_of_the_office_above(
    campaign: Campaign, task_force: User
) -> None:
    vu_quang = make_commune("Vụ Quang", "vu-quang")
    late = make_person("officer.vu-quang", Role.OFFICER, vu_quang)
    one = asked(late, vu_quang)
    window = window_of(task_force)
    page = window.get("/ho-tro/").context["page"]
    assert [(row.unit, [line.pk for line in row.requests]) for row in page.nowhere] == [(vu_quang, [one.pk])]
    assert (page.unanswered, page.elsewhere) == (1, [])
    other = make_campaign(vu_quang)
    page = window.get(f"/ho-tro/?dot={campaign.pk}").context["page"]
    assert [row.campaigns for row in page.elsewhere] == [(other,)]
    assert page.nowhere == []
    support.withdraw(by=late, one=one, seen=last_of(one), words="Đã mua", intent=uuid4())
    page = window.get(f"/ho-tro/?dot={campaign.pk}").context["page"]
    assert page.outsiders == []
    assert [past.unit for past in page.past] == [vu_quang]


def test_open_requests_stand_on_the_board_without_any_campaign(
    officer: User, task_force: User, soc_dang: Unit
) -> None:
    asked(officer, soc_dang)
    answer = window_of(task_force).get("/ho-tro/")
    assert [row.unit for row in answer.context["page"].nowhere] == [soc_dang]
    assert WHAT in answer.content.decode()


def test_a_commune_of_another_district_stands_on_no_board_of_ours(
    campaign: Campaign, task_force: User
) -> None:
    foreign = make_commune("Xa", "xa", parent=make_district("Hạ Hòa", "huyen-ha-hoa"))
    asked(make_person("officer.xa", Role.OFFICER, foreign), foreign)
    assert window_of(task_force).get("/ho-tro/").context["page"].outsiders == []


def test_without_a_campaign_the_board_says_so(task_force: User) -> None:
    assert "Chưa có đợt" in window_of(task_force).get("/ho-tro/").content.decode()


def test_the_dashboard_names_who_waits_and_which_promise_is_overdue(
    campaign: Campaign, officer: User, task_force: User, soc_dang: Unit, hop_nhat: Unit
) -> None:
    asked_days_ago(3, officer, soc_dang)
    asked(officer, soc_dang)  # today's is in time
    promised = asked_days_ago(5, officer, hop_nhat)
    SupportStep.objects.create(
        request=promised,
        state=RequestState.AGREED,
        by=task_force,
        at=clock.now(),
        words="Có",
        promised_for=clock.today() - timedelta(days=1),
        intent=uuid4(),
    )
    current = choose_with_requests("")
    assert current
    notes = Dashboard.read(current, "").notes
    told = {str(note.mark.word): [unit.slug for unit in note.units] for note in notes}
    assert told["Quá hẹn"] == ["hop-nhat"]
    assert told["Quá hạn trả lời"] == ["soc-dang"]
    (unanswered,) = [note for note in notes if note.mark.word == "Quá hạn trả lời"]
    assert str(unanswered.text).startswith("1 ")
