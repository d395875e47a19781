"""What the tally costs a save: 16 writers of one commune insert the same row, each insert its own transaction.

Bare is the same table with its insert trigger switched off by the owner. A copy of the table without triggers would
be another heap with other indexes: smaller, its pages in another state, its plans and its share of the cache its
own. Switched off, both sides write by turns into the same pages, keep the same indexes and constraints, and meet
the same autovacuum and the same checkpoints; the tally is all that differs. The owner's statement makes sessions
forget their plans of the table for a moment, of both sides alike, before the clock starts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from random import Random

import psycopg2
from django.db import connection

from bench.cpu import seconds_of
from bench.figures import Figure, figure
from bench.stage import Stage, as_owner
from civreg.lib import clock
from communes.models import Unit, User
from digitization.entry_rows import as_columns
from digitization.models import Book, BookTally, Record
from digitization.record_types import BY_CODE

WRITERS, FEW_BOOKS = 16, 4
ENOUGH = 0.75
# Stands in the prepared row where each save has a number of its own.
PLACE_HOLDER = 1_234_567_891
BIRTH = BY_CODE["KS"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One short run of all writers: saves a second, and CPU seconds of the database for each."""

    rate: float
    cpu: float


class Writer:
    """A session of the runtime role that saves the same row again and again, the number apart."""

    def __init__(self, row: bytes, first_number: int) -> None:
        self._session = psycopg2.connect(**connection.get_connection_params())
        self._session.autocommit = True
        self._cursor = self._session.cursor()
        self._row, self._numbers = row, count(first_number)
        self.process = self._session.info.backend_pid

    def save_until(self, deadline: float) -> int:
        """Return how many saves were committed."""
        before, place_holder = time.perf_counter, str(PLACE_HOLDER).encode()
        saved = 0
        while before() < deadline:
            self._cursor.execute(self._row.replace(place_holder, str(next(self._numbers)).encode()))
            saved += 1
        return saved

    def close(self) -> None:
        """End the session."""
        self._session.close()


def measure(stage: Stage) -> list[Figure]:
    """Measure with a book for each writer, as people type, and to inform with all of them crowded in few books."""
    with stage.copy_of(stage.district()):
        own, few = _books("A", WRITERS), _books("B", FEW_BOOKS)
        return [
            *_compare(stage, "16 writers, own book each", own, at_least=ENOUGH),
            *_compare(stage, f"16 writers in {FEW_BOOKS} books", few),
        ]


def _compare(
    stage: Stage, what: str, books: Sequence[Book], *, at_least: float | None = None
) -> list[Figure]:
    pairs, tallied = stage.rounds(40, 8), 0
    cells: dict[bool, list[Cell]] = {True: [], False: []}
    with _writers(books) as writers, ThreadPoolExecutor(WRITERS) as pool:
        for turn in range(-1, pairs):
            for tally in Random(turn).sample([True, False], 2):
                _switch(tally=tally)
                saved, cell = _cell(pool, writers, 0.4 if stage.quick else 1.0)
                tallied += saved if tally else 0
                if turn >= 0:
                    cells[tally].append(cell)
    _switch(tally=True)
    counted = sum(BookTally.objects.filter(book__in=books).values_list("n", flat=True))
    pairs_of_cells = list(zip(cells[True], cells[False], strict=True))
    return [
        figure(f"{what}: saves a second, bare", "/s", [cell.rate for cell in cells[False]]),
        figure(f"{what}: saves a second, with tally", "/s", [cell.rate for cell in cells[True]]),
        figure(
            f"{what}: with tally : bare",
            "",
            [with_.rate / bare.rate for with_, bare in pairs_of_cells],
            at_least=at_least,
        ),
        figure(
            f"{what}: bare : with tally, CPU", "", [bare.cpu / with_.cpu for with_, bare in pairs_of_cells]
        ),
        figure(f"{what}: saves the tally missed", "", [abs(tallied - counted)], at_most=0),
    ]


def _cell(pool: ThreadPoolExecutor, writers: Sequence[Writer], seconds: float) -> tuple[int, Cell]:
    processes = [writer.process for writer in writers]
    cpu, began = seconds_of(processes), time.perf_counter()
    saved = sum(pool.map(lambda writer: writer.save_until(began + seconds), writers))
    took = time.perf_counter() - began
    return saved, Cell(rate=saved / took, cpu=(seconds_of(processes) - cpu) / saved)


def _switch(*, tally: bool) -> None:
    as_owner(f"ALTER TABLE digitization_record {'ENABLE' if tally else 'DISABLE'} TRIGGER tally_insert")


@contextmanager
def _writers(books: Sequence[Book]) -> Iterator[list[Writer]]:
    writers = [
        Writer(_row(books[place % len(books)]), first_number=1 + place * 10_000_000)
        for place in range(WRITERS)
    ]
    try:
        yield writers
    finally:
        for writer in writers:
            writer.close()


def _books(series: str, number: int) -> list[Book]:
    unit = Unit.objects.get(slug="hop-nhat")
    return [
        Book.objects.create(
            kind=BIRTH.code,
            place=unit,
            custodian=unit,
            book_no=f"{series}{place}",
            series=series,
            opened_year=1998,
            year_from=1998,
            year_to=1998,
        )
        for place in range(number)
    ]


def _row(book: Book) -> bytes:
    """Return the INSERT of a whole birth entry as the product sends it, written out once."""
    columns = as_columns(BIRTH, book, {**BIRTH.sample, "number": str(PLACE_HOLDER)})
    typist = User.objects.get(username="officer.hop-nhat")
    record = Record(**columns, entered_by=typist, entered_at=clock.now())
    fields = [field for field in Record._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = [field.get_db_prep_save(getattr(record, field.attname), connection) for field in fields]
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO digitization_record ({names}) VALUES ({marks}) RETURNING id"
    with connection.cursor() as cursor:
        return bytes(cursor.mogrify(statement, values))
