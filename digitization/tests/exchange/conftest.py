"""The unit and the officer of the import tests, and the command as a person runs it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from communes.models import Role, Unit, User
from digitization.tests.making import make_commune, make_person

Import = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Words are compared in the language of the sources."""
    with translation.override("en"):
        yield


@pytest.fixture
def commune(db: None) -> Unit:
    return make_commune()


@pytest.fixture
def officer(commune: Unit) -> User:
    return make_person("officer.soc-dang", Role.OFFICER, commune)


@pytest.fixture
def take_in(officer: User, commune: Unit) -> Import:
    """Run the command for Sóc Đăng as its officer and return its JSON."""

    def run(path: Path, **options: Any) -> dict[str, Any]:
        out = StringIO()
        given = {"unit": commune.slug, "user": officer.username, "json": True, **options}
        call_command("import_workbook", str(path), stdout=out, **given)
        answer: dict[str, Any] = json.loads(out.getvalue())
        return answer

    return run
