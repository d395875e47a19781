"""Vietnamese numbers in words, as far as dates need them: written one way, read in every usual way.

The readers take the words as a sequence (lower case, NFC) and return every number they can mean: an empty
set when they are no number. They accept what registers hold: linh or lẻ, nghìn or ngàn, tư or bốn, lăm, nhăm
or năm, mốt, bẩy, hăm, "hai bảy" for 27, and years digit by digit ("một chín năm bảy").
"""

from __future__ import annotations

from collections.abc import Sequence

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNITS = {word: value for value, word in enumerate(_DIGITS) if value} | {"bẩy": 7, "tư": 4}
# What may stand behind mười, and what behind mươi ("hai mươi mốt").
_AFTER_TEN = _UNITS | {"lăm": 5, "nhăm": 5}
_AFTER_TENS = _AFTER_TEN | {"mốt": 1}
_THOUSAND = frozenset({"nghìn", "ngàn"})
_ODD = frozenset({"linh", "lẻ"})
_SHORT_TENS = {"hăm": 20, "băm": 30}


def in_words(number: int) -> str:
    """Write 0–9999 as registers do: 2008 is "hai nghìn không trăm linh tám", 24 is "hai mươi tư"."""
    if number < 10:
        return _DIGITS[number]
    thousands, below_thousand = divmod(number, 1000)
    hundreds, rest = divmod(below_thousand, 100)
    parts = [f"{_DIGITS[thousands]} nghìn"] if thousands else []
    if hundreds or (thousands and rest):
        parts.append(f"{_DIGITS[hundreds]} trăm")
    if rest:
        parts.append(f"linh {_DIGITS[rest]}" if rest < 10 else _tens_in_words(rest))
    return " ".join(parts)


def _tens_in_words(number: int) -> str:
    tens, unit = divmod(number, 10)
    ten = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return f"{ten} {special.get(unit, _DIGITS[unit])}" if unit else ten


def small_numbers(words: Sequence[str]) -> set[int]:
    """What 1–99 the words can mean, as a day or a month is written; figures are understood too."""
    match list(words):
        case [figure] if figure.isascii() and figure.isdigit() and len(figure) <= 2:
            return {int(figure)}
        case [word] if word in _UNITS:
            return {_UNITS[word]}
        case ["không", word] if word in _UNITS:
            return {_UNITS[word]}
        case [_, *_]:
            return _tens(words)
    return set()


def _tens(words: Sequence[str]) -> set[int]:
    match list(words):
        case ["mười"]:
            return {10}
        case ["mười", unit] if unit in _AFTER_TEN:
            return {10 + _AFTER_TEN[unit]}
        case [tens, "mươi" | "mười"] if _UNITS.get(tens, 0) >= 2:
            return {10 * _UNITS[tens]}
        case [tens, "mươi" | "mười", unit] if _UNITS.get(tens, 0) >= 2 and unit in _AFTER_TENS:
            return {10 * _UNITS[tens] + _AFTER_TENS[unit]}
        case [tens, unit] if _UNITS.get(tens, 0) >= 2 and unit in _AFTER_TENS:
            return {10 * _UNITS[tens] + _AFTER_TENS[unit]}
        case [tens, unit] if tens in _SHORT_TENS and unit in _AFTER_TENS:
            return {_SHORT_TENS[tens] + _AFTER_TENS[unit]}
    return set()


def years(words: Sequence[str]) -> set[int]:
    """What four-digit year the words can mean. Two digits ("chín tám") are none: the century is a guess."""
    match list(words):
        case [figure] if figure.isascii() and figure.isdigit() and len(figure) == 4:
            return {int(figure)}
        case ["một" | "hai" as first, thousand, *rest] if thousand in _THOUSAND:
            return {1000 * _UNITS[first] + value for value in _below_thousand(rest)}
        case [_, _, _, _]:
            return _digit_by_digit(words)
    return set()


def _below_thousand(words: Sequence[str]) -> set[int]:
    match list(words):
        case []:
            return {0}
        case [odd, unit] if odd in _ODD and unit in _AFTER_TEN:
            return {_AFTER_TEN[unit]}
        case [hundreds, "trăm", *rest] if hundreds == "không" or hundreds in _UNITS:
            return {100 * _UNITS.get(hundreds, 0) + value for value in _below_hundred(rest)}
        case [*tens] if "mười" in tens or "mươi" in tens:
            return _tens(tens)
    return set()


def _below_hundred(words: Sequence[str]) -> set[int]:
    """The words behind trăm. One bare digit is refused: "chín trăm tám" is said for 980 and for 908."""
    match list(words):
        case []:
            return {0}
        case [odd, unit] if odd in _ODD and unit in _AFTER_TEN:
            return {_AFTER_TEN[unit]}
    return _tens(words)


def _digit_by_digit(words: Sequence[str]) -> set[int]:
    spoken = dict(zip(_DIGITS, range(10), strict=True)) | {"bẩy": 7}
    *first, last = words
    digits = [spoken.get(word) for word in first] + [(spoken | _AFTER_TENS).get(last)]
    if None in digits:
        return set()
    return {int("".join(str(digit) for digit in digits))}
