#!/usr/bin/env python
"""Run a management command, with the database and the message queue running for as long as it needs them."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext

from django.core.management import execute_from_command_line

from civreg import servers

# ``start`` looks at the port first and then holds the servers itself.
NEEDS_NO_SERVERS = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "start",
    "version",
}


def servers_for(arguments: list[str]) -> AbstractContextManager[servers.Hold | None]:
    """Return what must be held around the command that ``arguments`` names."""
    asks_only = not arguments or arguments[0].startswith("-") or {"-h", "--help"} & set(arguments)
    if asks_only or arguments[0] in NEEDS_NO_SERVERS:
        return nullcontext()
    return servers.held()


def main() -> int:
    """Run the command of the command line; the servers' refusals are one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civreg.settings")
    try:
        with servers_for(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except servers.Refused as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201 - Django is not up yet
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
