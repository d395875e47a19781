"""What a measurement says: figures with their spread, against limits; as a table and as a file."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured thing: the median of its runs, and the quartiles between which half of them lie.

    Without a limit it only informs; else it must be at most ``at_most`` or at least ``at_least``.
    """

    what: str
    unit: str
    median: float
    low: float
    high: float
    runs: int
    at_most: float | None = None
    at_least: float | None = None

    @property
    def missed(self) -> bool:
        """Tell whether the median lies on the wrong side of the limit."""
        too_much = self.at_most is not None and self.median > self.at_most
        return too_much or (self.at_least is not None and self.median < self.at_least)


def figure(
    what: str,
    unit: str,
    runs: Sequence[float],
    *,
    at_most: float | None = None,
    at_least: float | None = None,
) -> Figure:
    """Return the figure that one or more runs add up to."""
    low, median, high = quartiles(runs)
    return Figure(
        what=what,
        unit=unit,
        median=median,
        low=low,
        high=high,
        runs=len(runs),
        at_most=at_most,
        at_least=at_least,
    )


def quartiles(runs: Sequence[float]) -> tuple[float, float, float]:
    """Return the lower quartile, the median and the upper quartile."""
    if len(runs) == 1:
        return runs[0], runs[0], runs[0]
    low, median, high = statistics.quantiles(runs, n=4, method="inclusive")
    return low, median, high


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines of a table with a verdict at the end of each."""
    return "\n".join(_line(figure) for figure in figures)


def _line(figure: Figure) -> str:
    spread = f"[{_short(figure.low)} – {_short(figure.high)}]" if figure.runs > 1 else ""
    columns = (
        f"  {figure.what:<58} {_short(figure.median):>8} {figure.unit:<6} {spread:<19} n={figure.runs:<4}"
    )
    return f"{columns} {_verdict(figure)}".rstrip()


def _verdict(figure: Figure) -> str:
    if figure.at_most is None and figure.at_least is None:
        return ""
    limit = (
        f"≤ {_short(figure.at_most)}" if figure.at_most is not None else f"≥ {_short(figure.at_least or 0)}"
    )
    return f"{limit:<9} {'MISSED' if figure.missed else 'ok'}"


def _short(value: float) -> str:
    if value == int(value):
        return f"{value:.0f}"
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def write_results(file: Path, machine: Mapping[str, Any], measured: Mapping[str, Sequence[Figure]]) -> None:
    """Write everything to ``file`` as JSON: the machine, then the figures of each measurement."""
    found = {
        name: [{**asdict(figure), "missed": figure.missed} for figure in figures]
        for name, figures in measured.items()
    }
    text = json.dumps({"machine": machine, "figures": found}, ensure_ascii=False, indent=1)
    file.write_text(text + "\n", encoding="utf-8")
