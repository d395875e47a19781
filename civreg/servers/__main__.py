"""The supervisor of the embedded servers: ``python -m civreg.servers HOME LOCK``.

A small process of its own, started by the first user of the servers (see ``holding``). LOCK is the open
``supervisor.lock`` it inherits and keeps for life. It goes when nobody is left.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from civreg.servers import postgres, valkey
from civreg.servers.home import Home
from civreg.servers.locks import Lock
from civreg.servers.supervisor import Supervisor

SERVICES = {"postgres": postgres.service, "valkey": valkey.service}
logger = logging.getLogger("civreg.servers")


def serve(home: Home, users: Lock) -> None:
    """Run the servers that are wanted until nobody uses them, or until told to stop."""

    def watch(supervisor: Supervisor) -> None:
        for name in sorted(home.wanted() - supervisor.names):
            supervisor.add(SERVICES[name](home))
        if users.is_gone() or users.try_alone():
            supervisor.stop()

    supervisor = Supervisor(
        watch=watch,
        on_ready=lambda name: logger.info("%s is ready", name),
        on_death=lambda name, status: logger.warning("%s died (%s), starting it again", name, status),
        tick=0.25,
    )
    supervisor.run()
    # Where the data folder was removed under us, what lies at its path belongs to somebody newer.
    if not users.is_gone():
        home.clear_sockets()


def main(arguments: list[str]) -> None:
    """Serve the data folder named first, keeping the inherited lock named second."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    os.umask(0o077)
    os.set_inheritable(int(arguments[1]), False)
    home = Home(Path(arguments[0]))
    # Both locks are let go of by the end of the process, so whoever waits for them finds it gone.
    serve(home, Lock(home.users_lock))


if __name__ == "__main__":
    main(sys.argv[1:])
