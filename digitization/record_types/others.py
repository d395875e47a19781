"""What the entries around an entry tell about it: those beside it in the numbers, on its page, of the same person.

All of it is fetched before (``digitization.surroundings``), for many entries at once; a check only looks. Whatever a
clerk may not read is told by ``near`` alone: that there is another one, never whose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from civreg.lib.vietnamese import fold

# Folded. How a clerk notes in the margin that somebody died, or that a marriage ended.
WORDS_OF_DEATH = (
    *("khai tu", "da chet", "chet ngay", "chet nam", "qua doi", "tu tran", "tu vong", "hy sinh", "hi sinh"),
    *("chung tu", "bao tu", "tuyen bo la da chet"),
)
# Options of the national fields: registered anew; divorced, annulled.
AGAIN = "2"
_DIVORCED_OR_ANNULLED = ("1", "2")
WORDS_OF_AN_END = ("ly hon", "li hon", "huy ket hon", "huy viec ket hon", *WORDS_OF_DEATH)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The entry before or behind in the numbers of a year, as offices write its number, and when it was registered."""

    number: str
    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Alike:
    """Another entry that names the same person. ``near`` tells that the same unit keeps it; ``record`` is its id.

    ``again`` tells that it was registered anew, as is done where a book was lost.
    """

    record: int
    near: bool
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marriage(Alike):
    """Another marriage of the husband, of the wife, or of both of them, and whether it is noted as ended."""

    whose: str
    ended: bool = False
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """The entries around one entry. Nothing is known of what is empty: then nothing is asked.

    ``on_page`` are the numbers of other entries on its page, in a book that says one entry a page. ``signers`` are
    those who signed in the unit in the year, the one before or the one after: as written, by folded name.
    """

    before: Neighbour | None = None
    after: Neighbour | None = None
    on_page: tuple[str, ...] = ()
    signers: Mapping[str, str] = field(default_factory=dict)
    births: tuple[Alike, ...] = ()
    unmarked_births: tuple[Alike, ...] = ()
    marriages: tuple[Marriage, ...] = ()


NOBODY = Others()


def tells_of_death(margin: str) -> bool:
    """Tell whether a note in the margin says that somebody died."""
    return _has_any(margin, WORDS_OF_DEATH)


def tells_of_an_end(margin: str) -> bool:
    """Tell whether a note in the margin says that a marriage ended, by divorce, annulment or death."""
    return _has_any(margin, WORDS_OF_AN_END)


def is_noted(value: object) -> bool:
    """Tell whether a field says anything, be it illegible; "not written in the book" says nothing."""
    return bool(value) and not (isinstance(value, Mapping) and value.get("absent") == "not_written")


def marriage_ended(*, status: str, annulled: bool, margin: str) -> bool:
    """Tell whether a marriage is noted as ended: by its status (a code), an annulment, or words in the margin."""
    return status in _DIVORCED_OR_ANNULLED or annulled or tells_of_an_end(margin)


def _has_any(margin: str, wanted: tuple[str, ...]) -> bool:
    folded = f" {fold(margin)} " if margin else ""
    return any(words in folded for words in wanted)
