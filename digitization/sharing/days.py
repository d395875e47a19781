"""What people did on which day: entries typed and corrected, entries that came back, and the pace without pauses.

Days are days in Viet Nam. These figures are a person's own, and their supervisor's to see; nobody is ranked by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from civreg.lib import clock
from civreg.lib.statements import rows_of
from digitization.models import Verb

# An entry nobody can read well takes five minutes from save to save; somebody at the counter, or a meal, over ten.
PAUSE = timedelta(minutes=10)
# Nobody types an entry in less: what is saved closer together came from a program or was sent again.
BY_HAND = timedelta(seconds=3)
# Less work than this says nothing about a pace.
ENOUGH = timedelta(minutes=15)

_SAVES = """
WITH saves AS (
  SELECT actor_id, verb, (at AT TIME ZONE %(zone)s)::date AS day,
    at - lag(at) OVER (PARTITION BY actor_id ORDER BY at, id) AS gap
  FROM digitization_recordevent
  WHERE actor_id = ANY(%(people)s) AND verb = ANY(%(verbs)s) AND at >= %(since)s AND at < %(until)s
    AND (%(units)s::bigint[] IS NULL OR unit_id = ANY(%(units)s)))
SELECT actor_id, day, count(*) FILTER (WHERE verb = %(typed)s), count(*) FILTER (WHERE verb = %(corrected)s),
  count(*) FILTER (WHERE gap BETWEEN %(by_hand)s AND %(pause)s),
  coalesce(sum(gap) FILTER (WHERE gap BETWEEN %(by_hand)s AND %(pause)s), interval '0')
FROM saves GROUP BY actor_id, day
"""
_RETURNED = """
SELECT r.entered_by_id, (e.at AT TIME ZONE %(zone)s)::date AS day, count(DISTINCT r.id)
FROM digitization_recordevent AS e JOIN digitization_record AS r ON r.id = e.record_id
WHERE e.verb = 'send_back' AND e.at >= %(since)s AND e.at < %(until)s AND r.entered_by_id = ANY(%(people)s)
  AND (%(units)s::bigint[] IS NULL OR e.unit_id = ANY(%(units)s))
GROUP BY 1, 2
"""


@dataclass(slots=True, kw_only=True)
class Day:
    """One day of one person: counts, and the time they worked with how many saves came at the end of it.

    The time before the first save of a stretch nobody knows; so neither it nor that save is in the pace.
    """

    day: date
    typed: int = 0
    corrected: int = 0
    returned: int = 0
    saves: int = 0
    worked: timedelta = field(default_factory=timedelta)

    @property
    def per_hour(self) -> int | None:
        """Return how many entries were saved in an hour of work, pauses left out; None where it was too little work."""
        if self.worked < ENOUGH:
            return None
        return round(self.saves * 3600 / self.worked.total_seconds())

    @property
    def minutes(self) -> int:
        """Return the minutes of work, pauses left out."""
        return round(self.worked.total_seconds() / 60)

    def __add__(self, other: Day) -> Day:
        return Day(
            day=self.day,
            typed=self.typed + other.typed,
            corrected=self.corrected + other.corrected,
            returned=self.returned + other.returned,
            saves=self.saves + other.saves,
            worked=self.worked + other.worked,
        )


def days_of(
    people: Iterable[int], *, first: date, last: date, units: Iterable[int] | None = None
) -> dict[int, dict[date, Day]]:
    """Return, by person and day, what they did from the day ``first`` to ``last``; days without work are not there.

    ``units`` narrows it to entries these units kept.
    """
    values = {
        "people": list(people),
        "units": None if units is None else list(units),
        "since": beginning_of(first),
        "until": beginning_of(last + timedelta(days=1)),
        "zone": clock.VIETNAM.key,
        "verbs": [Verb.ENTER, Verb.CORRECT],
        "typed": Verb.ENTER,
        "corrected": Verb.CORRECT,
        "pause": PAUSE,
        "by_hand": BY_HAND,
    }
    found: dict[int, dict[date, Day]] = {}
    for person, day, typed, corrected, saves, worked in rows_of(_SAVES, values):
        found.setdefault(person, {})[day] = Day(
            day=day, typed=typed, corrected=corrected, saves=saves, worked=worked
        )
    for person, day, returned in rows_of(_RETURNED, values):
        found.setdefault(person, {}).setdefault(day, Day(day=day)).returned = returned
    return found


def beginning_of(day: date) -> datetime:
    """Return the moment at which a day begins in Viet Nam."""
    return datetime.combine(day, time.min, tzinfo=clock.VIETNAM)
