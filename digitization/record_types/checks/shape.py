"""Is each value one that its field can hold? C10 for codes, C11 for text; for the fields of any kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from civreg.lib.vietnamese import has_control_characters

from ..contract import Entry, Field, Group, Input, Label, OptionList, Problem, Shape
from ..entries import absence, code_of, is_uncertain, said, text_of, words_of
from ..matching import match
from .dates import unreadable_date
from .rules import Rule

C10 = Rule(
    "C10",
    "E/W",
    _("A coded field holds a code of its list"),
    _("National import sheet: its option lists"),
    where=_("Fields with a list: sex, kind of registration, ethnic group, nationality …"),
    advice=_(
        "Choose the line of the list that says what the book says. Where words may stand freely, write "
        "those of the book; words read only in part are marked “not read with certainty”."
    ),
)
C11 = Rule(
    "C11",
    "E",
    _("Text is plain text and fits its field"),
    _("Practice: lengths of the columns in systems in use, to be confirmed"),
    where=_("Every text"),
    advice=_(
        "Clear the field and type the words of the book again, without pasting. Shorten what is too long"
        " and put the rest under remarks."
    ),
)


def shape_of(groups: tuple[Group, ...]) -> Shape:
    """Return the judgement of every value by itself (C03, C10, C11): what can be said without knowing anything else."""
    fields = {field.code: field for group in groups for field in group.fields}

    def shape(entry: Entry) -> Iterator[Problem]:
        for code, value in entry.items():
            field = fields.get(code)
            if field is None:
                continue
            if field.input is Input.DATE:
                yield from unreadable_date(code, value)
            elif field.options:
                yield from _unlisted(entry, field, field.options)
            if message := _unfit(field, value):
                yield C11.error(code, message)

    return shape


def _unlisted(entry: Entry, field: Field, options: OptionList) -> Iterator[Problem]:
    """C10: a code of the list, words that agree with it, and no free words where only codes may stand."""
    chosen, text = code_of(entry, field.code), text_of(entry, field.code)
    option = options.by_code.get(chosen)
    if chosen and option is None:
        message = _("The list has no code “%(code)s”. Choose from the list.")
        yield C10.error(field.code, said(message, code=chosen[:50]))
    elif not chosen and text and field.input is Input.CHOICE:
        message = _("The list does not know “%(words)s”. Choose the line that means the same.")
        certain = not is_uncertain(entry, field.code)
        yield C10.weigh(certain, field.code, said(message, words=text[:100]))
    elif option and text != words_of(option) and _means_another(options, text, chosen):
        message = _("“%(words)s” is written, but “%(chosen)s” is chosen. Choose what the book says.")
        yield C10.error(field.code, said(message, words=text[:100], chosen=words_of(option)))


def _means_another(options: OptionList, text: str, chosen: str) -> bool:
    meant = match(options, text)
    return meant is not None and meant.code != chosen


_DATE_KEYS = frozenset({"on", "written", "calendar", "uncertain"})
_LISTED_KEYS = frozenset({"code", "written", "uncertain"})
_TEXT_KEYS = frozenset({"text", "uncertain"})
_MARKUP = re.compile(r"<\s*[a-z/!?]|&#|javascript:", re.IGNORECASE)
_MARKS = frozenset("<&:")


def _unfit(field: Field, value: Any) -> Label | None:
    """C11: a known shape, the length, no control characters, no markup, composed letters."""
    if not _has_a_known_shape(field, value):
        return _("The register does not know this form of value. Type it again.")
    if isinstance(value, str):
        return _unfit_text(field, value)
    texts = (held for held in value.values() if isinstance(held, str))
    return next((message for text in texts if (message := _unfit_text(field, text))), None)


def _unfit_text(field: Field, text: str) -> Label | None:
    if len(text) > field.max_length:
        message = _("%(length)s characters are too many, at most %(most)s fit. Shorten the text.")
        return said(message, length=len(text), most=field.max_length)
    if len(text) <= _SHORT and _is_plain(text):
        return None
    if not text.isprintable() and _unseen(field, text):
        return _("The text holds characters that nobody can see. Clear the field and type it again.")
    if not _MARKS.isdisjoint(text) and _MARKUP.search(text):
        return _("The text looks like programme code (“<…”). Type only the words of the book.")
    if not unicodedata.is_normalized("NFC", text):
        return _("Letters and their marks are stored apart. Type the text again.")
    return None


# Names, places and words of lists come again and again; a novel is not worth keeping.
_SHORT = 200


@lru_cache(maxsize=8192)
def _is_plain(text: str) -> bool:
    """Tell quickly that there is nothing to say about a text, whatever its field; most texts are so."""
    return text.isprintable() and _MARKS.isdisjoint(text) and unicodedata.is_normalized("NFC", text)


def _unseen(field: Field, text: str) -> bool:
    in_one_line = field.input is not Input.PARAGRAPH
    return has_control_characters(text) or (in_one_line and re.search(r"[\t\n\r]", text) is not None)


def _has_a_known_shape(field: Field, value: Any) -> bool:
    dated, listed = field.input is Input.DATE, field.options is not None
    if isinstance(value, str):
        return not dated and not listed
    if not isinstance(value, dict):
        return False
    if "absent" in value:
        return len(value) == 1 and absence(value) is not None
    keys = _DATE_KEYS if dated else _LISTED_KEYS if listed else _TEXT_KEYS
    strings = all(isinstance(held, str) for key, held in value.items() if key != "uncertain")
    return bool(value) and value.keys() <= keys and strings and value.get("uncertain", True) is True
