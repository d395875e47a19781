"""Set up the demonstration: an invented district on the evening of 5 December 2024. Only in an empty database."""

from __future__ import annotations

import os
import secrets
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reports.demonstration.figures import SIZES
from reports.demonstration.seeding import NotEmpty, Seeded, seed


class Command(BaseCommand):
    """``manage.py seed --size district``: everything in one transaction, or nothing."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the size of the demonstration."""
        parser.add_argument("--size", choices=sorted(SIZES), default="district")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed; raises CommandError where there is data already."""
        given = os.environ.get("CIVREG_DEMO_PASSWORD", "")
        password = given or secrets.token_urlsafe(9)
        began = time.monotonic()
        try:
            seeded = seed(SIZES[options["size"]], password, self._tell)
        except NotEmpty:
            raise CommandError(
                _("There is data here already: the demonstration needs an empty database.")
            ) from None
        self._print_result(seeded, time.monotonic() - began)
        self._print_accounts(seeded, _("as set in CIVREG_DEMO_PASSWORD") if given else password)

    def _tell(self, part: str) -> None:
        parts = {
            "people": _("Setting up units and accounts …"),
            "books": _("Listing the books …"),
            "entries": _("Inventing the entries …"),
            "history": _("Telling the days of the campaign …"),
            "pictures": _("Drawing the pages of half-typed books …"),
        }
        self.stdout.write(parts[part])
        self.stdout.flush()

    def _print_result(self, seeded: Seeded, seconds: float) -> None:
        line = _("Demonstration data: %(digitized)s of %(total)s entries in %(books)s books (%(seconds)s s).")
        self.stdout.write(
            line
            % {
                "digitized": number_format(seeded.digitized, force_grouping=True),
                "total": number_format(seeded.total, force_grouping=True),
                "books": seeded.books,
                "seconds": round(seconds),
            }
        )

    def _print_accounts(self, seeded: Seeded, password: str) -> None:
        above = [name for name in seeded.people if "." not in name]
        communes = [name.partition(".")[2] for name in seeded.people if name.startswith("officer.")]
        self.stdout.write(_("Accounts: %(names)s") % {"names": ", ".join(above)})
        self.stdout.write(_("In each commune: officer, officer2, leader and helper, as in officer.hop-nhat"))
        self.stdout.write(_("Communes: %(slugs)s") % {"slugs": ", ".join(communes)})
        self.stdout.write(_("Password: %(password)s") % {"password": password})
