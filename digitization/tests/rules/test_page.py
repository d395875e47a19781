"""The page of the rules, and the ways to it from where a rule speaks."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from communes.models import User
from digitization.models import Status
from digitization.rules.catalogue import RULES
from digitization.tests.making import make_record
from digitization.tests.test_entry_pages import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> str:
    return reverse("digitization:rules")


def shown(client: Client, page: str, **query: str) -> list[str]:
    """Return the ids of the rules on the page, in its order."""
    return re.findall(r'<article class="rule" id="(\w+)"', client.get(page, query).content.decode())


def in_english(user: User) -> None:
    user.language = "en"
    user.save()


def test_every_rule_has_an_anchor(cast: Any, client: Client, page: str) -> None:
    client.force_login(cast.tu)
    assert sorted(shown(client, page)) == sorted(RULES)


def test_a_rule_says_what_to_do_in_the_language_of_the_reader(cast: Any, client: Client, page: str) -> None:
    client.force_login(cast.lan)
    assert "đánh dấu “Đúng như sổ gốc”" in client.get(page).content.decode()
    in_english(cast.lan)
    assert "mark it “as in the original book”" in client.get(page).content.decode()


def test_a_weight_is_a_word_a_shape_and_a_colour(cast: Any, client: Client, page: str) -> None:
    client.force_login(cast.lan)
    words = client.get(page, {"tim": "C05"}).content.decode()
    for kind, word in (("error", "Không cho lưu"), ("warning", "Cảnh báo, xác nhận được")):
        assert re.search(
            rf'<span class="tag tag-{kind}"><svg.*?#{kind}".*?</svg>\s*{word}</span>', words, re.DOTALL
        )


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ("ks3", ["KS3"]),
        ("  nghiem   thu so ", ["B04"]),
        ("Vĩnh Phú", ["C27"]),
        ("không có quy tắc như vậy", []),
    ],
)
def test_a_search_finds_rules_by_id_and_words(
    cast: Any, client: Client, page: str, wanted: str, ids: list[str]
) -> None:
    client.force_login(cast.lan)
    assert shown(client, page, tim=wanted) == ids


def test_a_search_that_finds_nothing_says_so_and_leads_back(cast: Any, client: Client, page: str) -> None:
    client.force_login(cast.lan)
    words = client.get(page, {"tim": "<b>zzz</b>" * 40}).content.decode()
    assert "Không có quy tắc nào chứa các từ này" in words
    assert "<b>zzz" not in words


def test_the_way_to_the_rules_is_at_the_foot_of_every_page(cast: Any, client: Client, page: str) -> None:
    for user in (cast.son, cast.hoa, cast.tu):
        client.force_login(user)
        answer = client.get(reverse("communes:home"), follow=True)
        assert re.search(rf'<footer.*href="{page}".*</footer>', answer.content.decode(), re.DOTALL)
    client.logout()
    assert page not in client.get(reverse("communes:login")).content.decode()


def test_what_is_refused_on_the_form_leads_to_its_rule_in_another_tab(
    cast: Any, client: Client, page: str
) -> None:
    client.force_login(cast.lan)
    form = typed(cast.book, child_birth_date="31/02/1998", mother_full_name="LÂM 4 NHÀN")
    words = client.post(reverse("digitization:enter", args=[cast.book.pk]), form).content.decode()
    for rule in ("C03", "C12"):
        assert re.search(rf'<a class="rule-id"[^>]* href="{page}#{rule}" target="_blank"', words)


def test_a_warning_that_stands_leads_to_its_rule(cast: Any, client: Client, page: str) -> None:
    record = make_record(cast.book, cast.lan, child_full_name="HÀ 4 QUYẾT")
    client.force_login(cast.lan)
    words = client.get(reverse("digitization:record", args=[record.pk])).content.decode()
    assert f'href="{page}#C12"' in words


def test_a_number_taken_leads_to_its_rule(cast: Any, client: Client, page: str) -> None:
    make_record(cast.book, cast.lan, 7)
    client.force_login(cast.lan)
    answer = client.post(reverse("digitization:enter", args=[cast.book.pk]), typed(cast.book, 7))
    assert f'href="{page}#C06"' in answer.content.decode()


def test_a_refusal_told_on_the_next_page_leads_to_its_rule(cast: Any, client: Client, page: str) -> None:
    record = make_record(cast.book, cast.mai)
    client.force_login(cast.lan)
    url = reverse("digitization:turn", args=[record.pk, "withdraw"])
    answer = client.post(url, {"reason": "nhầm sổ", "version": record.version + 5}, follow=True)
    assert f'href="{page}#C26"' in answer.content.decode()


def test_entries_left_out_of_a_list_name_their_rule(cast: Any, client: Client, page: str) -> None:
    fresh, stale = make_record(cast.book, cast.mai), make_record(cast.book, cast.mai)
    client.force_login(cast.lan)
    ticked = {"pick": [f"{fresh.pk}:{fresh.version}", f"{stale.pk}:9"]}
    answer = client.post(reverse("digitization:check"), ticked, follow=True)
    assert f'href="{page}#C26"' in answer.content.decode()
    fresh.refresh_from_db()
    assert fresh.status == Status.CHECKED


def test_the_page_asks_the_database_for_nobody(
    cast: Any, client: Client, page: str, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.lan)
    with django_assert_max_num_queries(5):
        client.get(page)
