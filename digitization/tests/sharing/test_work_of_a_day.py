"""One's own work: the days are Vietnamese, pauses are left out, and only one's supervisor sees it too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from civreg.lib import clock
from communes.models import Posting, Role, User
from digitization import workflow
from digitization.entry_rows import as_entry
from digitization.models import Record
from digitization.sharing.days import Day, days_of
from digitization.tests.making import LONG_AGO, make_book, make_record
from digitization.tests.sharing.giving import at, browser_of, give

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 10)


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the business clock to a moment."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return set_to


def typed(cast: Any, clock_at: Any, by: User, *moments: datetime) -> list[Record]:
    """Type an entry at each of these moments."""
    records = []
    for moment in moments:
        clock_at(moment)
        records.append(make_record(cast.book, by))
    return records


def day_of(person: User, day: date = DAY, **rest: Any) -> Day:
    found = days_of([person.pk], first=day, last=day, **rest)
    return found.get(person.pk, {}).get(day, Day(day=day))


def test_an_evening_before_midnight_in_viet_nam_is_this_day_and_after_it_the_next(
    cast: Any, clock_at: Any
) -> None:
    midnight = at(DAY + timedelta(days=1), 0)
    typed(cast, clock_at, cast.tu, at(DAY, 0), midnight - timedelta(seconds=1), midnight)
    assert day_of(cast.tu).typed == 2
    assert day_of(cast.tu, DAY + timedelta(days=1)).typed == 1


def test_the_pace_leaves_pauses_out(cast: Any, clock_at: Any) -> None:
    morning = [at(DAY, 8, minute) for minute in range(0, 21, 2)]
    after_lunch = [at(DAY, 13, minute) for minute in range(0, 21, 4)]
    typed(cast, clock_at, cast.tu, *morning, *after_lunch)
    day = day_of(cast.tu)
    assert (day.typed, day.saves, day.minutes) == (17, 15, 40)
    assert day.per_hour == 22


def test_ten_minutes_are_work_and_more_is_a_pause(cast: Any, clock_at: Any) -> None:
    begun = at(DAY, 8)
    gaps = (timedelta(minutes=10), timedelta(minutes=10, seconds=1), timedelta(minutes=9))
    moments = [begun]
    for gap in gaps:
        moments.append(moments[-1] + gap)
    typed(cast, clock_at, cast.tu, *moments)
    assert day_of(cast.tu).minutes == 19


def test_little_work_says_nothing_about_a_pace(cast: Any, clock_at: Any) -> None:
    typed(cast, clock_at, cast.tu, at(DAY, 8), at(DAY, 8, 2), at(DAY, 8, 14))
    assert day_of(cast.tu).per_hour is None


def test_what_a_program_saved_in_a_moment_is_no_pace(cast: Any, clock_at: Any) -> None:
    burst = [at(DAY, 8, 20, second) for second in range(3)]
    typed(cast, clock_at, cast.tu, at(DAY, 8), at(DAY, 8, 10), *burst)
    day = day_of(cast.tu)
    assert (day.typed, day.saves, day.minutes) == (5, 2, 20)


def test_corrected_and_returned_entries_are_counted_on_their_day(cast: Any, clock_at: Any) -> None:
    first, second = typed(cast, clock_at, cast.tu, at(DAY, 8), at(DAY, 8, 5))
    clock_at(at(DAY, 9))
    picked = {first.pk: first.version, second.pk: second.version}
    workflow.send_back(by=cast.lan, picked=picked, reason="năm sinh của cha", intent=uuid4())
    first.refresh_from_db()
    clock_at(at(DAY + timedelta(days=1), 9))
    workflow.correct(by=cast.tu, record=first, version=first.version, entry=as_entry(first), intent=uuid4())
    assert (day_of(cast.tu).returned, day_of(cast.tu).corrected) == (2, 0)
    next_day = day_of(cast.tu, DAY + timedelta(days=1))
    assert (next_day.typed, next_day.corrected, next_day.returned) == (0, 1, 0)
    assert day_of(cast.lan).returned == 0


def test_the_work_for_another_unit_is_not_the_supervisors(cast: Any, clock_at: Any) -> None:
    typed(cast, clock_at, cast.tu, at(DAY, 8))
    make_record(make_book(cast.hop_nhat), cast.tu)
    assert day_of(cast.tu).typed == 2
    assert day_of(cast.tu, units=[cast.soc_dang.pk]).typed == 1


# -- the pages --------------------------------------------------------------------------------------------


def page_of(reader: User, person: User) -> Any:
    return browser_of(reader).get(reverse("digitization:work_of", args=[person.pk]))


def test_the_helper_sees_todays_work_and_earlier_days(cast: Any, clock_at: Any) -> None:
    typed(cast, clock_at, cast.tu, at(DAY - timedelta(days=1), 23, 59))
    (record,) = typed(cast, clock_at, cast.tu, at(DAY, 0, 1))
    one = give(cast.book, cast.tu, 40, 60, by=cast.lan)
    answer = browser_of(cast.tu).get(reverse("digitization:my_work"))
    work, page = answer.context["work"], answer.content.decode()
    assert (work.today.typed, [day.typed for day in work.earlier], work.together.typed) == (1, [1], 2)
    assert [event.record for event in work.events] == [record]
    assert reverse("digitization:finish_range", args=[one.pk]) in page


def test_an_officer_sees_the_helper_and_not_the_colleague(cast: Any) -> None:
    record = make_record(cast.book, cast.tu)
    answer = page_of(cast.lan, cast.tu)
    assert answer.status_code == 200
    assert reverse("digitization:record", args=[record.pk]) in answer.content.decode()
    assert "finish" not in answer.content.decode()
    assert page_of(cast.lan, cast.mai).status_code == 404
    assert page_of(cast.lan, cast.lan).status_code == 404


@pytest.mark.parametrize("who", ["binh", "thu"])
def test_the_leader_and_justice_see_officers_and_helpers(cast: Any, who: str) -> None:
    reader = getattr(cast, who)
    assert [page_of(reader, person).status_code for person in (cast.lan, cast.tu)] == [200, 200]
    assert page_of(reader, cast.hoa).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("minh", 404), ("tu", 403), ("hoa", 403), ("son", 403)])
def test_nobody_else_sees_anybodys_work(cast: Any, who: str, status: int) -> None:
    assert page_of(getattr(cast, who), cast.mai).status_code == status
    assert page_of(getattr(cast, who), cast.tu).status_code == status


def test_who_left_is_seen_for_a_month_and_then_no_more(cast: Any) -> None:
    today = clock.today()
    for days, status in ((31, 404), (30, 200)):
        Posting.objects.filter(user=cast.tu).update(valid_to=today - timedelta(days=days))
        assert page_of(cast.lan, cast.tu).status_code == status


def test_people_are_listed_by_name_whatever_they_did(cast: Any) -> None:
    for _ in range(3):
        make_record(cast.book, cast.tu)
    make_record(cast.book, cast.mai)
    answer = browser_of(cast.binh).get(reverse("digitization:sharing"))
    people = answer.context["people"]
    assert [colleague.post.user for colleague in people] == [cast.lan, cast.mai, cast.tu]
    assert [colleague.today.typed for colleague in people] == [0, 1, 3]


def test_an_officer_finds_only_helpers_in_the_list(cast: Any) -> None:
    people = browser_of(cast.lan).get(reverse("digitization:sharing")).context["people"]
    assert [colleague.post.user for colleague in people] == [cast.tu]


def test_somebody_with_two_posts_is_listed_once(cast: Any) -> None:
    Posting.objects.create(user=cast.tu, unit=cast.soc_dang, role=Role.OFFICER, valid_from=LONG_AGO)
    people = browser_of(cast.binh).get(reverse("digitization:sharing")).context["people"]
    assert [colleague.post.user for colleague in people] == [cast.lan, cast.mai, cast.tu]


def test_justice_chooses_the_unit(cast: Any) -> None:
    give(cast.book, cast.tu, 40, 60, by=cast.lan)
    make_book(cast.hop_nhat)
    thu, address = browser_of(cast.thu), reverse("digitization:sharing")
    for unit, people, given in (("soc-dang", [cast.lan, cast.mai, cast.tu], 1), ("hop-nhat", [cast.minh], 0)):
        context = thu.get(address, {"don-vi": unit}).context
        assert [colleague.post.user for colleague in context["people"]] == people
        assert len(context["lines"]) == given


def test_nobody_s_name_stands_in_an_address(cast: Any) -> None:
    assert reverse("digitization:work_of", args=[cast.tu.pk]) == f"/chia-viec/nguoi/{cast.tu.pk}/"
