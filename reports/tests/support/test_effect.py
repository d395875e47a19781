"""What a delivery changed is counted from the closed days of the books around it, and from nothing else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from civreg.lib.clock import VIETNAM
from communes.models import RequestKind, RequestState, Role, SupportRequest, SupportStep, Unit, User
from digitization.models import Book
from digitization.tests.making import make_book, make_commune, make_district, make_person
from reports.models import BookDay, Campaign, DailySnapshot
from reports.progress.pace import Pace, Window
from reports.support.effect import Effect, effect_of, windows
from reports.tests.making import STARTS, make_campaign

pytestmark = pytest.mark.django_db

CAME = date(2024, 11, 28)


def november(day: int) -> date:
    return date(2024, 11, 1) + timedelta(days=day - 1)


@pytest.fixture
def commune(evening: datetime) -> Unit:
    return make_commune()


@pytest.fixture
def campaign(commune: Unit) -> Campaign:
    return make_campaign(commune)


@pytest.fixture
def task_force(commune: Unit) -> User:
    return make_person("taskforce", Role.TASK_FORCE, make_district())


@pytest.fixture
def book(campaign: Campaign, commune: Unit) -> Book:
    return make_book(commune, total=10_000)


def close_days(campaign: Campaign, book: Book, counted: dict[date, int]) -> None:
    """Write cut-offs of days with what the book held then."""
    for day, count in counted.items():
        DailySnapshot.objects.create(
            campaign=campaign,
            day=day,
            taken_at=campaign.cutoff_of(day),
            kind_of=DailySnapshot.Kind.CUTOFF,
            definition_version=1,
            figures={"digitized": count},
            sha256="0" * 64,
        )
        BookDay.objects.create(
            book=book, day=day, counted=count, checked=0, approved=0, transferred=0, custodian=book.custodian
        )


def course(before: int, after: int, *, until: date) -> dict[date, int]:
    """Return what a book held at each cut-off, with so many entries a day until the delivery and behind it."""
    held, counts = 0, {}
    for days in range((until - STARTS).days + 1):
        day = STARTS + timedelta(days=days)
        held += 1_000 if day == CAME else before if day < CAME else after
        counts[day] = held
    return counts


def came(commune: Unit, task_force: User) -> SupportRequest:
    at = datetime(2024, 11, 20, 9, 0, tzinfo=VIETNAM)
    one = SupportRequest.objects.create(
        unit=commune,
        kind=RequestKind.PEOPLE,
        what="Người nhập",
        why="Thiếu người",
        needed_by=CAME,
        asked_by=task_force,
        asked_at=at,
    )
    for state, days in (
        (RequestState.ASKED, {}),
        (RequestState.AGREED, {"promised_for": CAME}),
        (RequestState.DELIVERED, {"came_on": CAME}),
    ):
        words = "" if state == RequestState.ASKED else "Có người"
        SupportStep.objects.create(
            request=one, state=state, by=task_force, at=at, words=words, intent=uuid4(), **days
        )
    return one


def measured(one: SupportRequest) -> Effect:
    effect = effect_of(one, one.steps.all())
    assert effect is not None
    return effect


def test_seven_days_before_and_seven_after_without_the_day_itself(
    campaign: Campaign, commune: Unit, book: Book, task_force: User
) -> None:
    close_days(campaign, book, course(10, 25, until=november(36)))
    effect = measured(came(commune, task_force))
    assert (effect.before, effect.after) == (Pace(70, 7), Pace(175, 7))
    assert effect.change_shown == 15
    assert effect.whole


def test_two_days_after_it_says_two_days(
    campaign: Campaign, commune: Unit, book: Book, task_force: User
) -> None:
    close_days(campaign, book, course(10, 25, until=november(30)))
    effect = measured(came(commune, task_force))
    assert effect.after == Pace(50, 2)
    assert not effect.whole


def test_on_the_day_itself_nothing_is_known_yet(
    campaign: Campaign, commune: Unit, book: Book, task_force: User
) -> None:
    close_days(campaign, book, course(10, 25, until=CAME))
    effect = measured(came(commune, task_force))
    assert effect.after == Pace()
    assert effect.change is None


def test_a_day_that_was_not_closed_loses_no_entry(
    campaign: Campaign, commune: Unit, book: Book, task_force: User
) -> None:
    counts = course(10, 25, until=november(36))
    close_days(
        campaign, book, {day: n for day, n in counts.items() if day not in (november(25), november(31))}
    )
    effect = measured(came(commune, task_force))
    assert (effect.before, effect.after) == (Pace(70, 7), Pace(175, 7))


def test_a_handover_of_a_full_book_is_no_effect(
    campaign: Campaign, commune: Unit, book: Book, task_force: User
) -> None:
    close_days(campaign, book, course(10, 25, until=november(36)))
    given = make_book(make_commune("Hợp Nhất", "hop-nhat"), total=500, book_no="09")
    BookDay.objects.create(
        book=given,
        day=STARTS,
        counted=500,
        checked=0,
        approved=0,
        transferred=0,
        custodian=given.custodian,
    )
    Book.objects.filter(pk=given.pk).update(custodian=commune)
    effect = measured(came(commune, task_force))
    assert (effect.before, effect.after) == (Pace(70, 7), Pace(175, 7))


def test_before_anything_came_there_is_no_effect(commune: Unit, task_force: User) -> None:
    one = came(commune, task_force)
    assert effect_of(one, one.steps.exclude(state=RequestState.DELIVERED)) is None


def test_a_unit_outside_of_every_campaign_is_not_measured(commune: Unit, task_force: User) -> None:
    assert measured(came(commune, task_force)) == Effect(came_on=CAME, before=Pace(), after=Pace())


def test_once_closed_it_stays_as_it_was_measured(
    campaign: Campaign, commune: Unit, book: Book, task_force: User
) -> None:
    counts = course(10, 25, until=november(36))
    close_days(campaign, book, {day: n for day, n in counts.items() if day <= november(30)})
    one = came(commune, task_force)
    then = measured(one)
    SupportStep.objects.create(
        request=one,
        state=RequestState.CLOSED,
        by=task_force,
        at=one.asked_at,
        words="Tốt",
        effect=then.published(),
        intent=uuid4(),
    )
    close_days(campaign, book, {day: n for day, n in counts.items() if day > november(30)})
    assert measured(one) == then


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        ([], (None, None)),
        ([november(27)], (None, None)),
        ([november(26), november(27)], (Window(november(26), november(27)), None)),
        ([november(28), november(29)], (None, Window(november(28), november(29)))),
        # The cut-off of the day itself was missed: what follows is measured from the next one.
        ([november(29), november(31)], (None, Window(november(29), november(31)))),
        ([november(28), november(50)], (None, None)),
    ],
)
def test_only_closed_days_bound_what_is_measured(
    closed: list[date], expected: tuple[Window | None, Window | None]
) -> None:
    assert windows(closed, CAME) == expected
