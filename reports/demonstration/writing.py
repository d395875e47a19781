"""Writing all communes' rows, in two processes where there is enough to do, while the database already reads them."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

from django.conf import settings

from civreg.servers.processes import dying_with_parent
from reports.demonstration.copying import copy_in
from reports.demonstration.desks import COLUMNS, TABLES, Desk, path_of, write_desk

_WORTH_A_PROCESS = 10_000
_PROCESSES = 2


def write_and_load(desks: Sequence[Desk]) -> None:
    """Invent everything typed and load it with one statement per table, in the transaction of the caller."""
    with _empty_folder() as folder, _writers(desks, folder) as writers:
        for table in TABLES:
            paths = (path_of(folder, desk.commune.slug, table) for desk in desks)
            copy_in(table, COLUMNS[table], (_awaited(path, writers) for path in paths))


@contextmanager
def _empty_folder() -> Iterator[Path]:
    """Give this process a folder for the files, removed afterwards, and remove those of processes that were killed."""
    home = Path(settings.CIVREG_HOME)
    for left in home.glob("seed-*"):
        if not Path("/proc", left.name.removeprefix("seed-")).exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = home / f"seed-{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _writers(desks: Sequence[Desk], folder: Path) -> Iterator[list[BaseProcess]]:
    """Write in this process what is little; else in forked ones, which never touch the connection they inherit."""
    if sum(len(desk.ids) for desk in desks) < _WORTH_A_PROCESS:
        for desk in desks:
            write_desk(desk, folder)
        yield []
        return
    fork = multiprocessing.get_context("fork")
    die = dying_with_parent(signal.SIGKILL)
    writers: list[BaseProcess] = [
        fork.Process(target=_write, args=(die, desks[place::_PROCESSES], folder), daemon=True)
        for place in range(_PROCESSES)
    ]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        for writer in writers:
            writer.kill()
            writer.join()


def _write(die_with_parent: Callable[[], None], desks: Sequence[Desk], folder: Path) -> None:
    die_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    for desk in desks:
        write_desk(desk, folder)


def _awaited(path: Path, writers: Sequence[BaseProcess]) -> Path:
    """Return a file as soon as it is complete; raises RuntimeError when the process that writes it has failed."""
    while not path.exists():
        if any(writer.exitcode for writer in writers):
            raise RuntimeError("A process that invents the demonstration's entries has failed; see above.")
        time.sleep(0.02)
    return path
