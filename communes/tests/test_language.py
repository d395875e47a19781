"""The language of the pages."""

from __future__ import annotations

import pytest
from django.test import Client

from communes.tests.cast import make_office

pytestmark = pytest.mark.django_db


def test_pages_are_vietnamese_until_somebody_chooses(client: Client) -> None:
    make_office()
    page = client.get("/dang-nhap/", headers={"accept-language": "en"})
    assert '<html lang="vi">' in page.content.decode()


def test_the_choice_is_kept_with_the_account_and_in_a_cookie(client: Client) -> None:
    officer = make_office().officer
    client.force_login(officer)
    answer = client.post("/ngon-ngu/", {"language": "en", "next": "/mat-khau/"})
    assert answer["Location"] == "/mat-khau/"
    assert client.cookies["language"].value == "en"
    officer.refresh_from_db()
    assert officer.language == "en"
    assert '<html lang="en">' in client.get("/mat-khau/").content.decode()


def test_a_stranger_can_choose_before_log_in(client: Client) -> None:
    make_office()
    client.post("/ngon-ngu/", {"language": "en", "next": "/dang-nhap/"})
    assert '<html lang="en">' in client.get("/dang-nhap/").content.decode()


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    officer = make_office().officer
    client.force_login(officer)
    client.post("/ngon-ngu/", {"language": "xx"})
    officer.refresh_from_db()
    assert officer.language == ""
    assert "language" not in client.cookies


@pytest.mark.parametrize(
    "away", ["https://example.org/", "//example.org", "abc", "/\\example.org", "javascript:1"]
)
def test_the_switch_never_leads_to_another_site(client: Client, away: str) -> None:
    make_office()
    assert client.post("/ngon-ngu/", {"language": "en", "next": away})["Location"] == "/"
