"""Finding the entries of a name: by the index of words of each unit, then exactly.

The index answers which entries of a unit hold the words at all; whether one person bears them, in their order, is asked
of each of these. Every entry is found that has the name, or the name one letter amiss: the words in use that a typed
word can be a misspelling of are looked up, not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from digitization.lists.readings import (
    Rank,
    Reading,
    as_typed,
    every_word_amiss,
    one_letter_amiss,
    rank_of,
    words_near,
)
from digitization.models import Record
from digitization.models.names import HoldsAny, scoped_word
from digitization.models.record import RecordQuerySet

# More than anybody reads through: then the name has to be said more fully.
MOST_HITS = 200
# "Nguyễn" is in half of all entries. Who bears such words and no others is looked for among so many: who adds a year or
# a kind has them all.
MANY = 10_000


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """An entry that answers, how well, and by which of its names (folded); in this order they are shown."""

    rank: Rank
    name: str
    year: int
    number: int
    pk: int


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, the best first; ``more`` says that there are others. ``readings`` are what they were found by."""

    hits: list[Hit]
    readings: list[Reading]
    more: bool = False

    def answers(self, name: str) -> bool:
        """Tell whether this name, folded, is one that was looked for."""
        return rank_of(name.split(" "), self.readings) is not None


def find(words: tuple[str, ...], records: RecordQuerySet, units: Sequence[int]) -> Found:
    """Return the entries of these units in which somebody bears the name; at most five questions to the database.

    Names spelt so come first, then those whose last word goes on, then those one letter amiss; each only as far as
    there is room. Only where there is none of them, every word may have a letter amiss.
    """
    search = Search(records, units)
    search.ask([as_typed(words, Rank.PART)])
    if not search.room:
        search.put_first(as_typed(words, Rank.SAME))
    search.ask([as_typed(words, Rank.UNFINISHED)])
    if search.room:
        known = words_near(words)
        search.ask(one_letter_amiss(words, known))
        if not search.hits:
            search.ask([every_word_amiss(words, known)])
    return Found(sorted(search.hits[:MOST_HITS]), search.tried, more=not search.room)


@dataclass(slots=True)
class Search:
    """A search on its way: where it looks, what it has asked, and what it has found."""

    records: RecordQuerySet
    units: Sequence[int]
    hits: list[Hit] = field(default_factory=list)
    tried: list[Reading] = field(default_factory=list)

    @property
    def room(self) -> int:
        """Return how many hits may still come: one more than are shown, to know that there are more."""
        return MOST_HITS + 1 - len(self.hits)

    def put_first(self, reading: Reading) -> None:
        """Where too many contain the words, let those who are called just so be among the hits."""
        others, self.hits = self.hits, []
        self.ask([reading], among=MANY)
        known = {hit.pk for hit in self.hits}
        self.hits += [hit for hit in others if hit.pk not in known][: self.room]

    def ask(self, readings: Sequence[Reading], *, among: int | None = None) -> None:
        """Add the entries in which a name answers one of the readings, as far as there is room.

        With ``among``, only so many of the entries that hold the words are looked at.
        """
        if not (readings and self.units and self.room):
            return
        self.tried += readings
        held = HoldsAny([_asked(unit, reading) for unit in self.units for reading in readings])
        pattern = "|".join(reading.pattern for reading in readings)
        holding = self.records.filter(held).order_by()
        if among is not None:
            holding = Record.objects.filter(pk__in=holding.values("pk")[:among])
        found = holding.filter(names_fold__regex=pattern)
        others = found.exclude(pk__in=[hit.pk for hit in self.hits])
        rows = others.values_list("pk", "names_fold", "number_year", "number")[: self.room]
        hits = (_hit(pk, names, (year or 0, number or 0), readings) for pk, names, year, number in rows)
        self.hits += [hit for hit in hits if hit is not None]


def _asked(unit: int, reading: Reading) -> str:
    """Return what the index is asked for: the words of a reading in an entry of the unit, whoever bears them."""
    groups = [[scoped_word(unit, word) for word in sorted(group)] for group in reading.words]
    if reading.rank is Rank.UNFINISHED:
        groups[-1] = [f"{word}:*" for word in groups[-1]]
    return " & ".join(f"({' | '.join(group)})" for group in groups)


def _hit(pk: int, names: str, place: tuple[int, int], readings: Sequence[Reading]) -> Hit | None:
    ranked = [
        (rank, name)
        for name in names.split(" | ")
        if (rank := rank_of(name.split(" "), readings)) is not None
    ]
    return Hit(*min(ranked), *place, pk) if ranked else None
