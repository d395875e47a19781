"""Entries typed under an older declaration of their kind: read as today's, and nothing of them is dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .contract import Entry, Label, RecordType
from .entries import is_blank, shown
from .generic import generic_kind

# Kinds were typed in the plain form before they had columns of their own; these are its labels.
_PLAIN = {field.code: field for field in generic_kind("", "", "", "").fields() if not field.head}
PLAIN_NAMES = ("person_full_name", "second_person_name")


def moving(codes: Mapping[str, str]) -> Callable[[Entry, int], Entry]:
    """Return an upgrade that moves values from old codes to new ones, wherever the new one is still blank."""

    def upgrade(entry: Entry, version: int) -> Entry:
        moved = dict(entry)
        for old, new in codes.items():
            if old in moved and is_blank(moved, new):
                moved[new] = moved.pop(old)
        return moved

    return upgrade


def upgraded(record_type: RecordType, entry: Entry, version: int) -> Entry:
    """Return an entry stored under ``version`` of its kind as the declaration of today has it."""
    return record_type.upgrade(entry, version) if version < record_type.version else entry


def leftovers(record_type: RecordType, entry: Entry) -> dict[str, Any]:
    """Return what an entry holds that its kind has no field for: kept for ever, whoever corrects the entry."""
    return {code: value for code, value in entry.items() if code not in record_type.by_code}


def leftover_lines(record_type: RecordType, entry: Entry) -> Iterator[tuple[Label, str, str]]:
    """Yield (label, text, code) of the leftovers, as a page prints them; a code nobody declares is its own label."""
    for code, value in leftovers(record_type, entry).items():
        field = _PLAIN.get(code)
        yield (field.label, shown(field, value), code) if field else (code, str(value), code)
