"""What ``manage.py start`` says, in one line, when it cannot start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from civreg.servers import Home
from civreg.servers.locks import Lock
from civreg.tests.servers.conftest import SOURCE


def start(home: Home, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, which comes soon: it is refused."""
    env = os.environ | {"CIVREG_HOME": str(home.root), "HOST": "127.0.0.1"} | environment
    command = [sys.executable, "manage.py", "start"]
    return subprocess.run(
        command, cwd=SOURCE, env=env, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_taken_port_is_named_in_one_line_and_nothing_is_started(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = start(home, PORT=port)
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert f"127.0.0.1:{port}" in refused.stderr
    assert not home.postgres.exists()


def test_a_port_that_is_none_is_refused(home: Home) -> None:
    refused = start(home, PORT="eighty")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert "PORT=eighty" in refused.stderr


def test_a_second_start_in_the_same_folder_is_refused(home: Home) -> None:
    home.prepare()
    running = Lock(home.root / "start.lock")
    assert running.try_alone()
    refused = start(home)
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert "already runs" in refused.stderr
    running.close()
