"""Everything a clerk reads is Vietnamese: no string without its words, none doubtful, none left over."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

SOURCE = Path(__file__).resolve().parents[2]
FOLDERS = ("civreg", "communes", "digitization", "reports", "templates", "locale")
CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")
COMMAND = """
import django
from django.conf import settings
settings.configure(INSTALLED_APPS=[])
django.setup()
from django.core.management import call_command
call_command("makemessages", locale=["vi"], ignore_patterns=["*/tests/*"], no_location=True, verbosity=0)
"""


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """Return the catalogue as it would be after extracting the strings again, in a copy of the sources."""
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed: the strings cannot be extracted (apt install gettext)")
    copy = tmp_path_factory.mktemp("sources")
    for folder in FOLDERS:
        shutil.copytree(SOURCE / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    subprocess.run([sys.executable, "-c", COMMAND], cwd=copy, check=True)
    return polib.pofile(str(copy / CATALOGUE))


def test_every_string_has_its_vietnamese(extracted: polib.POFile) -> None:
    assert [entry.msgid for entry in extracted.untranslated_entries()] == []


def test_no_translation_is_doubtful(extracted: polib.POFile) -> None:
    assert [entry.msgid for entry in extracted.fuzzy_entries()] == []


def test_nothing_is_left_over(extracted: polib.POFile) -> None:
    assert [entry.msgid for entry in extracted.obsolete_entries()] == []


def test_placeholders_are_the_same_on_both_sides() -> None:
    for entry in polib.pofile(str(SOURCE / CATALOGUE)):
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            missing = (
                set(placeholders(entry.msgid_plural or entry.msgid)) ^ set(placeholders(text))
                if text
                else set()
            )
            assert not missing, entry.msgid


def placeholders(text: str) -> list[str]:
    """Return the named placeholders of a message."""
    return [part.split(")")[0] for part in text.split("%(")[1:]]
