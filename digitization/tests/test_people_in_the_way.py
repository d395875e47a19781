"""People who get in each other's way, or try a door that is not theirs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from communes.models import Posting, Role, User
from communes.rights import Rights
from digitization import access, standings, workflow
from digitization.models import Book, BookTotal, Draft, Record, Standing, Status, Verb
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from digitization.tests.making import LONG_AGO, make_book, make_entry, make_record, move
from digitization.verbs import NotAllowedNow

pytestmark = pytest.mark.django_db


def as_user(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(book: Any, number: int | str = 7, **changes: str) -> dict[str, Any]:
    raw = write(BY_CODE[book.kind], make_entry(book, number))
    return {**raw, "intent": str(uuid4()), "then": "open"} | changes


def with_post(user: User, role: Role, unit: Any) -> User:
    """Return the person anew, with one more posting."""
    Posting.objects.create(user=user, unit=unit, role=role, valid_from=LONG_AGO)
    return User.objects.get(pk=user.pk)


def turned(verb: Verb, record: Record, by: User, other: Record | None = None) -> Record:
    return standings.turn(
        verb, by=by, record=record, version=record.version, reason="xem lại sổ", intent=uuid4(), other=other
    )


def test_a_helper_does_not_learn_whose_number_it_is(cast: Any) -> None:
    other = make_record(cast.book, cast.lan, 7)
    answer = as_user(cast.tu).post(reverse("digitization:enter", args=[cast.book.pk]), typed(cast.book))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert other.subject_name in page  # what the helper typed is the same name: the sample's
    assert reverse("digitization:record", args=[other.pk]) not in page
    assert 'name="twin_reason"' not in page


def test_a_helper_who_is_officer_elsewhere_sees_only_own_typing_beside_the_form(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 7)
    tu = with_post(cast.tu, Role.OFFICER, cast.hop_nhat)
    page = as_user(tu).get(reverse("digitization:enter", args=[cast.book.pk])).content.decode()
    assert reverse("digitization:record", args=[record.pk]) not in page


def test_a_leader_who_helps_does_not_correct_the_typing_of_others(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 7)
    binh = with_post(cast.binh, Role.HELPER, cast.soc_dang)
    assert not access.may_correct(Rights.of(binh), binh, record)
    assert as_user(binh).get(reverse("digitization:correct", args=[record.pk])).status_code == 404


@pytest.mark.parametrize("verb", [Verb.WITHDRAW, Verb.MARK_DUPLICATE])
def test_an_entry_that_does_not_count_goes_nowhere(cast: Any, verb: Verb) -> None:
    other, record = make_record(cast.book, cast.lan), make_record(cast.book, cast.lan)
    record = turned(verb, record, cast.lan, other if verb is Verb.MARK_DUPLICATE else None)
    with pytest.raises(NotAllowedNow):
        workflow.check(by=cast.mai, picked={record.pk: record.version}, intent=uuid4())


def test_two_entries_cannot_each_repeat_the_other(cast: Any) -> None:
    first, second = make_record(cast.book, cast.lan), make_record(cast.book, cast.lan)
    seen_before = Record.objects.get(pk=first.pk)
    turned(Verb.MARK_DUPLICATE, first, cast.lan, second)
    with pytest.raises(NotAllowedNow):
        turned(Verb.MARK_DUPLICATE, second, cast.lan, seen_before)


def test_a_birth_does_not_repeat_a_marriage(cast: Any) -> None:
    birth = make_record(cast.book, cast.lan)
    marriage = make_record(make_book(cast.soc_dang, kind="KH", year=2003), cast.lan)
    with pytest.raises(NotAllowedNow):
        turned(Verb.MARK_DUPLICATE, birth, cast.lan, marriage)


def test_what_was_checked_under_another_standing_is_checked_again(cast: Any) -> None:
    record = move(make_record(cast.book, cast.lan), Status.CHECKED, checker=cast.mai, leader=cast.binh)
    record = turned(Verb.CANCEL_IN_BOOK, record, cast.lan)
    assert (record.status, record.checked_by) == (Status.ENTERED, None)


def test_an_acceptance_ends_with_the_words_it_accepted(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 4)
    record = turned(Verb.ACCEPT_UNREADABLE, turned(Verb.MARK_UNREADABLE, record, cast.lan), cast.thu)
    assert not access.may_turn(Rights.of(cast.lan), record, Verb.RESTORE)
    assert access.may_turn(Rights.of(cast.thu), record, Verb.RESTORE)
    record = workflow.correct(
        by=cast.lan, record=record, version=record.version, entry=make_entry(cast.book, 5), intent=uuid4()
    )
    assert (record.standing, record.accepted_ref) == (Standing.UNREADABLE, "")


def test_an_entry_put_aside_from_two_tabs_is_one_draft(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 7)
    lan, url = as_user(cast.lan), reverse("digitization:correct", args=[record.pk])
    for name in ("Cao Văn Nhân", "Cao Văn Nhẫn"):
        assert lan.post(url, typed(cast.book, signer_name=name, version="1", then="later")).status_code == 302
    assert Draft.objects.get().typed["signer_name"] == "Cao Văn Nhẫn"


def test_somebody_elses_intent_makes_a_draft_of_its_own(cast: Any) -> None:
    url, form = reverse("digitization:enter", args=[cast.book.pk]), typed(cast.book, then="later")
    for user in (cast.lan, cast.mai):
        assert as_user(user).post(url, form).status_code == 302
    assert set(Draft.objects.values_list("owner", flat=True)) == {cast.lan.pk, cast.mai.pk}


def test_a_new_book_sent_twice_is_one_book_and_no_error(cast: Any) -> None:
    data = {"kind": "KS", "book_no": "02", "opened_year": "1977", "copy_no": "1", "per_page": "2"}
    form = {**data, "unit": cast.soc_dang.pk, "intent": str(uuid4())}
    lan = as_user(cast.lan)
    answers = [lan.post(reverse("digitization:new_book"), form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Book.objects.filter(opened_year=1977).count() == 1


def test_a_form_sent_again_with_other_words_is_answered_with_words(cast: Any) -> None:
    form = {"pages": "60", "per_page": "2", "intent": str(uuid4())}
    lan, url = as_user(cast.lan), reverse("digitization:describe_book", args=[cast.book.pk])
    assert lan.post(url, form).status_code == 302
    assert lan.post(url, form | {"pages": "61"}).status_code == 422


def test_a_description_changes_only_what_this_person_changed(cast: Any) -> None:
    url = reverse("digitization:describe_book", args=[cast.book.pk])
    shown = {
        "year_from": "1998",
        "year_to": "1998",
        "per_page": "2",
        "pages": "",
        "note": "",
        "closed_on": "",
    }
    old_page = {**shown, **{f"initial-{name}": value for name, value in shown.items()}}
    as_user(cast.lan).post(url, old_page | {"pages": "100"})
    as_user(cast.mai).post(url, old_page | {"note": "bìa rách"})
    cast.book.refresh_from_db()
    assert (cast.book.pages, cast.book.note) == (100, "bìa rách")


def test_a_decision_that_says_nothing_decides_nothing(cast: Any) -> None:
    stated = {"total": "9", "basis": "estimate", "reason": "ước lượng", "intent": str(uuid4())}
    as_user(cast.lan).post(reverse("digitization:state_total", args=[cast.book.pk]), stated)
    waiting = BookTotal.objects.get(book=cast.book, decision="pending")
    answer = as_user(cast.thu).post(reverse("digitization:decide_total", args=[waiting.pk]), {})
    waiting.refresh_from_db()
    assert (answer.status_code, waiting.decision) == (400, "pending")


def test_a_date_the_book_really_has_can_be_kept(cast: Any) -> None:
    url = reverse("digitization:enter", args=[cast.book.pk])
    form = typed(
        cast.book, registration_date="31/2/1998", registration_date__state="uncertain", number="7/1998"
    )
    lan = as_user(cast.lan)
    page = lan.post(url, form).content.decode()
    assert "31/2/1998" in page
    marks = [part.split('"')[0] for part in page.split('name="seen" value="')[1:]]
    assert lan.post(url, form | {"seen": marks, "accept": marks}).status_code == 302
    record = Record.objects.get()
    assert record.registration_date == {"written": "31/2/1998"}
    assert "31/2/1998" in lan.get(reverse("digitization:correct", args=[record.pk])).content.decode()


def test_words_and_a_stated_absence_at_once_are_refused(cast: Any) -> None:
    form = typed(cast.book, signer_name="Cao Văn Nhân", signer_name__state="not_written")
    answer = as_user(cast.lan).post(reverse("digitization:enter", args=[cast.book.pk]), form)
    assert answer.status_code == 422
    assert 'value="Cao Văn Nhân"' in answer.content.decode()


def test_a_name_that_grows_when_folded_is_saved(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, child_full_name="Hà " + "ﬃ" * 190)
    assert len(record.subject_fold) == 500


def test_enter_presses_save_and_not_put_aside(cast: Any) -> None:
    page = as_user(cast.lan).get(reverse("digitization:enter", args=[cast.book.pk])).content.decode()
    assert page.index('value="next"') < page.index('value="later"')


def test_the_place_is_the_books_own_words_and_never_todays_unit(cast: Any) -> None:
    lan, url = as_user(cast.lan), reverse("digitization:enter", args=[cast.book.pk])
    assert 'name="registration_place" value=""' in lan.get(url).content.decode()
    make_record(cast.book, cast.lan, registration_place="UBND xã Sóc Đăng, huyện Đoan Hùng, tỉnh Vĩnh Phú")
    assert "tỉnh Vĩnh Phú" in lan.get(url).content.decode()
