"""A clerk types what old books really hold. Every oddity ends in a saved entry that says what the book says, no more.

Each row is one thing met in books of the last seventy years: typed as it stands there, answered once at most, then
confirmed as in the original book. Nothing may be refused for good, and no value may appear that nobody typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from communes.models import Role
from digitization.entry_rows import as_entry
from digitization.models import Record
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Input, RecordType
from digitization.record_types.entries import absence, is_uncertain, words
from digitization.record_types.reading import write
from digitization.tests.making import make_book, make_commune, make_person, make_record

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays which part in a kind: the person registered, another one, and the event besides the registration."""

    person: str
    other: str
    event: str
    words: str = ""


CASTS = {
    "KS": Cast("child", "mother", "child_birth_date", "child_birth_date_words"),
    "KH": Cast("husband", "wife", "wife_birth_date"),
    "KT": Cast("deceased", "applicant", "death_date", "death_date_words"),
    "CMC": Cast("child", "parent", "child_birth_date"),
    "HN": Cast("person", "applicant", "person_birth_date"),
}


@dataclass(frozen=True, slots=True)
class Years:
    """When the sample of a kind was registered, and when what it registers happened."""

    registered: int
    event: int


Typed = dict[str, str]


def a_year_only(cast: Cast, at: Years) -> Typed:
    return {cast.event: str(at.event)}


def a_month_and_a_year(cast: Cast, at: Years) -> Typed:
    return {cast.event: f"3/{at.event}"}


def zeros_for_day_and_month(cast: Cast, at: Years) -> Typed:
    return {cast.event: f"00/00/{at.event}"}


def dashes_for_the_day(cast: Cast, at: Years) -> Typed:
    return {cast.event: f"--/3/{at.event}"}


def a_lunar_day(cast: Cast, at: Years) -> Typed:
    return {cast.event: f"rằm tháng Giêng năm {at.event} âm lịch"}


def a_day_no_calendar_has(cast: Cast, at: Years) -> Typed:
    return {cast.event: f"31/02/{at.event}", f"{cast.event}__state": "uncertain"}


def a_year_the_pen_slipped_in(cast: Cast, at: Years) -> Typed:
    return {cast.event: "01/04/5005", f"{cast.event}__state": "uncertain"}


def no_date_of_the_event(cast: Cast, at: Years) -> Typed:
    return {cast.event: "", f"{cast.event}__state": "not_written"}


def a_name_read_in_part(cast: Cast, at: Years) -> Typed:
    return {f"{cast.person}_full_name": "Nguyễn V[…]", f"{cast.person}_full_name__state": "uncertain"}


def a_name_nobody_can_read(cast: Cast, at: Years) -> Typed:
    return {f"{cast.person}_full_name": "", f"{cast.person}_full_name__state": "illegible"}


def a_name_of_one_word(cast: Cast, at: Years) -> Typed:
    return {f"{cast.other}_full_name": "Nhàn"}


def a_name_in_capitals_with_an_old_tone(cast: Cast, at: Years) -> Typed:
    return {f"{cast.person}_full_name": "ĐẶNG THỊ THUỶ HOÀ"}


def nobody_named_beside(cast: Cast, at: Years) -> Typed:
    return {f"{cast.other}_full_name": "", f"{cast.other}_full_name__state": "not_written"}


def a_people_no_list_knows(cast: Cast, at: Years) -> Typed:
    return {f"{_described(cast)}_ethnicity": "Mán"}


def a_country_that_is_gone(cast: Cast, at: Years) -> Typed:
    return {f"{_described(cast)}_nationality": "Việt Nam Dân chủ Cộng hòa"}


def a_place_of_old_names(cast: Cast, at: Years) -> Typed:
    return {"registration_place": "UBHC xã Nghinh Xuyên, huyện Sông Lô, tỉnh Vĩnh Phú"}


def a_number_with_a_letter(cast: Cast, at: Years) -> Typed:
    return {"number": "12A"}


def a_number_nobody_can_read(cast: Cast, at: Years) -> Typed:
    return {"number": "", "number__state": "illegible"}


def no_date_of_registration(cast: Cast, at: Years) -> Typed:
    return {"registration_date": "", "registration_date__state": "not_written"}


def a_note_in_the_margin(cast: Cast, at: Years) -> Typed:
    return {"remarks": "Cải chính họ tên theo QĐ số 12/QĐ-UBND ngày 5/6/2009.\nĐã cấp lại bản chính."}


def a_signer_nobody_can_read(cast: Cast, at: Years) -> Typed:
    return {"signer_name": "", "signer_name__state": "illegible", "signer_position": "TM. UBND xã"}


def an_entry_of_the_next_year(cast: Cast, at: Years) -> Typed:
    return {"registration_date": f"03/01/{at.registered + 1}"}


ODDITIES = [
    *(a_year_only, a_month_and_a_year, zeros_for_day_and_month, dashes_for_the_day, a_lunar_day),
    *(a_day_no_calendar_has, a_year_the_pen_slipped_in, no_date_of_the_event),
    *(a_name_read_in_part, a_name_nobody_can_read, a_name_of_one_word, a_name_in_capitals_with_an_old_tone),
    *(nobody_named_beside, a_people_no_list_knows, a_country_that_is_gone, a_place_of_old_names),
    *(a_number_with_a_letter, a_number_nobody_can_read, no_date_of_registration, a_note_in_the_margin),
    *(a_signer_nobody_can_read, an_entry_of_the_next_year),
]


def _described(cast: Cast) -> str:
    return cast.person if cast.other == "applicant" else cast.other


def confirmed(client: Client, address: str, typed: Mapping[str, str]) -> Any:
    """Send the form, and once more with every warning ticked that came back; returns the second answer."""
    form: dict[str, Any] = {**typed, "intent": str(uuid4()), "then": "open"}
    answer = client.post(address, form)
    if answer.status_code == 302:
        return answer
    page = answer.content.decode()
    seen = re.findall(r'name="seen" value="([0-9a-f]+)"', page)
    ticks = re.findall(r'name="accept" value="([0-9a-f]+)"', page)
    return client.post(address, {**form, "seen": seen, "accept": ticks})


@pytest.mark.parametrize("oddity", ODDITIES, ids=lambda oddity: oddity.__name__)
@pytest.mark.parametrize("code", CASTS)
def test_an_oddity_is_saved_as_the_book_has_it(client: Client, code: str, oddity: Any) -> None:
    kind, cast = BY_CODE[code], CASTS[code]
    year = int(kind.sample["registration_date"]["on"][:4])
    commune = make_commune()
    client.force_login(make_person("officer.soc-dang", Role.OFFICER, commune))
    book = make_book(commune, kind=code, year=year, year_to=year + 2)
    odd = oddity(cast, Years(year, event=int(kind.sample[cast.event]["on"][:4])))
    typed = {**write(kind, kind.sample), **odd}
    if cast.event in odd:
        typed.pop(cast.words, None)
    answer = confirmed(client, f"/nhap-lieu/{book.pk}/moi/", typed)
    assert answer.status_code == 302, _said(answer)
    record = Record.objects.get()
    assert record.open_warnings == 0
    assert _differences(kind, as_entry(record), typed) == {}


def _said(answer: Any) -> list[str]:
    return re.findall(r'class="error">.*?<span>(.*?)</span>', answer.content.decode(), re.DOTALL)


def _differences(
    kind: RecordType, entry: Mapping[str, Any], typed: Mapping[str, str]
) -> dict[str, tuple[Any, Any]]:
    """Return, by field, what is stored against what was typed, wherever the two are not the same."""
    found = {}
    for field in kind.fields():
        value, text = entry.get(field.code), typed.get(field.code, "")
        state = typed.get(f"{field.code}__state", "")
        said = typed.get(f"{field.code}__written", "") or text
        kept = words(value) if field.input is not Input.CHOICE or not text.isdigit() else text
        stated = absence(value) or ("uncertain" if is_uncertain(entry, field.code) else "")
        if (kept, stated) != (said if field.input is not Input.CHOICE else text, state):
            found[field.code] = (value, text)
    return found


@pytest.mark.parametrize("code", CASTS)
def test_the_same_number_stands_in_every_year_of_a_book(client: Client, code: str) -> None:
    kind = BY_CODE[code]
    year = int(kind.sample["registration_date"]["on"][:4])
    commune = make_commune()
    officer = make_person("officer.soc-dang", Role.OFFICER, commune)
    client.force_login(officer)
    book = make_book(commune, kind=code, year=year, year_to=year + 1)
    make_record(book, officer, 1)
    typed = {**write(kind, kind.sample), "number": "1", "registration_date": f"02/01/{year + 1}"}
    assert confirmed(client, f"/nhap-lieu/{book.pk}/moi/", typed).status_code == 302
    assert sorted(Record.objects.values_list("number", "number_year")) == [(1, year), (1, year + 1)]


@pytest.mark.parametrize("code", CASTS)
def test_a_number_the_book_has_twice_is_kept_twice_with_the_reason(client: Client, code: str) -> None:
    kind = BY_CODE[code]
    commune = make_commune()
    officer = make_person("officer.soc-dang", Role.OFFICER, commune)
    client.force_login(officer)
    book = make_book(commune, kind=code, year=int(kind.sample["registration_date"]["on"][:4]))
    make_record(book, officer, 1)
    another = {f"{CASTS[code].person}_full_name": "Lương Văn Đoài"}
    typed = {**write(kind, kind.sample), **another, "number": "1"}
    assert confirmed(client, f"/nhap-lieu/{book.pk}/moi/", typed).status_code == 422
    twin = {**typed, "twin_reason": "Sổ gốc ghi hai trường hợp cùng số 1"}
    assert confirmed(client, f"/nhap-lieu/{book.pk}/moi/", twin).status_code == 302
    assert list(Record.objects.order_by("twin").values_list("number_raw", "twin")) == [("1", 0), ("1", 1)]
