"""One letter amiss, in every way there is; and nothing further than that."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitization.lists.spelling import one_letter_apart, spaced_otherwise, spellings

WORDS = ("nguyen", "van", "ha", "y", "quyet", "anh", "aa", "h'hen")


def misspelt(word: str) -> Iterator[str]:
    """Yield the word with one letter inserted, dropped or replaced, or two neighbours swapped."""
    for place in range(len(word) + 1):
        yield from (word[:place] + letter + word[place:] for letter in ascii_lowercase)
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
        yield from (word[:place] + letter + word[place + 1 :] for letter in ascii_lowercase)
        yield word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


@pytest.mark.parametrize("word", WORDS)
def test_every_one_letter_error_is_known_and_shares_a_spelling(word: str) -> None:
    errors = set(misspelt(word)) - {word}
    assert len(errors) > 50
    for error in errors:
        assert one_letter_apart(word, error), error
        assert one_letter_apart(error, word), error
        assert spellings(word) & spellings(error), error


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("van", "van"),
        ("van", "vinh"),
        ("ab", "ba" + "c"),
        ("abcd", "badc"),
        ("abc", "cba"),
        ("nguyen", "ngueyn" + "x"),
        ("", "ab"),
        ("hoa", "hieu"),
    ],
)
def test_the_same_word_and_words_further_apart_are_not_one_letter_apart(one: str, other: str) -> None:
    assert not one_letter_apart(one, other)
    assert not one_letter_apart(other, one)


@given(st.text("abn", max_size=5), st.text("abn", max_size=5))
def test_it_agrees_with_trying_every_error(one: str, other: str) -> None:
    assert one_letter_apart(one, other) == (other != one and other in set(misspelt(one)))


def test_spaces_go_astray_too() -> None:
    found = spaced_otherwise(("ha", "van"))
    assert {
        ("havan",),
        ("h", "a", "van"),
        ("ha", "v", "an"),
        ("ha", "v", "n"),
        ("hav", "an"),
        ("h", "avan"),
    } <= found
    assert spaced_otherwise(("y",)) == set()
