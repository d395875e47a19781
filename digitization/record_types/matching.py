"""Finding the option of a list that the words of a register mean."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import override

from civreg.lib.vietnamese import fold

from .contract import Option, OptionList


def match(options: OptionList, words: str) -> Option | None:
    """Return the option these words mean, None when the list does not know them or cannot tell two apart.

    Words are a code, the label in English or Vietnamese, or an alias; letter case, diacritics and the place
    of tone marks do not matter where only one option fits.
    """
    wanted = words.strip()
    index = _index(options)
    keys = (wanted, wanted.casefold(), _folded(wanted))
    return next((index[key] for key in keys if key in index), None)


_INDEXES: dict[str, dict[str, Option | None]] = {}


def _index(options: OptionList) -> dict[str, Option | None]:
    """Return the look-up table of a list, made once: lists are known by their names."""
    if options.name not in _INDEXES:
        _INDEXES[options.name] = _build(options)
    return _INDEXES[options.name]


def _build(options: OptionList) -> dict[str, Option | None]:
    index: dict[str, Option | None] = {}
    for option in options.options:
        for spelling in _spellings(option):
            _note(index, _folded(spelling), option)
    for option in options.options:
        for spelling in _spellings(option):
            index[spelling.casefold()] = option
    for option in options.options:
        # A country code which is also a name without its marks ("MY": Malaysia, or Mỹ) decides nothing.
        index[option.code] = None if index.get(_folded(option.code), option) != option else option
    return index


def _note(index: dict[str, Option | None], key: str, option: Option) -> None:
    index[key] = option if index.get(key, option) is option else None


def _spellings(option: Option) -> Iterator[str]:
    yield from option.aliases
    if not isinstance(option.label, Promise):
        yield option.label
        return
    for language in ("en", "vi"):
        with override(language):
            yield str(option.label)


def _folded(words: str) -> str:
    """Fold further than a search does: hyphens, apostrophes and spaces divide the same word differently."""
    return "".join(letter for letter in fold(words) if letter.isalnum())
