"""What one entry costs between the form and the database, kind by kind: reading, checks, search columns.

Every entry is used once: folded names are remembered, and a second round would find all of them. "All checks" is what
a verb runs, the shape of every value included; a form and an import have judged that part while reading.
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
from digitization.facts import facts_of
from digitization.models import Book, Record
from digitization.record_types import ALL
from digitization.record_types.contract import Facts, RecordType
from digitization.record_types.reading import judge, read, write

# Few recognitions of parents are registered: a round of theirs is smaller, so that there are some.
A_ROUND, FEWEST_ROUNDS = 200, 4
CHECKS_AT_MOST = 0.25


@dataclass(frozen=True, slots=True)
class Sheet:
    """One entry as it is typed, with the book it stands in."""

    book: Book
    facts: Facts
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
    reading, all_checks, judging, columns = (list(steps) for steps in zip(*took, strict=True))
    whole = [read + judged + held for read, _, judged, held in took]
    return [
        figure(f"{kind.code}: reading what was typed, CPU", "ms", reading),
        figure(f"{kind.code}: all checks, CPU", "ms", all_checks, at_most=CHECKS_AT_MOST),
        figure(f"{kind.code}: the checks left after reading, CPU", "ms", judging),
        figure(f"{kind.code}: columns and search columns, CPU", "ms", columns),
        figure(f"{kind.code}: reading, checks and columns", "ms", whole),
    ]


def _sheets(kind: RecordType, picked: list[int]) -> list[Sheet]:
    records = Record.objects.filter(pk__in=picked).select_related("book__place").order_by("?")
    return [
        Sheet(record.book, facts_of([record.book])[record.book_id], write(kind, as_entry(record)))
        for record in records
    ]


def _round(kind: RecordType, sheets: Sequence[Sheet]) -> tuple[float, ...]:
    """Return the milliseconds an entry takes in each step."""
    marks = [time.process_time()]
    readings = [read(kind, sheet.raw) for sheet in sheets]
    marks.append(time.process_time())
    for sheet, reading in zip(sheets, readings, strict=True):
        kind.problems(reading.entry, sheet.facts)
    marks.append(time.process_time())
    for sheet, reading in zip(sheets, readings, strict=True):
        judge(kind, reading, sheet.facts)
    marks.append(time.process_time())
    for sheet, reading in zip(sheets, readings, strict=True):
        as_columns(kind, sheet.book, reading.entry)
    marks.append(time.process_time())
    return tuple((end - begin) / len(sheets) * 1000 for begin, end in pairwise(marks))
