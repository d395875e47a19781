"""The cumulative curve as geometry: days and counts in, coordinates of an SVG picture out. No ORM, no words.

A day that was not closed leaves a gap in the line: it is missing, and nothing is drawn through it.
Coordinates are text with a point, whatever the language of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor, log10
from typing import Any, TypeVar

Dated = TypeVar("Dated", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The forecast to be drawn: the count by the cut-off of each coming day from ``first``, in three courses.

    ``slow`` is exceeded in nine cases of ten, ``middle`` in half of them, ``fast`` in one.
    """

    first: date
    slow: tuple[int, ...]
    middle: tuple[int, ...]
    fast: tuple[int, ...]

    @classmethod
    def of(cls, cone: Mapping[str, Any], *, total: int) -> Ahead:
        """Read a cone as it is stored: what is left by each day."""
        courses = {name: tuple(total - left for left in cone[name]) for name in ("slow", "middle", "fast")}
        return cls(first=date.fromisoformat(cone["first"]), **courses)

    def seen(self, total: int) -> Ahead:
        """Return it as finely as a picture shows it."""

        def coarse(counts: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(count * 250 // max(total, 1) for count in counts)

        return Ahead(
            first=self.first, slow=coarse(self.slow), middle=coarse(self.middle), fast=coarse(self.fast)
        )


@dataclass(frozen=True, slots=True)
class CourseGoal:
    """An interim milestone: by the cut-off of ``day`` so many percent of the total."""

    day: date
    percent: int
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is to be drawn: closed days with their counts, and how much of the open day has passed (0 to 1).

    Without ``ahead`` the way on is that of ``per_day``, the average. ``awaited`` says that the day before the open one
    has just ended: it may still be closed, and is not missing yet.
    """

    closed: tuple[tuple[date, int], ...]
    first: date
    deadline: date
    open_day: date
    share_of_open_day: float
    done: int
    total: int
    per_day: float | None
    ahead: Ahead | None = None
    goals: tuple[CourseGoal, ...] = ()
    awaited: bool = False

    @property
    def due_day(self) -> date:
        """Return the first day that need not be closed by now."""
        return self.open_day - timedelta(days=1) if self.awaited else self.open_day

    @property
    def seen(self) -> Course:
        """Return the course as finely as a picture shows it: one that differs less is the same picture."""
        return replace(
            self,
            share_of_open_day=floor(self.share_of_open_day * 24) / 24,
            done=self.done * 1000 // self.total if self.total else self.done,
            per_day=None if self.per_day is None else round(self.per_day),
            ahead=self.ahead.seen(self.total) if self.ahead else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The picture in its own units. Texts are 12 high, so a phone gets a narrower picture, not a smaller one."""

    width: int
    height: int
    left: int = 52
    right: int = 14
    top: int = 24
    bottom: int = 24
    ticks: int = 6

    @property
    def line_end(self) -> int:
        """Return where the grid ends on the right."""
        return self.width - self.right

    @property
    def foot(self) -> int:
        """Return the height of the axis of days."""
        return self.height - self.bottom

    @property
    def head(self) -> int:
        """Return where the line of the deadline begins."""
        return 10

    @property
    def count_end(self) -> int:
        """Return where the numbers of the axis of counts end."""
        return self.left - 7

    @property
    def day_line(self) -> int:
        """Return the base line of the days under their axis."""
        return self.height - 5


# The number beside today's dot, with the room around it.
LABEL_WIDTH, LABEL_HEIGHT = 60, 20
WIDE = Size(width=760, height=300)
NARROW = Size(width=360, height=240, ticks=4)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and the day or count it stands for."""

    at: str
    value: date | int


@dataclass(frozen=True, slots=True)
class GoalMark:
    """A milestone in the picture: the corners of its mark, where its words stand, and what they say."""

    corners: str
    x: str
    y: str
    anchor: str
    goal: CourseGoal


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Everything a template needs to draw the curve."""

    size: Size
    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    days: tuple[Tick, ...]
    counts: tuple[Tick, ...]
    today: tuple[str, str]
    today_label: tuple[str, str, str]
    forecast: str
    cone: str
    goal: str
    due: str
    due_anchor: str
    missing: int
    goals: tuple[GoalMark, ...] = ()


def draw(course: Course, size: Size) -> Picture:
    """Draw the course of a campaign in a picture of this size."""
    return _Pencil(course, size).picture()


def missing_days(closed: Iterable[date], *, open_day: date) -> int:
    """Return how many days since the first closed one were never closed."""
    days = {day for day in closed if day < open_day}
    return (open_day - min(days)).days - len(days) if days else 0


def unbroken(days: Iterable[Dated]) -> list[list[Dated]]:
    """Cut days, in their order, where one is missing; each begins with its date."""
    runs: list[list[Dated]] = []
    for day in days:
        if not runs or day[0] - runs[-1][-1][0] > timedelta(days=1):
            runs.append([])
        runs[-1].append(day)
    return runs


class _Pencil:
    def __init__(self, course: Course, size: Size) -> None:
        self.course, self.size = course, size
        self.today = (course.open_day - course.first).days - 1 + course.share_of_open_day
        self.span = max((course.deadline - course.first).days + 1, ceil(self.today) + 1, self.far(), 2)
        highest = max([course.total, course.done, *(count for _, count in course.closed), 1])
        self.ceiling = highest * 1.06

    def far(self) -> int:
        """Return how far the forecast is drawn: to its end, or half as long again as the campaign."""
        if self.course.ahead is None:
            return 0
        end = (self.course.ahead.first - self.course.first).days + len(self.course.ahead.slow)
        return min(end, (self.course.deadline - self.course.first).days * 3 // 2)

    def x(self, days: float) -> float:
        room = self.size.width - self.size.left - self.size.right
        return self.size.left + room * min(max(days, 0.0), self.span) / self.span

    def y(self, count: float) -> float:
        room = self.size.height - self.size.top - self.size.bottom
        return self.size.height - self.size.bottom - room * count / self.ceiling

    def at(self, days: float, count: float) -> tuple[str, str]:
        return _text(self.x(days)), _text(self.y(count))

    def picture(self) -> Picture:
        due = (self.course.deadline - self.course.first).days
        return Picture(
            size=self.size,
            lines=tuple(_points(run) for run in self.runs() if len(run) > 1),
            dots=tuple(run[0] for run in self.runs() if len(run) == 1),
            days=tuple(self.day_ticks()),
            counts=tuple(Tick(_text(self.y(count)), count) for count in round_counts(int(self.ceiling), 5)),
            today=self.at(self.today, self.course.done),
            today_label=self.today_label(),
            forecast=_points(self.line(self.course.ahead.middle)) if self.course.ahead else self.forecast(),
            cone=self.cone(),
            goal=_text(self.y(self.course.total)),
            due=_text(self.x(due)),
            due_anchor="end" if self.x(due) > self.size.width - 80 else "start",
            missing=missing_days((day for day, _ in self.course.closed), open_day=self.course.due_day),
            goals=tuple(self.goal_marks()),
        )

    def runs(self) -> list[list[tuple[str, str]]]:
        """Cut the closed days where one is missing; today continues the run that ends yesterday."""
        closed, first = self.course.closed, self.course.first
        runs = [[self.at((day - first).days, count) for day, count in run] for run in unbroken(closed)]
        if closed and self.course.open_day - closed[-1][0] == timedelta(days=1):
            runs[-1].append(self.at(self.today, self.course.done))
        return runs

    def cone(self) -> str:
        """Return the outline between the slow and the fast course, from today to where the picture ends."""
        if self.course.ahead is None:
            return ""
        slow, fast = self.line(self.course.ahead.slow), self.line(self.course.ahead.fast)
        return _points([*fast, *reversed(slow)]) if len(slow) > 1 else ""

    def line(self, counts: Sequence[int]) -> list[tuple[str, str]]:
        """Return the way on from today through the counts of coming days, as far as the picture goes."""
        points = [self.at(self.today, self.course.done)]
        first = (self.course.ahead.first - self.course.first).days if self.course.ahead else 0
        for days, count in enumerate(counts, first):
            if self.today < days <= self.span:
                points.append(self.at(days, min(max(count, self.course.done), self.course.total)))
        return points

    def forecast(self) -> str:
        """Return the way on from today at the present pace, to the goal or the edge of the picture."""
        per_day, remaining = self.course.per_day, self.course.total - self.course.done
        if not per_day or per_day <= 0 or remaining <= 0:
            return ""
        days = min(remaining / per_day, self.span - self.today)
        if days <= 0:
            return ""
        end = self.at(self.today + days, self.course.done + per_day * days)
        return _points([self.at(self.today, self.course.done), end])

    def goal_marks(self) -> Iterable[GoalMark]:
        """Yield a small square on its corner for each milestone, with its words beside it.

        They stand left above it, clear of a rising curve; right below near the left edge and under the goal.
        """
        for goal in self.course.goals:
            x = self.x((goal.day - self.course.first).days)
            y = self.y(self.course.total * goal.percent / 100)
            corners = ((x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y))
            left = x - self.size.left > 70 and y - self.y(self.course.total) > 22
            yield GoalMark(
                " ".join(f"{_text(a)},{_text(b)}" for a, b in corners),
                _text(x - 8 if left else x + 8),
                _text(y - 4 if left else y + 14),
                "end" if left else "start",
                goal,
            )

    def today_label(self) -> tuple[str, str, str]:
        """Return where the number of today stands: left above its dot; below it near the left edge and the goal."""
        x, y = self.x(self.today), self.y(self.course.done)
        under_goal = 0 <= y - self.y(self.course.total) < LABEL_HEIGHT
        if x - self.size.left > 130 and not under_goal:
            return _text(x - 9), _text(y - 5), "end"
        if x > self.size.line_end - LABEL_WIDTH:
            return _text(x - 9), _text(y + 16), "end"
        return _text(x + 9), _text(y + 16), "start"

    def day_ticks(self) -> Iterable[Tick]:
        step = max(ceil(self.span / self.size.ticks), 1)
        step = 7 * round(step / 7) if step > 4 else step
        for days in range(0, self.span + 1, step):
            yield Tick(_text(self.x(days)), self.course.first + timedelta(days=days))


def round_counts(highest: int, about: int) -> Sequence[int]:
    """Return round counts from 0 up to ``highest``, about so many."""
    rough = max(highest / about, 1)
    power = 10 ** floor(log10(rough))
    step = next(int(power * factor) for factor in (1, 2, 5, 10) if power * factor >= rough)
    return range(0, highest + 1, step)


def _points(points: Iterable[tuple[str, str]]) -> str:
    return " ".join(",".join(point) for point in points)


def _text(value: float) -> str:
    return f"{value:.1f}"
