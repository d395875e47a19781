"""A campaign is set up, and its goals are moved with a reason that everybody can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from communes.models import Unit
from digitization.tests.making import make_book, make_commune
from digitization.verbs import NotAllowedNow
from reports.campaigns.closing import close
from reports.campaigns.milestones import drop_milestone, set_milestone
from reports.campaigns.setting_up import Terms, choose_units, create, revise
from reports.campaigns.settling import NotPossible
from reports.models import Campaign, CampaignChange, DailySnapshot, Milestone
from reports.progress.read import district_progress
from reports.progress.rollup import roll_up
from reports.tests.campaigns.conftest import Room
from reports.tests.making import EVENING, type_in

TERMS = Terms(
    title="Đợt hai",
    basis="",
    starts=date(2024, 12, 1),
    deadline=date(2025, 1, 31),
    cutoff=time(17, 0),
    kinds=("KT", "KS"),
)


def revised(room: Room, reason: str = "Họp ngày 5/12", **changes: Any) -> None:
    revise(by=room.task_force, campaign=room.campaign, changes=changes, reason=reason, intent=uuid4())


def units_of(campaign: Campaign) -> list[str]:
    return sorted(campaign.units.values_list("slug", flat=True))


def test_a_campaign_has_its_units_and_its_kinds_in_their_order(room: Room) -> None:
    made = create(
        by=room.task_force, office=room.district, terms=TERMS, units=[room.soc_dang], intent=uuid4()
    )
    assert (units_of(made), made.kinds, made.cutoff) == (["soc-dang"], ["KT", "KS"], time(17, 0))
    change = made.changes.get()
    assert (change.what, change.by) == ("created", room.task_force)
    assert change.after and change.after["units"] == ["xã Sóc Đăng"]


def test_pressing_twice_sets_up_one(room: Room) -> None:
    intent = uuid4()
    first, second = (
        create(by=room.task_force, office=room.district, terms=TERMS, units=[room.soc_dang], intent=intent)
        for _time in range(2)
    )
    assert first == second
    assert Campaign.objects.count() == 2


def test_a_campaign_without_a_unit_is_refused(room: Room) -> None:
    with pytest.raises(NotPossible):
        create(by=room.task_force, office=room.district, terms=TERMS, units=[], intent=uuid4())


def test_a_moved_deadline_tells_from_what_to_what_and_why(room: Room) -> None:
    revised(room, deadline=date(2024, 12, 20))
    room.campaign.refresh_from_db()
    assert room.campaign.deadline == date(2024, 12, 20)
    change = room.campaign.changes.get()
    assert (change.what, change.before, change.after) == ("deadline", "2024-12-15", "2024-12-20")
    assert (change.reason, change.by) == ("Họp ngày 5/12", room.task_force)


def test_a_goal_is_not_moved_without_a_reason(room: Room) -> None:
    with pytest.raises(NotAllowedNow):
        revised(room, reason="  ", deadline=date(2024, 12, 20))
    room.campaign.refresh_from_db()
    assert room.campaign.deadline == date(2024, 12, 15)


def test_what_stays_the_same_leaves_no_line(room: Room) -> None:
    revised(room, title=room.campaign.title, kinds=tuple(room.campaign.kinds))
    assert not room.campaign.changes.exists()


def test_another_order_of_the_kinds_is_a_change(room: Room) -> None:
    revised(room, kinds=("KH", "KS"))
    change = room.campaign.changes.get()
    assert (change.before, change.after) == (["KS", "KH"], ["KH", "KS"])


def test_the_deadline_stays_behind_the_start(room: Room) -> None:
    with pytest.raises(NotPossible):
        revised(room, deadline=date(2024, 11, 1))


@pytest.mark.parametrize("changes", [{"starts": date(2024, 11, 18)}, {"cutoff": time(16, 0)}])
def test_start_and_cut_off_stand_once_a_day_was_published(room: Room, changes: dict[str, Any]) -> None:
    DailySnapshot.objects.create(
        campaign=room.campaign,
        day=date(2024, 12, 4),
        taken_at=EVENING,
        kind_of="cutoff",
        definition_version=1,
        figures={},
        sha256="-",
    )
    with pytest.raises(NotPossible):
        revised(room, **changes)


def test_start_and_cut_off_may_be_corrected_before(room: Room) -> None:
    revised(room, cutoff=time(16, 0))
    room.campaign.refresh_from_db()
    assert room.campaign.cutoff == time(16, 0)


def chosen(room: Room, *units: Unit) -> None:
    choose_units(by=room.task_force, campaign=room.campaign, units=units, reason="Sáp nhập", intent=uuid4())


def test_a_unit_taken_out_no_longer_counts(room: Room) -> None:
    chosen(room, room.hop_nhat)
    roll_up()
    assert district_progress(room.campaign).figures.total == 60
    change = room.campaign.changes.get()
    assert (change.what, change.before, change.after) == ("units_out", ["xã Sóc Đăng"], None)


def test_a_unit_brought_back_counts_again(room: Room) -> None:
    chosen(room, room.hop_nhat)
    roll_up()
    chosen(room, room.hop_nhat, room.soc_dang)
    roll_up()
    assert district_progress(room.campaign).figures.total == 70


def test_not_every_unit_can_be_taken_out(room: Room) -> None:
    with pytest.raises(NotPossible):
        chosen(room)


def milestone(room: Room, day: date, percent: int = 50) -> Milestone:
    return set_milestone(
        by=room.task_force,
        campaign=room.campaign,
        day=day,
        percent=percent,
        name="",
        reason="Kế hoạch",
        intent=uuid4(),
    )


def test_a_milestone_lies_within_the_campaign_and_once_on_a_day(room: Room) -> None:
    milestone(room, date(2024, 12, 10))
    for day in (date(2024, 12, 10), date(2024, 11, 1), date(2024, 12, 16)):
        with pytest.raises(NotPossible):
            milestone(room, day)


def test_a_deadline_does_not_jump_over_a_milestone(room: Room) -> None:
    milestone(room, date(2024, 12, 14))
    with pytest.raises(NotPossible):
        revised(room, deadline=date(2024, 12, 13))


def test_a_dropped_milestone_stays_in_the_history(room: Room) -> None:
    set_one = milestone(room, date(2024, 12, 10), 80)
    drop_milestone(by=room.task_force, milestone=set_one, reason="Quá sớm", intent=uuid4())
    assert not Milestone.objects.exists()
    dropped, was_set = room.campaign.changes.all()
    assert (was_set.what, dropped.what, dropped.reason) == ("milestone_set", "milestone_dropped", "Quá sớm")
    assert dropped.before == {"day": "2024-12-10", "percent": 80, "name": ""}


@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}"])
def test_nobody_rewrites_the_history(room: Room, statement: str) -> None:
    revised(room, deadline=date(2024, 12, 20))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("reports_campaignchange"))
    assert CampaignChange.objects.get().reason == "Họp ngày 5/12"


def test_terms_are_read_back_as_they_were_set(room: Room) -> None:
    made = create(
        by=room.task_force, office=room.district, terms=TERMS, units=[room.soc_dang], intent=uuid4()
    )
    assert Terms.of(made) == TERMS


def test_two_campaigns_of_one_commune_end_their_days_at_one_hour(room: Room) -> None:
    early, outside = replace(TERMS, cutoff=time(16, 30)), make_commune("Ca Đình", "ca-dinh")

    def set_up(*units: Unit) -> Campaign:
        return create(by=room.task_force, office=room.district, terms=early, units=units, intent=uuid4())

    with pytest.raises(NotPossible) as refusal:
        set_up(room.soc_dang, outside)
    assert "17:00" in str(refusal.value)
    alone = set_up(outside)
    with pytest.raises(NotPossible):
        choose_units(
            by=room.task_force,
            campaign=alone,
            units=[outside, room.soc_dang],
            reason="Mở rộng",
            intent=uuid4(),
        )
    assert units_of(alone) == ["ca-dinh"]


def test_the_hour_is_not_moved_away_from_that_of_another_campaign(room: Room) -> None:
    create(by=room.task_force, office=room.district, terms=TERMS, units=[room.soc_dang], intent=uuid4())
    with pytest.raises(NotPossible):
        revised(room, cutoff=time(16, 0))
    room.campaign.refresh_from_db()
    assert room.campaign.cutoff == time(17, 0)


def test_a_closed_campaign_binds_nobody_to_its_hour(room: Room) -> None:
    close(by=room.task_force, campaign=room.campaign, reason="Hết hạn", intent=uuid4())
    made = create(
        by=room.task_force,
        office=room.district,
        terms=replace(TERMS, cutoff=time(16, 30)),
        units=[room.soc_dang],
        intent=uuid4(),
    )
    assert made.cutoff == time(16, 30)


def test_two_campaigns_at_once_are_both_counted(room: Room) -> None:
    other = create(
        by=room.task_force, office=room.district, terms=TERMS, units=[room.soc_dang], intent=uuid4()
    )
    type_in(make_book(room.soc_dang, kind="KT", total=5), 2)
    roll_up()
    assert district_progress(other).figures.total == 15
    assert district_progress(room.campaign).figures.total == 70
