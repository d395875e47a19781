"""File locks that die with their holder: the kernel lets go of them whatever kills the process."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class Lock:
    """One open lock file; a process may hold several of the same file, as several users."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def share(self) -> None:
        """Wait for a place among the sharers."""
        fcntl.flock(self.fd, fcntl.LOCK_SH)

    def alone(self) -> None:
        """Wait until it is ours alone."""
        fcntl.flock(self.fd, fcntl.LOCK_EX)

    def try_share(self) -> bool:
        """Join the sharers unless somebody has it alone."""
        return self._try(fcntl.LOCK_SH)

    def try_alone(self) -> bool:
        """Take it alone unless anybody has it."""
        return self._try(fcntl.LOCK_EX)

    def release(self) -> None:
        """Let go, but stay ready to take it again."""
        fcntl.flock(self.fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go for good. A child that inherited the open file keeps the lock."""
        os.close(self.fd)

    def hand_over(self) -> int:
        """Return the open file for the program this process is about to become, which keeps the lock."""
        os.set_inheritable(self.fd, True)
        return self.fd

    def is_gone(self) -> bool:
        """Tell whether the file was removed or replaced: what we hold guards nothing any more."""
        try:
            return not os.path.samestat(self._path.stat(), os.fstat(self.fd))
        except FileNotFoundError:
            return True

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self.fd, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
