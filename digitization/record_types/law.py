"""The thresholds of the rules, by the time from which each holds: data (``law.json``), so that an act is a line there.

A rule that knows no threshold for a time does not judge what happened then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from civreg.lib.partial_dates import PartialDate


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a rule counts by from a day on (None: ever since), and the source of it."""

    since: date | None
    values: Mapping[str, int]
    source: str


def in_force(rule: str, on: date) -> Mapping[str, int] | None:
    """Return the values a rule counted by on a day, None where it had none yet. Raises KeyError for another rule."""
    return next((at.values for at in reversed(THRESHOLDS[rule]) if at.since is None or at.since <= on), None)


def surely_in_force(rule: str, when: PartialDate) -> Mapping[str, int] | None:
    """Return the values that held whenever in a partial date it was, None where that cannot be told."""
    first, last = in_force(rule, when.earliest), in_force(rule, when.latest)
    return first if first == last else None


def constant(rule: str, name: str) -> int:
    """Return a value that never changed. Raises ValueError if the data says that it did."""
    (only,) = THRESHOLDS[rule]
    return only.values[name]


def _read() -> dict[str, tuple[Threshold, ...]]:
    text = (Path(__file__).parent / "law.json").read_text(encoding="utf-8")
    return {rule: tuple(map(_threshold, lines)) for rule, lines in json.loads(text).items()}


def _threshold(line: dict[str, str | int | None]) -> Threshold:
    since, source = line["since"], line["source"]
    values = {name: value for name, value in line.items() if isinstance(value, int)}
    return Threshold(date.fromisoformat(str(since)) if since else None, values, str(source))


THRESHOLDS = _read()
