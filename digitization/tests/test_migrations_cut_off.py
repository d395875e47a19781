"""A migration that is no single transaction may be cut off anywhere: a new start goes through it again."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connections
from django.db.migrations.executor import MigrationExecutor

from digitization.models import Book
from digitization.tests.making import make_book, make_commune

NAME = "0012_apart_stays_and_pages_hold_entries"
WITHOUT_CONSTRAINT = "ALTER TABLE digitization_book DROP CONSTRAINT book_has_entries_on_a_page"
WITHOUT_TRIGGER = "DROP TRIGGER guard_told_apart ON digitization_toldapart"
WITHOUT_FUNCTION = "DROP FUNCTION civreg_guard_told_apart()"
# The steps that were not reached, last first.
CUT_OFF = {
    "at once": [WITHOUT_CONSTRAINT, WITHOUT_TRIGGER, WITHOUT_FUNCTION],
    "after the function": [WITHOUT_CONSTRAINT, WITHOUT_TRIGGER],
    "after the trigger": [WITHOUT_CONSTRAINT],
    "before it was noted": [],
}
HELD = """
SELECT (SELECT count(*) FROM pg_trigger WHERE tgname = 'guard_told_apart' AND tgenabled = 'O'),
    (SELECT count(*) FROM pg_constraint WHERE conname = 'book_has_entries_on_a_page' AND convalidated)
"""


def go_through() -> None:
    executor = MigrationExecutor(connections["owner"])
    executor.recorder.record_unapplied("digitization", NAME)
    executor.loader.build_graph()
    executor.migrate([("digitization", NAME)])


@pytest.mark.parametrize("undone", CUT_OFF.values(), ids=CUT_OFF.keys())
def test_it_is_finished_wherever_it_was_cut_off(committed_database: str, undone: list[str]) -> None:
    book = make_book(make_commune())
    with connections["owner"].cursor() as cursor:
        for statement in undone:
            cursor.execute(statement)
        if undone:
            cursor.execute("UPDATE digitization_book SET per_page = 0")
        go_through()
        cursor.execute(HELD)
        assert cursor.fetchone() == (1, 1)
    if undone:
        assert Book.objects.get(pk=book.pk).per_page == 1
    with pytest.raises(IntegrityError):
        Book.objects.update(per_page=0)
