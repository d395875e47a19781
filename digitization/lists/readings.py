"""How a name somebody typed may be meant: as it stands, its last word unfinished, or one letter amiss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Q

from civreg.lib.vietnamese import fold
from digitization.lists.spelling import one_letter_apart, spaced_otherwise, spellings
from digitization.models import NameWord
from digitization.models.names import LONGEST_WORD

MOST_WORDS = 8
_AROUND_WORDS = '.,;:?!…()[]{}<>"“”*&%_\\/'


class Rank(IntEnum):
    """How well a name answers to what was typed, the best first."""

    SAME = 0
    PART = 1
    UNFINISHED = 2
    NEAR = 3
    FAR = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to mean what was typed: for each word the words that will do, in this order, others between them."""

    words: tuple[frozenset[str], ...]
    rank: Rank

    @property
    def pattern(self) -> str:
        """Return a regular expression for names in the database: "ha van quyet | lam thi nhan"."""
        groups = [f"({'|'.join(sorted(map(re.escape, group)))})" for group in self.words]
        if self.rank is Rank.SAME:
            return rf"(^|\| ){' '.join(groups)}( \||$)"
        if self.rank is Rank.UNFINISHED:
            groups[-1] += "[^ |]*"
        return f"(^| ){'( [^|]*)? '.join(groups)}( |$)"

    def fits(self, name: Sequence[str]) -> bool:
        """Tell whether the words of one name contain these, in this order."""
        if self.rank is Rank.SAME and len(name) != len(self.words):
            return False
        place = 0
        for number, group in enumerate(self.words, 1):
            unfinished = self.rank is Rank.UNFINISHED and number == len(self.words)
            while place < len(name) and not _in(name[place], group, unfinished=unfinished):
                place += 1
            if place == len(name):
                return False
            place += 1
        return True


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name somebody typed, folded as names are searched for."""
    words = (word.strip(_AROUND_WORDS) for word in fold(text).replace("|", " ").split())
    return tuple(word for word in words if any(map(str.isalnum, word)))


def as_typed(words: tuple[str, ...], rank: Rank) -> Reading:
    """Return the reading that takes the words as they are: the whole name, a part of it, or the last one unfinished."""
    return Reading(tuple(frozenset([word]) for word in words), rank)


def one_letter_amiss(words: tuple[str, ...], known: frozenset[str]) -> list[Reading]:
    """Return the readings with one letter amiss, or one space; ``known`` are the words near, of those in use."""
    readings = [
        Reading(_with(words, place, near), Rank.NEAR)
        for place, word in enumerate(words)
        if (near := _near(word, known))
    ]
    return readings + [
        Reading(tuple(frozenset([word]) for word in other), Rank.NEAR)
        for other in sorted(spaced_otherwise(words))
        if known.issuperset(other)
    ]


def every_word_amiss(words: tuple[str, ...], known: frozenset[str]) -> Reading:
    """Return the reading in which every word may have one letter amiss."""
    return Reading(tuple(_near(word, known) | {word} for word in words), Rank.FAR)


def rank_of(name: Sequence[str], readings: Iterable[Reading]) -> Rank | None:
    """Return how well one name answers, by the best of the readings; None where it does not."""
    fitting = [reading for reading in readings if reading.fits(name)]
    if not fitting:
        return None
    best = min(fitting, key=lambda reading: reading.rank)
    return Rank.SAME if best.rank is Rank.PART and len(best.words) == len(name) else best.rank


def words_near(words: tuple[str, ...]) -> frozenset[str]:
    """Return the words in use that these may be misspellings of, or that they consist of; one look-up."""
    wanted = {spelling for word in words if len(word) <= LONGEST_WORD for spelling in spellings(word)}
    pieces = {word for other in spaced_otherwise(words) for word in other}
    found = NameWord.objects.filter(Q(spellings__overlap=sorted(wanted)) | Q(word__in=sorted(pieces)))
    return frozenset(found.values_list("word", flat=True))


def _near(word: str, known: Iterable[str]) -> frozenset[str]:
    return frozenset(other for other in known if one_letter_apart(word, other))


def _with(words: tuple[str, ...], place: int, near: frozenset[str]) -> tuple[frozenset[str], ...]:
    return tuple(near if number == place else frozenset([word]) for number, word in enumerate(words))


def _in(word: str, group: frozenset[str], *, unfinished: bool) -> bool:
    return word in group or (unfinished and any(word.startswith(beginning) for beginning in group))
