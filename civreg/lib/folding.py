"""How Vietnamese text is found and sorted: in Python exactly as in the database.

``civreg_fold`` and ``civreg_sort_key`` (communes/migrations/0002) are these two functions in SQL, and agree with them
on every text PostgreSQL can hold. So nothing here leans on what Python and PostgreSQL know apart from each other: their
versions of Unicode, the locale of the database. Letters are taken apart in the alphabets below only, where every place
was given out long ago and Unicode promises never to change what it gave; upper case is a table. Other scripts stay as
they are: what is kept has passed ``clean``, which composes them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# White space that people and spreadsheets produce; control characters are not among it.
SPACES = re.compile("[\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# Latin, Greek, Cyrillic and their marks, and the signs that stand around words.
ALPHABETS = (
    "\u0001-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u052f\u1e00-\u1f15\u1f18-\u1f1d"
    "\u1f20-\u1f45\u1f48-\u1f4d\u1f50-\u1f57\u1f59\u1f5b\u1f5d\u1f5f-\u1f7d\u1f80-\u1fb4\u1fb6-\u1fc4"
    "\u1fc6-\u1fd3\u1fd6-\u1fdb\u1fdd-\u1fef\u1ff2-\u1ff4\u1ff6-\u1ffe\u2000-\u2064\u2126\u212a\u212b\u2190-\u22ff"
)
_KNOWN = re.compile(f"[{ALPHABETS}]+")

# Letters Unicode does not take apart, and what is typed for an apostrophe or a hyphen: H’Mông, H`Mông, Gia‑rai.
_ALIKE = dict(zip("łøħıſς`´ʻʼ‘’′‐‑‒–—−", "lohisσ'''''''------", strict=True)) | {
    **{"æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ẞ": "ss"},
    **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
}
_CAPITALS = [
    letter for letter in map(chr, range(0x0530)) if _KNOWN.match(letter) and letter.lower() != letter
]
_BASE = {capital: _ALIKE.get(capital.lower(), capital.lower()) for capital in _CAPITALS} | _ALIKE
_NO_MARKS = dict.fromkeys(map(chr, range(0x0300, 0x0370)))
_FOLDED = str.maketrans(_BASE | _NO_MARKS | dict.fromkeys("đĐðÐ", "d"))

# Breve, circumflex and horn make letters (ă â ơ), and behind their letter sort after any other that could stand there:
# "ăn" between "az" and "ân". Every other mark is a tone or foreign and makes none.
_LETTERS = str.maketrans(
    _BASE
    | _NO_MARKS
    | {"\u0306": "\u0300", "\u0302": "\u0301", "\u031b": "\u0302"}
    | dict.fromkeys("đĐðÐ", "d\u0300")
)
# Dictionary order: ngang (none), huyền, hỏi, ngã, sắc, nặng.
_TONES = str.maketrans("\u0300\u0309\u0303\u0301\u0323", "12345")
_NO_TONE = re.compile("[^ \u0300\u0309\u0303\u0301\u0323]+")
_BEFORE_TONES = "\x01"

# Checks and search columns fold the same names and labels again and again; a novel is not worth keeping.
_KEPT_LENGTH = 200


def fold(text: str) -> str:
    """The text as it is searched for: lower case, no diacritics, đ as d, single spaces, one kind of apostrophe.

    Equal for NFC and NFD (in the alphabets above), Đ and Ð, hoà and hòa. Folding twice changes nothing. A letter
    becomes three at most (ﬃ).
    """
    return _folded_and_kept(text) if len(text) <= _KEPT_LENGTH else _folded(text)


def _folded(text: str) -> str:
    return SPACES.sub(" ", _taken_apart(text).translate(_FOLDED)).strip(" ")


_folded_and_kept = lru_cache(maxsize=16384)(_folded)


def sort_key(text: str) -> str:
    """A key whose code-point order is Vietnamese dictionary order: a ă â b c d đ …, then tones.

    The letters of the whole text decide first, then the tones syllable by syllable, then nothing: texts that
    differ in case or tone placement only have one key. Compare in PostgreSQL with COLLATE "C".
    """
    apart = SPACES.sub(" ", _taken_apart(text)).strip(" ")
    return apart.translate(_LETTERS) + _BEFORE_TONES + _NO_TONE.sub("", apart).translate(_TONES)


def _taken_apart(text: str) -> str:
    """Put every letter of the alphabets before its marks (NFD), and leave other scripts alone."""
    return _KNOWN.sub(lambda run: unicodedata.normalize("NFD", run[0]), text)
