"""Vietnamese text: cleaned for keeping, folded for finding, keyed for sorting; dates in words."""

from __future__ import annotations

import re
import unicodedata

from civreg.lib.date_words import date_in_words, read_date_in_words, words_agree
from civreg.lib.folding import SPACES, fold, sort_key

__all__ = [
    "clean",
    "date_in_words",
    "fold",
    "has_control_characters",
    "read_date_in_words",
    "sort_key",
    "words_agree",
]

_ETH_AT_WORD_START = re.compile(r"(?<![^\W\d_])ð")
_CONTROL_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})


def clean(text: str) -> str:
    """The text as it is kept: NFC, Đ for the look-alike Ð (U+00D0), single spaces, none at the ends.

    The small ð becomes đ at the start of a word only: Vietnamese has đ nowhere else, and Icelandic names
    (Guðrún), which have ð, never there. Tone placement (hoà, hòa) stays as typed: the book decides.
    Cleaning twice changes nothing.
    """
    composed = unicodedata.normalize("NFC", text).replace("Ð", "Đ")
    return SPACES.sub(" ", _ETH_AT_WORD_START.sub("đ", composed)).strip(" ")


def has_control_characters(text: str) -> bool:
    """Whether the text holds something no reader can see: control or zero-width characters, half surrogates.

    Tabs and line ends are no such thing: ``clean`` turns them into spaces.
    """
    if text.isprintable():
        return False
    return any(
        unicodedata.category(letter) in _CONTROL_CATEGORIES and letter not in "\t\n\r" for letter in text
    )
