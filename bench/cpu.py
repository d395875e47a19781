"""CPU time: what a piece of work really used, however busy the machine is."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection


@dataclass(slots=True)
class Cost:
    """Seconds one piece of work took: of this process and children it waited for, of its database session, by the wall.

    ``database`` is zero where the database is not on this machine.
    """

    own: float = 0.0
    database: float = 0.0
    wall: float = 0.0

    @property
    def cpu(self) -> float:
        """Return the CPU time of both sides, in seconds."""
        return self.own + self.database


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure the block, its statements on the default connection included."""
    cost, session = Cost(), [session_pid()]
    began = (time.perf_counter(), _own_seconds(), seconds_of(session))
    yield cost
    cost.own, cost.database = _own_seconds() - began[1], seconds_of(session) - began[2]
    cost.wall = time.perf_counter() - began[0]


def session_pid() -> int:
    """Return the process of the default connection's session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def seconds_of(processes: Iterable[int]) -> float:
    """Return the CPU seconds these processes have used so far; zero for one that is not on this machine.

    Source: Linux, Documentation/scheduler/sched-stats.rst, ``/proc/PID/schedstat``: nanoseconds on the processor.
    """
    return sum(_nanoseconds(Path(f"/proc/{pid}/schedstat")) for pid in processes) / 1e9


def _nanoseconds(file: Path) -> int:
    try:
        return int(file.read_text().split()[0])
    except OSError:
        return 0


def _own_seconds() -> float:
    waited_for = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + waited_for.ru_utime + waited_for.ru_stime
