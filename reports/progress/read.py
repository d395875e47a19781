"""The one progress function: dashboard, commune page, API and papers all read their figures here.

Pages read what the roll-up prepared, in one query; how old it is comes with it, by the clock of the database.
A paper counts anew in its own transaction with ``unit_recounted``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import ngettext

from civreg.lib import clock
from civreg.lib.statements import dicts_of
from communes.models import Unit
from reports.models import Campaign, UnitForecast
from reports.progress import lately
from reports.progress.counting import column_list, count_now
from reports.progress.figures import COUNTS, Figures
from reports.progress.lately import Lately
from reports.progress.pace import (
    Band,
    Expected,
    Pace,
    Schedule,
    State,
    average_end,
    band_of,
    idle_for,
    required_per_day,
    state_of,
)

STALE_AFTER = timedelta(seconds=30)

_FORETOLD = ("day", "p10", "p50", "p90", "chance", "pace", "workable", "per_hour", "per_person")


def _forecast(alias: str) -> str:
    return ", ".join(f"{alias}.{name} AS {alias}_{name}" for name in _FORETOLD)


# The cone is of the whole campaign: it comes with the first row alone.
READ = f"""
SELECT u.id AS unit_id, u.parent_id, u.slug, u.kind AS word, u.name, u.map_column, u.map_row,
    p.kind, {column_list("p.")},
    pace.done_yesterday, pace.done_week_ago, pace.days,
    {_forecast("f")}, {_forecast("all_f")}, {lately.columns("l")},
    CASE WHEN row_number() OVER (ORDER BY u.name, u.id, p.kind) = 1 THEN all_f.cone END AS cone,
    r.checked_at, clock_timestamp() - r.checked_at AS age
FROM reports_campaignunit cu
JOIN communes_unit u ON u.id = cu.unit_id
LEFT JOIN reports_unitprogress p ON p.campaign_id = cu.campaign_id AND p.unit_id = cu.unit_id
LEFT JOIN reports_unitpace pace ON pace.campaign_id = cu.campaign_id AND pace.unit_id = cu.unit_id
LEFT JOIN reports_unitforecast f ON f.campaign_id = cu.campaign_id AND f.unit_id = cu.unit_id
LEFT JOIN reports_unitforecast all_f ON all_f.campaign_id = cu.campaign_id AND all_f.unit_id IS NULL
LEFT JOIN reports_unitlately l ON l.campaign_id = cu.campaign_id AND l.unit_id = cu.unit_id
LEFT JOIN reports_rollupstate r ON r.campaign_id = cu.campaign_id
WHERE cu.campaign_id = %(campaign)s AND (%(slug)s::text IS NULL OR u.slug = %(slug)s::text)
ORDER BY u.name, u.id, p.kind
"""

TOTALS = f"""
SELECT p.campaign_id, {", ".join(f"sum(p.{name}) AS {name}" for name in COUNTS)}, max(p.last_at) AS last_at
FROM reports_unitprogress p JOIN reports_campaignunit cu USING (campaign_id, unit_id)
WHERE p.campaign_id = ANY(%(campaigns)s::bigint[]) GROUP BY p.campaign_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a heap of work takes and when it ends: entries a day, campaign days, a state.

    ``expected`` is the forecast; None while too few days are closed, or nothing is left. Where there is one,
    ``finish_on`` is its P50, else the average's end. ``people_needed`` come besides those at work.
    """

    state: State
    band: Band
    required: int | None
    per_day: int | None
    finish_on: date | None
    expected: Expected | None
    people_needed: int | None
    idle: timedelta = field(repr=False)

    @classmethod
    def of(
        cls, figures: Figures, pace: Pace, schedule: Schedule, expected: Expected | None = None
    ) -> Outlook:
        """Judge figures by their forecast, or else their pace, and the days left."""
        holding = expected if expected and expected.holds(figures, schedule) else None
        return cls(
            state=state_of(figures, pace, schedule, holding),
            band=band_of(figures),
            required=required_per_day(figures.remaining, schedule.days_left),
            per_day=pace.shown,
            finish_on=holding.p50 if holding else average_end(figures.remaining, pace, day=schedule.day),
            expected=holding,
            people_needed=holding.people_needed(figures.remaining) if holding else None,
            idle=idle_for(figures, schedule),
        )

    @property
    def p10(self) -> date | None:
        """Return the day that one draw in ten ends on or before."""
        return self.expected.p10 if self.expected else None

    @property
    def p50(self) -> date | None:
        """Return the day that the work is as likely to end before as after."""
        return self.expected.p50 if self.expected else None

    @property
    def p90(self) -> date | None:
        """Return the day that nine draws in ten end on or before."""
        return self.expected.p90 if self.expected else None

    @property
    def per_staff_hour(self) -> float | None:
        """Return the entries one person brings in an hour of work."""
        return self.expected.per_hour if self.expected else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigures:
    """The figures of one unit, all together and by kind of book."""

    unit_id: int
    parent_id: int | None
    slug: str
    word: str
    name: str
    map_column: int | None
    map_row: int | None
    by_kind: Mapping[str, Figures]
    figures: Figures
    pace: Pace
    outlook: Outlook
    lately: Lately | None

    @property
    def title(self) -> str:
        """Return the full name as it begins a line: "Xã Hợp Nhất"."""
        return f"{self.word[:1].upper()}{self.word[1:]} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictProgress:
    """A campaign's units and their sum. ``computed_at`` is business time; ``age`` is real; None: never computed."""

    campaign: Campaign
    schedule: Schedule
    units: tuple[UnitFigures, ...]
    figures: Figures
    pace: Pace
    outlook: Outlook
    lately: Lately
    cone: Mapping[str, Any] | None = field(repr=False)
    computed_at: datetime | None
    age: timedelta | None

    @property
    def stale(self) -> bool:
        """Tell whether the roll-up has not run for longer than readers may expect; a closed campaign has its last."""
        return not self.campaign.closed and (self.age is None or self.age > STALE_AFTER)

    @property
    def age_in_words(self) -> str:
        """Return the age of the figures as a reader says it: seconds, minutes, hours or days."""
        seconds = int(self.age.total_seconds()) if self.age else 0
        return age_in_words(seconds)

    @property
    def bands(self) -> list[tuple[Band, int]]:
        """Return how many units stand in each band, those met only, the least done first."""
        counts = Counter(unit.outlook.band for unit in self.units)
        return [(band, counts[band]) for band in Band if counts[band]]

    @property
    def complete_units(self) -> int:
        """Return how many units are complete."""
        return sum(unit.figures.complete for unit in self.units)


def age_in_words(seconds: int) -> str:
    """Return an age in its largest sensible unit, cut off: 119 seconds, 2 minutes, 3 hours, 2 days."""
    if seconds < 120:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    if seconds < 7200:
        return ngettext("%(n)s minute", "%(n)s minutes", seconds // 60) % {"n": seconds // 60}
    if seconds < 172_800:
        return ngettext("%(n)s hour", "%(n)s hours", seconds // 3600) % {"n": seconds // 3600}
    return ngettext("%(n)s day", "%(n)s days", seconds // 86_400) % {"n": seconds // 86_400}


def current_campaign() -> Campaign | None:
    """Return the campaign pages speak about: the newest running one, else the newest of all."""
    return Campaign.objects.order_by("closed", "-starts", "-pk").first()


def schedule_of(campaign: Campaign) -> Schedule:
    """Place a campaign in business time; a closed one stands at the moment it was closed."""
    now = campaign.closed_at or clock.now()
    return Schedule(
        now=now,
        day=campaign.day_of(now),
        deadline=campaign.deadline,
        began=campaign.cutoff_of(campaign.starts - timedelta(days=1)),
        last_day_begins=campaign.cutoff_of(campaign.deadline - timedelta(days=1)),
    )


def district_progress(campaign: Campaign) -> DistrictProgress:
    """Return all units of a campaign with their figures, in one query."""
    return _progress(campaign, _rows(campaign, None))


def unit_progress(campaign: Campaign, unit: Unit | str) -> DistrictProgress | None:
    """Return one unit (itself or its slug) as the only one of its campaign; None when it takes no part."""
    rows = _rows(campaign, unit if isinstance(unit, str) else unit.slug)
    return _progress(campaign, rows, whole=False) if rows else None


def totals_of(campaigns: Iterable[int]) -> dict[int, Figures]:
    """Return the prepared figures of whole campaigns by their ids, in one query; all 0 where nothing was counted."""
    wanted = list(campaigns)
    found = dicts_of(TOTALS, {"campaigns": wanted})
    return dict.fromkeys(wanted, Figures()) | {row["campaign_id"]: Figures.read(row) for row in found}


def unit_recounted(campaign: Campaign, unit: Unit) -> tuple[Figures, Mapping[str, Figures]]:
    """Count a unit from its tallies at this moment, in the caller's transaction; returns all together, and by kind."""
    by_kind = {kind: figures for (_, kind), figures in count_now(campaign.pk, unit=unit.pk).items()}
    return Figures.sum(by_kind.values()), by_kind


def _rows(campaign: Campaign, slug: str | None) -> list[dict[str, Any]]:
    return dicts_of(READ, {"campaign": campaign.pk, "slug": slug})


def expected_of(row: Mapping[str, Any]) -> Expected | None:
    """Read what ``UnitForecast`` holds; None where nothing is foretold."""
    if row.get("chance") is None:
        return None
    return Expected(**{name: row[name] for name in _FORETOLD})


def forecasts_on(campaign: Campaign, day: date) -> dict[int | None, Expected]:
    """Return what is foretold on the open ``day`` by the id of its unit, of the whole campaign under None."""
    rows = UnitForecast.objects.filter(campaign=campaign, day=day, chance__isnull=False)
    return {
        row["unit_id"]: expected
        for row in rows.values("unit_id", *_FORETOLD)
        if (expected := expected_of(row))
    }


def _foretold(row: Mapping[str, Any], alias: str) -> Expected | None:
    return expected_of({name: row[f"{alias}_{name}"] for name in _FORETOLD})


def _progress(campaign: Campaign, rows: list[dict[str, Any]], *, whole: bool = True) -> DistrictProgress:
    schedule = schedule_of(campaign)
    units = tuple(_unit(list(group), schedule) for _, group in groupby(rows, lambda row: row["unit_id"]))
    figures = Figures.sum(unit.figures for unit in units)
    pace = Pace.sum(unit.pace for unit in units)
    checked_at = rows[0]["checked_at"] if rows else None
    return DistrictProgress(
        campaign=campaign,
        schedule=schedule,
        units=units,
        figures=figures,
        pace=pace,
        lately=Lately.sum((unit.lately for unit in units), day=schedule.day),
        outlook=_together(units, figures, pace, schedule, rows) if whole else units[0].outlook,
        cone=json.loads(rows[0]["cone"]) if rows and rows[0]["cone"] and whole else None,
        computed_at=clock.as_business(checked_at) if checked_at else None,
        age=rows[0]["age"] if rows else None,
    )


def _together(
    units: Iterable[UnitFigures],
    figures: Figures,
    pace: Pace,
    schedule: Schedule,
    rows: list[dict[str, Any]],
) -> Outlook:
    """Judge the whole campaign. The people its units need add up: nobody too many in one types for another."""
    outlook = Outlook.of(figures, pace, schedule, _foretold(rows[0], "all_f") if rows else None)
    needed = [unit.outlook.people_needed for unit in units if unit.outlook.people_needed is not None]
    return replace(outlook, people_needed=sum(needed) if needed else None)


def _unit(rows: list[dict[str, Any]], schedule: Schedule) -> UnitFigures:
    first = rows[0]
    by_kind = dict(_kinds(rows))
    figures = Figures.sum(by_kind.values())
    gained = (first["done_yesterday"] or 0) - (first["done_week_ago"] or 0)
    pace = Pace(gained, first["days"] or 0)
    return UnitFigures(
        **{
            name: first[name]
            for name in ("unit_id", "parent_id", "slug", "word", "name", "map_column", "map_row")
        },
        by_kind=by_kind,
        figures=figures,
        pace=pace,
        outlook=Outlook.of(figures, pace, schedule, _foretold(first, "f")),
        lately=Lately.read(first, day=schedule.day, done=figures.done),
    )


def _kinds(rows: Iterable[dict[str, Any]]) -> Iterable[tuple[str, Figures]]:
    for row in rows:
        if row["books"]:
            yield row["kind"], Figures.read(row)
