"""What an entry must and should hold: C01, C20, and the honest way out of both."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from civreg.lib.vietnamese import fold

from ..contract import Check, Entry, Facts, Field, Group, Input, Label, Need, Problem
from ..entries import absence_of, code_in, is_blank, is_uncertain, later, said, sure, text_of, words
from ..numbers import read_number
from .rules import Rule

C01 = Rule(
    "C01",
    "E/W",
    _("Number and date of registration are given, or stated as missing"),
    _(
        "Practice: number and date lead to the entry in its book. No source read says which fields are mandatory."
    ),
    where=_("Number, date of registration; in plain registers the name too"),
    advice=_(
        "Type what the book says. If it has none, choose “not written in the book” or “illegible” beside"
        " the field, which only warns. Never make up a number or a date."
    ),
)
C20 = Rule(
    "C20",
    "W/I",
    _("No filler stands where words are missing"),
    _("Practice: fillers met in real files"),
    where=_("Every field but dates; the notice names wanted fields left blank"),
    advice=_(
        "Clear “-”, “không”, “x” and the like, and choose “not written in the book” or “illegible” "
        "beside the field. If the book itself has this sign, mark it “as in the original book”."
    ),
)


def must_be_given(rule: Rule, *codes: str) -> Check:
    """Refuse an entry without one of these fields; one that says honestly why is only warned about."""

    def check(entry: Entry, facts: Facts) -> Iterator[Problem]:
        for code in codes:
            if absence_of(entry, code):
                message = _(
                    "Every entry should have this, and it is stated as missing. Look at the book once more."
                )
                yield rule.warning(code, message)
            elif is_blank(entry, code):
                yield rule.error(code, _("This is missing. Type it, or state “not written” or “illegible”."))

    return check


def number_can_be_read(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """C01: a number in words or signs cannot be put in order with the others; the book may have it so."""
    text = text_of(entry, "number")
    if text and not is_uncertain(entry, "number") and read_number(text).number is None:
        message = _("“%(words)s” cannot be read as a number. Type it as figures if the book allows.")
        yield C01.warning("number", said(message, words=text[:50]))


# Folded. A lone "x" or "ko" is how clerks get past a form that insists.
_FILLERS = frozenset(
    (
        *(
            "khong",
            "ko",
            "k",
            "null",
            "none",
            "x",
            "xx",
            "xxx",
            "n/a",
            "0",
            "chua ro",
            "chua biet",
            "chua co",
        ),
        *("khong co", "khong ro", "khong ghi", "khong biet", "khong xac dinh", "khong co thong tin"),
    )
)
_LONGEST_FILLER = 20
_FIRST_LETTERS = frozenset(filler[0] for filler in _FILLERS)


def no_fillers(*fields: Field) -> Check:
    """C20: "-", ", , ,", "không": words that only say there are none."""
    typed = frozenset(field.code for field in fields if field.input is not Input.DATE)

    def check(entry: Entry, facts: Facts) -> Iterator[Problem]:
        for code, value in entry.items():
            if isinstance(value, dict) and code_in(value):
                continue
            text = words(value)
            if len(text) <= _LONGEST_FILLER and code in typed and is_filler(text) and sure(entry, code):
                message = _("“%(words)s” says nothing. Clear it, and state “not written” or “illegible”.")
                yield C20.warning(code, said(message, words=text))

    return check


def is_filler(text: str) -> bool:
    """True for words which only stand in for missing ones."""
    if len(text) > _LONGEST_FILLER or not (bare := text.strip()):
        return False
    # Most texts begin with another letter, and need not be folded to know.
    if bare[0].isascii() and bare[0].isalpha() and bare[0].lower() not in _FIRST_LETTERS:
        return False
    return fold(bare) in _FILLERS or not any(letter.isalnum() for letter in bare)


def should_be_given(*groups: Group) -> Check:
    """C20 as one notice: the wanted fields left blank. Those of a person who is not named are not missed."""
    wanted = {
        field.code: format_lazy("{}: {}", group.label, field.label)
        for group in groups
        for field in group.fields
        if field.need is Need.SHOULD
    }
    names = {code: _name_beside(code, groups) for code in wanted}

    def check(entry: Entry, facts: Facts) -> Iterator[Problem]:
        missed = [code for code in wanted if is_blank(entry, code) and _matters(entry, code, names[code])]
        if missed:
            message = _("Left blank: %(fields)s. Type them, or state “not written” or “illegible”.")
            labels = _joined([wanted[code] for code in missed])
            yield C20.notice(missed[0], said(message, fields=labels), *missed)

    return check


def _matters(entry: Entry, code: str, name: str) -> bool:
    return not name or name == code or bool(text_of(entry, name))


def _name_beside(code: str, groups: tuple[Group, ...]) -> str:
    """Return the code of the name of the person whom a field describes, "" for a field of nobody."""
    prefix = code.partition("_")[0]
    codes = {field.code for group in groups for field in group.fields}
    return f"{prefix}_full_name" if f"{prefix}_full_name" in codes else ""


def _joined(labels: list[Label]) -> Label:
    return later(lambda: ", ".join(str(label) for label in labels))
