"""Small multiples: the course of every unit in a picture of its own, all of one size and one measure.

The height is the share of the unit's own total at the cut-off of each day, so that large and small units compare; the
width is the campaign from its first day to its deadline. A day that was not closed leaves a gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from civreg.lib.statements import rows_of
from reports.progress.read import DistrictProgress, UnitFigures
from reports.room import orders
from reports.room.choosing import Chosen
from reports.room.curve import unbroken
from reports.room.states import MARKS, Mark

WIDTH, HEIGHT = 140, 44
# Room for the dot of today at the edges.
EDGE = 3

# Closed days only: what was taken on demand is a moment of an open day.
_DAYS = """
SELECT DISTINCT ON (r.unit_id, s.day) r.unit_id, s.day, (r.figures ->> 'digitized')::int, (r.figures ->> 'total')::int
FROM reports_dailysnapshot s JOIN reports_snapshotrow r ON r.snapshot_id = s.id
WHERE s.campaign_id = %(campaign)s AND r.kind = '' AND s.kind_of <> 'demand'
ORDER BY r.unit_id, s.day, s.revision DESC
"""

Day = tuple[date, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """One unit's picture: ``lines`` and ``dots`` of closed days, ``today`` the point it stands at now."""

    unit: UnitFigures
    mark: Mark
    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    today: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Multiples:
    """The pictures of all units, those that need attention first."""

    progress: DistrictProgress
    chosen: Chosen
    smalls: tuple[Small, ...]

    @classmethod
    def read(cls, progress: DistrictProgress, chosen: Chosen) -> Multiples:
        """Read the closed days of a campaign's units."""
        days = _days_of(progress.campaign.pk)
        ordered = orders.in_order(progress.units, orders.DEFAULT)
        drawn = tuple(draw(unit, days.get(unit.unit_id, ()), progress) for unit in ordered)
        return cls(progress, chosen, drawn)


def draw(unit: UnitFigures, days: Sequence[Day], progress: DistrictProgress) -> Small:
    """Draw one unit's closed days, in their order, and where it stands now."""
    schedule = progress.schedule
    first = min([progress.campaign.starts, *(day for day, *_ in days[:1])])
    span = max((max(schedule.deadline, schedule.day) - first).days, 1)

    def at(day: date, done: int, total: int) -> tuple[str, str]:
        share = min(done / total, 1.0) if total else 0.0
        x = EDGE + (WIDTH - 2 * EDGE) * (day - first).days / span
        return f"{x:.1f}", f"{EDGE + (HEIGHT - 2 * EDGE) * (1 - share):.1f}"

    today = at(schedule.day, unit.figures.done, unit.figures.total)
    runs = [[at(*day) for day in run] for run in unbroken(days)]
    if runs and days[-1][0] == schedule.day - timedelta(days=1):
        runs[-1].append(today)
    return Small(
        unit=unit,
        mark=MARKS[unit.outlook.state],
        lines=tuple(" ".join(",".join(point) for point in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        today=today,
    )


def _days_of(campaign: int) -> Mapping[int, list[Day]]:
    found: dict[int, list[Day]] = defaultdict(list)
    for unit, *day in rows_of(_DAYS, {"campaign": campaign}):
        found[unit].append((day[0], day[1], day[2]))
    return found
