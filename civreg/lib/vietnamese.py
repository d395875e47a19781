"""Vietnamese text: cleaned for keeping, folded for finding, keyed for sorting; dates in words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from civreg.lib.date_words import date_in_words, read_date_in_words, words_agree

__all__ = [
    "clean",
    "date_in_words",
    "fold",
    "has_control_characters",
    "read_date_in_words",
    "sort_key",
    "words_agree",
]

# White space that people and spreadsheets produce; control characters are not among it (see below).
_SPACES = re.compile("[\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_ETH_AT_WORD_START = re.compile(r"(?<![^\W\d_])ð")
_CONTROL_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})


def clean(text: str) -> str:
    """The text as it is kept: NFC, Đ for the look-alike Ð (U+00D0), single spaces, none at the ends.

    The small ð becomes đ at the start of a word only: Vietnamese has đ nowhere else, and Icelandic names
    (Guðrún), which have ð, never there. Tone placement (hoà, hòa) stays as typed: the book decides.
    Cleaning twice changes nothing.
    """
    composed = unicodedata.normalize("NFC", text).replace("Ð", "Đ")
    return _SPACES.sub(" ", _ETH_AT_WORD_START.sub("đ", composed)).strip(" ")


def has_control_characters(text: str) -> bool:
    """Whether the text holds something no reader can see: control or zero-width characters, half surrogates.

    Tabs and line ends are no such thing: ``clean`` turns them into spaces.
    """
    if text.isprintable():
        return False
    return any(
        unicodedata.category(letter) in _CONTROL_CATEGORIES and letter not in "\t\n\r" for letter in text
    )


# Letters that Unicode does not take apart; as PostgreSQL's unaccent writes them.
_UNDIVIDED = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "þ": "th"}
)


# Checks and search columns fold the same names and labels again and again; a novel is not worth keeping.
_KEPT_LENGTH = 200


def fold(text: str) -> str:
    """The text as it is searched for: lower case, no diacritics, đ as d, single spaces.

    Equal for NFC and NFD, Đ and Ð, hoà and hòa.
    """
    return _folded_and_kept(text) if len(text) <= _KEPT_LENGTH else _folded(text)


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFD", clean(text).casefold()).translate(_UNDIVIDED)
    return unicodedata.normalize(
        "NFC", "".join(letter for letter in letters if not unicodedata.combining(letter))
    )


_folded_and_kept = lru_cache(maxsize=16384)(_folded)


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Consecutive ASCII from "A": digits and punctuation stay before the letters, other scripts behind.
_RANKS = str.maketrans({letter: chr(ord("A") + rank) for rank, letter in enumerate(_ALPHABET)})
# Dictionary order: ngang (none), huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# Breve, circumflex, horn: they make letters (ă â ơ); every other mark is foreign and sorts as nothing.
_LETTER_MARKS = frozenset("\u0306\u0302\u031b")
_BEFORE_TONES = "\x01"


def sort_key(text: str) -> str:
    """A key whose code-point order is Vietnamese dictionary order: a ă â b c d đ …, then tones.

    The letters of the whole text decide first, then the tones syllable by syllable, then nothing: texts that
    differ in case or tone placement only have one key. Compare in PostgreSQL with COLLATE "C".
    """
    letters: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFD", clean(text).lower()):
        if letter in _TONES:
            tones.append(_TONES[letter])
        elif letter in _LETTER_MARKS or not unicodedata.combining(letter):
            letters.append(letter)
            tones.extend(" " if letter == " " else "")
    ranked = unicodedata.normalize("NFC", "".join(letters)).translate(_RANKS)
    return ranked + _BEFORE_TONES + "".join(tones)
