"""Keeping the forecasts: worked out anew when something they depend on changed, and never for more than a twentieth.

The single worker has other duties. So the next round waits for twenty times as long as the last one took, and between
two units the worker may do what is due; nothing is locked meanwhile. Two rounds at once would write the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from civreg.lib import clock
from digitization.sharing.output import output_of, together
from reports.forecast.district import Cone, Forecast, foresee
from reports.forecast.reading import basis_of, closed_days, setting_of, standings
from reports.models import Campaign, UnitForecast

REST = 20
# What a person brings is measured over so many days, once a campaign day.
OUTPUT_DAYS = 14
FIELDS = ("day", "p10", "p50", "p90", "chance", "pace", "workable", "per_hour", "per_person", "days", "cone")
ROUND = ("basis", "worked_out_at", "took_ms")

# By unit, None for the whole campaign: what one person brings in an hour and on a day.
Rates = Mapping[int | None, tuple[float | None, float | None]]
UNKNOWN = (None, None)


def keep_all(*, breathe: Callable[[], object] = lambda: None) -> int:
    """Bring the forecasts of every running campaign up to date; returns how many rows changed."""
    return sum(keep(campaign, breathe=breathe) for campaign in Campaign.objects.running())


def keep(campaign: Campaign, *, breathe: Callable[[], object] = lambda: None) -> int:
    """Work the forecasts of a campaign out anew if there is reason to and it is time; returns how many rows changed."""
    began = clock.real_now()
    last = UnitForecast.objects.filter(campaign=campaign, unit=None).first()
    if (
        last
        and last.worked_out_at
        and began < last.worked_out_at + REST * timedelta(milliseconds=last.took_ms)
    ):
        return 0
    setting = setting_of(campaign, clock.now())
    closed = closed_days(campaign, before=setting.open_day)
    basis = basis_of(setting, closed)
    if last and last.basis == basis:
        return 0
    units = standings(campaign, closed, open_day=setting.open_day)
    foretold = foresee(setting, units, breathe=breathe)
    ids = [unit.unit for unit in units]
    rates = _rates(campaign, ids, last, setting.open_day)
    rows = [_row(campaign, unit, setting.open_day, foretold.units.get(unit), rates) for unit in ids]
    district = _row(campaign, None, setting.open_day, foretold.district, rates)
    district.cone = _drawn(foretold.cone) if foretold.cone else None
    district.basis, district.worked_out_at = basis, began
    district.took_ms = round((clock.real_now() - began) / timedelta(milliseconds=1))
    return _write(campaign, [*rows, district])


def _rates(campaign: Campaign, units: list[int], last: UnitForecast | None, open_day: date) -> Rates:
    """Return what a person brings, as measured today already; of a unit with too few people what one does anywhere."""
    if last and last.day == open_day:
        held = UnitForecast.objects.filter(campaign=campaign).values_list("unit", "per_hour", "per_person")
        return {unit: (hour, day) for unit, hour, day in held}
    output = output_of(units, first=open_day - timedelta(days=OUTPUT_DAYS), last=open_day - timedelta(days=1))
    everywhere = together(output.values())
    of_unit = {unit: output[unit] if unit in output and output[unit].told else everywhere for unit in units}
    return {unit: (found.per_hour, found.per_day) for unit, found in (*of_unit.items(), (None, everywhere))}


def _row(
    campaign: Campaign, unit: int | None, open_day: date, forecast: Forecast | None, rates: Rates
) -> UnitForecast:
    per_hour, per_person = rates.get(unit, UNKNOWN)
    row = UnitForecast(
        campaign=campaign, unit_id=unit, day=open_day, per_hour=per_hour, per_person=per_person
    )
    if forecast:
        row.p10, row.p50, row.p90 = forecast.p10, forecast.p50, forecast.p90
        row.chance, row.days = forecast.chance, forecast.days
        row.pace, row.workable = forecast.pace, forecast.workable
    return row


def _drawn(cone: Cone) -> dict[str, Any]:
    return {"first": cone.first.isoformat(), "slow": cone.slow, "middle": cone.middle, "fast": cone.fast}


def _write(campaign: Campaign, rows: Iterable[UnitForecast]) -> int:
    """Write the rows that differ from what is there; the campaign's own always, for it says when it was."""
    with transaction.atomic():
        if not Campaign.objects.hold(campaign.pk):
            return 0
        held = {row.unit_id: _told(row) for row in UnitForecast.objects.filter(campaign=campaign)}
        changed = [row for row in rows if row.unit_id is None or held.get(row.unit_id) != _told(row)]
        UnitForecast.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["campaign", "unit"],
            update_fields=[*FIELDS, *ROUND],
        )
        return len(changed)


def _told(row: UnitForecast) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in FIELDS)
