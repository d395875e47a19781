"""``manage.py import_workbook FILE --unit SLUG --user NAME [--kind KS] [--commit] [--json]``."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from civreg.lib.spreadsheets import UnreadableWorkbook
from communes.models import Unit, User
from digitization.exchange.header import UnfitHeader
from digitization.exchange.taking_in import NotTheOfficer, take_in
from digitization.record_types import ALL
from digitization.record_types.contract import RecordType

IMPORTABLE = {record_type.code: record_type for record_type in ALL if record_type.columns}
FILE_REFUSED = 2


class Command(BaseCommand):
    """Exit 0 when the file could be read (rows may be refused), 2 when the file itself was refused, 1 otherwise."""

    help = "Take in a workbook of entries; a dry run unless --commit is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .xls, .xlsb or .ods")
        parser.add_argument("--unit", required=True, metavar="SLUG", help="the unit that keeps the books")
        parser.add_argument(
            "--user", required=True, metavar="NAME", help="the officer who takes the entries in"
        )
        parser.add_argument(
            "--kind", default="KS", help="kind of the entries: %(default)s unless told otherwise"
        )
        parser.add_argument("--commit", action="store_true", help="store the accepted rows")
        parser.add_argument("--json", action="store_true", help="answer with JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        unit, record_type, by = _unit(options["unit"]), _kind(options["kind"]), _user(options["user"])
        try:
            report = take_in(
                options["file"], unit=unit, record_type=record_type, by=by, commit=options["commit"]
            )
        except NotTheOfficer as refusal:
            raise CommandError(str(refusal.message)) from None
        except (UnreadableWorkbook, UnfitHeader) as refusal:
            self._refuse(str(refusal), as_json=options["json"])
        except OSError as error:
            reason = _("The file %(name)s cannot be opened: %(why)s.")
            self._refuse(reason % {"name": options["file"], "why": error.strerror}, as_json=options["json"])
        else:
            lines = [json.dumps(report.as_json(), ensure_ascii=False)] if options["json"] else report.lines()
            for line in lines:
                self.stdout.write(line)

    def _refuse(self, reason: str, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"refused_file": reason, **_NOTHING}, ensure_ascii=False))
        raise CommandError(reason, returncode=FILE_REFUSED)


_NOTHING: dict[str, Any] = {
    "rows": 0,
    "accepted": 0,
    "refused": 0,
    "warnings": 0,
    "errors": [],
    "books_created": [],
}


def _unit(slug: str) -> Unit:
    unit = Unit.objects.filter(slug=slug).first()
    if unit is None:
        raise CommandError(_("There is no unit “%(slug)s”.") % {"slug": slug})
    return unit


def _user(name: str) -> User:
    try:
        return User.objects.get_by_natural_key(name)
    except User.DoesNotExist:
        raise CommandError(_("There is no account “%(name)s”.") % {"name": name}) from None


def _kind(code: str) -> RecordType:
    if code not in IMPORTABLE:
        words = _("Entries of the kind “%(kind)s” cannot be taken in by workbook. Possible: %(kinds)s.")
        raise CommandError(words % {"kind": code, "kinds": ", ".join(IMPORTABLE)})
    return IMPORTABLE[code]
