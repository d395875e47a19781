"""Means and requests for support: who may take which step, what is refused, and that nothing is ever rewritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from civreg.lib import clock
from communes import support
from communes.models import (
    Means,
    MeansKind,
    RequestKind,
    RequestState,
    Role,
    SupportRequest,
    SupportStep,
    User,
)
from communes.models.support import MOVES, is_overdue, is_unanswered
from communes.tests.cast import Office, last_of, make_office, make_person

pytestmark = pytest.mark.django_db

FOUR = {MeansKind.COMPUTERS: 3, MeansKind.SCANNERS: 1, MeansKind.LINE: 50, MeansKind.STAFF: 4}


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def task_force(office: Office) -> User:
    return make_person("taskforce", "Vũ Thị Loan", Role.TASK_FORCE, office.district)


@pytest.fixture
def leader(office: Office) -> User:
    return make_person("leader.hop-nhat", "Bùi Văn Hòa", Role.LEADER, office.hop_nhat)


@pytest.fixture
def neighbour(office: Office) -> User:
    return make_person("officer.soc-dang", "Lê Thị Nga", Role.OFFICER, office.soc_dang)


def today() -> date:
    return clock.today()


def asked(office: Office, *, intent: UUID | None = None, **changes: Any) -> SupportRequest:
    words: dict[str, Any] = {
        "kind": RequestKind.EQUIPMENT,
        "what": "Máy quét A3",
        "quantity": 1,
        "why": "Sổ cũ khổ A3",
        "needed_by": today() + timedelta(days=5),
    }
    return support.ask(by=office.officer, unit=office.hop_nhat, intent=intent or uuid4(), **(words | changes))


def promised(office: Office, by: User, *, day: date | None = None) -> SupportRequest:
    one = asked(office)
    support.promise(
        by=by,
        one=one,
        seen=last_of(one),
        words="Mượn của huyện",
        promised_for=day or today() + timedelta(days=2),
        intent=uuid4(),
    )
    return SupportRequest.objects.get(pk=one.pk)


def delivered(office: Office, by: User) -> SupportRequest:
    one = promised(office, by)
    support.deliver(by=by, one=one, seen=last_of(one), words="Đã giao 1 máy", came_on=today(), intent=uuid4())
    return SupportRequest.objects.get(pk=one.pk)


def closed_by(by: User, one: SupportRequest, words: str = "Chạy tốt") -> SupportRequest:
    support.close(by=by, one=one, seen=last_of(one), words=words, effect={"measured": 1}, intent=uuid4())
    return SupportRequest.objects.get(pk=one.pk)


def refused(sql: str, *values: Any) -> str:
    """Return the code with which the database refuses a statement of the runtime role."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(getattr(error.value.__cause__, "pgcode", ""))


def test_a_request_goes_from_asking_to_closing(office: Office, task_force: User, leader: User) -> None:
    one = closed_by(leader, delivered(office, task_force))
    assert one.state == RequestState.CLOSED
    told = [(step.state, step.by) for step in one.steps.all()]
    assert told == [
        ("asked", office.officer),
        ("agreed", task_force),
        ("delivered", task_force),
        ("closed", leader),
    ]
    assert [step.effect for step in one.steps.all()] == [None, None, None, {"measured": 1}]


def test_the_district_may_close_too(office: Office, task_force: User) -> None:
    assert closed_by(task_force, delivered(office, task_force)).state == RequestState.CLOSED


def test_a_refusal_says_why_and_can_be_closed(office: Office, task_force: User) -> None:
    one = asked(office)
    with pytest.raises(ValidationError):
        support.refuse(by=task_force, one=one, seen=last_of(one), words="  ", intent=uuid4())
    support.refuse(by=task_force, one=one, seen=last_of(one), words="Hết máy", intent=uuid4())
    one.refresh_from_db()
    assert one.state == RequestState.REFUSED
    assert closed_by(office.officer, one).state == RequestState.CLOSED


def test_a_promise_may_be_moved_and_the_earlier_day_is_kept(office: Office, task_force: User) -> None:
    one, later = promised(office, task_force), today() + timedelta(days=9)
    support.promise(
        by=task_force, one=one, seen=last_of(one), words="Hàng về muộn", promised_for=later, intent=uuid4()
    )
    one.refresh_from_db()
    assert one.promised_for == later
    days = one.steps.filter(state=RequestState.AGREED).values_list("promised_for", flat=True)
    assert list(days) == [today() + timedelta(days=2), later]


def test_the_commune_withdraws_what_it_no_longer_needs(office: Office, leader: User) -> None:
    one = asked(office)
    support.withdraw(by=leader, one=one, seen=last_of(one), words="Đã mua được", intent=uuid4())
    one.refresh_from_db()
    assert one.state == RequestState.WITHDRAWN
    assert not one.open


def test_what_has_come_is_not_withdrawn(office: Office, task_force: User) -> None:
    one = delivered(office, task_force)
    with pytest.raises(ValidationError, match="bước khác"):
        support.withdraw(by=office.officer, one=one, seen=last_of(one), words="Thôi", intent=uuid4())
    assert SupportRequest.objects.get(pk=one.pk).state == RequestState.DELIVERED


def test_nobody_delivers_what_was_not_promised(office: Office, task_force: User) -> None:
    one = asked(office)
    with pytest.raises(ValidationError, match="bước khác"):
        support.deliver(
            by=task_force, one=one, seen=last_of(one), words="Đã giao", came_on=today(), intent=uuid4()
        )


def strangers(office: Office) -> list[User]:
    other = make_person("officer.other", "Lê Thị Nga", Role.OFFICER, office.soc_dang)
    province = make_person("province", "Phạm Thị Nguyệt", Role.PROVINCE, office.province)
    helper = make_person("helper.hop-nhat", "Mai Văn Tú", Role.HELPER, office.hop_nhat)
    return [other, province, helper, office.admin]


def test_strangers_take_no_step(office: Office, task_force: User) -> None:
    one = delivered(office, task_force)
    acts: list[Callable[[User], object]] = [
        lambda by: support.refuse(by=by, one=one, seen=last_of(one), words="Không", intent=uuid4()),
        lambda by: support.promise(
            by=by, one=one, seen=last_of(one), words="Có", promised_for=today(), intent=uuid4()
        ),
        lambda by: support.deliver(
            by=by, one=one, seen=last_of(one), words="Đây", came_on=today(), intent=uuid4()
        ),
        lambda by: support.withdraw(by=by, one=one, seen=last_of(one), words="Rút", intent=uuid4()),
        lambda by: support.close(
            by=by, one=one, seen=last_of(one), words="Xong", effect=None, intent=uuid4()
        ),
        lambda by: support.state_means(by=by, unit=office.hop_nhat, quantities=FOUR, intent=uuid4()),
    ]
    for by, act in product(strangers(office), acts):
        with pytest.raises(ValidationError, match="không quyết định được"):
            act(by)
    assert one.steps.count() == 3


def test_a_commune_does_not_answer_itself_and_the_district_does_not_ask(
    office: Office, task_force: User
) -> None:
    one = asked(office)
    with pytest.raises(ValidationError, match="không quyết định được"):
        support.promise(
            by=office.officer, one=one, seen=last_of(one), words="Có", promised_for=today(), intent=uuid4()
        )
    with pytest.raises(ValidationError, match="không quyết định được"):
        support.ask(
            by=task_force,
            unit=office.hop_nhat,
            kind=RequestKind.LINE,
            what="Mạng",
            quantity=1,
            why="Chậm",
            needed_by=today(),
            intent=uuid4(),
        )


def test_a_task_force_of_another_district_does_not_answer(office: Office) -> None:
    elsewhere = make_person("taskforce.xa", "Đỗ Văn Xa", Role.TASK_FORCE, office.soc_dang)
    one = asked(office)
    with pytest.raises(ValidationError, match="không quyết định được"):
        support.refuse(by=elsewhere, one=one, seen=last_of(one), words="Không", intent=uuid4())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("what", " "),
        ("what", "x" * 201),
        ("why", ""),
        ("why", "Vì\u200bsao"),
        ("quantity", 0),
        ("quantity", 10_000),
        ("needed_by", date(2001, 1, 1)),
    ],
)
def test_a_request_nobody_can_mean_is_refused_at_its_field(office: Office, field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        asked(office, **{field: value})
    assert list(refusal.value.message_dict) == [field]
    assert not SupportRequest.objects.exists()


def test_no_promise_lies_in_the_past_and_no_delivery_before_the_request(
    office: Office, task_force: User
) -> None:
    yesterday = today() - timedelta(days=1)
    with pytest.raises(ValidationError, match="đã qua"):
        promised(office, task_force, day=yesterday)
    one = promised(office, task_force)
    for day in (yesterday, today() + timedelta(days=1)):
        with pytest.raises(ValidationError, match="đến hôm nay"):
            support.deliver(
                by=task_force, one=one, seen=last_of(one), words="Đã giao", came_on=day, intent=uuid4()
            )


def test_pressing_twice_asks_once_and_answers_once(office: Office, task_force: User) -> None:
    first, second = uuid4(), uuid4()
    one = asked(office, intent=first)
    assert asked(office, intent=first) == one
    seen = last_of(one)
    for _ in range(2):
        support.refuse(by=task_force, one=one, seen=seen, words="Hết máy", intent=second)
    assert one.steps.count() == 2


def test_nobody_overrules_what_a_colleague_said_meanwhile(office: Office, task_force: User) -> None:
    colleague = make_person("taskforce.2", "Trần Văn Quý", Role.TASK_FORCE, office.district)
    one = asked(office)
    seen = last_of(one)
    support.promise(by=colleague, one=one, words="Cho mượn", promised_for=today(), seen=seen, intent=uuid4())
    for act in (
        lambda: support.refuse(by=task_force, one=one, words="Hết máy", seen=seen, intent=uuid4()),
        lambda: support.promise(
            by=task_force, one=one, words="Tuần sau", promised_for=today(), seen=seen, intent=uuid4()
        ),
        lambda: support.deliver(
            by=task_force, one=one, words="Đã giao", came_on=today(), seen=seen, intent=uuid4()
        ),
        lambda: support.withdraw(by=office.officer, one=one, words="Thôi", seen=seen, intent=uuid4()),
    ):
        with pytest.raises(ValidationError, match="chuyển sang bước khác"):
            act()
    held = SupportRequest.objects.get(pk=one.pk)
    assert (held.state, held.promised_for) == (RequestState.AGREED, today())
    assert [step.by for step in one.steps.all()] == [office.officer, colleague]
    support.refuse(by=task_force, one=one, words="Máy hỏng", seen=last_of(one), intent=uuid4())
    assert SupportRequest.objects.get(pk=one.pk).state == RequestState.REFUSED


def test_an_intent_is_not_used_for_other_words(office: Office, task_force: User, neighbour: User) -> None:
    intent = uuid4()
    one = asked(office, intent=intent)
    with pytest.raises(ValidationError, match="nội dung khác"):
        asked(office, intent=intent, what="Máy in")
    with pytest.raises(ValidationError, match="nội dung khác"):
        support.refuse(by=task_force, one=one, seen=last_of(one), words="Hết máy", intent=intent)
    with pytest.raises(ValidationError, match="nội dung khác"):
        support.ask(
            by=neighbour,
            unit=office.soc_dang,
            kind=RequestKind.EQUIPMENT,
            what="Máy quét A3",
            quantity=1,
            why="Sổ cũ khổ A3",
            needed_by=one.needed_by,
            intent=intent,
        )
    assert SupportRequest.objects.count() == 1


def test_the_newest_means_count_and_the_earlier_ones_stay(office: Office) -> None:
    intent = uuid4()
    for _ in range(2):
        support.state_means(by=office.officer, unit=office.hop_nhat, quantities=FOUR, intent=intent)
    assert Means.objects.count() == 4
    more = FOUR | {MeansKind.STAFF: 6}
    support.state_means(by=office.officer, unit=office.hop_nhat, quantities=more, intent=uuid4())
    newest = dict(Means.objects.newest().values_list("kind", "quantity"))
    assert newest == {"computers": 3, "scanners": 1, "line": 50, "staff": 6}
    assert Means.objects.count() == 8
    with pytest.raises(ValidationError, match="nội dung khác"):
        support.state_means(by=office.officer, unit=office.hop_nhat, quantities=more, intent=intent)


@pytest.mark.parametrize("quantity", [-1, 10_000])
def test_means_nobody_has_are_refused(office: Office, quantity: int) -> None:
    with pytest.raises(ValidationError):
        support.state_means(
            by=office.officer, unit=office.hop_nhat, quantities={MeansKind.STAFF: quantity}, intent=uuid4()
        )


def test_the_database_takes_exactly_the_steps_the_product_knows(office: Office, task_force: User) -> None:
    ways = {
        RequestState.ASKED: [],
        RequestState.AGREED: [RequestState.AGREED],
        RequestState.REFUSED: [RequestState.REFUSED],
        RequestState.DELIVERED: [RequestState.AGREED, RequestState.DELIVERED],
        RequestState.CLOSED: [RequestState.REFUSED, RequestState.CLOSED],
        RequestState.WITHDRAWN: [RequestState.WITHDRAWN],
    }
    taken: dict[RequestState, set[RequestState]] = {state: set() for state in RequestState}
    for start, then in product(RequestState, RequestState):
        one = asked(office)
        for state in ways[start]:
            step(one, state, task_force)
        try:
            with transaction.atomic():
                step(one, then, task_force)
        except DatabaseError as error:
            assert getattr(error.__cause__, "pgcode", "") == support.OUT_OF_TURN
        else:
            taken[start].add(then)
            assert SupportRequest.objects.get(pk=one.pk).state == then
    assert taken == {state: set(moves) for state, moves in MOVES.items()}


def step(one: SupportRequest, state: RequestState, by: User) -> None:
    SupportStep.objects.create(
        request=one,
        state=state,
        by=by,
        at=clock.now(),
        words="Ghi chú",
        promised_for=today() if state == RequestState.AGREED else None,
        came_on=today() if state == RequestState.DELIVERED else None,
        intent=uuid4(),
    )


def test_nothing_asked_said_or_stated_is_rewritten_or_deleted(office: Office) -> None:
    asked(office)
    support.state_means(by=office.officer, unit=office.hop_nhat, quantities=FOUR, intent=uuid4())
    for table in ("communes_supportrequest", "communes_supportstep", "communes_means"):
        assert refused(f"DELETE FROM {table}") == "42501"
        assert refused(f"UPDATE {table} SET id = id") == "42501"
        assert refused(f"TRUNCATE {table} CASCADE") == "42501"


def test_a_request_does_not_begin_half_way(office: Office) -> None:
    sql = """INSERT INTO communes_supportrequest
        (unit_id, kind, what, quantity, why, needed_by, asked_by_id, asked_at, state)
        VALUES (%s, 'line', 'Mạng', 1, 'Chậm', now(), %s, now(), 'delivered')"""
    assert refused(sql, office.hop_nhat.pk, office.officer.pk) == support.OUT_OF_TURN


def test_two_days_without_an_answer_are_still_in_time(office: Office) -> None:
    now = clock.now()
    assert not is_unanswered("asked", now - timedelta(days=2), now)
    assert is_unanswered("asked", now - timedelta(days=2, seconds=1), now)
    assert not is_unanswered("agreed", now - timedelta(days=9), now)


def test_a_promise_is_kept_until_the_end_of_its_day() -> None:
    day = date(2024, 12, 5)
    assert not is_overdue("agreed", day, day)
    assert is_overdue("agreed", day, day + timedelta(days=1))
    assert not is_overdue("delivered", day, day + timedelta(days=9))
