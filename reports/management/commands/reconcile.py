"""``manage.py reconcile [--check]``: recount everything."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digitization.entry_rows import wrongly_folded
from reports.progress import reconcile

_NAMED = 10


class Command(BaseCommand):
    """Compares tallies with entries and figures with tallies; exit 1 where ``--check`` finds a difference."""

    help = "Recount every book and unit; repair what differs, or only tell with --check."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 on any difference")

    def handle(self, *args: Any, **options: Any) -> None:
        report = reconcile.check() if options["check"] else reconcile.reconcile()
        self._tell(report)
        if options["check"]:
            self._refuse_differences(report)
        if not options["check"] and report.drift:
            self._after_repair()
        if report.spoilt:
            raise CommandError(f"{len(report.spoilt)} published snapshots are no longer what was frozen.")

    def _tell(self, report: reconcile.Report) -> None:
        for tally in report.tallies:
            where = f"book {tally.book_id} {tally.status} {tally.standing}"
            self.stdout.write(f"{where}: {tally.entries} entries, tally {tally.tally}")
        for book in report.books:
            self.stdout.write(f"book {book.book_id} {book.what}: {book.counted} (kept {book.kept})")
        for figures in report.figures:
            where = f"campaign {figures.campaign_id} unit {figures.unit_id} {figures.kind}"
            self.stdout.write(f"{where}: {figures.differences()}")
        for snapshot in report.spoilt:
            where = f"campaign {snapshot.campaign_id} day {snapshot.day} revision {snapshot.revision}"
            self.stdout.write(f"{where}: not what was frozen")
        self.stdout.write(f"drift: {report.drift}")

    def _refuse_differences(self, report: reconcile.Report) -> None:
        """Fail on counts that differ, and on entries a search would miss, which only their correction repairs."""
        if report.drift:
            raise CommandError(f"{report.drift} counts differ.")
        if unfound := wrongly_folded():
            named = ", ".join(str(pk) for pk in unfound[:_NAMED]) + (", …" if len(unfound) > _NAMED else "")
            raise CommandError(f"{len(unfound)} entries would not be found by their names: {named}")

    def _after_repair(self) -> None:
        left = reconcile.check()
        if left.drift:
            raise CommandError(f"{left.drift} counts still differ after the repair.")
        self.stdout.write("repaired")
