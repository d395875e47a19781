"""Communes sign how many entries a day they do; what was signed is never rewritten."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from communes.models import Role
from digitization.tests.making import make_commune, make_person
from reports.campaigns.closing import close
from reports.campaigns.committing import Signed, commit, newest_of_each
from reports.campaigns.settling import NotPossible
from reports.models import Commitment
from reports.tests.campaigns.conftest import Room

ON_PAPER = {
    "signer": "Trần Văn Chủ",
    "position": "Chủ tịch UBND xã",
    "signed_on": "20/11/2024",
    "per_day": "180",
}


def signed(room: Room, per_day: int = 180, *, on: date = date(2024, 11, 20), reason: str = "") -> Commitment:
    words = Signed(signer="Trần Văn Chủ", position="Chủ tịch", signed_on=on, per_day=per_day, in_person=False)
    return commit(
        by=room.task_force,
        campaign=room.campaign,
        unit=room.hop_nhat,
        signed=words,
        reason=reason,
        intent=uuid4(),
    )


def address(room: Room, slug: str = "hop-nhat") -> str:
    return f"/dot-so-hoa/{room.campaign.pk}/cam-ket/{slug}/"


def test_the_first_commitment_needs_no_reason(room: Room) -> None:
    assert signed(room).reason == ""


def test_a_changed_commitment_says_why_and_the_first_stays(room: Room) -> None:
    signed(room)
    with pytest.raises(NotPossible):
        signed(room, 200)
    signed(room, 200, reason="Thêm hai người")
    assert [one.per_day for one in room.campaign.commitments.all()] == [200, 180]
    assert [one.per_day for one in newest_of_each(room.campaign)] == [200]


def test_nobody_signs_tomorrow(room: Room) -> None:
    with pytest.raises(NotPossible):
        signed(room, on=date(2024, 12, 6))


def test_a_commune_outside_of_the_campaign_signs_nothing(room: Room) -> None:
    outside = make_commune("Ca Đình", "ca-dinh")
    words = Signed(signer="A", position="B", signed_on=date(2024, 12, 1), per_day=1, in_person=False)
    with pytest.raises(NotPossible):
        commit(
            by=room.task_force,
            campaign=room.campaign,
            unit=outside,
            signed=words,
            reason="",
            intent=uuid4(),
        )


@pytest.mark.parametrize(
    "statement", ["UPDATE reports_commitment SET per_day = 1", "DELETE FROM reports_commitment"]
)
def test_what_was_signed_is_never_rewritten(room: Room, statement: str) -> None:
    signed(room)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Commitment.objects.get().per_day == 180


def test_the_database_wants_the_reason_too(room: Room) -> None:
    first = signed(room)
    first.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        first.save(force_insert=True)


def test_a_leader_signs_in_person_in_their_own_name(room: Room, at_leaders_desk: Client) -> None:
    page = at_leaders_desk.get(address(room)).content.decode()
    assert "Tôi là Trần Văn Chủ, thay mặt UBND xã Hợp Nhất" in page
    answer = at_leaders_desk.post(
        address(room), {"per_day": "190", "position": "Phó Chủ tịch UBND xã", "agreed": "on"}
    )
    assert answer.status_code == 302
    made = Commitment.objects.get()
    assert (made.signer, made.position, made.per_day) == ("Trần Văn Chủ", "Phó Chủ tịch UBND xã", 190)
    assert (made.in_person, made.by, made.signed_on) == (True, room.leader, date(2024, 12, 5))


def test_without_the_tick_nothing_is_signed(room: Room, at_leaders_desk: Client) -> None:
    answer = at_leaders_desk.post(address(room), {"per_day": "190", "position": "Chủ tịch"})
    assert answer.status_code == 422
    assert 'value="190"' in answer.content.decode()
    assert not Commitment.objects.exists()


def test_a_leader_signs_for_no_other_commune(room: Room, at_leaders_desk: Client) -> None:
    form = {"per_day": "190", "position": "Chủ tịch", "agreed": "on", **ON_PAPER}
    assert at_leaders_desk.post(address(room, "soc-dang"), form).status_code == 403
    assert not Commitment.objects.exists()
    assert '<form class="sheet"' not in at_leaders_desk.get(address(room, "soc-dang")).content.decode()


def test_an_officer_reads_and_does_not_sign(room: Room, client: Client) -> None:
    client.force_login(make_person("officer", Role.OFFICER, room.hop_nhat))
    assert client.get(address(room)).status_code == 200
    assert client.post(address(room), {"per_day": "1", "position": "x", "agreed": "on"}).status_code == 403


def test_the_district_writes_a_signed_paper_down(room: Room, at_task_force: Client) -> None:
    assert at_task_force.post(address(room), ON_PAPER).status_code == 302
    made = Commitment.objects.get()
    assert (made.in_person, made.by, made.signed_on) == (False, room.task_force, date(2024, 11, 20))
    page = at_task_force.get(address(room)).content.decode()
    assert "ký trên giấy, Vũ Thị Loan ghi nhận" in page


def test_a_second_paper_without_a_reason_comes_back_as_typed(room: Room, at_task_force: Client) -> None:
    signed(room)
    answer = at_task_force.post(address(room), ON_PAPER | {"per_day": "250"})
    assert answer.status_code == 422
    assert 'value="250"' in answer.content.decode()


def test_a_commitment_sent_after_the_end_is_refused_in_words(room: Room, at_task_force: Client) -> None:
    close(by=room.task_force, campaign=room.campaign, reason="Hết hạn", intent=uuid4())
    answer = at_task_force.post(address(room), ON_PAPER)
    assert answer.status_code == 422
    assert "không thay đổi được nữa" in answer.content.decode()
    assert not Commitment.objects.exists()


def test_pressing_twice_signs_once(room: Room, at_task_force: Client) -> None:
    form = ON_PAPER | {"intent": str(uuid4())}
    at_task_force.post(address(room), form)
    assert Commitment.objects.count() == 1
    # The page sent again asks for the reason of a change that is none.
    at_task_force.post(address(room), form | {"reason": ""})
    assert Commitment.objects.count() == 1
