"""What every test stands on: throw-away servers, one database per test process, and no silent skips.

The tests run as the product does, as the role ``civreg_app``, each in a transaction that is rolled back
(``pytest.mark.django_db``). The few that really commit ask for ``committed_database``.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from civreg import servers
from civreg.servers.locks import Lock

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
# Settings are read after this file: nothing a test does may reach the data folder of whoever runs it.
if not WORKER:
    os.environ["CIVREG_HOME"] = tempfile.mkdtemp(prefix="civreg-test-")
    atexit.register(shutil.rmtree, os.environ["CIVREG_HOME"], ignore_errors=True)
os.environ["DJANGO_SETTINGS_MODULE"] = "civreg.settings"
# The floors' own conftest files import models.
django.setup()
HOME = Path(os.environ["CIVREG_HOME"])
PREFIX = HOME.name.replace("-", "_")
TEMPLATE = f"{PREFIX}_template"
NO_SKIP = os.environ.get("CIVREG_NO_SKIP") == "1"


def pytest_configure() -> None:
    """Serve static files without their manifest: collecting them is a start's work, not a test's."""
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a skip as a failure where everything a test may need has been installed."""
    report = yield
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that skips itself."""
    report = yield
    if NO_SKIP and report.skipped:
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this process a copy of the migrated template, which the first process to come makes."""
    with servers.held(HOME), django_db_blocker.unblock():
        maintenance = str(settings.DATABASES["owner"]["NAME"])
        with _one_at_a_time():
            if not _exists(TEMPLATE):
                _make_template(maintenance)
        with _copy_of_template(f"{PREFIX}_{WORKER or 'main'}"):
            yield


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Give one test a database of its own, to commit in and from many connections; yields its name."""
    with django_db_blocker.unblock(), _copy_of_template(f"{PREFIX}_{WORKER or 'main'}_committed") as name:
        yield name


def _make_template(maintenance: str) -> None:
    _as_owner(f'CREATE DATABASE "{TEMPLATE}_draft"')
    _connect_to(f"{TEMPLATE}_draft")
    call_command("migrate", verbosity=0)
    _connect_to(maintenance)
    _as_owner(f'ALTER DATABASE "{TEMPLATE}_draft" RENAME TO "{TEMPLATE}"')


@contextmanager
def _copy_of_template(name: str) -> Iterator[str]:
    """Connect everything to a fresh copy of the template, and back again afterwards."""
    before = str(connections["owner"].settings_dict["NAME"])
    with _one_at_a_time():
        _as_owner(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"')
    _connect_to(name)
    try:
        yield name
    finally:
        _connect_to(before)
        _as_owner(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Keep the other test processes out: a template that is being copied must not be in use."""
    lock = Lock(HOME / "template.lock")
    lock.alone()
    try:
        yield
    finally:
        lock.close()


def _connect_to(name: str) -> None:
    """Send every connection opened from now on, in any thread, to the database ``name``."""
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _exists(name: str) -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return cursor.rowcount > 0


def _as_owner(sql: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)
    connections["owner"].close()
