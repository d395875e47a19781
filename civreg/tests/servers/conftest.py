"""Data folders to start servers in, and people who use them at the same time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from civreg.servers import Home

SOURCE = Path(__file__).resolve().parents[3]
NOBODY = 65534


@pytest.fixture(autouse=True)
def embedded_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the embedded servers here, whatever database the other tests run on."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)


@pytest.fixture
def home() -> Iterator[Home]:
    """A data folder that does not exist yet, in a parent of its own."""
    parent = Path(tempfile.mkdtemp(prefix="civreg-home-"))
    yield Home(parent / "home")
    shutil.rmtree(parent)


@pytest.fixture
def foreign_folder(tmp_path: Path) -> Path:
    """A folder of another user."""
    if os.geteuid() != 0:
        return Path("/usr/share")
    os.chown(tmp_path, NOBODY, NOBODY)
    return tmp_path


class User:
    """Somebody who holds the servers of ``home`` in a process of their own."""

    def __init__(self, home: Home, prefix: tuple[str, ...] = ()) -> None:
        code = "import sys; from pathlib import Path; from civreg import servers\n"
        code += "with servers.held(Path(sys.argv[1])): print('inside', flush=True); sys.stdin.readline()"
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-c", code, str(home.root)],
            cwd=SOURCE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def is_inside(self) -> bool:
        """Wait until the servers answer this user."""
        assert self.process.stdout
        return self.process.stdout.readline() == "inside\n"

    def leave(self) -> int:
        """Let go of the servers; returns the exit status."""
        self.process.communicate("\n", timeout=60)
        return self.process.returncode


def supervisors(home: Home) -> list[int]:
    """Return the supervisors that run for ``home``."""
    wanted = ["-m", "civreg.servers", str(home.root)]
    return [pid for pid, words in _command_lines() if words[1:4] == wanted]


def eventually(happens: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Wait for something another process does."""
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _command_lines() -> Iterator[tuple[int, list[str]]]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            yield int(entry.name), (entry / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
