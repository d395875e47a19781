"""What one birth entry costs between the form and the database: reading, checks, search columns.

Every entry is used once: folded names are remembered, and a second round would find all of them.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bench.figures import Figure, figure
from bench.stage import Stage
from digitization.entry_rows import as_columns, as_entry
from digitization.facts import facts_of
from digitization.models import Book, Record
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Facts
from digitization.record_types.reading import judge, read, write

BIRTH = BY_CODE["KS"]
A_ROUND = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """One entry as it is typed, with the book it stands in."""

    book: Book
    facts: Facts
    raw: dict[str, str]


def measure(stage: Stage) -> list[Figure]:
    """Take births of the demonstration through each step, a round of entries at a time."""
    stage.use(stage.district())
    sheets = _sheets(A_ROUND * (1 + stage.rounds(20, 3)))
    rounds = [_round(sheets[begin : begin + A_ROUND]) for begin in range(0, len(sheets), A_ROUND)][1:]
    reading, judging, columns = (list(steps) for steps in zip(*rounds, strict=True))
    return [
        figure("reading a birth from what was typed, CPU", "ms", reading),
        figure("all checks of a birth, CPU", "ms", judging),
        figure("columns and search columns of a birth, CPU", "ms", columns),
        figure("one birth, all three", "ms", [sum(steps) for steps in rounds]),
    ]


def _sheets(count: int) -> list[Sheet]:
    ids = list(Record.objects.filter(kind=BIRTH.code).values_list("pk", flat=True))
    picked = Random(1).sample(ids, count)
    records = Record.objects.filter(pk__in=picked).select_related("book__place").order_by("?")
    return [
        Sheet(record.book, facts_of([record.book])[record.book_id], write(BIRTH, as_entry(record)))
        for record in records
    ]


def _round(sheets: Sequence[Sheet]) -> tuple[float, float, float]:
    """Return the milliseconds an entry takes in each step."""
    began = time.process_time()
    readings = [read(BIRTH, sheet.raw) for sheet in sheets]
    was_read = time.process_time()
    for sheet, reading in zip(sheets, readings, strict=True):
        judge(BIRTH, reading, sheet.facts)
    was_judged = time.process_time()
    for sheet, reading in zip(sheets, readings, strict=True):
        as_columns(BIRTH, sheet.book, reading.entry)
    had_columns = time.process_time()
    steps = (was_read - began, was_judged - was_read, had_columns - was_judged)
    reading_ms, judging_ms, columns_ms = (seconds / len(sheets) * 1000 for seconds in steps)
    return reading_ms, judging_ms, columns_ms
