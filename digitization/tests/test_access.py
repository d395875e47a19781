"""Who sees and touches what: list, button and refusal ask the same question."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from communes.models import Role, Unit
from communes.rights import Rights
from digitization import access
from digitization.models import Record
from digitization.tests.making import make_book, make_person, make_record

pytestmark = pytest.mark.django_db


def rights(user: Any) -> Rights:
    return Rights.of(user)


def without_tokens(page: bytes) -> str:
    """Return a page without what differs at every answer: the token of its forms and its own address."""
    return re.sub(r"\w{64}|/ho-so/\d+/", "", page.decode())


def test_everybody_sees_exactly_their_own_entries(cast: Any) -> None:
    ours = make_record(cast.book, cast.lan)
    helped = make_record(cast.book, cast.tu)
    theirs = make_record(make_book(cast.hop_nhat), cast.minh)
    seen = {
        name: set(access.records_to_read(rights(user), user))
        for name, user in vars(cast).items()
        if hasattr(user, "username")
    }
    assert seen == {
        "lan": {ours, helped},
        "mai": {ours, helped},
        "binh": {ours, helped},
        "tu": {helped},
        "minh": {theirs},
        "thu": {ours, helped, theirs},
        "hoa": set(),
        "son": set(),
    }


def test_it_refuses_a_record_of_another_commune(cast: Any) -> None:
    theirs = make_record(make_book(cast.hop_nhat), cast.minh)
    with pytest.raises(Http404):
        access.record_to_read(rights(cast.lan), cast.lan, theirs.pk)


def test_a_foreign_entry_answers_like_one_that_does_not_exist(cast: Any, client: Client) -> None:
    theirs = make_record(make_book(cast.hop_nhat), cast.minh)
    client.force_login(cast.lan)
    foreign = client.get(reverse("digitization:record", args=[theirs.pk]))
    missing = client.get(reverse("digitization:record", args=[theirs.pk + 9_999]))
    assert foreign.status_code == missing.status_code == 404
    assert without_tokens(foreign.content) == without_tokens(missing.content)


def test_a_helper_corrects_only_their_own_typing(cast: Any) -> None:
    with pytest.raises(Http404):
        access.record_to_correct(rights(cast.tu), cast.tu, make_record(cast.book, cast.lan).pk)
    own = make_record(cast.book, cast.tu)
    assert access.record_to_correct(rights(cast.tu), cast.tu, own.pk) == own


def test_own_typing_is_not_in_the_list_to_check(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    assert not access.records_to_check(rights(cast.lan), cast.lan).awaiting_check()
    assert access.records_to_check(rights(cast.mai), cast.mai).awaiting_check().count() == 1
    assert access.records_to_check(rights(cast.thu), cast.thu).awaiting_check().count() == 1


def test_justice_approves_only_in_books_kept_at_the_district(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    kept_above = make_book(cast.district)
    clerk = make_person("clerk", Role.OFFICER, cast.district)
    above = make_record(kept_above, clerk)
    assert set(access.records_to_approve(rights(cast.thu), cast.thu)) == {above}
    assert not access.records_to_approve(rights(cast.binh), cast.binh).filter(pk=above.pk)


def test_nobody_types_in_a_second_copy(cast: Any) -> None:
    copy = make_book(cast.soc_dang, second_copy_of=cast.book, copy_no=2)
    with pytest.raises(Http404):
        access.book_to_enter(rights(cast.lan), copy.pk)


def test_after_a_handover_the_new_keeper_sees_the_entries(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    type(cast.book).objects.filter(pk=cast.book.pk).update(custodian=cast.hop_nhat)
    assert set(access.records_to_read(rights(cast.minh), cast.minh)) == {record}
    assert not access.records_to_read(rights(cast.lan), cast.lan)


@pytest.mark.parametrize("person", ["hoa", "son"])
@pytest.mark.parametrize(
    "route", ["books", "checking", "approving", "returned", "transferring", "pending_totals", "new_book"]
)
def test_who_sees_no_persons_is_sent_away_before_any_look_up(
    cast: Any, client: Client, person: str, route: str
) -> None:
    client.force_login(getattr(cast, person))
    assert client.get(reverse(f"digitization:{route}")).status_code == 403


def test_a_posting_that_ended_opens_nothing(cast: Any, client: Client) -> None:
    client.force_login(cast.lan)
    cast.lan.postings.update(valid_to="2001-01-01")
    assert client.get(reverse("digitization:books")).status_code == 403


def test_an_account_that_was_closed_is_out_at_the_next_click(cast: Any, client: Client) -> None:
    client.force_login(cast.lan)
    type(cast.lan).objects.filter(pk=cast.lan.pk).update(is_active=False)
    answer = client.get(reverse("digitization:books"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("communes:login"))


def test_units_and_records_are_counted_once(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    make_person("thu2", Role.JUSTICE, cast.district)
    assert Unit.objects.within([cast.district.pk]).count() == 3
    assert Record.objects.visible_to(rights(cast.thu), cast.thu).count() == 1
