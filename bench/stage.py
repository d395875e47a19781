"""Where it is measured: databases of its own in a throw-away server, made when first needed.

``template`` is migrated and empty, ``district`` holds the demonstration, ``million`` fifteen times its entries.
A database is renamed when it is finished, so that one broken off half-way is never measured.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from bench.cpu import Cost, measured
from bench.million import multiply
from civreg.lib import clock
from civreg.management.preparation import collect_static_if_changed
from reports.demonstration.figures import DISTRICT
from reports.demonstration.seeding import seed

PREFIX = "civreg_bench_"
PASSWORD = "only-for-measuring"
# Of the district's 70,494 entries: 1,057,410 together.
FURTHER_COPIES, FURTHER_COPIES_QUICK = 14, 2


class Stage:
    """The databases, and how much to measure: ``quick`` only shows that everything works."""

    def __init__(self, *, quick: bool) -> None:
        self.quick = quick
        self.seeds: list[Cost] = []
        self._maintenance = str(settings.DATABASES["owner"]["NAME"])
        self._collected = False

    def rounds(self, full: int, quick: int) -> int:
        """Return how often to measure."""
        return quick if self.quick else full

    def district(self) -> str:
        """Return the database of the demonstration."""
        return self._finished("district", self._template(), self._seed)

    def million(self) -> str:
        """Return the database of the demonstration many times over."""
        copies = FURTHER_COPIES_QUICK if self.quick else FURTHER_COPIES
        return self._finished(
            "hundreds" if self.quick else "million", self.district(), lambda: multiply(copies)
        )

    def seed_once_more(self) -> None:
        """Seed in a database that is gone afterwards; the cost is the last of ``seeds``."""
        with self.copy_of(self._template()):
            self._seed()

    @contextmanager
    def copy_of(self, name: str) -> Iterator[None]:
        """Measure the block in a copy of a database, which is gone afterwards."""
        self._copy(name, "copy")
        self.use(PREFIX + "copy")
        try:
            yield
        finally:
            self.leave()
            self._drop("copy")

    def use(self, name: str) -> None:
        """Send every connection opened from now on to the database ``name``."""
        for alias in ("default", "owner"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        clock.forget_offset()

    def leave(self) -> None:
        """Go back to the empty database that was there before."""
        self.use(self._maintenance)

    def collect_static(self) -> None:
        """Make the static files a page names."""
        if not self._collected:
            Path(settings.STATIC_ROOT).parent.mkdir(parents=True, exist_ok=True)
            collect_static_if_changed(Path(settings.CIVREG_HOME) / "static.stamp")
            self._collected = True

    def drop_all(self) -> None:
        """Leave nothing behind, in whoever's server it was."""
        self.leave()
        for name in ("template", "district", "million", "hundreds", "copy", "draft"):
            self._drop(name)

    def _template(self) -> str:
        return self._finished("template", "template1", lambda: call_command("migrate", verbosity=0))

    def _finished(self, name: str, made_from: str, make: Callable[[], object]) -> str:
        self.leave()
        if not self._exists(name):
            tell(f"making the database {name} …")
            self._copy(made_from, "draft")
            self.use(PREFIX + "draft")
            make()
            as_owner("VACUUM ANALYZE")
            self.leave()
            as_owner(f'ALTER DATABASE "{PREFIX}draft" RENAME TO "{PREFIX}{name}"')
        return PREFIX + name

    def _seed(self) -> None:
        with measured() as cost:
            seed(DISTRICT, PASSWORD)
        self.seeds.append(cost)

    def _copy(self, made_from: str, name: str) -> None:
        self.leave()
        self._drop(name)
        as_owner(f'CREATE DATABASE "{PREFIX}{name}" TEMPLATE "{made_from}" STRATEGY file_copy')

    def _drop(self, name: str) -> None:
        as_owner(f'DROP DATABASE IF EXISTS "{PREFIX}{name}" WITH (FORCE)')

    def _exists(self, name: str) -> bool:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [PREFIX + name])
            return cursor.rowcount > 0


def as_owner(sql: str) -> None:
    """Run one statement as the owner of the tables, outside of any transaction."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)


def tell(text: str) -> None:
    """Say something to whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
