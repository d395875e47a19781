"""Everybody decides on their own page what they get by e-mail; where none is sent, no address is asked for."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from civreg import env
from communes.models import Role
from communes.tests.cast import log_in, make_person
from communes.tests.mail.server import MailServer
from communes.tests.notices.making import Cast, make_cast

pytestmark = pytest.mark.django_db
PAGE, MAIL = "/tai-khoan/", "/tai-khoan/thu-dien-tu/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_one_gives_an_address_and_chooses(cast: Cast, server: MailServer) -> None:
    desk = log_in(cast.officer)
    assert 'name="mail_notices"' in desk.get(PAGE).content.decode()
    assert desk.post(MAIL, {"email": "lan@example.vn", "mail_digest": "on"})["Location"] == PAGE
    cast.officer.refresh_from_db()
    assert (cast.officer.email, cast.officer.mail_notices, cast.officer.mail_digest) == (
        "lan@example.vn",
        False,
        True,
    )


def test_what_is_no_address_is_refused_at_its_field(cast: Cast, server: MailServer) -> None:
    answer = log_in(cast.officer).post(MAIL, {"email": "lan"})
    assert answer.status_code == 422
    assert list(answer.context["mail_form"].errors) == ["email"]


def test_who_gets_no_notices_is_offered_the_digest_alone(cast: Cast, server: MailServer) -> None:
    page = log_in(cast.taskforce).get(PAGE).content.decode()
    assert 'name="mail_digest"' in page
    assert 'name="mail_notices"' not in page
    assert 'name="email"' not in log_in(cast.helper).get(PAGE).content.decode()


def test_the_administrator_can_give_one_too(cast: Cast, server: MailServer) -> None:
    address = f"/quan-tri/tai-khoan/{cast.officer.pk}/"
    body = {"name": cast.officer.name, "is_active": "on", "email": "lan@example.vn"}
    assert log_in(cast.office.admin).post(address, body).status_code == 302
    cast.officer.refresh_from_db()
    assert cast.officer.email == "lan@example.vn"


def test_where_no_mail_is_sent_no_address_is_asked_for(cast: Cast) -> None:
    desk = log_in(cast.officer)
    assert 'name="email"' not in desk.get(PAGE).content.decode()
    assert desk.post(MAIL, {"email": "lan@example.vn"}).status_code == 404
    page = log_in(cast.office.admin).get(f"/quan-tri/tai-khoan/{cast.officer.pk}/").content.decode()
    assert 'name="email"' not in page


def test_where_no_mail_is_sent_an_account_is_saved_as_before(cast: Cast) -> None:
    someone = make_person("someone", "Vi Văn Nào", Role.OFFICER, cast.office.hop_nhat)
    type(someone).objects.filter(pk=someone.pk).update(email="kept@example.vn")
    body = {"name": "Vi Văn Này", "is_active": "on"}
    log_in(cast.office.admin).post(f"/quan-tri/tai-khoan/{someone.pk}/", body)
    someone.refresh_from_db()
    assert (someone.name, someone.email) == ("Vi Văn Này", "kept@example.vn")


@pytest.mark.parametrize(
    ("url", "port", "tls", "starttls"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+tls://clerk:p%40ss@mail.example", 587, False, True),
        ("smtps://clerk:p%40ss@mail.example:4650", 4650, True, False),
    ],
)
def test_a_mail_server_is_one_address(
    monkeypatch: pytest.MonkeyPatch, url: str, port: int, tls: bool, starttls: bool
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    server = env.mail_server("EMAIL_URL")
    assert server is not None
    assert (server.host, server.port, server.tls, server.starttls) == ("mail.example", port, tls, starttls)
    assert server.password in {"", "p@ss"}


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://a:secret@b:port"])
def test_a_spoilt_address_of_a_mail_server_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.mail_server("EMAIL_URL")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["hotich.example.vn", "ftp://x.vn", "https://x.vn/?a=1"])
def test_mail_can_only_lead_to_an_address(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("BASE_URL", url)
    with pytest.raises(ImproperlyConfigured):
        env.address("BASE_URL")
