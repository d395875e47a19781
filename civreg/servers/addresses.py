"""Where the embedded servers listen: a pure function of the data folder, so nobody has to be asked."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

# sun_path in <sys/un.h> holds 108 bytes, the last of them zero.
SOCKET_PATH_BYTES = 108
POSTGRES_SOCKET = ".s.PGSQL.5432"
VALKEY_SOCKET = "valkey.sock"


@dataclass(frozen=True, slots=True)
class Urls:
    """The addresses of the embedded servers, in the forms dj-database-url and redis-py read."""

    database: str
    database_owner: str
    redis: str


def default_urls(home: Path) -> Urls:
    """Return the addresses of the servers that live in ``home``, whether they run or not."""
    folder = sockets(home)
    host = quote(str(folder), safe="")
    return Urls(
        database=f"postgres://civreg_app@{host}/civreg",
        database_owner=f"postgres://civreg_owner@{host}/civreg",
        redis=f"unix://{quote(str(folder / VALKEY_SOCKET))}",
    )


def sockets(home: Path) -> Path:
    """Return the folder of the sockets: ``home``/run, or one in /tmp where that path would be too long."""
    inside = home / "run"
    if len(os.fsencode(inside / POSTGRES_SOCKET)) < SOCKET_PATH_BYTES:
        return inside
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(f"/tmp/civreg-{os.geteuid()}-{name}")


def embedded(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Name the servers that the environment does not replace."""
    replaced_by = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}
    return tuple(name for name, variable in replaced_by.items() if not environ.get(variable, "").strip())
