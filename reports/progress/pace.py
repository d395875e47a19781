"""What it takes and whether it will do: pure arithmetic over figures, days and gains.

A campaign day D runs from the cut-off of D-1 to the cut-off of D, so the open day counts as one of the days left:
from 17:00 on 5 December there are 10 days to a deadline of 15 December, a second earlier there were 11.

The state of a unit follows its forecast (``reports.forecast``, the only place where an end is foretold):

* complete: done early when the last entry came before the day of the deadline began, else done; never late;
* no book, or nothing known to be left while some book lacks its total: without a total;
* nothing new, typed or declared, for 72 hours of business time: stalled;
* past the deadline: late;
* likelier to end after the deadline than before it (P50): late; by P90 after it: at risk; by P50 within two thirds
  of the days left: ahead; else on track.

While too few days are closed for a forecast, the average of the last seven finished campaign days is compared with what
every day left requires: none finished: not measured; at least 1.5 times the requirement: ahead; at least the
requirement: on track; at least 0.8 of it: at risk; below: late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from reports.progress.figures import Figures

STALLED_AFTER = timedelta(hours=72)
AHEAD_FROM = Fraction(3, 2)
ON_TRACK_FROM = Fraction(1)
AT_RISK_FROM = Fraction(4, 5)
WINDOW_DAYS = 7


class State(StrEnum):
    """How a unit stands, in the order in which it needs attention."""

    STALLED = "stalled"
    LATE = "late"
    AT_RISK = "at_risk"
    NO_TOTAL = "no_total"
    NOT_MEASURED = "not_measured"
    ON_TRACK = "on_track"
    AHEAD = "ahead"
    DONE = "done"
    DONE_EARLY = "done_early"


class Band(StrEnum):
    """How much is done, in the words of the reports to the province."""

    NOTHING = "nothing"
    UNDER_TENTH = "under_tenth"
    UNDER_HALF = "under_half"
    HALF = "half"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Where a campaign stands in time. ``day`` is the open campaign day, moments are aware."""

    now: datetime
    day: date
    deadline: date
    began: datetime
    last_day_begins: datetime

    @property
    def days_left(self) -> int:
        """Return the campaign days left, the open one among them; 0 once the deadline's cut-off has passed."""
        return max((self.deadline - self.day).days + 1, 0)


@dataclass(frozen=True, slots=True)
class Pace:
    """What was gained over so many finished campaign days; with 0 days nothing is known."""

    gained: int = 0
    days: int = 0

    def __add__(self, other: Pace) -> Pace:
        return Pace(self.gained + other.gained, max(self.days, other.days))

    @classmethod
    def sum(cls, parts: Iterable[Pace]) -> Pace:
        """Add up the paces of units measured over the same days."""
        return sum(parts, cls())

    @property
    def per_day(self) -> Fraction | None:
        """Return the exact average of a day; None where nothing was measured."""
        return Fraction(self.gained, self.days) if self.days else None

    @property
    def shown(self) -> int | None:
        """Return the average of a day in whole entries, truncated towards zero."""
        return None if self.per_day is None else int(self.per_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the forecast says: last days of the work, None beyond its horizon, and the percent of meeting the deadline.

    ``pace`` is what a working day brings, ``workable`` how many working days are left; ``per_hour`` and ``per_person``
    are what one person brings in an hour and on a day of work, where that is known.
    """

    day: date
    p10: date | None
    p50: date | None
    p90: date | None
    chance: int
    per_hour: float | None = None
    # Not shown themselves: a page that shows the same otherwise is the same page.
    pace: float = field(repr=False)
    workable: float = field(repr=False)
    per_person: float | None = field(default=None, repr=False)

    def holds(self, figures: Figures, schedule: Schedule) -> bool:
        """Tell whether it still speaks of this work: something is left, and it is no older than a day."""
        return figures.remaining > 0 and (schedule.day - self.day).days <= 1

    def people_needed(self, remaining: int) -> int | None:
        """Return how many people more would bring a working day to what is required of it; None where nobody knows."""
        if not self.per_person or self.workable <= 0:
            return None
        return max(ceil((remaining / self.workable - self.pace) / self.per_person), 0)


@dataclass(frozen=True, slots=True)
class Window:
    """The cut-offs between which a pace is measured."""

    base: date
    end: date

    @property
    def days(self) -> int:
        """Return how many campaign days lie between the two cut-offs."""
        return (self.end - self.base).days


def window(closed: Iterable[date], *, open_day: date) -> Window | None:
    """Choose from the days that were really closed the last one, and the one seven days before it.

    Where that one was missed, the nearest before it; while the history is younger, its first day. None where no
    two days are closed: a missed day is never guessed.
    """
    days = sorted(day for day in set(closed) if day < open_day)
    if len(days) < 2:
        return None
    week_ago = days[-1] - timedelta(days=WINDOW_DAYS)
    return Window(base=max((day for day in days if day <= week_ago), default=days[0]), end=days[-1])


def required_per_day(remaining: int, days_left: int) -> int | None:
    """Return the entries each day left must bring, rounded up; None when days are over and work is not."""
    if remaining <= 0:
        return 0
    return -(-remaining // days_left) if days_left else None


def average_end(remaining: int, pace: Pace, *, day: date) -> date | None:
    """Return the campaign day on which the work ends at this average, work on the open ``day`` included; None if never.

    It stands in for a forecast while too few days are closed for one.
    """
    per_day = pace.per_day
    if remaining <= 0 or per_day is None or per_day <= 0:
        return None
    days = -(-Fraction(remaining) // per_day)
    return day + timedelta(days=int(days) - 1) if days < 10_000 else None


def band_of(figures: Figures) -> Band:
    """Return the band a unit stands in, by counts and never by a rounded percentage."""
    if figures.complete:
        return Band.COMPLETE
    if not figures.done:
        return Band.NOTHING
    if figures.done * 10 < figures.total:
        return Band.UNDER_TENTH
    return Band.UNDER_HALF if figures.done * 2 < figures.total else Band.HALF


def idle_for(figures: Figures, schedule: Schedule) -> timedelta:
    """Return how long nothing new has come, since the campaign began at the longest."""
    since = max(figures.last_at or schedule.began, schedule.began)
    return max(schedule.now - since, timedelta())


def state_of(figures: Figures, pace: Pace, schedule: Schedule, expected: Expected | None = None) -> State:
    """Judge one unit; the thresholds and their order are at the head of this file."""
    if figures.complete:
        early = figures.last_at is not None and figures.last_at < schedule.last_day_begins
        return State.DONE_EARLY if early else State.DONE
    if figures.remaining <= 0:
        return State.NO_TOTAL
    if idle_for(figures, schedule) >= STALLED_AFTER:
        return State.STALLED
    if not schedule.days_left:
        return State.LATE
    if expected:
        return _against_deadline(expected, schedule)
    return _against_requirement(figures.remaining, pace, schedule.days_left)


def _against_deadline(expected: Expected, schedule: Schedule) -> State:
    if expected.p50 is None or expected.p50 > schedule.deadline:
        return State.LATE
    if expected.p90 is None or expected.p90 > schedule.deadline:
        return State.AT_RISK
    days = (expected.p50 - schedule.day).days + 1
    return State.AHEAD if AHEAD_FROM * days <= schedule.days_left else State.ON_TRACK


def _against_requirement(remaining: int, pace: Pace, days_left: int) -> State:
    if pace.per_day is None:
        return State.NOT_MEASURED
    ratio = pace.per_day * days_left / remaining
    if ratio >= AHEAD_FROM:
        return State.AHEAD
    if ratio >= ON_TRACK_FROM:
        return State.ON_TRACK
    return State.AT_RISK if ratio >= AT_RISK_FROM else State.LATE
