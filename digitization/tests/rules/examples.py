"""What an example of a rule is: situations in which it speaks, in each of its degrees, and one in which it must not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from digitization.record_types import BY_CODE
from digitization.record_types.contract import Facts, Severity
from digitization.record_types.others import Others
from digitization.tests.record_types.judging import FACTS

# Which rules spoke, with the letter of their degree: {("C01", "E")}.
Said = set[tuple[str, str]]
# Something happens among the people of the tests, who may need a folder for files.
Situation = Callable[[Any, Path], Said]
LETTERS = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.NOTICE: "I"}


@dataclass(frozen=True, slots=True)
class Example:
    """``fires`` together show every degree of the rule; ``silent`` is as near to them as can be."""

    fires: tuple[Situation, ...]
    silent: Situation


def judged(*fires: dict[str, Any], silent: dict[str, Any], kind: str = "KS", facts: Facts = FACTS) -> Example:
    """Return the example of a check: what is changed in the sample of a kind; None takes a field out."""
    return Example(tuple(_judging(kind, facts, each) for each in fires), _judging(kind, facts, silent))


def seen_with(others: Others, silent: Others, **changes: Any) -> Example:
    """Return the example of a check that looks at the entries around: ``kind`` and further changes of the sample."""
    kind = changes.pop("kind", "KS")
    around = (replace(FACTS, others=one) for one in (others, silent))
    spoken, quiet = (_judging(kind, facts, changes) for facts in around)
    return Example((spoken,), quiet)


def _judging(kind: str, facts: Facts, changes: dict[str, Any]) -> Situation:
    def situation(cast: Any, folder: Path) -> Said:
        changed = {**BY_CODE[kind].sample, **changes}
        entry = {code: value for code, value in changed.items() if value is not None}
        return {(found.rule, LETTERS[found.severity]) for found in BY_CODE[kind].problems(entry, facts)}

    return situation
