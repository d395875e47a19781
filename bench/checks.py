"""What one entry costs between form and database, kind by kind: reading, search columns, what is around, checks.

Every entry is used once: folded names are remembered, and a second round would find all of them. "All checks" is what
a verb runs, the shape of every value included; a form and an import have judged that part while reading. What is around
the entries is asked for a round at once, as an import asks for a sheet.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from bench.figures import Figure, figure
from bench.stage import Stage
from digitization.entry_rows import as_columns, as_entry
from digitization.facts import facts_among
from digitization.models import Book, Record
from digitization.record_types import ALL
from digitization.record_types.contract import RecordType
from digitization.record_types.reading import judge, read, write
from digitization.surroundings import Placed

# Few recognitions of parents are registered: a round of theirs is smaller, so that there are some.
A_ROUND, FEWEST_ROUNDS = 200, 4
CHECKS_AT_MOST = 0.25


@dataclass(frozen=True, slots=True)
class Sheet:
    """One entry as it is typed, with the book it stands in and its id."""

    book: Book
    record: int
    raw: dict[str, str]


def measure(stage: Stage) -> list[Figure]:
    """Take entries of the demonstration through each step, a round of entries at a time."""
    stage.use(stage.district())
    kinds = [kind for kind in ALL if kind.columns]
    return [line for kind in kinds for line in _figures(kind, stage.rounds(20, 3))]


def _figures(kind: RecordType, rounds: int) -> list[Figure]:
    ids = list(Record.objects.filter(kind=kind.code).values_list("pk", flat=True))
    size = min(A_ROUND, len(ids) // FEWEST_ROUNDS)
    sheets = _sheets(kind, Random(1).sample(ids, min(size * (1 + rounds), len(ids) // size * size)))
    took = [_round(kind, sheets[begin : begin + size]) for begin in range(0, len(sheets), size)][1:]
    return [
        figure(f"{kind.code}: reading what was typed, CPU", "ms", [one.reading for one in took]),
        figure(f"{kind.code}: columns and search columns, CPU", "ms", [one.columns for one in took]),
        figure(
            f"{kind.code}: what is around, asked for {size} at once, CPU",
            "ms",
            [one.around for one in took],
            at_most=CHECKS_AT_MOST,
        ),
        figure(f"{kind.code}: the same until it is answered", "ms", [one.answered for one in took]),
        figure(f"{kind.code}: all checks, CPU", "ms", [one.checks for one in took], at_most=CHECKS_AT_MOST),
        figure(f"{kind.code}: the checks left after reading, CPU", "ms", [one.judging for one in took]),
        figure(f"{kind.code}: reading, columns and checks", "ms", [one.whole for one in took]),
    ]


def _sheets(kind: RecordType, picked: list[int]) -> list[Sheet]:
    records = Record.objects.filter(pk__in=picked).select_related("book__place").order_by("?")
    return [Sheet(record.book, record.pk, write(kind, as_entry(record))) for record in records]


@dataclass(frozen=True, slots=True)
class Round:
    """The milliseconds an entry takes in each step; ``answered`` is what ``around`` takes on the clock."""

    reading: float
    columns: float
    around: float
    answered: float
    checks: float
    judging: float

    @property
    def whole(self) -> float:
        """Return what an import spends on an entry before it stores it."""
        return self.reading + self.columns + self.around + self.judging


def _round(kind: RecordType, sheets: Sequence[Sheet]) -> Round:
    marks = [time.process_time()]
    readings = [read(kind, sheet.raw) for sheet in sheets]
    marks.append(time.process_time())
    columns = [
        as_columns(kind, sheet.book, reading.entry) for sheet, reading in zip(sheets, readings, strict=True)
    ]
    marks.append(time.process_time())
    began = time.perf_counter()
    facts = facts_among(
        [
            Placed(book=sheet.book, columns=held, record=sheet.record)
            for sheet, held in zip(sheets, columns, strict=True)
        ]
    )
    answered = time.perf_counter() - began
    marks.append(time.process_time())
    for reading, known in zip(readings, facts, strict=True):
        kind.problems(reading.entry, known)
    marks.append(time.process_time())
    for reading, known in zip(readings, facts, strict=True):
        judge(kind, reading, known)
    marks.append(time.process_time())
    each = [(end - begin) / len(sheets) * 1000 for begin, end in pairwise(marks)]
    return Round(
        reading=each[0],
        columns=each[1],
        around=each[2],
        answered=answered / len(sheets) * 1000,
        checks=each[3],
        judging=each[4],
    )
