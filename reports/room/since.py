"""Since you last looked: what a person finds changed in a campaign since their visit before this one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from civreg.lib.statements import rows_of
from communes.models import User
from reports.progress.pace import State
from reports.progress.read import DistrictProgress, UnitFigures
from reports.room.states import MARKS, Mark

A_VISIT = timedelta(minutes=30)
NAMED = 4

# One statement reads and writes, so that two windows opened at once cannot both take the older figures for the newer.
_LOOK = """
INSERT INTO reports_lastlook AS l (user_id, campaign_id, opened_at, now)
VALUES (%(user)s, %(campaign)s, %(at)s, %(now)s::jsonb)
ON CONFLICT (user_id, campaign_id) DO UPDATE SET
    before = CASE WHEN l.opened_at < %(at)s - %(visit)s THEN l.now ELSE l.before END,
    before_at = CASE WHEN l.opened_at < %(at)s - %(visit)s THEN l.opened_at ELSE l.before_at END,
    opened_at = greatest(l.opened_at, excluded.opened_at), now = excluded.now
RETURNING before_at, before::text
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """A unit whose state is another one now."""

    unit: UnitFigures
    was: Mark
    now: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is new since ``at``: entries gained (less than 0 where more went than came), in so many units, and turns.

    ``more`` turns are not among ``turns``.
    """

    at: datetime
    gained: int
    units: int
    turns: tuple[Turn, ...]
    more: int


def look(progress: DistrictProgress, user: User) -> Since | None:
    """Remember what a person sees now; returns what is new since their visit before, None on the first one."""
    asked = {
        "user": user.pk,
        "campaign": progress.campaign.pk,
        "at": progress.schedule.now,
        "visit": A_VISIT,
        "now": json.dumps(_seen(progress.units)),
    }
    ((at, before),) = rows_of(_LOOK, asked)
    return compared(progress.units, at, json.loads(before)) if at and before else None


def compared(units: Iterable[UnitFigures], at: datetime, before: Mapping[str, Any]) -> Since:
    """Compare units with what was seen of them at a moment; those not seen then are left out."""
    known = [(unit, before[str(unit.unit_id)]) for unit in units if str(unit.unit_id) in before]
    gains = [unit.figures.done - done for unit, (done, _state) in known]
    turns = [
        Turn(unit, MARKS[was], MARKS[now])
        for unit, (_done, state) in known
        if (was := _state_of(state)) and MARKS[was] != MARKS[now := unit.outlook.state]
    ]
    return Since(
        at=at,
        gained=sum(gains),
        units=sum(gain != 0 for gain in gains),
        turns=tuple(turns[:NAMED]),
        more=max(len(turns) - NAMED, 0),
    )


def _seen(units: Iterable[UnitFigures]) -> dict[str, list[Any]]:
    return {str(unit.unit_id): [unit.figures.done, str(unit.outlook.state)] for unit in units}


def _state_of(word: str) -> State | None:
    return State(word) if word in set(State) else None
