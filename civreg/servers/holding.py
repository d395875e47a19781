"""``with held():``: the servers run while anybody is inside.

Two lock files carry the whole agreement. Every user shares ``users.lock``; the supervisor stops the servers
only after taking it alone, so a newcomer either is counted or waits until everything has stopped.
``supervisor.lock`` belongs to the one supervisor: whoever gets it starts a supervisor and hands it the open
lock, so finding none and becoming the one who starts it is a single step.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from civreg.servers import home as homes
from civreg.servers import postgres, processes, valkey
from civreg.servers.addresses import embedded
from civreg.servers.home import Home, Refused
from civreg.servers.locks import Lock

SOURCE = Path(__file__).resolve().parents[2]
ANSWERS = {"postgres": postgres.answers, "valkey": valkey.answers}
# Recovery after a power cut replays at most max_wal_size of journal.
LONGEST_START_SECONDS = 120.0
LONGEST_STOP_SECONDS = 75.0
# A supervisor may outlive our place among its users; its process stays our child all the same.
_launched: list[subprocess.Popen[bytes]] = []


class Hold:
    """A place among the users of the servers in one data folder."""

    def __init__(self, home: Home, names: tuple[str, ...]) -> None:
        self._home, self._names = home, names
        self._supervisor: subprocess.Popen[bytes] | None = None
        self._users = Lock(home.users_lock)
        self._users.share()

    def keep(self) -> None:
        """Start a supervisor if there is none. Cheap: whoever stays for long calls it again and again."""
        if self._supervisor:
            self._supervisor.poll()
        lock = Lock(self._home.supervisor_lock)
        try:
            if lock.try_alone():
                self._home.want(self._names)
                self._supervisor = self._launch(lock.fd)
            elif not set(self._names) <= self._home.wanted():
                self._home.want(self._names)
        finally:
            lock.close()

    def wait(self) -> None:
        """Return when every server asked for answers; raises Refused when that takes too long."""
        deadline = time.monotonic() + LONGEST_START_SECONDS
        waiting = list(self._names)
        while waiting:
            self.keep()
            waiting = [name for name in waiting if not ANSWERS[name](self._home)]
            if self._gave_up() or time.monotonic() > deadline:
                self._refuse()
            time.sleep(0.03 if waiting else 0)

    def hand_over(self) -> int:
        """Return the open lock for the program this process is about to become, which keeps the place."""
        return self._users.hand_over()

    def leave(self) -> None:
        """Give the place back. The last one out waits until the servers have stopped."""
        self._users.release()
        lock = Lock(self._home.supervisor_lock)
        deadline = time.monotonic() + LONGEST_STOP_SECONDS
        while not (stopped := lock.try_alone()) and not self._others() and time.monotonic() < deadline:
            time.sleep(0.03)
        lock.close()
        self._users.close()
        if stopped and self._supervisor:
            self._supervisor.wait()
        _launched[:] = [process for process in _launched if process.poll() is None]

    def _others(self) -> bool:
        """Tell whether somebody else is inside. The supervisor, while it stops, holds the lock alone."""
        if self._users.try_alone() or not self._users.try_share():
            self._users.release()
            return False
        self._users.release()
        return True

    def _gave_up(self) -> bool:
        """Tell whether our supervisor ended by itself. A killed one (below zero) is simply replaced."""
        return self._supervisor is not None and (self._supervisor.poll() or 0) > 0

    def _launch(self, lock: int) -> subprocess.Popen[bytes]:
        log = self._home.logs / "servers.log"
        log.touch(mode=0o600)
        with log.open("ab") as opened:
            process = subprocess.Popen(
                [sys.executable, "-m", "civreg.servers", str(self._home.root), str(lock)],
                stdin=subprocess.DEVNULL,
                stdout=opened,
                stderr=opened,
                cwd=SOURCE,
                pass_fds=[lock],
                start_new_session=True,
            )
        _launched.append(process)
        return process

    def _refuse(self) -> None:
        raise Refused(
            f"Máy chủ dữ liệu không khởi động được; xem {self._home.logs}.",
            f"The embedded servers did not start; see {self._home.logs}.",
        )


@contextmanager
def held(root: Path | None = None) -> Iterator[Hold | None]:
    """Keep the embedded servers running for the block; None where the environment replaces both.

    ``root`` is the data folder, by default ``CIVREG_HOME``. Raises Refused, whose text is one line to show.
    """
    names = embedded()
    if not names:
        yield None
        return
    home = Home(root or homes.path())
    home.prepare()
    if "postgres" in names and os.geteuid() == 0 and not processes.without_root():
        raise Refused(
            "PostgreSQL không chạy dưới quyền root và máy này không cho tạo user namespace: "
            "hãy chạy bằng người dùng thường hoặc đặt DATABASE_URL.",
            "PostgreSQL does not run as root and this machine refuses user namespaces: "
            "run as an ordinary user, or set DATABASE_URL.",
        )
    hold = Hold(home, names)
    try:
        hold.keep()
        hold.wait()
        yield hold
    finally:
        hold.leave()
