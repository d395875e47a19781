"""What the kernel offers: children that die with their parent, running without root, finding orphans."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
WITHOUT_ROOT = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
_libc = ctypes.CDLL(None, use_errno=True)


def dying_with_parent(sent: signal.Signals) -> Callable[[], None]:
    """Return what a child must run before exec so that the kernel sends it ``sent`` when its parent dies.

    The kernel ties this to the parent *thread*: start children from the main thread only.
    """
    parent = os.getpid()

    def prepare() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, sent)
        if os.getppid() != parent:
            os._exit(1)
        signal.pthread_sigmask(signal.SIG_SETMASK, set())

    return prepare


@functools.cache
def without_root() -> tuple[str, ...]:
    """Return the command prefix under which root's process is an ordinary user in its own eyes.

    Files stay root's outside, so no account has to be made and no mode widened. Empty for an ordinary user,
    and where the kernel refuses user namespaces.
    """
    if os.geteuid() != 0 or not shutil.which("unshare"):
        return ()
    tried = subprocess.run([*WITHOUT_ROOT, "true"], capture_output=True, check=False)
    return WITHOUT_ROOT if tried.returncode == 0 else ()


def working_in(folder: Path, program: str) -> list[int]:
    """Return the processes of ``program`` whose working directory is ``folder``."""
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _works_in(entry, folder, program)]


def end(folder: Path, program: str, sent: signal.Signals, *, patience: float) -> None:
    """End what a killed parent left in ``folder``; with SIGKILL after ``patience`` seconds."""
    deadline = time.monotonic() + patience
    told: set[int] = set()
    while left := working_in(folder, program):
        late = time.monotonic() > deadline
        for pid in left if late else set(left) - told:
            send(pid, signal.SIGKILL if late else sent)
        told.update(left)
        time.sleep(0.05)


def end_one(pid: int, folder: Path, program: str, sent: signal.Signals, *, patience: float) -> None:
    """End one such process and wait until it is gone; with SIGKILL after ``patience`` seconds."""
    deadline = time.monotonic() + patience
    send(pid, sent)
    while pid in working_in(folder, program):
        if time.monotonic() > deadline:
            send(pid, signal.SIGKILL)
        time.sleep(0.05)


def send(pid: int, sent: signal.Signals) -> None:
    """Send a signal to a process that may be gone already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, sent)


def _works_in(entry: Path, folder: Path, program: str) -> bool:
    try:
        return (entry / "comm").read_text().strip() == program and (entry / "cwd").readlink() == folder
    except OSError:  # gone meanwhile, a zombie, or somebody else's
        return False
