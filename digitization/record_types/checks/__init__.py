"""The rules, and the checks that every kind of entry has. ``RULES`` is the catalogue for help and papers."""

from __future__ import annotations

from ..contract import Check, Group
from .abroad import C28
from .birth import KS1, KS2, KS3, KS4, KS5, KS6, KS7
from .dates import C03, C04, C05, closed_book, possible_dates, year_of_the_book
from .given import C01, C20, must_be_given, no_fillers, number_can_be_read, should_be_given
from .names import C12, C13, C21
from .notes import KS8
from .papers import C14, C15, C16, C17, C18, C19
from .places import C27, places_of_their_time
from .rules import Rule
from .shape import C10, C11, fitting_text, listed_codes
from .workbook import I02

_ALL = (
    *(C01, C03, C04, C05, C10, C11, C12, C13, C14, C15, C16, C17, C18, C19, C20, C21, C27, C28),
    *(KS1, KS2, KS3, KS4, KS5, KS6, KS7, KS8),
    I02,
)
RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}


def checks_of_every_kind(groups: tuple[Group, ...]) -> tuple[Check, ...]:
    """Return the checks that need nothing but the fields: shapes, dates, lists, and the time of the book."""
    fields = {field.code: field for group in groups for field in group.fields}
    return (
        must_be_given(C01, "number", "registration_date"),
        number_can_be_read,
        fitting_text(fields),
        listed_codes(fields),
        possible_dates(fields),
        year_of_the_book,
        closed_book,
        places_of_their_time(fields),
        no_fillers(*fields.values()),
        should_be_given(*groups),
    )
