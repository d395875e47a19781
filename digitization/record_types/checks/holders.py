"""The people an entry names, and which fields say what about each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from civreg.lib.partial_dates import PartialDate
from civreg.lib.vietnamese import fold

from ..contract import Entry, Field, Group
from ..entries import code_of, date_of, text_of

MALE, FEMALE = "1", "2"
CITIZEN_CARDS = frozenset({"4", "9", "10"})


@dataclass(frozen=True, slots=True)
class Holder:
    """One person of a kind. Codes are "" for what the kind does not record about this person.

    ``sex`` is known from the part somebody plays (a mother), or read from the field ``gender``.
    """

    name: str
    birth_date: str = ""
    gender: str = ""
    sex: str = ""
    ethnicity: str = ""
    nationalities: tuple[str, ...] = ()
    personal_id: str = ""
    id_type: str = ""
    id_no: str = ""
    id_other: str = ""
    id_issued_on: str = ""

    @property
    def papers(self) -> tuple[str, ...]:
        """Return the fields that say anything about identity papers."""
        return (self.personal_id, self.id_type, self.id_no, self.id_other, self.id_issued_on)

    def sex_in(self, entry: Entry) -> str:
        """Return "1", "2", or "" when it is not known."""
        sex = self.sex or code_of(entry, self.gender)
        return sex if sex in (MALE, FEMALE) else ""

    def citizen_numbers(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield (field, text) of what should be a twelve-digit number of a citizen."""
        if text := text_of(entry, self.personal_id):
            yield self.personal_id, text
        if code_of(entry, self.id_type) in CITIZEN_CARDS and (text := text_of(entry, self.id_no)):
            yield self.id_no, text


def holder(prefix: str, fields: Mapping[str, Field], *, sex: str = "") -> Holder:
    """Return the person whose fields begin with ``prefix_``, with the fields this kind has."""

    def having(part: str) -> str:
        code = f"{prefix}_{part}"
        return code if code in fields else ""

    parts = (
        "birth_date",
        "gender",
        "ethnicity",
        "personal_id",
        "id_type",
        "id_no",
        "id_other",
        "id_issued_on",
    )
    nationalities = tuple(filter(None, (having("nationality"), having("other_nationality"))))
    codes = {part: having(part) for part in parts}
    return Holder(name=f"{prefix}_full_name", sex=sex, nationalities=nationalities, **codes)


def holders(groups: tuple[Group, ...], *prefixes: str, **sexes: str) -> tuple[Holder, ...]:
    """Return the persons of a kind by the prefixes of their fields; ``sexes`` names those whose part says it."""
    fields = {field.code: field for group in groups for field in group.fields}
    return tuple(holder(prefix, fields, sex=sexes.get(prefix, "")) for prefix in prefixes)


def birth_of(
    holder: Holder, people: tuple[Holder, ...], entry: Entry
) -> tuple[PartialDate | None, tuple[str, ...]]:
    """Return the birth of a person and the fields this was read from.

    The book gives no birth of an applicant, who often is one of the parents: same name, same person.
    """
    if own := date_of(entry, holder.birth_date):
        return own, (holder.birth_date,)
    named = fold(text_of(entry, holder.name))
    for other in people:
        known = date_of(entry, other.birth_date)
        if named and known and fold(text_of(entry, other.name)) == named:
            return known, (other.birth_date, holder.name, other.name)
    return None, ()
