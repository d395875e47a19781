"""Typing entries, as a clerk does it in the browser."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from digitization.models import Draft, Record, Status
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from digitization.tests.making import make_book, make_entry, make_record

pytestmark = pytest.mark.django_db


def typed(book: Any, number: int | str = 7, **changes: str) -> dict[str, Any]:
    """Return a posted form of a whole entry; changes are raw texts, "" empties a field."""
    raw = write(BY_CODE[book.kind], make_entry(book, number))
    return {**raw, "intent": str(uuid4()), "then": "open"} | changes


def ready_to_type_in(answer: Any) -> list[str]:
    """Return the names of the fields the browser puts the cursor into."""
    return re.findall(r'name="(\w+)"[^>]* autofocus', answer.content.decode())


@pytest.fixture
def lan(cast: Any, client: Client) -> Client:
    """The browser of Lan, officer of Sóc Đăng."""
    client.force_login(cast.lan)
    return client


def test_the_form_opens_with_the_next_number(cast: Any, lan: Client) -> None:
    make_record(cast.book, cast.lan, 46)
    page = lan.get(reverse("digitization:enter", args=[cast.book.pk])).content.decode()
    assert re.search(r'name="number" value="47"', page)


def test_every_field_of_the_kind_is_on_the_form(cast: Any, lan: Client) -> None:
    page = lan.get(reverse("digitization:enter", args=[cast.book.pk])).content.decode()
    for field in BY_CODE["KS"].fields():
        assert f'name="{field.code}"' in page, field.code
        assert f'name="{field.code}__state"' in page, field.code


def test_a_saved_entry_leads_to_the_next_one(cast: Any, lan: Client) -> None:
    answer = lan.post(reverse("digitization:enter", args=[cast.book.pk]), typed(cast.book, then="next"))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('digitization:enter', args=[cast.book.pk])}?tiep=1"
    assert Record.objects.get().number == 7
    assert 'name="number" value="08"' in lan.get(answer["Location"]).content.decode()


def test_an_error_names_the_field_and_keeps_what_was_typed(cast: Any, lan: Client) -> None:
    form = typed(cast.book, child_birth_date="31/02/1998", mother_full_name="Lâm Thị Nhạn <b>")
    answer = lan.post(reverse("digitization:enter", args=[cast.book.pk]), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="child_birth_date_said"' in page
    assert 'value="31/02/1998"' in page
    assert "Lâm Thị Nhạn &lt;b&gt;" in page
    assert not Record.objects.exists()


def test_a_warning_asks_once_and_a_tick_settles_it(cast: Any, lan: Client) -> None:
    url, form = (
        reverse("digitization:enter", args=[cast.book.pk]),
        typed(cast.book, child_full_name="HÀ 4 QUYẾT"),
    )
    first = lan.post(url, form)
    assert first.status_code == 422
    marks = re.findall(r'name="seen" value="(\w{16})"', first.content.decode())
    assert marks
    assert lan.post(url, form | {"seen": marks, "accept": marks}).status_code == 302
    assert Record.objects.get().open_warnings == 0


def test_a_warning_left_open_is_saved_as_open(cast: Any, lan: Client) -> None:
    url, form = (
        reverse("digitization:enter", args=[cast.book.pk]),
        typed(cast.book, child_full_name="HÀ 4 QUYẾT"),
    )
    marks = re.findall(r'name="seen" value="(\w{16})"', lan.post(url, form).content.decode())
    lan.post(url, form | {"seen": marks})
    assert Record.objects.get().open_warnings == 1


@pytest.mark.parametrize("odd", ["HÀ 4 QUYẾT", ""])
def test_the_clerk_is_led_to_what_the_checks_ask_about(cast: Any, lan: Client, odd: str) -> None:
    url = reverse("digitization:enter", args=[cast.book.pk])
    assert ready_to_type_in(lan.get(url)) == ["number"]
    answer = lan.post(url, typed(cast.book, child_full_name=odd))
    assert ready_to_type_in(answer) == ["child_full_name"]
    assert '<a href="#child_full_name_field">' in answer.content.decode()


def test_a_number_taken_shows_whose_it_is_and_asks_for_a_reason(cast: Any, lan: Client) -> None:
    make_record(cast.book, cast.lan, 7)
    url, form = reverse("digitization:enter", args=[cast.book.pk]), typed(cast.book)
    form |= {"child_full_name": "Hà Thị Quyên", "child_gender": "2"}
    answer = lan.post(url, form)
    assert answer.status_code == 422
    assert 'name="twin_reason"' in answer.content.decode()
    assert lan.post(url, form | {"twin_reason": "Sổ ghi hai số 7"}).status_code == 302
    assert Record.objects.filter(number=7).count() == 2


def test_a_change_by_somebody_else_is_shown_field_by_field(cast: Any, lan: Client) -> None:
    record = make_record(cast.book, cast.lan, 7)
    url = reverse("digitization:correct", args=[record.pk])
    theirs = typed(cast.book, signer_name="Cao Văn Nhân", version="1")
    assert lan.post(url, theirs).status_code == 302
    mine = typed(cast.book, signer_name="Cao Văn Nhẫn", version="1")
    answer = lan.post(url, mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Cao Văn Nhân" in page
    assert "Cao Văn Nhẫn" in page
    again = mine | {"version": re.findall(r'name="version" value="(\d+)"', page)[0]}
    assert lan.post(url, again).status_code == 302
    record.refresh_from_db()
    assert record.signer_name == "Cao Văn Nhẫn"


def test_a_double_click_saves_once(cast: Any, lan: Client) -> None:
    url, form = reverse("digitization:enter", args=[cast.book.pk]), typed(cast.book)
    assert lan.post(url, form).status_code == lan.post(url, form).status_code == 302
    assert Record.objects.count() == 1


def test_something_put_aside_is_private_and_gone_once_saved(cast: Any, lan: Client) -> None:
    url, form = reverse("digitization:enter", args=[cast.book.pk]), typed(cast.book, child_full_name="")
    lan.post(url, form | {"then": "later"})
    draft = Draft.objects.get()
    assert (draft.owner, Record.objects.count()) == (cast.lan, 0)
    other = Client()
    other.force_login(cast.mai)
    assert other.get(reverse("digitization:resume", args=[draft.pk])).status_code == 404
    page = lan.get(reverse("digitization:resume", args=[draft.pk])).content.decode()
    assert str(draft.intent) in page
    lan.post(url, form | {"child_full_name": "Hà Văn Quyết"})
    assert (Draft.objects.count(), Record.objects.count()) == (0, 1)


def test_a_draft_can_be_thrown_away(cast: Any, lan: Client) -> None:
    lan.post(reverse("digitization:enter", args=[cast.book.pk]), typed(cast.book) | {"then": "later"})
    lan.post(reverse("digitization:discard", args=[Draft.objects.get().pk]))
    assert not Draft.objects.exists()


def test_a_correction_of_a_returned_entry_waits_to_be_checked_again(cast: Any, lan: Client) -> None:
    record = make_record(cast.book, cast.lan, 7)
    Record.objects.filter(pk=record.pk).update(status=Status.RETURNED)
    record.refresh_from_db()
    assert f"/ho-so/{record.pk}/" in lan.get(reverse("digitization:returned")).content.decode()
    form = typed(cast.book, version=str(record.version))
    assert lan.post(reverse("digitization:correct", args=[record.pk]), form).status_code == 302
    record.refresh_from_db()
    assert record.status == Status.ENTERED


def test_a_generic_book_is_typed_on_the_same_form(cast: Any, lan: Client) -> None:
    book = make_book(cast.soc_dang, kind="KHAC", year=2003)
    answer = lan.post(reverse("digitization:enter", args=[book.pk]), typed(book))
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert Record.objects.get().kind == "KHAC"
