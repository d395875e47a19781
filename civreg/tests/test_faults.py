"""What a person reads when something broke."""

from __future__ import annotations

import re
from typing import Any

import psycopg2
import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.utils import translation

from communes.backends import PostingBackend
from communes.tests.cast import PASSWORD, make_office

pytestmark = pytest.mark.django_db
FORM = {"reason": "mất trang", "password": "bi-mat"}
AWAY, BUSY, FAULT = (
    "The system is not available for a moment",
    "The system is busy",
    "The system met a fault",
)
OURS = {"sec-fetch-site": "same-origin"}


class Locked(psycopg2.OperationalError):
    """An error as psycopg2 gives it, with the code of the server."""

    def __init__(self, code: str) -> None:
        super().__init__("fault")
        self.code = code

    @property
    def pgcode(self) -> str:
        return self.code


def breaks_with(monkeypatch: pytest.MonkeyPatch, fault: Exception, code: str = "") -> None:
    """Let every look at who is there fail, as it does when the database is away."""

    def fail(*_args: object) -> None:
        raise fault from (Locked(code) if code else None)

    monkeypatch.setattr(PostingBackend, "get_user", fail)


@pytest.fixture
def browser() -> Client:
    """Return a browser with a log-in and the cookie of the token, as strict as a real one."""
    officer = make_office().officer
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    assert browser.login(username=officer.username, password=PASSWORD)
    browser.get("/mat-khau/")
    return browser


def token(browser: Client) -> str:
    page = browser.get("/mat-khau/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_form_of_our_own_comes_back_with_a_masked_token_and_without_passwords(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = FORM | {"csrfmiddlewaretoken": token(browser)}
    breaks_with(monkeypatch, OperationalError("away"))
    answer = browser.post("/ho-so/1/sua/?von=1", form)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "mất trang" in page
    assert 'action="/ho-so/1/sua/?von=1"' in page
    assert "bi-mat" not in page
    assert browser.cookies["csrftoken"].value not in page


@pytest.mark.parametrize("given", [{}, {"csrfmiddlewaretoken": "x" * 64}])
def test_a_form_from_elsewhere_is_not_given_back(
    browser: Client, monkeypatch: pytest.MonkeyPatch, given: dict[str, str]
) -> None:
    breaks_with(monkeypatch, OperationalError("away"))
    page = browser.post("/ho-so/1/sua/", FORM | given).content.decode()
    assert "mất trang" not in page
    assert "csrfmiddlewaretoken" not in page


def test_the_pages_about_faults_are_kept_out_of_caches_and_frames(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = browser.post("/mat-khau/", FORM)
    breaks_with(monkeypatch, OperationalError("away"))
    for answer, status in ((stale, 403), (browser.get("/so/"), 503)):
        assert answer.status_code == status
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "DENY"
        assert "Content-Security-Policy" in answer


def test_the_link_back_never_names_another_site(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks_with(monkeypatch, OperationalError("away"))
    page = browser.get("/", PATH_INFO="//evil.example/x").content.decode()
    assert 'href="/%2Fevil.example/x"' in page


@pytest.mark.parametrize(
    ("fault", "code", "title"),
    [
        (OperationalError("gone"), "", AWAY),
        (OperationalError("gone"), "57P01", AWAY),
        (OperationalError("gone"), "08006", AWAY),
        (InterfaceError("gone"), "", AWAY),
        (OperationalError("lock"), "55P03", BUSY),
        (OperationalError("time"), "57014", BUSY),
        (OperationalError("deadlock"), "40P01", BUSY),
        (ValueError("fault"), "", FAULT),
    ],
)
def test_it_says_that_the_database_is_away_only_when_it_is(
    browser: Client, monkeypatch: pytest.MonkeyPatch, fault: Exception, code: str, title: str
) -> None:
    breaks_with(monkeypatch, fault, code)
    answer = browser.get("/so/")
    assert answer.status_code == (500 if isinstance(fault, ValueError) else 503)
    assert f"<h1>{translation.gettext(title)}</h1>" in answer.content.decode()


@pytest.mark.parametrize("address", ["/api/v1/progress/", "/healthz"])
def test_a_machine_is_answered_in_json(
    browser: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    breaks_with(monkeypatch, OperationalError("away"))
    answer = browser.get(address)
    assert (answer.status_code, set(answer.json())) == (503, {"detail"})


@pytest.mark.parametrize(("headers", "kept"), [(OURS, True), ({}, False)])
def test_a_form_with_a_stale_token_comes_back_to_our_own_page_only(
    browser: Client, headers: dict[str, str], kept: bool
) -> None:
    answer = browser.post("/mat-khau/", FORM, headers=headers)
    assert answer.status_code == 403
    assert ("mất trang" in answer.content.decode()) is kept


@pytest.mark.parametrize(("headers", "kept"), [(OURS, True), ({}, False)])
def test_a_form_after_the_log_out_comes_back_to_our_own_page_only(
    client: Client, headers: dict[str, str], kept: bool
) -> None:
    answer: Any = client.post("/ho-so/1/sua/", FORM, headers=headers)
    assert answer.status_code == 401
    assert ("mất trang" in answer.content.decode()) is kept
