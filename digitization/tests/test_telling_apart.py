"""Two entries that look like one: asked about until somebody says why they are two, hidden from who may not know."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from civreg.lib import clock
from communes.models import User
from digitization import telling_apart, workflow
from digitization.entry_rows import as_entry
from digitization.models import Record, ToldApart, Verb
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from digitization.tests.making import make_book, make_entry, make_record
from digitization.tests.record_types.judging import day
from digitization.tests.test_entry_pages import typed
from digitization.verbs import NotAllowedNow

pytestmark = pytest.mark.django_db
ASKED = "Cùng họ tên, ngày sinh và mẹ"
WORDS = "Số 24 là em, sinh sau 10 phút"


def as_user(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(person: User, record: Record) -> str:
    return " ".join(
        as_user(person).get(reverse("digitization:record", args=[record.pk])).content.decode().split()
    )


def listed(person: User, part: str, **query: str) -> str:
    answer = as_user(person).get(reverse("digitization:cross_checks"), {"muc": part, **query})
    return " ".join(answer.content.decode().split())


def said_of(other: Record, reason: str = "twins", words: str = WORDS) -> dict[str, Any]:
    return {f"apart-{other.pk}": reason, f"apart_words-{other.pk}": words}


def tells(person: User, record: Record, other: Record, **said: Any) -> Any:
    form = {"other": str(other.pk), "intent": str(uuid4()), **said_of(other), **said}
    return as_user(person).post(reverse("digitization:tell_apart", args=[record.pk]), form)


@pytest.fixture
def pair(cast: Any) -> tuple[Record, Record]:
    """Two births of Sóc Đăng with one child in them."""
    return make_record(cast.book, cast.lan, 23), make_record(cast.book, cast.mai, 24)


@pytest.fixture
def far(cast: Any) -> tuple[Record, Record]:
    """A birth of Sóc Đăng and one of Hợp Nhất, with one child in them."""
    return make_record(cast.book, cast.lan, 23), make_record(make_book(cast.hop_nhat), cast.minh, 77)


def test_the_database_lets_nobody_rewrite_why_two_entries_are_two(cast: Any, pair: Any) -> None:
    tells(cast.lan, *pair)
    statement = ToldApart.objects.filter(pk=ToldApart.objects.get().pk)
    for changes in ({"words": "khác"}, {"reason": "other"}, {"by": cast.mai}, {"at": clock.now()}):
        with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
            statement.update(**changes)
    statement.update(ended_at=clock.now(), ended_by=cast.lan)
    with pytest.raises(DatabaseError, match="ends once"), transaction.atomic():
        statement.update(ended_at=None, ended_by=None)


# -- saying so ----------------------------------------------------------------------------------------------
def test_both_entries_are_asked_about_until_an_officer_says_why_they_are_two(cast: Any, pair: Any) -> None:
    for record in pair:
        assert ASKED in page_of(cast.lan, record)
    assert tells(cast.lan, *pair).status_code == 302
    for record in pair:
        page = page_of(cast.lan, record)
        assert ASKED not in page
        assert WORDS in page
        event = record.events.get(verb=Verb.TELL_APART)
        assert event.actor == cast.lan
        assert "Sinh đôi" in event.reason
        assert WORDS not in event.reason, "a helper reads the history of what they typed"


@pytest.mark.parametrize(
    ("reason", "words"), [("", WORDS), ("twins", "  "), ("because", WORDS), ("other", "\x07")]
)
def test_a_reason_of_the_list_and_words_are_needed(cast: Any, pair: Any, reason: str, words: str) -> None:
    tells(cast.lan, *pair, **said_of(pair[1], reason, words))
    assert not ToldApart.objects.exists()


def test_it_is_said_once(cast: Any, pair: Any) -> None:
    tells(cast.lan, *pair)
    tells(cast.mai, *reversed(pair), **said_of(pair[0]))
    assert ToldApart.objects.count() == 1


def test_what_was_taken_back_is_asked_again_and_stays_in_the_history(cast: Any, pair: Any) -> None:
    tells(cast.lan, *pair)
    statement = ToldApart.objects.get()
    as_user(cast.mai).post(reverse("digitization:take_back_apart", args=[statement.pk]))
    assert ASKED in page_of(cast.lan, pair[0])
    statement.refresh_from_db()
    assert statement.ended_by == cast.mai
    assert pair[0].events.filter(verb=Verb.TAKE_BACK_APART).exists()
    assert "hết hiệu lực do Hà Thị Mai" in listed(cast.binh, "khac-nhau")
    with pytest.raises(NotAllowedNow):
        telling_apart.take_back(by=cast.lan, statement=statement, intent=uuid4())


def test_another_name_ends_it_and_another_remark_does_not(cast: Any, pair: Any) -> None:
    tells(cast.lan, *pair)
    record = pair[1]
    for changes, holds in (({"remarks": "khác"}, True), ({"child_full_name": "Hà Văn Quyền"}, False)):
        record = workflow.correct(
            by=cast.lan,
            record=record,
            version=record.version,
            entry=make_entry(cast.book, 24, **changes),
            intent=uuid4(),
        )
        assert ToldApart.objects.filter(ended_at__isnull=True).exists() is holds
    back = make_entry(cast.book, 24)
    workflow.correct(by=cast.lan, record=record, version=record.version, entry=back, intent=uuid4())
    assert ASKED in page_of(cast.lan, pair[0]), "the question is asked anew"


def test_the_mothers_birth_does_not_say_who_the_child_is(cast: Any, pair: Any) -> None:
    tells(cast.lan, *pair)
    entry = make_entry(cast.book, 24, mother_birth_date=day("1974"))
    workflow.correct(by=cast.lan, record=pair[1], version=pair[1].version, entry=entry, intent=uuid4())
    assert ToldApart.objects.filter(ended_at__isnull=True).exists()


def test_a_marriage_told_apart_is_not_doubted_any_more(cast: Any) -> None:
    book = make_book(cast.soc_dang, kind="KH", year=2004)
    first = make_record(book, cast.lan, 15)
    second = make_record(
        book, cast.lan, 20, registration_date=day("2010-03-08"), wife_full_name="Đinh Thị Hạ"
    )
    assert second.open_warnings > 0
    before = second.open_warnings
    tells(cast.lan, second, first, **said_of(first, "namesakes", "Hai ông Luyện, khu 2 và khu 7"))
    second.refresh_from_db()
    assert second.open_warnings == before - 1
    assert not second.findings.filter(rule="KH5").exists()


# -- while typing -------------------------------------------------------------------------------------------
def test_it_can_be_said_while_typing_and_is_saved_with_the_entry(cast: Any) -> None:
    other = make_record(cast.book, cast.mai, 23)
    lan = as_user(cast.lan)
    form = typed(cast.book, 24)
    part = lan.post(
        reverse("digitization:alike", args=[cast.book.pk]), form | said_of(other)
    ).content.decode()
    assert f'name="apart-{other.pk}"' in part
    assert WORDS in part, "what was said stays when the part is asked for again"
    answer = lan.post(reverse("digitization:enter", args=[cast.book.pk]), form | said_of(other))
    assert answer.status_code == 302
    record = Record.objects.get(number=24)
    told = ToldApart.objects.get()
    assert (told.first, told.second, told.reason, told.by) == (other, record, "twins", cast.lan)


def test_a_reason_without_words_is_answered_and_nothing_is_saved(cast: Any) -> None:
    other = make_record(cast.book, cast.mai, 23)
    form = typed(cast.book, 24) | said_of(other, words="")
    answer = as_user(cast.lan).post(reverse("digitization:enter", args=[cast.book.pk]), form)
    assert answer.status_code == 422
    assert "Nêu ngắn gọn sổ ghi thế nào" in answer.content.decode()
    assert not Record.objects.filter(number=24).exists()


def test_correcting_an_entry_shows_its_twin_no_more(cast: Any, pair: Any) -> None:
    tells(cast.lan, *pair)
    form = {**write(BY_CODE["KS"], as_entry(pair[1])), "record": str(pair[1].pk)}
    part = as_user(cast.lan).post(reverse("digitization:alike", args=[cast.book.pk]), form).content.decode()
    assert part.strip() == ""


def test_nothing_can_be_said_of_an_entry_one_may_not_see(cast: Any) -> None:
    theirs = make_record(make_book(cast.hop_nhat), cast.minh, 77)
    form = typed(cast.book, 24) | said_of(theirs)
    answer = as_user(cast.lan).post(reverse("digitization:enter", args=[cast.book.pk]), form)
    assert answer.status_code == 302
    assert not ToldApart.objects.exists()


# -- who may know what --------------------------------------------------------------------------------------
SECRETS = ("77/1998", "Cao Văn Minh")


def test_an_entry_of_another_commune_is_only_said_to_be_there(cast: Any, far: Any) -> None:
    mine, theirs = far
    form = {**write(BY_CODE["KS"], as_entry(mine)), "number": "99"}
    part = as_user(cast.lan).post(reverse("digitization:alike", args=[cast.book.pk]), form).content.decode()
    for shown in (part, page_of(cast.lan, mine), listed(cast.lan, "trung")):
        assert "Xã khác có trường hợp của người này" in shown
        assert "Phòng Tư pháp huyện" in shown
        assert reverse("digitization:record", args=[theirs.pk]) not in shown
        assert not [secret for secret in SECRETS if secret in shown]


def test_the_justice_office_sees_both_and_decides(cast: Any, far: Any) -> None:
    mine, theirs = far
    assert reverse("digitization:record", args=[theirs.pk]) in page_of(cast.thu, mine)
    assert (
        tells(
            cast.thu, mine, theirs, **said_of(theirs, "namesakes", "Bà Nhàn ở Hợp Nhất sinh 1969")
        ).status_code
        == 302
    )
    page = page_of(cast.lan, mine)
    assert "Khác với một trường hợp do nơi khác lưu giữ" in page
    assert "Bà Nhàn" not in page
    assert "Bà Nhàn" in page_of(cast.thu, theirs)


def test_an_officer_says_nothing_of_an_entry_of_another_commune(cast: Any, far: Any) -> None:
    assert tells(cast.lan, *far).status_code == 404
    assert tells(cast.minh, *far).status_code == 404


def test_a_leader_sees_what_was_said_but_does_not_say_it(cast: Any, pair: Any) -> None:
    assert tells(cast.binh, *pair).status_code == 404
    tells(cast.lan, *pair)
    assert WORDS in listed(cast.binh, "khac-nhau")
    assert WORDS in page_of(cast.binh, pair[0])


def test_a_helper_learns_that_the_unit_has_another_but_not_which(cast: Any) -> None:
    theirs = make_record(cast.book, cast.lan, 23)
    own = make_record(cast.book, cast.tu, 24)
    page = page_of(cast.tu, own)
    assert "Đơn vị có trường hợp khác của người này" in page
    assert reverse("digitization:record", args=[theirs.pk]) not in page
    assert tells(cast.tu, own, theirs).status_code == 404
    assert as_user(cast.tu).get(reverse("digitization:cross_checks")).status_code == 404


# -- the list of cross-checks -----------------------------------------------------------------------------------
def test_births_that_seem_to_be_one_are_listed_until_told_apart(cast: Any, pair: Any) -> None:
    links = [reverse("digitization:record", args=[record.pk]) for record in pair]
    page = listed(cast.binh, "trung")
    assert all(link in page for link in links)
    assert listed(cast.lan, "trung").count(f'href="{links[0]}"') == 1
    tells(cast.lan, *pair, back=reverse("digitization:cross_checks"))
    assert not [link for link in links if link in listed(cast.lan, "trung")]


def test_a_death_is_listed_for_who_keeps_the_birth_and_who_keeps_the_death(cast: Any) -> None:
    birth = make_record(cast.book, cast.lan, 23)
    deaths = make_book(cast.hop_nhat, kind="KT", year=2011)
    died = {"deceased_full_name": "Hà Văn Quyết", "deceased_birth_date": day("1998-04-20")}
    death = make_record(deaths, cast.minh, 5, **died)
    link = {record: reverse("digitization:record", args=[record.pk]) for record in (birth, death)}
    lans, minhs = listed(cast.lan, "khai-tu"), listed(cast.minh, "khai-tu")
    assert (link[birth] in lans, link[death] in lans) == (True, False)
    assert (link[birth] in minhs, link[death] in minhs) == (False, True)
    thus = listed(cast.thu, "khai-tu", **{"don-vi": "soc-dang"})
    assert link[birth] in thus
    assert link[death] in thus
    Record.objects.filter(pk=birth.pk).update(remarks="Đã chết năm 2011")
    assert link[birth] not in listed(cast.lan, "khai-tu")


def test_an_unknown_list_or_unit_shows_the_first(cast: Any) -> None:
    assert "Đơn vị không có khai sinh nào nghi nhập hai lần" in listed(
        cast.lan, "???", **{"don-vi": "hop-nhat"}
    )


@pytest.mark.parametrize("part", ["trung", "khai-tu", "khac-nhau", "gia-tri"])
def test_the_list_costs_few_questions_whatever_it_holds(
    cast: Any, part: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, 9):
        make_record(cast.book, cast.lan, number)
    client = as_user(cast.lan)
    with django_assert_max_num_queries(11):
        client.get(reverse("digitization:cross_checks"), {"muc": part})
