"""Keeps a few processes running: starts them, restarts whichever dies, stops them in reverse order.

They are direct children in process groups of their own, so Ctrl-C reaches only the supervisor, and the kernel
ends them when the supervisor is killed. One thread, no handlers: signals are blocked and waited for.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from civreg.servers import processes

STOPPING = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
SETTLED_SECONDS = 10.0
LONGEST_DELAY = 10.0
LOG_BYTES = 10_000_000


def _at_once() -> bool:
    return True


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Service:
    """One process to keep running.

    ``before`` runs before every start, ``ready`` until it says yes once after every start. The stop signal is
    also what the kernel sends when the supervisor dies; after ``patience`` seconds the whole group is killed.
    """

    name: str
    argv: Sequence[str]
    log: Path
    env: Mapping[str, str] | None = None
    cwd: Path | None = None
    before: Callable[[], None] = _nothing
    ready: Callable[[], bool] = _at_once
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0


@dataclass(slots=True)
class _Child:
    service: Service
    process: subprocess.Popen[bytes] | None = None
    is_ready: bool = False
    started: float = 0.0
    due: float = 0.0
    failures: int = field(default=0)


class Supervisor:
    """Runs services until told to stop.

    ``watch`` is called at every tick and may add services or call ``stop``. ``on_ready`` hears a service's
    name the first time it is ready, ``on_death`` its name and exit status whenever it dies.
    """

    def __init__(
        self,
        services: Iterable[Service] = (),
        *,
        watch: Callable[[Supervisor], None] | None = None,
        on_ready: Callable[[str], None] | None = None,
        on_death: Callable[[str, int], None] | None = None,
        tick: float = 0.5,
    ) -> None:
        self._children = [_Child(service) for service in services]
        self._announced: set[str] = set()
        self._watch, self._on_ready, self._on_death = watch, on_ready, on_death
        self._tick = tick
        self._stopping = False

    @property
    def names(self) -> set[str]:
        """Name the services being kept."""
        return {child.service.name for child in self._children}

    def add(self, service: Service) -> None:
        """Keep one more service running."""
        self._children.append(_Child(service))

    def stop(self) -> None:
        """Leave the loop at its next turn."""
        self._stopping = True

    def run(self) -> None:
        """Keep everything running until SIGTERM, SIGINT, SIGHUP or ``stop``; then stop it all and return."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {*STOPPING, signal.SIGCHLD})
        try:
            while not self._stopping:
                if self._watch:
                    self._watch(self)
                for child in self._children:
                    self._tend(child)
                self._wait(self._tick if all(child.is_ready for child in self._children) else 0.05)
        finally:
            for child in reversed(self._children):
                self._end(child)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _wait(self, seconds: float) -> None:
        """Sleep, but wake at a child's death or a signal to stop."""
        woken = signal.sigtimedwait({*STOPPING, signal.SIGCHLD}, seconds)
        if woken and woken.si_signo in STOPPING:
            self._stopping = True
        elif woken and woken.si_pid not in [child.process.pid for child in self._children if child.process]:
            _reap(woken.si_pid)

    def _tend(self, child: _Child) -> None:
        if child.process and child.process.poll() is not None:
            self._bury(child, child.process)
        if not child.process and time.monotonic() >= child.due:
            self._start(child)
        if child.process and not child.is_ready and child.service.ready():
            child.is_ready = True
            if self._on_ready and child.service.name not in self._announced:
                self._announced.add(child.service.name)
                self._on_ready(child.service.name)

    def _start(self, child: _Child) -> None:
        service = child.service
        service.before()
        with _append(service.log) as log:
            child.process = subprocess.Popen(
                service.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=service.env,
                cwd=service.cwd,
                process_group=0,
                preexec_fn=processes.dying_with_parent(service.stop_signal),
            )
        child.started, child.is_ready = time.monotonic(), False

    def _bury(self, child: _Child, dead: subprocess.Popen[bytes]) -> None:
        """Clear away what the dead process left in its group, and say when it may start again."""
        _kill_group(dead.pid)
        now = time.monotonic()
        child.failures = 0 if now - child.started > SETTLED_SECONDS else child.failures + 1
        child.due = now + min(0.05 * 2**child.failures, LONGEST_DELAY)
        child.process, child.is_ready = None, False
        if self._on_death:
            self._on_death(child.service.name, dead.returncode)

    def _end(self, child: _Child) -> None:
        if not child.process:
            return
        child.process.send_signal(child.service.stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(child.service.patience)
        _kill_group(child.process.pid)
        child.process.wait()


def _reap(stranger: int) -> None:
    """Take leave of a child that this process started before it became a supervisor."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(stranger, os.WNOHANG)


def _kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def _append(log: Path) -> IO[bytes]:
    """Open a log to append to, putting it aside when it has grown large."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".1.log"))
    log.touch(mode=0o600)
    return log.open("ab")
