"""The search for a name: every entry that has it, misspelt by a letter too, and no trace of the name anywhere."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.test import Client

from communes.rights import Rights
from digitization import access
from digitization.lists import finding
from digitization.lists.finding import Found, find
from digitization.lists.readings import Rank, words_of
from digitization.models import NameWord, Record
from digitization.tests.lists.reading import addresses, as_user
from digitization.tests.lists.test_spelling import misspelt
from digitization.tests.making import make_book, make_record

pytestmark = pytest.mark.django_db


def found(user: Any, name: str) -> Found:
    rights = Rights.of(user)
    units = list(access.units_to_read(rights).values_list("pk", flat=True))
    return find(words_of(name), access.records_to_read(rights, user), units)


def pks(user: Any, name: str) -> list[int]:
    return [hit.pk for hit in found(user, name).hits]


def child(cast: Any, name: str, **changes: Any) -> Record:
    return make_record(cast.book, cast.lan, child_full_name=name, **changes)


def searched(client: Client, **typed: Any) -> str:
    answer = client.post("/tim/", typed)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "Nguyễn Văn Bình",
        "nguyen van binh",
        "NGUYỄN VĂN BÌNH",
        "Nguyễn Vân Bìn",
        "nguyen binh",
        "Văn Bình",
        "nguyen v",
    ],
)
def test_a_name_is_found_however_an_officer_types_it(cast: Any, typed: str) -> None:
    record = child(cast, "Nguyễn Văn Bình")
    child(cast, "Trần Quốc Toản")
    assert pks(cast.lan, typed) == [record.pk]


@pytest.mark.parametrize("name", ["Nguyễn Văn Bình", "Hà Thị Ý", "Đỗ An"])
def test_every_one_letter_error_still_finds_the_entry(cast: Any, name: str) -> None:
    """Errors with few letters here; ``test_spelling`` tries the whole alphabet on the words themselves."""
    record = child(cast, name)
    child(cast, "Trần Quốc Toản")
    folded = " ".join(words_of(name))
    errors = {e for e in misspelt(folded) if set(e) <= {*folded, "x"}} - {folded}
    assert len(errors) > 50
    lost = [error for error in sorted(errors) if words_of(error) and record.pk not in pks(cast.lan, error)]
    assert lost == []


def test_a_letter_amiss_in_every_word_is_found_where_nothing_nearer_is(cast: Any) -> None:
    record = child(cast, "Nguyễn Văn Bình")
    assert pks(cast.lan, "Nguyem Vam Binx") == [record.pk]
    nearer = child(cast, "Nguyên Vâm Bin")
    assert pks(cast.lan, "Nguyen Vam Bin") == [nearer.pk]
    child(cast, "Nguyễn Hoàng Bình")
    assert len(pks(cast.lan, "Nguyen Van Binh")) == 1


@pytest.mark.parametrize("part", ["mother_full_name", "father_full_name", "applicant_full_name"])
def test_every_person_of_an_entry_is_found(cast: Any, part: str) -> None:
    record = make_record(cast.book, cast.lan, **{part: "Quách Thị Lụa"})
    assert pks(cast.lan, "quach lua") == [record.pk]


def test_words_of_two_persons_are_no_name(cast: Any) -> None:
    child(cast, "Hà Văn Quyết", mother_full_name="Lâm Thị Nhàn")
    assert pks(cast.lan, "Hà Nhàn") == []
    assert pks(cast.lan, "Quyết Lâm") == []


def test_words_in_another_order_are_another_name(cast: Any) -> None:
    child(cast, "Hoàng Minh Đức")
    assert pks(cast.lan, "Đức Minh") == []


def test_the_same_name_comes_first_then_its_parts_then_those_nearly_so(cast: Any) -> None:
    names = ["Trần Bìnhh", "Trần Văn Bình", "Trần Bình", "Trần Bình Minh", "Trần Bìn"]
    records = {name: child(cast, name).pk for name in names}
    hits = found(cast.lan, "Trần Bình").hits
    assert [hit.pk for hit in hits[:1]] == [records["Trần Bình"]]
    ranks = {hit.pk: hit.rank for hit in hits}
    assert ranks[records["Trần Văn Bình"]] == ranks[records["Trần Bình Minh"]] == Rank.PART
    assert ranks[records["Trần Bìnhh"]] == Rank.UNFINISHED
    assert ranks[records["Trần Bìn"]] == Rank.NEAR
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)


def test_those_called_just_so_are_never_crowded_out(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_HITS", 3)
    for _ in range(5):
        child(cast, "Trần Văn Bình")
    record = child(cast, "Trần Bình")
    answer = found(cast.lan, "Trần Bình")
    assert (answer.hits[0].pk, answer.hits[0].rank, len(answer.hits), answer.more) == (
        record.pk,
        Rank.SAME,
        3,
        True,
    )


def test_a_name_is_looked_for_in_one_s_own_units_only(cast: Any) -> None:
    ours = child(cast, "Nguyễn Văn Bình")
    helped = make_record(cast.book, cast.tu, child_full_name="Nguyễn Văn Bình")
    theirs = make_record(make_book(cast.hop_nhat), cast.minh, child_full_name="Nguyễn Văn Bình")
    assert {
        name: set(pks(getattr(cast, name), "nguyen van binh")) for name in ("lan", "tu", "minh", "thu")
    } == {
        "lan": {ours.pk, helped.pk},
        "tu": {helped.pk},
        "minh": {theirs.pk},
        "thu": {ours.pk, helped.pk, theirs.pk},
    }


def test_a_book_that_is_handed_over_takes_its_names_along(cast: Any) -> None:
    record = child(cast, "Nguyễn Văn Bình")
    type(cast.book).objects.filter(pk=cast.book.pk).update(custodian=cast.hop_nhat)
    assert pks(cast.minh, "nguyen van binh") == [record.pk]
    assert pks(cast.lan, "nguyen van binh") == []


@pytest.mark.parametrize(
    "typed",
    [
        "d'angelo", "a\\b", "x:*", "a & b", "' | '", "%", "_", "(a|b)*", "[a", "a\\", "!'a'", "<->", "Y-Bhok", "٣",
        "ﷺ", "a" * 90, "'8:nguyen'", "\U0001f600 a",
    ],
)  # fmt: skip
def test_odd_letters_are_letters_and_nothing_else(cast: Any, typed: str) -> None:
    record = child(cast, "Nguyễn Văn Bình")
    Record.objects.filter(pk=record.pk).update(names_fold="nguyen van binh")
    page = as_user(cast.lan).post("/tim/", {"name": typed})
    assert page.status_code in (200, 422)
    assert f"/ho-so/{record.pk}/" not in page.content.decode()


@pytest.mark.parametrize("name", ["D'Angelo Rossi", "Y-Bhok Niê", "H'Hen", "A", "Ô Ô", "Lê \u0301 B"])
def test_odd_names_can_be_typed_and_found(cast: Any, name: str) -> None:
    record = make_record(cast.book, cast.lan, applicant_full_name=name)
    assert pks(cast.lan, name) == [record.pk]


def test_a_name_of_marks_alone_breaks_nothing(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    Record.objects.filter(pk=record.pk).update(names_fold="a |  | b")
    Record.objects.filter(pk=record.pk).update(names_fold="")
    assert not NameWord.objects.filter(word="").exists()


def test_the_page_says_who_bears_the_name_and_where(cast: Any) -> None:
    child(cast, "Hà Văn Quyết", father_full_name="Hà Văn Thuận", applicant_full_name="Hà Văn Thuận")
    page = re.sub(r"\s+", " ", searched(as_user(cast.lan), name="ha van thuan"))
    assert '<strong>Hà Văn Thuận</strong> <span class="muted">Cha, Người yêu cầu' in page


def test_it_narrows_by_kind_and_by_year_of_birth(cast: Any) -> None:
    record = child(cast, "Nguyễn Văn Bình", child_birth_date={"on": "1998-04", "written": "4/1998"})
    lan = as_user(cast.lan)

    def finds(**more: str) -> bool:
        return f"/ho-so/{record.pk}/" in searched(lan, name="nguyen van binh", **more)

    assert finds()
    assert finds(kind="KS", born_from="1998", born_to="1998")
    assert finds(born_to="1975")  # the mother's
    assert not finds(kind="KH")
    assert not finds(born_from="1999")
    assert not finds(born_to="1960")


def test_pages_are_turned_by_the_form(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digitization.lists.searching.PAGE", 2)
    records = [child(cast, "Nguyễn Văn Bình") for _ in range(5)]
    lan, seen = as_user(cast.lan), []
    place: str | None = ""
    while place is not None:
        page = searched(lan, name="nguyen van binh", place=place)
        seen += re.findall(r"/ho-so/(\d+)/", page)
        following = re.search(r'rel="next" name="place" value="(\d+)"', page)
        place = following[1] if following else None
    assert seen == [str(record.pk) for record in records]


def test_more_than_anybody_reads_is_said_to_be_more(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_HITS", 3)
    for _ in range(4):
        child(cast, "Nguyễn Văn Bình")
    answer = found(cast.lan, "nguyen van binh")
    assert (len(answer.hits), answer.more) == (3, True)
    assert "Hơn 3 trường hợp" in searched(as_user(cast.lan), name="nguyen van binh")


def test_the_name_is_in_no_address_no_session_and_no_log(cast: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for _ in range(3):
        child(cast, "Nguyễn Văn Bình")
    lan = as_user(cast.lan)
    before = dict(lan.session)
    answer = lan.post("/tim/", {"name": "Nguyen Van Binh"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert len(addresses(page)) > 10
    assert not [a for a in addresses(page) if "binh" in a.casefold() or "bình" in a.casefold()]
    assert "Bình" not in re.findall(r"<title>(.*?)</title>", page, re.S)[0]
    assert dict(lan.session) == before
    assert "binh" not in caplog.text.casefold()


def test_a_name_in_the_address_is_not_looked_for(cast: Any) -> None:
    child(cast, "Nguyễn Văn Bình")
    page = as_user(cast.lan).get("/tim/", {"name": "Nguyen Van Binh"}).content.decode()
    assert "Nguyễn Văn Bình" not in page


@pytest.mark.parametrize("typed", ["", "   ", "...", "a " * 9, "x" * 101])
def test_what_is_no_name_is_said(cast: Any, typed: str) -> None:
    assert as_user(cast.lan).post("/tim/", {"name": typed}).status_code == 422


def test_new_words_are_noted_with_every_entry_and_every_correction(cast: Any) -> None:
    record = child(cast, "Zorglub Quyết")
    known = NameWord.objects.get(word="zorglub")
    assert set(known.spellings) >= {"zorglub", "orglub", "zorglu"}
    Record.objects.filter(pk=record.pk).update(names_fold="krypton quyet")
    assert NameWord.objects.filter(word="krypton").exists()
    assert not NameWord.objects.filter(word="|").exists()
