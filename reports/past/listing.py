"""The days of a campaign, the newest first: what each brought, of what kind its figures are, and which are missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from civreg.lib import clock
from reports.models import Campaign, DailySnapshot
from reports.past.labels import kind_of
from reports.progress.days import is_intact
from reports.progress.figures import Figures
from reports.progress.read import schedule_of
from reports.progress.rebuild import absent_days

PER_PAGE = 31
# A list proves a month of snapshots at once; of more units than this each day proves itself on its own page.
MOST_UNITS_PROVEN = 200


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day: the snapshot in force (None: missing), what it brought, its other revisions and moments."""

    day: date
    snapshot: DailySnapshot | None
    gained: int | None
    revisions: int = 0
    moments: tuple[DailySnapshot, ...] = ()
    silent: int | None = None
    intact: bool | None = None

    @property
    def figures(self) -> Figures | None:
        """Return the figures of the district."""
        return None if self.snapshot is None else Figures.from_published(self.snapshot.figures)

    @property
    def kind(self) -> str:
        """Return what kind of figures these are."""
        return kind_of(self.snapshot)

    @property
    def rebuilt(self) -> bool:
        """Tell whether the day was put together afterwards."""
        return self.snapshot is not None and self.snapshot.kind_of == DailySnapshot.Kind.REBUILT


@dataclass(frozen=True, slots=True)
class History:
    """The days of a campaign. ``open_day`` is going on; moments taken of it are ``open_moments``.

    In a closed campaign it is the day that was going on when that was closed.
    """

    campaign: Campaign
    lines: tuple[DayLine, ...]
    open_day: date
    open_moments: tuple[DailySnapshot, ...]
    missing: int

    @classmethod
    def read(cls, campaign: Campaign) -> History:
        """Read every day in three queries; whether they are intact is asked of a page of them (``proven``)."""
        now = clock.now()
        snapshots = list(campaign.snapshots.order_by("day", "revision").select_related("by"))
        told = _by_day(snapshot for snapshot in snapshots if snapshot.kind_of != DailySnapshot.Kind.DEMAND)
        moments = _by_day(snapshot for snapshot in snapshots if snapshot.kind_of == DailySnapshot.Kind.DEMAND)
        absent = absent_days(campaign, set(told), now)
        silent = dict(campaign.silent_days.values_list("day", "entries"))
        open_day = schedule_of(campaign).day
        lines = [
            DayLine(
                day=day,
                snapshot=told[day][-1] if day in told else None,
                gained=_gained(told, day),
                revisions=len(told.get(day, ())),
                moments=tuple(moments.get(day, ())),
                silent=silent.get(day) if day not in told else None,
            )
            for day in sorted({*told, *absent}, reverse=True)
        ]
        return cls(campaign, tuple(lines), open_day, tuple(moments.get(open_day, ())), len(absent))


def proven(lines: Iterable[DayLine]) -> list[DayLine]:
    """Return the same lines, each with whether its snapshot still is what was frozen; None where that is too much."""
    listed = list(lines)
    newest = next((line.snapshot for line in listed if line.snapshot), None)
    if newest is None or newest.rows.filter(kind="").count() > MOST_UNITS_PROVEN:
        return listed
    shown = {line.snapshot.pk for line in listed if line.snapshot}
    whole = {
        snapshot.pk: is_intact(snapshot)
        for snapshot in DailySnapshot.objects.filter(pk__in=shown).prefetch_related("rows")
    }
    return [replace(line, intact=whole[line.snapshot.pk] if line.snapshot else None) for line in listed]


def _by_day(snapshots: Iterable[DailySnapshot]) -> dict[date, list[DailySnapshot]]:
    found: dict[date, list[DailySnapshot]] = {}
    for snapshot in snapshots:
        found.setdefault(snapshot.day, []).append(snapshot)
    return found


def _gained(told: Mapping[date, list[DailySnapshot]], day: date) -> int | None:
    """Return how much more was digitized than a day before; None where one of the two days is missing."""
    before = day - timedelta(days=1)
    if day not in told or before not in told:
        return None
    return int(told[day][-1].figures["digitized"]) - int(told[before][-1].figures["digitized"])
