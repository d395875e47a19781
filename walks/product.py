"""The product as an office runs it: ``manage.py start`` in a data folder of its own, with the small demonstration."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

SOURCE = Path(__file__).resolve().parents[1]
PASSWORD = "walk-by-the-book"
# A machine that runs other tests besides starts slowly; nothing waits this long when all is well.
PATIENCE_SECONDS = 90.0
# Whatever the surroundings say of databases, languages and hosts, the walks use the product's own.
NOT_INHERITED = {
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "HOST",
    "ALLOWED_HOSTS",
    "SECRET_KEY",
    "EMAIL_URL",
}


class Product:
    """One installation in the data folder ``home``. Every process of it can be found, and hurt."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        self.port = _free_port()
        self.console = self.home.with_name(f"{self.home.name}.console")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Return where people reach it, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def starter(self) -> int:
        """Return the process that ``make run`` would wait for."""
        assert self._process
        return self._process.pid

    def install(self, size: str = "small") -> None:
        """Make the tables and fill in the demonstration: three communes, or the whole ``district``."""
        for command in (["migrate", "--verbosity=0"], ["seed", f"--size={size}"]):
            words = [sys.executable, "manage.py", *command]
            subprocess.run(words, cwd=SOURCE, env=self._environment(), check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Start it and wait until it is well."""
        with self.console.open("ab") as console:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "start"],
                cwd=SOURCE,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                start_new_session=True,
            )
        self.heals()

    def stop(self, sent: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop and wait for the end; returns the exit status."""
        assert self._process
        self._process.send_signal(sent)
        return self._process.wait(PATIENCE_SECONDS)

    def leave(self) -> None:
        """End whatever of it still runs, for a test that went wrong half-way."""
        if self._process and self._process.poll() is None:
            self.stop()
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)

    def health(self) -> dict[str, Any]:
        """Return what /healthz says; nothing while nobody answers."""
        try:
            with urlopen(f"{self.address}/healthz", timeout=10) as answer:
                return dict(json.load(answer))
        except HTTPError as ill:
            with ill:
                return dict(json.load(ill))
        except (OSError, ValueError):
            return {}

    def heals(self) -> None:
        """Wait until the product is well again without anybody's hand."""
        assert eventually(lambda: self.health().get("status") == "ok", PATIENCE_SECONDS), (
            f"{self.health()}\n{self.console.read_text()[-2000:]}"
        )

    def pid_of(self, part: str) -> int:
        """Return the process of ``database``, ``queue``, ``keeper`` (of both), ``web``, ``worker`` or ``beat``."""
        if part == "database":
            return int((self.home / "pg18" / "postmaster.pid").read_text().split()[0])
        found = [pid for pid in self.processes() if _is(part, pid, self.starter)]
        assert len(found) == 1, (part, found)
        return found[0]

    def is_running(self, part: str, other_than: int) -> bool:
        """Tell whether a new process has taken the place of a dead one."""
        try:
            return self.pid_of(part) != other_than
        except (AssertionError, OSError, ValueError, IndexError):
            return False

    def processes(self) -> list[int]:
        """Return every living process that was started for this data folder or works in it."""
        return [pid for pid in _pids() if self._owns(pid)]

    def _owns(self, pid: int) -> bool:
        try:
            told = f"CIVREG_HOME={self.home}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(
                b"\0"
            )
            return (
                told
                or self.home in (folder := Path(f"/proc/{pid}/cwd").readlink()).parents
                or folder == self.home
            )
        except OSError:  # gone meanwhile, a zombie, or somebody else's
            return False

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        own = {"CIVREG_HOME": str(self.home), "CIVREG_DEMO_PASSWORD": PASSWORD, "PORT": str(self.port)}
        return kept | own


def eventually(happens: Callable[[], bool], seconds: float) -> bool:
    """Wait for something another process does."""
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def is_alive(pid: int) -> bool:
    """Tell whether the process still runs; a zombie does not."""
    return _words(pid) != []


def _is(part: str, pid: int, starter: int) -> bool:
    words = _words(pid)
    if part == "queue":
        return "valkey-server" in words[0].partition(" ")[0]
    if part == "keeper":
        return words[1:3] == ["-m", "civreg.servers"]
    module = {"web": ["-m", "granian"], "worker": ["-m", "celery"], "beat": ["-m", "celery"]}[part]
    return _parent(pid) == starter and words[1:3] == module and (part == "web" or part in words)


def _words(pid: int) -> list[str]:
    try:
        return [word for word in Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0") if word]
    except OSError:
        return []


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
