"""One day as it was published: the district and its units, which revision holds, and the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from civreg.lib import clock
from communes.lineage import heirs
from digitization.record_types import BY_CODE
from reports.models import Campaign, DailySnapshot
from reports.past.labels import kind_of
from reports.past.units import UnitLine, kinds_of, lines_of
from reports.progress.days import is_intact
from reports.progress.figures import Figures
from reports.progress.read import schedule_of
from reports.room.commune import kind_name


@dataclass(frozen=True)
class DayPage:
    """A snapshot of a day (``shown``) among all taken of it; None where the day is missing.

    ``today`` sums units up into those in their place now. ``silent`` says why a missing day cannot be rebuilt.
    """

    campaign: Campaign
    day: date
    snapshots: tuple[DailySnapshot, ...]
    shown: DailySnapshot | None
    today: bool
    silent: int | None

    @classmethod
    def read(cls, campaign: Campaign, day: date, *, revision: int, today: bool) -> DayPage | None:
        """Read a day, or its ``revision`` (0: the one in force); None for no day of the campaign, or no such one."""
        snapshots = tuple(campaign.snapshots.filter(day=day).order_by("revision").select_related("by"))
        ended = day < schedule_of(campaign).day
        if not snapshots and not (campaign.starts <= day and ended):
            return None
        page = cls(campaign, day, snapshots, None, today, None)
        if revision:
            shown = next((snapshot for snapshot in snapshots if snapshot.revision == revision), None)
            return None if shown is None else cls(campaign, day, snapshots, shown, today, None)
        if page.in_force is None and snapshots and not ended:
            return cls(campaign, day, snapshots, snapshots[-1], today, None)
        silent = campaign.silent_days.filter(day=day).values_list("entries", flat=True).first()
        return cls(campaign, day, snapshots, page.in_force, today, silent)

    @property
    def in_force(self) -> DailySnapshot | None:
        """Return the snapshot that holds for this day."""
        return next((s for s in reversed(self.snapshots) if s.kind_of != DailySnapshot.Kind.DEMAND), None)

    @property
    def others(self) -> list[DailySnapshot]:
        """Return the other snapshots of the day, the newest first."""
        return [snapshot for snapshot in reversed(self.snapshots) if snapshot != self.shown]

    @property
    def kind(self) -> str:
        """Return what kind of figures are shown."""
        return kind_of(self.shown)

    @property
    def moment_only(self) -> bool:
        """Tell whether what is shown is a moment within the day, not its end."""
        return self.shown is not None and self.shown.kind_of == DailySnapshot.Kind.DEMAND

    @property
    def superseded(self) -> bool:
        """Tell whether a later revision holds instead of the one shown."""
        return self.shown is not None and not self.moment_only and self.shown != self.in_force

    @cached_property
    def figures(self) -> Figures:
        """Return the figures of the district."""
        return Figures.from_published(self.shown.figures) if self.shown else Figures()

    @cached_property
    def intact(self) -> bool:
        """Tell whether what is shown still is what was frozen."""
        return self.shown is not None and is_intact(self.shown)

    @cached_property
    def lines(self) -> list[UnitLine]:
        """Return the units, as of the day or as of now."""
        if self.shown is None:
            return []
        return lines_of(self.shown, heirs(clock.today()) if self.today else None)

    @property
    def former(self) -> list[UnitLine]:
        """Return the lines that sum up units which no longer are."""
        return [line for line in self.lines if line.former]

    @property
    def kinds(self) -> list[tuple[Any, Figures]]:
        """Return the figures of the district by kind of book."""
        found = kinds_of(self.shown) if self.shown else {}
        order = [*BY_CODE, *sorted(set(found) - set(BY_CODE))]
        return [(kind_name(kind), found[kind]) for kind in order if kind in found]

    @property
    def before(self) -> date | None:
        """Return the day before, while the campaign had begun."""
        return self.day - timedelta(days=1) if self.day > self.campaign.starts else None

    @property
    def after(self) -> date | None:
        """Return the day after, once it has ended."""
        after = self.day + timedelta(days=1)
        return after if after < schedule_of(self.campaign).day else None
