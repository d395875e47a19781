"""Words written short: everybody's own list, read line by line, kept only when every line is clear."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from digitization.entry.shorthand import MOST, Unclear, read, words_of, written
from digitization.tests.lists.reading import as_user

LIST = "tyt Trạm y tế xã Sóc Đăng\n\nUB\tUBND xã Sóc Đăng,  huyện Đoan Hùng\n"


def test_the_first_word_of_a_line_is_short_for_the_rest() -> None:
    words = read(LIST)
    assert words == {"tyt": "Trạm y tế xã Sóc Đăng", "ub": "UBND xã Sóc Đăng, huyện Đoan Hùng"}
    assert read(written(words)) == words


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("tyt", "1"),
        ("a b\nc", "2"),
        ("a b\nA c", "2"),
        ("aaaaaaaaaaaaa b", "1"),
        ("a " + "b" * 201, "1"),
        ("a b\x07c", "1"),
    ],
)
def test_an_unclear_line_is_named(text: str, line: str) -> None:
    with pytest.raises(Unclear, match=line):
        read(text)


def test_a_list_has_an_end() -> None:
    with pytest.raises(Unclear):
        read("\n".join(f"a{n} chữ" for n in range(MOST + 1)))


@pytest.mark.django_db
def test_a_list_is_kept_for_its_person_alone_and_comes_with_the_desk(cast: Any) -> None:
    address, desk = reverse("digitization:shorthand"), reverse("digitization:enter", args=[cast.book.pk])
    answer = as_user(cast.lan).post(address, {"list": LIST}, follow=True)
    assert "bấm F3" in answer.content.decode()
    assert "Trạm y tế xã Sóc Đăng" in as_user(cast.lan).get(address).content.decode()
    assert "tyt" in as_user(cast.lan).get(desk).content.decode()
    assert words_of(cast.minh) == {}


@pytest.mark.django_db
def test_what_is_unclear_is_not_kept_and_not_lost(cast: Any) -> None:
    address = reverse("digitization:shorthand")
    answer = as_user(cast.lan).post(address, {"list": "tyt Trạm y tế\nub"})
    assert answer.status_code == 422
    assert "Dòng 2" in answer.content.decode() and "tyt Trạm y tế\nub" in answer.content.decode()
    assert words_of(cast.lan) == {}


@pytest.mark.django_db
def test_words_with_markup_do_nothing_but_stand_there(cast: Any) -> None:
    as_user(cast.lan).post(
        reverse("digitization:shorthand"), {"list": "x </script><script>alert(1)</script>"}
    )
    page = as_user(cast.lan).get(reverse("digitization:enter", args=[cast.book.pk])).content.decode()
    assert "<script>alert" not in page
