"""All processes of one product: their memory as it really adds up, and their CPU time.

Memory is the proportional share (PSS), in which pages that several processes share count once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

_PSS = re.compile(rb"^Pss:\s+(\d+) kB", re.MULTILINE)


def everybody_of(root: int, home: Path) -> set[int]:
    """Return the process ``root``, all below it, and all that were started for the data folder ``home``."""
    parents = {pid: parent for pid in _all() if (parent := _parent(pid)) is not None}
    found = {root} | {pid for pid in parents if _started_for(pid, home)}
    while below := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= below
    return found


def proportional_megabytes(processes: Iterable[int]) -> float:
    """Return the sum of the proportional shares, in MB of 2^20 bytes; one that has just ended counts nothing.

    Source: Linux, Documentation/ABI/testing/procfs-smaps_rollup.
    """
    return sum(_kilobytes(pid) for pid in processes) / 1024


def cpu_seconds(processes: Iterable[int]) -> float:
    """Return the CPU seconds these processes have used so far, with those of their children that ended."""
    ticks = sum(sum(map(int, _stat(pid)[11:15])) for pid in processes)
    return ticks / os.sysconf("SC_CLK_TCK")


def _all() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _parent(pid: int) -> int | None:
    stat = _stat(pid)
    return int(stat[1]) if stat else None


def _stat(pid: int) -> list[bytes]:
    """Return the columns from the third on: the name in the second may hold spaces and brackets."""
    return _read(pid, "stat").rpartition(b")")[2].split()


def _started_for(pid: int, home: Path) -> bool:
    return f"CIVREG_HOME={home}".encode() in _read(pid, "environ").split(b"\0")


def _kilobytes(pid: int) -> int:
    found = _PSS.search(_read(pid, "smaps_rollup"))
    return int(found.group(1)) if found else 0


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
