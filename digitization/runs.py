"""Numbers that follow each other: of entries, and of pages. Nothing but numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers from ``first`` to ``last``, both among them; in words "4" or "7–9"."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def size(self) -> int:
        """Return how many they are."""
        return self.last - self.first + 1


def runs_of(numbers: Sequence[int]) -> tuple[Run, ...]:
    """Return these numbers, which are sorted, as runs of neighbours."""
    if not numbers:
        return ()
    breaks = [place for place in range(1, len(numbers)) if numbers[place] > numbers[place - 1] + 1]
    ends = pairwise([0, *breaks, len(numbers)])
    return tuple(Run(numbers[begin], numbers[end - 1]) for begin, end in ends)


def plain_page(page: str) -> int | None:
    """Return a page as a number; None where it is none, as "12–13" or a page with a letter."""
    text = page.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None
