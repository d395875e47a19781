"""The nightly recount in an office that works at night: who saves does not wait behind what is no tally of entries."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from digitization.models import BookPages, Record
from digitization.tests.making import make_book, make_commune
from digitization.tests.scans.test_page_tally import picture
from reports.progress import reconcile
from reports.progress.rollup import roll_up
from reports.tests.making import make_campaign, type_in, typist

WAITS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%%civreg_recount_books%%'
"""


def recount() -> reconcile.Report:
    try:
        return reconcile.reconcile()
    finally:
        connections.close_all()


def wait_for_the_repair_of_pages() -> None:
    until = time.monotonic() + 4
    with connections["default"].cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(WAITS)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("The pages were never being repaired.")


def test_somebody_saves_while_pages_are_being_repaired(committed_database: str) -> None:
    book = make_book(make_commune(), total=10)
    make_campaign()
    type_in(book, 3)
    picture(book, typist(), "1")
    with connections["owner"].cursor() as owner, ThreadPoolExecutor(1) as pool:
        owner.execute("UPDATE digitization_bookpages SET scanned = 9")
        # Figures in step: a recount gives those that differ seconds to catch up.
        roll_up()
        # Somebody else holds the pages, so that their repair takes its time.
        owner.execute("BEGIN")
        owner.execute("SELECT 1 FROM digitization_bookpages FOR UPDATE")
        repair = pool.submit(recount)
        try:
            wait_for_the_repair_of_pages()
            with connections["default"].cursor() as cursor:
                cursor.execute("SET lock_timeout = 300")
            type_in(book, 1)
        finally:
            owner.execute("ROLLBACK")
        found = repair.result(30)
    assert [(one.what, one.counted, one.kept) for one in found.books] == [("pages", 1, 9)]
    assert BookPages.objects.get().scanned == 1
    assert Record.objects.count() == 4
    assert reconcile.drifted_tallies() == ()
