"""``manage.py seed``: what it prints, and that it never adds to what is there."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_clock")]


def run() -> str:
    said = StringIO()
    call_command("seed", size="small", stdout=said)
    return said.getvalue()


def test_it_prints_the_accounts_and_a_password_that_opens_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CIVREG_DEMO_PASSWORD", raising=False)
    said = run()
    assert "chairman" in said
    assert "officer.hop-nhat" in said
    password = said.strip().rpartition(" ")[2]
    assert authenticate(username="taskforce", password=password)


def test_a_given_password_is_taken_and_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIVREG_DEMO_PASSWORD", "Hop-Nhat-2024!")
    assert "Hop-Nhat-2024!" not in run()
    assert authenticate(username="leader.soc-dang", password="Hop-Nhat-2024!")


def test_it_refuses_where_there_is_data(monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    with pytest.raises(CommandError):
        run()
