"""The rules, and the checks that every kind of entry has. ``RULES`` is the catalogue for help and papers."""

from __future__ import annotations

from ..contract import Check, Group
from .abroad import C28
from .around import AROUND_CHECKS, C07, C08, C22
from .birth import KS1, KS2, KS3, KS4, KS5, KS6, KS7
from .dates import C03, C04, C05, closed_book, possible_dates, year_of_the_book
from .death import KT1, KT2, KT3, KT4, KT5, KT7
from .given import C01, C20, must_be_given, no_fillers, number_can_be_read, should_be_given
from .holders import Holder
from .kin import KH5, KS9, KT6
from .marital_status import HN1, HN2
from .marriage import KH1, KH2, KH3, KH4
from .names import C12, C13, C21, full_names, letters_in_names, own_fields
from .notes import KS8
from .papers import C14, C15, C16, C17, C18, C19, paper_checks
from .parentage import CM1, CM2, CM3
from .places import C27, places_of_their_time
from .rules import Rule
from .shape import C10, C11
from .workbook import I02

_ALL = (
    *(
        C01,
        C03,
        C04,
        C05,
        C07,
        C08,
        C10,
        C11,
        C12,
        C13,
        C14,
        C15,
        C16,
        C17,
        C18,
        C19,
        C20,
        C21,
        C22,
        C27,
        C28,
    ),
    *(KS1, KS2, KS3, KS4, KS5, KS6, KS7, KS8, KS9),
    *(KH1, KH2, KH3, KH4, KH5),
    *(KT1, KT2, KT3, KT4, KT5, KT6, KT7),
    *(CM1, CM2, CM3),
    *(HN1, HN2),
    I02,
)
RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}


def checks_of_every_kind(groups: tuple[Group, ...]) -> tuple[Check, ...]:
    """Return the checks that need nothing but the fields: what must be given, dates, the book, the others."""
    fields = {field.code: field for group in groups for field in group.fields}
    return (
        must_be_given(C01, "number", "registration_date"),
        number_can_be_read,
        possible_dates(fields),
        year_of_the_book,
        closed_book,
        places_of_their_time(fields),
        no_fillers(*fields.values()),
        should_be_given(*groups),
        *AROUND_CHECKS,
    )


def checks_of_people(*people: Holder) -> tuple[Check, ...]:
    """Return the checks of names, identity papers, ethnic groups and nationalities for the persons of a kind."""
    return (
        letters_in_names(*(person.name for person in people), "signer_name", "recorder_name"),
        full_names(*people),
        *paper_checks(*people),
        own_fields(*(person for person in people if person.ethnicity)),
    )
