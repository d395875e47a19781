"""Names of persons look like names (C12, C13); ethnic group and nationality are not swapped (C21)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from civreg.lib.vietnamese import fold

from ..contract import Check, Entry, Facts, Label, Problem
from ..countries import COUNTRY
from ..entries import code_of, is_uncertain, said, text_of
from ..ethnic_groups import DOUBTFUL, ETHNIC
from ..matching import match
from .given import is_filler
from .holders import Holder
from .rules import Rule

C12 = Rule(
    "C12",
    "W/E",
    _("A name is made of letters"),
    _("Practice: values typed in the wrong column"),
    where=_("Names of persons, of the signer and of the clerk"),
    advice=_(
        "Compare the name with the book. For letters you cannot read write […]. A number instead of a "
        "name is refused: it belongs in another field."
    ),
)
C13 = Rule(
    "C13",
    "W",
    _("A name has several words, and capitals"),
    _("Practice: incomplete names met in real files"),
    where=_("Names of persons"),
    advice=_(
        "Look whether the book gives more of the name, or whether something else got into the field. If "
        "the book has it so, mark it “as in the original book”."
    ),
)
C21 = Rule(
    "C21",
    "W",
    _("Ethnic group and nationality stand in their own fields"),
    _("List of the 54 ethnic groups (Decision 121-TCTK/PPCĐ of 1979, to be confirmed)"),
    where=_("Ethnic group, nationality"),
    advice=_(
        "Look whether the two fields are swapped. Keep an old name of a group as the book writes it, and"
        " choose the group it stands for only if you are sure."
    ),
)

_LONGEST_NAME = 60
# A partly legible name is written "Nguyễn V[…]".
_MARKS = frozenset(" '\u2019-.()[]…")
_LETTERS_ONLY = re.compile(r"(?:[^\W\d_]| )+")


def letters_in_names(*codes: str) -> Check:
    """C12: digits and odd symbols in a name are doubted; digits only are refused."""

    def check(entry: Entry, facts: Facts) -> Iterator[Problem]:
        for code in codes:
            name = text_of(entry, code)
            # Letters only, as nearly every name: no filler that this check would leave to C20 gets another word here.
            if not name or _LETTERS_ONLY.fullmatch(name) or is_filler(name):
                continue
            if "".join(name.split()).isdigit():
                message = _("“%(name)s” is a number, not a name. Type the name of the book.")
                yield C12.weigh(not is_uncertain(entry, code), code, said(message, name=name))
            elif odd := sorted({letter for letter in name if not _belongs(letter)}):
                message = _("A name seldom has “%(letters)s” in it. Compare it with the book.")
                yield C12.warning(code, said(message, letters=" ".join(odd)))

    return check


def _belongs(letter: str) -> bool:
    return letter.isalpha() or letter in _MARKS


def full_names(*people: Holder) -> Check:
    """C13: one word only, more than 60 letters, or no capital at all."""

    def check(entry: Entry, facts: Facts) -> Iterator[Problem]:
        for person in people:
            name = text_of(entry, person.name)
            if message := _odd_name(name):
                yield C13.warning(person.name, said(message, name=name))

    return check


def _odd_name(name: str) -> Label | None:
    if not name or is_filler(name) or name.isdigit():
        return None
    if len(name.split()) == 1:
        return _("“%(name)s” is one word only. Does the book give more of the name?")
    if len(name) > _LONGEST_NAME:
        return _("This name is very long. Is there something else in it that belongs elsewhere?")
    if name == name.lower():
        return _("“%(name)s” has no capitals. Write the name as names are written.")
    return None


def own_fields(*people: Holder) -> Check:
    """C21: a country under ethnic group, an ethnic group under nationality, or a group nobody lists."""

    def check(entry: Entry, facts: Facts) -> Iterator[Problem]:
        for person in people:
            if message := _odd_group(entry, person.ethnicity):
                yield C21.warning(person.ethnicity, message, person.ethnicity)
            for code in person.nationalities:
                yield from _odd_nationality(entry, code)

    return check


def _odd_group(entry: Entry, code: str) -> Label | None:
    words = text_of(entry, code)
    if not words or code_of(entry, code) or is_filler(words) or is_uncertain(entry, code):
        return None
    if match(COUNTRY, words):
        return said(
            _("“%(words)s” is a country. Is the nationality standing under ethnic group?"), words=words
        )
    if meant := DOUBTFUL.get(fold(words)):
        names = ", ".join(str(option.label) for option in ETHNIC.options if option.code in meant)
        message = _(
            "“%(words)s” is an old name. If it means %(names)s, choose that; if not, keep it as in the book."
        )
        return said(message, words=words, names=names)
    return said(
        _("The list of ethnic groups does not know “%(words)s”. Compare it with the book."), words=words
    )


def _odd_nationality(entry: Entry, code: str) -> Iterator[Problem]:
    words = text_of(entry, code)
    if words and not code_of(entry, code) and not match(COUNTRY, words) and match(ETHNIC, words):
        message = _("“%(words)s” is an ethnic group. Is the ethnic group standing under nationality?")
        yield C21.warning(code, said(message, words=words), code)
