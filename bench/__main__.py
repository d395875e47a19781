"""``python -m bench [name …] [--quick] [--home DIR]``: measure, print a table, write results.json.

Exit 1 when a limit is missed. Without ``--home`` the data folder is a new one and gone afterwards; with it, the
databases stay there for the next time.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from civreg import servers

# The seed comes first: what it makes is what the others measure in.
NAMES = (
    "seed",
    "checks",
    "form",
    "dashboard",
    "room",
    "lists",
    "rollup",
    "forecast",
    "save",
    "desk",
    "typists",
    "scanning",
    "processes",
)
RESULTS = Path(__file__).with_name("results.json")


def main(words: Sequence[str] | None = None) -> int:
    """Run the measurements named on the command line, or all; returns the exit code."""
    asked = _arguments(words)
    with _home(asked.home), servers.held():
        django.setup()
        return _measure(asked.names or list(NAMES), quick=asked.quick, keep=asked.home is not None)


def _measure(names: Sequence[str], *, quick: bool, keep: bool) -> int:
    # These need the settings, which read the data folder when they are imported.
    figures, stages = import_module("bench.figures"), import_module("bench.stage")
    stage, measured = stages.Stage(quick=quick), {}
    machine = _machine(quick=quick)
    stages.tell(_introduction(machine))
    try:
        for name in names:
            stages.tell(f"\n{name}")
            measured[name] = import_module(f"bench.{name}").measure(stage)
            stages.tell(figures.table(measured[name]))
    finally:
        if not keep:
            stage.drop_all()
        machine["load_after"] = os.getloadavg()[0]
        figures.write_results(RESULTS, machine, measured)
    missed = [figure.what for found in measured.values() for figure in found if figure.missed]
    stages.tell(f"\n{len(missed)} limits missed" if missed else "\nevery limit kept")
    return 1 if missed else 0


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure the product against its limits."
    )
    parser.add_argument("names", nargs="*", metavar="name", help=f"one of {', '.join(NAMES)}; all by default")
    parser.add_argument("--quick", action="store_true", help="few short runs, to see that everything works")
    parser.add_argument("--home", type=Path, help="a data folder to keep for the next time")
    asked = parser.parse_args(words)
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    return asked


@contextmanager
def _home(kept: Path | None) -> Iterator[None]:
    """Let settings and servers use this data folder, or a new one that is gone afterwards."""
    home = kept or Path(tempfile.mkdtemp(prefix="civreg-bench-"))
    os.environ["CIVREG_HOME"] = str(home.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "civreg.settings"
    try:
        yield
    finally:
        if kept is None:
            shutil.rmtree(home, ignore_errors=True)


def _machine(*, quick: bool) -> dict[str, Any]:
    return {
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.platform(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "load_before": os.getloadavg()[0],
        "quick": quick,
    }


def _introduction(machine: dict[str, Any]) -> str:
    lines = [f"{machine['cores']} cores, {machine['system']}, Python {machine['python']}"]
    if machine["load_before"] > 0.5:
        lines.append(
            f"The machine is busy (load {machine['load_before']:.1f}): believe ratios, not absolute times."
        )
    if machine["quick"]:
        lines.append("Quick: this shows that the measurements work, not what they would say.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
