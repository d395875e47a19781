"""The pages of campaigns: who reads, who changes, and how bad input comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes.models import Level, Role, Unit
from digitization.tests.making import LONG_AGO, make_commune, make_person
from reports.campaigns.committing import Signed, commit
from reports.models import Campaign
from reports.tests.campaigns.conftest import Room

NEW = {
    "title": "Đợt hai",
    "basis": "Kế hoạch số 00/KH-UBND",
    "starts": "06/12/2024",
    "deadline": "31/01/2025",
    "cutoff": "17:00",
    "kind_KT": "1",
    "kind_KS": "2",
}


def test_everybody_who_sees_figures_reads_and_only_the_task_force_finds_the_way_to_change(
    room: Room, at_task_force: Client, at_leaders_desk: Client
) -> None:
    address = f"/dot-so-hoa/{room.campaign.pk}/"
    for client, changes in ((at_task_force, True), (at_leaders_desk, False)):
        assert client.get("/dot-so-hoa/").status_code == 200
        page = client.get(address).content.decode()
        assert "xã Hợp Nhất" in page or "Hợp Nhất" in page
        assert (f"{address}sua/" in page) is changes
        assert (f"{address}dong/" in page) is changes


def test_a_new_campaign_is_set_up_with_units_and_the_kinds_in_order(
    room: Room, at_task_force: Client
) -> None:
    answer = at_task_force.post("/dot-so-hoa/moi/", NEW | {"units": [room.hop_nhat.pk]})
    made = Campaign.objects.get(title="Đợt hai")
    assert answer["Location"] == f"/dot-so-hoa/{made.pk}/"
    assert (made.kinds, made.office) == (["KT", "KS"], room.district)
    assert [unit.slug for unit in made.units.all()] == ["hop-nhat"]


def test_the_new_form_offers_the_communes_that_exist_ticked(room: Room, at_task_force: Client) -> None:
    ended = make_commune("Phú Thứ", "phu-thu")
    Unit.objects.filter(pk=ended.pk).update(valid_to=date(2020, 1, 1))
    form = at_task_force.get("/dot-so-hoa/moi/").context["form"]
    assert set(form["units"].initial) == {room.hop_nhat.pk, room.soc_dang.pk}
    assert ended in form.fields["units"].queryset


@pytest.mark.parametrize(
    "spoilt",
    [
        {"deadline": "01/12/2024"},
        {"starts": "31/02/2024"},
        {"cutoff": "năm giờ"},
        {"title": " "},
        {"kind_KT": "", "kind_KS": ""},
        {"units": []},
    ],
)
def test_bad_input_comes_back_as_typed_with_a_sentence(
    room: Room, at_task_force: Client, spoilt: dict[str, Any]
) -> None:
    form = NEW | {"units": [room.hop_nhat.pk]} | spoilt
    answer = at_task_force.post("/dot-so-hoa/moi/", form)
    assert answer.status_code == 422
    assert "notice-error" in answer.content.decode()
    assert "Kế hoạch số 00/KH-UBND" in answer.content.decode()
    assert Campaign.objects.count() == 1


def test_a_unit_of_another_district_cannot_be_chosen(room: Room, at_task_force: Client) -> None:
    other = Unit.objects.create(
        slug="huyen-khac", level=Level.DISTRICT, kind="huyện", name="Khác", valid_from=LONG_AGO
    )
    stranger = make_commune("Xa Lạ", "xa-la", parent=other)
    answer = at_task_force.post("/dot-so-hoa/moi/", NEW | {"units": [stranger.pk]})
    assert answer.status_code == 422


def changed(room: Room, client: Client, **changes: str) -> Any:
    """Send the form of change as the page shows it, with some fields typed over."""
    address = f"/dot-so-hoa/{room.campaign.pk}/sua/"
    form = client.get(address).context["form"]
    typed = {}
    for field in form:
        value = field.value()
        value = (
            field.field.widget.format_value(value)
            if field.name in ("starts", "deadline", "cutoff")
            else value
        )
        typed[field.html_name] = value or ""
        if field.field.show_hidden_initial:
            typed[field.html_initial_name] = value or ""
    return client.post(address, typed | changes)


def test_a_deadline_is_moved_on_the_page_and_nothing_else(room: Room, at_task_force: Client) -> None:
    answer = changed(room, at_task_force, deadline="20/12/2024", reason="Mưa bão")
    assert answer.status_code == 302
    assert [one.what for one in room.campaign.changes.all()] == ["deadline"]
    page = at_task_force.get(answer["Location"]).content.decode()
    assert "15/12/2024 → 20/12/2024" in page
    assert "Mưa bão" in page


def test_what_somebody_else_changed_meanwhile_stays(room: Room, at_task_force: Client) -> None:
    address = f"/dot-so-hoa/{room.campaign.pk}/sua/"
    at_task_force.get(address)
    Campaign.objects.update(title="Tên mới")
    # The page still shows the former title, in the field and beside it: it was not touched.
    answer = changed(
        room, at_task_force, title="Peak campaign", **{"initial-title": "Peak campaign"}, reason="Họp"
    )
    assert answer.status_code == 302
    assert Campaign.objects.get().title == "Tên mới"


def test_a_change_without_a_reason_comes_back(room: Room, at_task_force: Client) -> None:
    assert changed(room, at_task_force, deadline="20/12/2024").status_code == 422
    assert Campaign.objects.get().deadline == date(2024, 12, 15)


def units_form(room: Room, *ticked: Unit, shown: Sequence[Unit], reason: str = "Sáp nhập") -> dict[str, Any]:
    return {
        "units": [unit.pk for unit in ticked],
        "shown": [unit.pk for unit in shown],
        "reason": reason,
        "intent": str(uuid4()),
    }


def taking_part(room: Room) -> list[str]:
    return sorted(room.campaign.units.values_list("slug", flat=True))


def test_units_are_taken_out_on_the_page(room: Room, at_task_force: Client) -> None:
    address = f"/dot-so-hoa/{room.campaign.pk}/don-vi/"
    both = (room.hop_nhat, room.soc_dang)
    page = at_task_force.get(address).content.decode()
    for unit in both:
        assert f'<input type="hidden" name="shown" value="{unit.pk}"' in page
    without_reason = units_form(room, room.hop_nhat, shown=both, reason="")
    refused = at_task_force.post(address, without_reason)
    assert refused.status_code == 422
    assert refused.content.decode().count('name="shown"') == 2
    at_task_force.post(address, units_form(room, room.hop_nhat, shown=both, reason="Đã xong từ trước"))
    page = at_task_force.get(f"/dot-so-hoa/{room.campaign.pk}/").content.decode()
    assert "xã Sóc Đăng" in page
    assert "Đã xong từ trước" in page
    assert taking_part(room) == ["hop-nhat"]


def test_units_a_colleague_changed_while_the_page_was_open_stay_as_they_are_now(
    room: Room, at_task_force: Client
) -> None:
    came, new = make_commune("Chân Mộng", "chan-mong"), make_commune("Ca Đình", "ca-dinh")
    both = (room.hop_nhat, room.soc_dang)
    # The colleague takes one in and one out; on this page both stand as before.
    room.campaign.campaignunit_set.create(unit=came)
    room.campaign.campaignunit_set.filter(unit=room.soc_dang).delete()
    answer = at_task_force.post(
        f"/dot-so-hoa/{room.campaign.pk}/don-vi/", units_form(room, *both, new, shown=both), follow=True
    )
    assert taking_part(room) == ["ca-dinh", "chan-mong", "hop-nhat"]
    assert [one.after for one in room.campaign.changes.filter(what="units_in")] == [["xã Ca Đình"]]
    page = answer.content.decode()
    assert "người khác đã đưa vào đợt: xã Chân Mộng" in page
    assert "người khác đã đưa ra khỏi đợt: xã Sóc Đăng" in page


def test_what_a_colleague_has_done_already_is_said_and_not_done_again(
    room: Room, at_task_force: Client
) -> None:
    both = (room.hop_nhat, room.soc_dang)
    room.campaign.campaignunit_set.filter(unit=room.soc_dang).delete()
    answer = at_task_force.post(
        f"/dot-so-hoa/{room.campaign.pk}/don-vi/",
        units_form(room, room.hop_nhat, shown=both),
        follow=True,
    )
    page = answer.content.decode()
    assert "Không có gì thay đổi" in page
    assert "người khác đã đưa ra khỏi đợt: xã Sóc Đăng" in page
    assert not room.campaign.changes.filter(what="units_out").exists()


def test_two_people_do_not_take_out_the_last_units_between_them(room: Room, at_task_force: Client) -> None:
    both = (room.hop_nhat, room.soc_dang)
    room.campaign.campaignunit_set.filter(unit=room.hop_nhat).delete()
    answer = at_task_force.post(
        f"/dot-so-hoa/{room.campaign.pk}/don-vi/", units_form(room, room.hop_nhat, shown=both)
    )
    assert answer.status_code == 422
    assert taking_part(room) == ["soc-dang"]


def test_a_page_that_does_not_say_what_it_showed_is_not_believed(room: Room, at_task_force: Client) -> None:
    form = units_form(room, room.hop_nhat, shown=())
    answer = at_task_force.post(f"/dot-so-hoa/{room.campaign.pk}/don-vi/", form)
    assert (answer.status_code, taking_part(room)) == (422, ["hop-nhat", "soc-dang"])
    assert "Trang này đã cũ" in answer.content.decode()


def test_another_district_changes_nothing(room: Room, client: Client) -> None:
    other = Unit.objects.create(
        slug="huyen-khac", level=Level.DISTRICT, kind="huyện", name="Khác", valid_from=LONG_AGO
    )
    client.force_login(make_person("other", Role.CHAIRMAN, other))
    for page in ("sua", "don-vi", "dong", "van-ban", "moc"):
        assert client.get(f"/dot-so-hoa/{room.campaign.pk}/{page}/").status_code == 404
        assert client.post(f"/dot-so-hoa/{room.campaign.pk}/{page}/", {"reason": "x"}).status_code == 404
    assert client.get(f"/dot-so-hoa/{room.campaign.pk}/").status_code == 200


def test_an_office_that_is_not_theirs_cannot_be_named(room: Room, at_task_force: Client) -> None:
    assert at_task_force.get("/dot-so-hoa/moi/?office=hop-nhat").status_code == 404


def test_what_counts_is_told_in_words(room: Room, at_leaders_desk: Client) -> None:
    page = at_leaders_desk.get(f"/dot-so-hoa/{room.campaign.pk}/").content.decode()
    for words in ("Thế nào là đã số hóa", "Đã hủy trong sổ", "Định nghĩa số 1"):
        assert words in page


def test_a_campaign_counted_by_an_older_definition_names_only_its_number(
    room: Room, at_leaders_desk: Client
) -> None:
    Campaign.objects.update(definition_version=7)
    page = at_leaders_desk.get(f"/dot-so-hoa/{room.campaign.pk}/").content.decode()
    assert "Định nghĩa số 7" in page
    assert "Đã hủy trong sổ" not in page


def test_a_quota_that_no_longer_suffices_is_marked(room: Room, at_task_force: Client) -> None:
    signed = Signed(signer="A", position="B", signed_on=date(2024, 11, 20), per_day=1, in_person=False)
    commit(
        by=room.task_force,
        campaign=room.campaign,
        unit=room.hop_nhat,
        signed=signed,
        reason="",
        intent=uuid4(),
    )
    page = at_task_force.get(f"/dot-so-hoa/{room.campaign.pk}/")
    pledge = next(one for one in page.context["page"].pledges if one.unit.slug == "hop-nhat")
    assert pledge.too_little
    assert "không còn đủ" in page.content.decode()


def test_the_page_asks_as_much_for_many_communes_as_for_two(room: Room, at_task_force: Client) -> None:
    address = f"/dot-so-hoa/{room.campaign.pk}/"
    at_task_force.get(address)
    with CaptureQueriesContext(connection) as few:
        at_task_force.get(address)
    for number in range(8):
        room.campaign.campaignunit_set.create(unit=make_commune(f"Xã {number}", f"xa-{number}"))
    with CaptureQueriesContext(connection) as many:
        at_task_force.get(address)
    assert len(many) == len(few) <= 12, [query["sql"][:80] for query in many]


def test_the_list_asks_as_much_for_many_campaigns_as_for_one(room: Room, at_task_force: Client) -> None:
    at_task_force.get("/dot-so-hoa/")
    with CaptureQueriesContext(connection) as one:
        at_task_force.get("/dot-so-hoa/")
    for number in range(5):
        made = Campaign.objects.create(
            title=f"Đợt {number}",
            office=room.district,
            kinds=["KS"],
            starts=date(2024, 12, 1),
            deadline=date(2024, 12, 31),
        )
        made.campaignunit_set.create(unit=room.hop_nhat)
    with CaptureQueriesContext(connection) as many:
        page = at_task_force.get("/dot-so-hoa/").context["page"]
    assert len(page.running) == 6
    assert len(many) == len(one)


def test_the_list_leads_to_a_new_one_and_unknown_ones_are_not_found(room: Room, client: Client) -> None:
    client.force_login(room.task_force)
    page = client.get("/dot-so-hoa/").content.decode()
    assert "/dot-so-hoa/moi/" in page
    for unknown in (999_999, 10**25):
        for page in ("", "sua/", "so/", "van-ban/1/", "cam-ket/hop-nhat/"):
            assert client.get(f"/dot-so-hoa/{unknown}/{page}").status_code == 404


def test_names_that_look_like_markup_stay_text(room: Room, at_task_force: Client) -> None:
    hostile = "<img src=http://127.0.0.1/x>"
    changed(room, at_task_force, title=hostile, reason=hostile)
    page = at_task_force.get(f"/dot-so-hoa/{room.campaign.pk}/").content.decode()
    assert hostile not in page
    assert "&lt;img src=" in page
