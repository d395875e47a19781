"""The supervisor, with services small enough to kill by the dozen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from civreg.tests.servers.conftest import SOURCE, eventually

SERVICES = ("first", "second", "stubborn")


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A running supervisor, all of whose services have started."""
    command = [sys.executable, "-m", "civreg.tests.servers.tiny", str(tmp_path)]
    with subprocess.Popen(command, cwd=SOURCE) as process:
        assert eventually(lambda: all(pid(tmp_path, name) for name in SERVICES))
        yield process
        process.kill()


def pid(folder: Path, name: str) -> int:
    """Return the process id a service last wrote down, 0 before it did."""
    file = folder / f"{name}.pid"
    return int(file.read_text() or 0) if file.exists() else 0


def is_alive(number: int) -> bool:
    """Tell whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_it_restarts_whichever_service_is_killed(supervisor: subprocess.Popen[bytes], tmp_path: Path) -> None:
    first, second = pid(tmp_path, "first"), pid(tmp_path, "second")
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: pid(tmp_path, "first") not in (0, first) and is_alive(pid(tmp_path, "first")))
    assert pid(tmp_path, "second") == second
    assert (tmp_path / "deaths").read_text() == "first -9"


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_stops_everything_in_reverse_order(
    supervisor: subprocess.Popen[bytes], tmp_path: Path, sent: signal.Signals
) -> None:
    supervisor.send_signal(sent)
    assert supervisor.wait(10) == 0
    assert (tmp_path / "stops").read_text().split() == ["stubborn", "second", "first"]
    assert not any(is_alive(pid(tmp_path, name)) for name in SERVICES)


def test_its_children_die_with_it(supervisor: subprocess.Popen[bytes], tmp_path: Path) -> None:
    supervisor.kill()
    assert eventually(lambda: not any(is_alive(pid(tmp_path, name)) for name in ("first", "second")))
    # It ignores the kernel's SIGTERM as it ignores any other.
    os.kill(pid(tmp_path, "stubborn"), signal.SIGKILL)


def test_ctrl_c_reaches_only_the_supervisor(supervisor: subprocess.Popen[bytes], tmp_path: Path) -> None:
    groups = {os.getpgid(pid(tmp_path, name)) for name in SERVICES}
    assert len(groups) == len(SERVICES)
    assert os.getpgid(supervisor.pid) not in groups
