"""Two texts of the same entry, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from digitization.record_types.contract import Entry, Label, RecordType
from digitization.record_types.entries import shown
from digitization.record_types.upgrading import leftover_lines


@dataclass(frozen=True, slots=True)
class FieldLines:
    """One field with its text on both sides, as pages print it."""

    group: Label
    label: Label
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Tell whether the two texts are not the same."""
        return self.left != self.right


def compared(record_type: RecordType, left: Entry, right: Entry) -> list[FieldLines]:
    """Return the fields in which the two entries differ, in the order of the paper."""
    lines = [
        FieldLines(
            group.label, field.label, shown(field, left.get(field.code)), shown(field, right.get(field.code))
        )
        for group in record_type.groups
        for field in group.fields
    ]
    return [line for line in lines if line.differs]


@dataclass(frozen=True, slots=True)
class Passage:
    """A group of an entry as a page prints it: only the fields that hold something."""

    label: Label
    lines: list[tuple[Label, str, str]]


def printed(record_type: RecordType, entry: Entry) -> list[Passage]:
    """Return the entry for reading: groups with (label, text, code) of every field that holds something.

    Last comes what was typed before the kind had its present fields.
    """
    passages = [
        Passage(
            group.label,
            [
                (field.label, text, field.code)
                for field in group.fields
                if (text := shown(field, entry.get(field.code)))
            ],
        )
        for group in record_type.groups
    ]
    passages.append(typed_before(record_type, entry))
    return [passage for passage in passages if passage.lines]


def typed_before(record_type: RecordType, entry: Entry) -> Passage:
    """Return what the entry holds that its kind has no field for."""
    return Passage(_("Typed before, in the plain form"), list(leftover_lines(record_type, entry)))
