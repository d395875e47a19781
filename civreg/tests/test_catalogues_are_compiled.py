"""A clean machine has no gettext: the compiled catalogues are kept beside their sources, in step with them."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

SOURCE = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((SOURCE / "locale").glob("*/LC_MESSAGES/*.po"))


def messages(catalogue: polib.POFile | polib.MOFile) -> dict[tuple[str | None, str], object]:
    """Return what a catalogue says, by context and source text."""
    return {(m.msgctxt, m.msgid): m.msgstr_plural or m.msgstr for m in catalogue.translated_entries()}


@pytest.mark.parametrize("source", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_says_what_its_source_says(source: Path) -> None:
    compiled = polib.mofile(str(source.with_suffix(".mo")))
    assert messages(compiled) == messages(polib.pofile(str(source))), "run: manage.py compilemessages"


def test_there_are_catalogues() -> None:
    assert CATALOGUES
