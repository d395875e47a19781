"""What a start does before it serves: only what has changed since the last one."""

from __future__ import annotations

import ctypes
import hashlib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

# What WeasyPrint loads, in Debian's packages libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0.
PDF_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
# Pages of packages that this product does not show.
NOT_COLLECTED = ["rest_framework"]


def migrate_if_behind() -> None:
    """Bring the tables in step with the code, which takes a while only where they are not."""
    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def is_empty() -> bool:
    """Tell whether nobody has an account yet: a database without users was never set up."""
    return not get_user_model().objects.exists()


def collect_static_if_changed(stamp: Path) -> None:
    """Copy and compress the static files unless ``stamp`` says this was done for exactly these."""
    print_of_files = _fingerprint_of_static_files()
    if stamp.exists() and stamp.read_text() == print_of_files and Path(settings.STATIC_ROOT).exists():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=NOT_COLLECTED)
    stamp.write_text(print_of_files)


def missing_pdf_libraries() -> list[str]:
    """Name the system libraries without which no PDF can be made."""
    return [name for name in PDF_LIBRARIES if not _loads(name)]


def _fingerprint_of_static_files() -> str:
    found = hashlib.sha256(f"whitenoise {version('whitenoise')}".encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list(NOT_COLLECTED), key=lambda file: file[0]):
            facts = Path(storage.path(name)).stat()
            found.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
