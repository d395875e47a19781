"""Migrate as the owner of the tables, then ask the database what the runtime role may do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as MigrateCommand

from civreg.lib import database_rights


class Command(MigrateCommand):
    """Django's migrate, on the database alias ``owner`` unless told otherwise."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take Django's arguments, with the owner's connection as the default."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; raises CommandError where the runtime role ends with other rights than declared."""
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        database_rights.grant_declared(options["database"])
        database_rights.refuse_excess(options["database"])
