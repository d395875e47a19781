"""Entries that name the same person as one entry, as somebody may see them: by name, or only that there are some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from digitization.entry_columns import born
from digitization.entry_rows import as_columns, as_entry
from digitization.kin import Kin, kin_of
from digitization.models import Record
from digitization.models.record import RecordQuerySet
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Label

SHOWN_AT_MOST = 10
_OF_A_BIRTH, _WITHOUT_MOTHER = _("Same name, date of birth and mother"), _("Same name and date of birth")
_OF_A_DEATH = _("Birth of this person, without a note of the death")
_OF_A_MARRIAGE = {
    "both": _("Marriage of the same couple"),
    "husband": _("Another marriage of the husband"),
    "wife": _("Another marriage of the wife"),
}


@dataclass(frozen=True, slots=True)
class Like:
    """One entry the person may see, and in what it is like the one they look at."""

    record: Record
    how: Label

    @property
    def born(self) -> str:
        """Return when the person registered was born."""
        return born(self.record)

    @property
    def second(self) -> str:
        """Return the name of the other person of the entry: the mother, the wife."""
        return BY_CODE[self.record.kind].people(as_entry(self.record)).second.name


@dataclass(frozen=True, slots=True)
class Likeness:
    """The entries like one: those shown, and whether there are others in the unit, or in another commune."""

    shown: tuple[Like, ...] = ()
    more_near: bool = False
    more_far: bool = False

    def __bool__(self) -> bool:
        return bool(self.shown or self.more_near or self.more_far)


def likeness_of(record: Record, visible: RecordQuerySet) -> Likeness:
    """Return the entries like a stored one that nobody has told apart from it; ``visible`` are those one may see."""
    columns = as_columns(BY_CODE[record.kind], record.book, as_entry(record))
    return likeness_among(columns, visible, record=record.pk)


def likeness_among(columns: Mapping[str, Any], visible: RecordQuerySet, *, record: int = 0) -> Likeness:
    """Return the entries like one given as column values, which is stored as ``record`` or not at all."""
    kin = kin_of([(columns, record)]).get(0)
    if kin is None:
        return Likeness()
    found = visible.in_bulk(sorted(kin.ids)[:SHOWN_AT_MOST])
    how = dict(_how(kin))
    for birth in kin.births:
        if birth.record in found and not (columns["second_fold"] and found[birth.record].second_fold):
            how[birth.record] = _WITHOUT_MOTHER
    hidden = [other for other in _every(kin) if other.record not in found]
    return Likeness(
        tuple(Like(found[pk], how[pk]) for pk in sorted(found)),
        more_near=any(other.near for other in hidden),
        more_far=any(not other.near for other in hidden),
    )


def _every(kin: Kin) -> tuple[Any, ...]:
    return (*kin.births, *kin.unmarked_births, *kin.marriages)


def _how(kin: Kin) -> list[tuple[int, Label]]:
    return [
        *((other.record, _OF_A_BIRTH) for other in kin.births),
        *((other.record, _OF_A_DEATH) for other in kin.unmarked_births),
        *((other.record, _OF_A_MARRIAGE[other.whose]) for other in kin.marriages),
    ]
