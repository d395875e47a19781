"""Mistakes of configuration are said at start."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command

from civreg.checks import two_roles
from civreg.lib import database_rights


def test_one_role_for_everything_is_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    assert two_roles(None) == []
    monkeypatch.setattr(database_rights, "runtime_role", lambda: "civreg_owner")
    assert [warning.id for warning in two_roles(None)] == ["civreg.W001"]


def test_the_configuration_of_the_tests_has_no_fault(settings: Any) -> None:
    assert settings.SECRET_KEY
    call_command("check", fail_level="WARNING")
