"""What became of interim milestones: pure arithmetic over days and counts. No ORM, no words.

A milestone asks for so many whole percent of the total by the cut-off of its day. What was published that day decides.
Where that day was not closed, a neighbouring one decides if it can: reached by an earlier day is reached, not yet
reached on a later one was missed; else nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from civreg.lib.shares import whole_percent


class Result(StrEnum):
    """What became of a milestone, or can be said of it before its day."""

    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"
    AHEAD = "ahead"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Goal:
    """By the cut-off of ``day``, ``percent`` of the total."""

    day: date
    percent: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class DayCount:
    """What was published for a day."""

    day: date
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A milestone with what became of it. ``missing`` entries were or are lacking; ``percent_then`` where known."""

    goal: Goal
    result: Result
    missing: int = 0
    percent_then: int | None = None


def tell(goals: Iterable[Goal], closed: Sequence[DayCount], now: DayCount) -> list[Told]:
    """Tell what became of every goal; ``closed`` are the published days, ``now`` the open day with today's counts."""
    return [_tell(goal, sorted(closed, key=lambda one: one.day), now) for goal in goals]


def needed(percent: int, total: int) -> int:
    """Return the entries that ``percent`` of a total takes, rounded up: 50 % of 3 are 2."""
    return -(-percent * total // 100)


def reached(percent: int, count: DayCount) -> bool:
    """Tell whether the counts of a day reach a percentage; of nothing nobody has done anything."""
    return count.total > 0 and count.done >= needed(percent, count.total)


def _tell(goal: Goal, closed: Sequence[DayCount], now: DayCount) -> Told:
    if goal.day >= now.day:
        missing = max(needed(goal.percent, now.total) - now.done, 0)
        result = Result.AHEAD if reached(goal.percent, now) else Result.OPEN
        return Told(goal=goal, result=result, missing=missing)
    deciding = _deciding(goal, [*closed, now])
    if deciding is None:
        return Told(goal=goal, result=Result.UNKNOWN)
    met = reached(goal.percent, deciding)
    return Told(
        goal=goal,
        result=Result.MET if met else Result.MISSED,
        missing=0 if met else needed(goal.percent, deciding.total) - deciding.done,
        percent_then=whole_percent(deciding.done, deciding.total),
    )


def _deciding(goal: Goal, counts: Sequence[DayCount]) -> DayCount | None:
    for count in counts:
        if count.day == goal.day:
            return count
    earlier = [count for count in counts if count.day < goal.day and reached(goal.percent, count)]
    later = [count for count in counts if count.day > goal.day and not reached(goal.percent, count)]
    return next(iter((*earlier[-1:], *later[:1])), None)
