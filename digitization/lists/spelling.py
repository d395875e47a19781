"""Words that are one letter apart: one inserted, dropped or replaced, or two neighbours swapped. Nothing but text."""

from __future__ import annotations


def spellings(word: str) -> set[str]:
    """Return the word and what is left of it when one letter is dropped.

    Two words are at most one letter apart only if they share one of these: dropping the odd letter of the longer one,
    the replaced one of both, or one of the swapped ones of each, leaves the same.
    """
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def one_letter_apart(one: str, other: str) -> bool:
    """Tell whether the words differ, and by no more than one letter."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    if len(rest) != len(other_rest):
        longer, shorter = sorted((rest, other_rest), key=len, reverse=True)
        return longer[1:] == shorter
    swapped = rest[1::-1] + rest[2:]
    return rest[1:] == other_rest[1:] or swapped == other_rest


def spaced_otherwise(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return the words with one space amiss: left out, put in, typed as a letter, or swapped with a neighbour."""
    found: set[tuple[str, ...]] = set()
    for place, word in enumerate(words):
        before, behind = words[:place], words[place + 1 :]
        for cut in range(1, len(word)):
            found.add((*before, word[:cut], word[cut:], *behind))
            found.add((*before, word[:cut], word[cut + 1 :], *behind))
        if behind:
            following, rest = behind[0], behind[1:]
            found.add((*before, word + following, *rest))
            found.add((*before, word + following[0], following[1:], *rest))
            found.add((*before, word[:-1], word[-1] + following, *rest))
    return {other for other in found if all(other)}
