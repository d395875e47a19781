"""The list of entries: who sees which, in which columns, and what is kept for them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digitization.entry_columns import MANY_COLUMNS, columns_of, standard_columns
from digitization.lists.keeping import MOST_FILTERS
from digitization.models import ListColumns, Record, SavedFilter, Status
from digitization.record_types import ALL
from digitization.tests.lists.reading import addresses, as_user, numbers_in
from digitization.tests.making import make_book, make_record, move

pytestmark = pytest.mark.django_db

LIST = "/ho-so/"
PERSONAL = ("quyết", "quyet", "nhàn", "nhan", "thuận", "thuan")


def opened(user: Any, words: str = "", *, status: int = 200) -> str:
    answer = as_user(user).get(f"{LIST}?{words}")
    assert answer.status_code == status
    return answer.content.decode()


def many(template: Record, count: int) -> None:
    for place in range(count):
        record = Record.objects.get(pk=template.pk)
        record.pk, record.number, record.number_raw = None, 500 + place, str(500 + place)
        record.entered_at += timedelta(seconds=place + 1)
        record.save(force_insert=True)


def test_everybody_finds_what_they_may_see_and_nothing_else(cast: Any) -> None:
    make_record(cast.book, cast.lan, "11")
    make_record(cast.book, cast.tu, "12")
    make_record(make_book(cast.hop_nhat), cast.minh, "13")
    seen = {
        name: sorted(numbers_in(opened(getattr(cast, name))))
        for name in ("lan", "mai", "binh", "tu", "minh", "thu")
    }
    ours, theirs = ["11/1998", "12/1998"], ["13/1998"]
    assert seen == {
        "lan": ours,
        "mai": ours,
        "binh": ours,
        "tu": ["12/1998"],
        "minh": theirs,
        "thu": ours + theirs,
    }


@pytest.mark.parametrize("person", ["hoa", "son"])
@pytest.mark.parametrize("route", ["records", "search", "saved_filters", "choose_columns"])
def test_who_sees_no_persons_is_sent_away(cast: Any, person: str, route: str) -> None:
    assert as_user(getattr(cast, person)).get(reverse(f"digitization:{route}")).status_code == 403


def test_a_book_of_another_commune_lists_nothing(cast: Any) -> None:
    theirs = make_book(cast.hop_nhat)
    make_record(theirs, cast.minh)
    page = opened(cast.lan, f"book={theirs.pk}")
    assert numbers_in(page) == []
    assert theirs.quyen_so not in page


def test_the_newest_come_first_and_a_book_is_read_in_its_order(cast: Any) -> None:
    for number in ("30", "10", "20"):
        make_record(cast.book, cast.lan, number)
    assert numbers_in(opened(cast.lan)) == ["20/1998", "10/1998", "30/1998"]
    assert numbers_in(opened(cast.lan, f"book={cast.book.pk}")) == ["10/1998", "20/1998", "30/1998"]
    assert numbers_in(opened(cast.lan, f"book={cast.book.pk}&xep=moi")) == ["20/1998", "10/1998", "30/1998"]


def test_pages_follow_each_other_with_the_same_filters(cast: Any) -> None:
    many(make_record(cast.book, cast.lan), 119)
    address, seen = f"{LIST}?kind=KS", []
    client = as_user(cast.lan)
    while address:
        page = client.get(address).content.decode()
        assert "120 trường hợp" in re.sub(r"\s+", " ", page)
        seen.append(numbers_in(page))
        following = re.search(r'rel="next" href="([^"]*)"', page)
        assert not following or "kind=KS" in following[1]
        address = f"{LIST}{following[1]}".replace("&amp;", "&") if following else ""
    assert [len(numbers) for numbers in seen] == [50, 50, 20]
    assert len({number for numbers in seen for number in numbers}) == 120


def test_a_filter_that_makes_no_sense_is_said_beside_its_field(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    page = opened(cast.lan, "year=12&kind=KS", status=422)
    assert "1850" in page
    assert numbers_in(page) == []


def test_every_count_of_the_book_is_the_list_behind_it(cast: Any) -> None:
    records = [make_record(cast.book, cast.lan) for _ in range(3)]
    move(records[0], Status.CHECKED, checker=cast.mai, leader=cast.binh)
    make_record(cast.book, cast.tu, child_full_name="HÀ 4 QUYẾT")
    mai = as_user(cast.mai)
    page = mai.get(reverse("digitization:book", args=[cast.book.pk])).content.decode()
    behind = re.findall(r'<a href="(/ho-so/\?[^"]+)">(?:[^<\d]*)(\d+)', page)
    assert len(behind) >= 5
    for address, count in behind:
        listed = mai.get(address.replace("&amp;", "&")).content.decode()
        assert len(numbers_in(listed)) == int(count), address


def test_returned_and_warned_entries_are_a_click_away_from_the_shelf(cast: Any) -> None:
    make_record(cast.book, cast.lan, "41", child_full_name="HÀ 4 QUYẾT")
    page = as_user(cast.lan).get(reverse("digitization:books")).content.decode()
    assert f'<a href="/ho-so/?book={cast.book.pk}&amp;finding=open">1</a>' in page
    helper = as_user(cast.tu).get(reverse("digitization:books")).content.decode()
    assert "finding=open" not in helper


def test_no_name_stands_in_any_address_of_the_lists(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    lan = as_user(cast.lan)
    for path in (f"{LIST}?kind=KS&typed_by={cast.lan.pk}", f"/so/{cast.book.pk}/", "/ho-so/cot/?kind=KS"):
        page = lan.get(path).content.decode()
        found = addresses(page)
        assert len(found) > 10
        assert not [a for a in found if any(name in a.casefold() for name in PERSONAL)]


def test_what_a_book_says_is_never_taken_for_markup(cast: Any) -> None:
    evil = '<script>alert("x")</script>'
    record = make_record(cast.book, cast.lan, "7")
    Record.objects.filter(pk=record.pk).update(subject_name=evil, number_raw='"><img src=x>', page_no=evil)
    ListColumns.objects.create(user=cast.lan, kind="KS", columns=["subject", "page", "mother_full_name"])
    for page in (opened(cast.lan, "kind=KS"), opened(cast.lan), opened(cast.mai, f"book={cast.book.pk}")):
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "<img" not in page


def test_the_rest_of_the_form_comes_once_somebody_unfolds_it(cast: Any) -> None:
    justice = as_user(cast.thu)
    page = justice.get(f"{LIST}?kind=KS").content.decode()
    assert 'name="rule"' not in page
    assert 'href="?kind=KS&amp;them=1"' in page
    rest = justice.get(f"{LIST}?kind=KS&them=1", headers={"HX-Request": "true"}).content.decode()
    assert [name for name in ("unit", "place", "rule", "kind") if f'name="{name}"' in rest] == [
        "unit",
        "place",
        "rule",
    ]
    assert "<html" not in rest


@pytest.mark.parametrize("words", ["kind=KS&them=1", "rule=C01", "page_no=7"])
def test_the_form_is_whole_without_scripts_and_where_its_rest_is_used(cast: Any, words: str) -> None:
    page = as_user(cast.thu).get(f"{LIST}?{words}").content.decode()
    assert "<html" in page
    assert re.search(r"<details[^>]* open>", page)
    assert 'name="rule"' in page


def test_the_log_in_page_never_lands_inside_a_list(client: Any) -> None:
    answer = client.get(f"{LIST}?them=1", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_of_a_filter_given_twice_the_last_one_counts(cast: Any) -> None:
    make_record(cast.book, cast.lan, "7")
    page = opened(cast.lan, "kind=KH&kind=KS&status=entered&status=entered")
    assert numbers_in(page) == ["7/1998"]
    assert '<option value="KS" selected>' in page
    assert '<option value="KH" selected>' not in page


def test_a_full_list_costs_no_more_queries_than_a_short_one(cast: Any) -> None:
    template = make_record(cast.book, cast.lan)
    lan = as_user(cast.lan)
    queries = []
    for more in (0, 60):
        many(template, more)
        for words in ("", "kind=KS", f"book={cast.book.pk}"):
            lan.get(f"{LIST}?{words}")
            with CaptureQueriesContext(connection) as captured:
                lan.get(f"{LIST}?{words}")
            queries.append(len(captured))
    # A list of more than one page is counted, too.
    assert [after - before for before, after in zip(queries[:3], queries[3:], strict=True)] == [1, 1, 1]
    assert max(queries) <= 10


def test_a_person_chooses_the_columns_of_a_kind(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    lan = as_user(cast.lan)
    lan.post("/ho-so/cot/", {"kind": "KS", "column": ["child_gender", "subject", "no_such_column"]})
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', opened(cast.lan, "kind=KS"))
    assert heads == ["Số", "Họ tên", "Người được khai sinh: Giới tính"]
    assert heads != re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', opened(cast.mai, "kind=KS"))
    assert len(re.findall(r'<th scope="col"', opened(cast.lan))) > 3
    lan.post("/ho-so/cot/", {"kind": "KS", "standard": "1"})
    assert "Trạng thái" in opened(cast.lan, "kind=KS")


def test_nobody_has_more_columns_than_a_page_can_show(cast: Any) -> None:
    as_user(cast.lan).post("/ho-so/cot/", {"kind": "KS", "column": list(columns_of("KS"))})
    assert len(ListColumns.objects.get().columns) == MANY_COLUMNS


@pytest.mark.parametrize("kind", ["", *(kind.code for kind in ALL)])
def test_the_usual_columns_of_every_kind_exist(kind: str) -> None:
    assert set(standard_columns(kind)) <= set(columns_of(kind))
    assert set(standard_columns(kind, in_book=True)) <= set(columns_of(kind))


def test_every_field_can_be_a_column_and_none_is_fetched_row_by_row(
    cast: Any, django_assert_max_num_queries: Any
) -> None:
    many(make_record(cast.book, cast.lan), 3)
    codes, lan = list(columns_of("KS")), as_user(cast.lan)
    for start in range(0, len(codes), MANY_COLUMNS):
        lan.post("/ho-so/cot/", {"kind": "KS", "column": codes[start : start + MANY_COLUMNS]})
        with django_assert_max_num_queries(8):
            page = lan.get(f"{LIST}?kind=KS").content.decode()
        assert len(numbers_in(page)) == 4


def test_a_filter_is_kept_opened_renamed_and_thrown_away(cast: Any) -> None:
    make_record(cast.book, cast.lan, "7")
    lan = as_user(cast.lan)
    lan.post("/ho-so/bo-loc/giu/", {"name": "Sổ 1998", "kind": "KS", "year": "1998", "csrf": "x", "sau": "y"})
    kept = SavedFilter.objects.get(user=cast.lan)
    assert kept.filters == {"kind": ["KS"], "year": ["1998"]}
    assert "Sổ 1998" in opened(cast.lan)
    assert "Sổ 1998" not in opened(cast.mai)
    page = lan.get("/ho-so/bo-loc/").content.decode()
    assert '<a href="/ho-so/?kind=KS&amp;year=1998">Sổ 1998</a>' in page
    lan.post(f"/ho-so/bo-loc/{kept.pk}/ten/", {"name": "Sổ khai sinh 1998"})
    kept.refresh_from_db()
    assert kept.name == "Sổ khai sinh 1998"
    lan.post(f"/ho-so/bo-loc/{kept.pk}/bo/")
    assert not SavedFilter.objects.exists()


def test_somebody_else_s_filter_is_not_there(cast: Any) -> None:
    kept = SavedFilter.objects.create(user=cast.lan, name="của Lan", filters={"kind": ["KS"]})
    mai = as_user(cast.mai)
    assert mai.post(f"/ho-so/bo-loc/{kept.pk}/ten/", {"name": "x"}).status_code == 404
    assert mai.post(f"/ho-so/bo-loc/{kept.pk}/bo/").status_code == 404
    assert SavedFilter.objects.get().name == "của Lan"


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "không lọc gì"},
        {"name": "", "kind": "KS"},
        {"name": "x" * 61, "kind": "KS"},
        {"name": "a\u200bb", "kind": "KS"},
        {"name": "sai", "kind": "XX"},
        {"name": "đã có", "kind": "KS"},
    ],
)
def test_what_cannot_be_kept_is_said(cast: Any, sent: dict[str, str]) -> None:
    SavedFilter.objects.create(user=cast.lan, name="đã có", filters={"kind": ["KH"]})
    page = as_user(cast.lan).post("/ho-so/bo-loc/giu/", sent, follow=True).content.decode()
    assert "notice-error" in page
    assert SavedFilter.objects.count() == 1


def test_a_person_keeps_no_more_filters_than_fit(cast: Any) -> None:
    SavedFilter.objects.bulk_create(
        SavedFilter(user=cast.lan, name=str(n), filters={"kind": ["KS"]}) for n in range(MOST_FILTERS)
    )
    as_user(cast.lan).post("/ho-so/bo-loc/giu/", {"name": "thêm", "kind": "KS"})
    assert SavedFilter.objects.count() == MOST_FILTERS


def test_a_helper_is_not_asked_who_typed(cast: Any) -> None:
    assert 'name="typed_by"' in opened(cast.lan, "them=1")
    assert 'name="typed_by"' not in opened(cast.tu, "them=1")
