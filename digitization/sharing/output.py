"""What an hour and a day of one person's work bring in a unit: never a person's own figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import add

from civreg.lib import clock
from civreg.lib.statements import rows_of
from digitization.models import Verb
from digitization.sharing.days import BY_HAND, ENOUGH, PAUSE, beginning_of

# With fewer people at work the mean of a unit would be somebody's own figure.
FEWEST_PEOPLE = 2

# Only who has or had a post in the units is asked for, so that the events are found by person and time. The time of
# corrections belongs to the work of typing: an hour is an hour.
_OUTPUT = """
WITH saves AS (
  SELECT actor_id, unit_id, verb, (at AT TIME ZONE %(zone)s)::date AS day,
    at - lag(at) OVER (PARTITION BY actor_id ORDER BY at, id) AS gap
  FROM digitization_recordevent
  WHERE actor_id = ANY(ARRAY(SELECT user_id FROM communes_posting WHERE unit_id = ANY(%(units)s)))
    AND verb = ANY(%(verbs)s) AND at >= %(since)s AND at < %(until)s),
days AS (
  SELECT unit_id, actor_id, day, count(*) FILTER (WHERE verb = %(typed)s) AS typed,
    count(*) FILTER (WHERE verb = %(typed)s AND gap BETWEEN %(by_hand)s AND %(pause)s) AS timed,
    coalesce(sum(gap) FILTER (WHERE gap BETWEEN %(by_hand)s AND %(pause)s), interval '0') AS worked
  FROM saves GROUP BY unit_id, actor_id, day)
SELECT unit_id, array_agg(DISTINCT actor_id), count(*), sum(typed), sum(timed), sum(worked)
FROM days WHERE worked >= %(enough)s AND unit_id = ANY(%(units)s) GROUP BY unit_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What people typed anew in a unit, on so many days of one person; ``timed`` took ``worked``.

    ``people`` are their ids, so that whoever works in two units is one person in both together.
    """

    people: frozenset[int] = field(default=frozenset(), repr=False)
    person_days: int = 0
    typed: int = 0
    timed: int = 0
    worked: timedelta = timedelta()

    def __add__(self, other: Output) -> Output:
        return Output(
            people=self.people | other.people,
            person_days=self.person_days + other.person_days,
            typed=self.typed + other.typed,
            timed=self.timed + other.timed,
            worked=self.worked + other.worked,
        )

    @property
    def told(self) -> bool:
        """Tell whether enough people worked for it to be nobody's own figure."""
        return len(self.people) >= FEWEST_PEOPLE

    @property
    def per_hour(self) -> float | None:
        """Return the entries of an hour of work without pauses; None where it is not to be told."""
        return self.timed * 3600 / self.worked.total_seconds() if self.told else None

    @property
    def per_day(self) -> float | None:
        """Return the entries of one person on a day they worked; None where it is not to be told."""
        return self.typed / self.person_days if self.told else None


def output_of(units: Iterable[int], *, first: date, last: date) -> dict[int, Output]:
    """Return, by unit, what was typed for it from the day ``first`` to ``last``; units without work are not there.

    Days on which a person worked less than a quarter of an hour do not count: they say nothing about a day.
    """
    values = {
        "units": list(units),
        "since": beginning_of(first),
        "until": beginning_of(last + timedelta(days=1)),
        "zone": clock.VIETNAM.key,
        "verbs": [Verb.ENTER, Verb.CORRECT],
        "typed": Verb.ENTER,
        "pause": PAUSE,
        "by_hand": BY_HAND,
        "enough": ENOUGH,
    }
    return {
        unit: Output(
            people=frozenset(people), person_days=days, typed=int(typed), timed=int(timed), worked=worked
        )
        for unit, people, days, typed, timed, worked in rows_of(_OUTPUT, values)
    }


def together(outputs: Iterable[Output]) -> Output:
    """Return the work of many units as one, such that nothing of one person can be taken out of it again.

    The units whose own figures are told stand beside the sum. What they leave of it is the others together, and so
    must be the work of enough people, each counted once; else these others are not in the sum at all.
    """
    listed = list(outputs)
    told = reduce(add, (one for one in listed if one.told), Output())
    rest = reduce(add, (one for one in listed if not one.told), Output())
    return told + rest if rest.told else told
