"""What is foretold, as the worker last worked it out: replaceable at any time."""

from __future__ import annotations

from django.db import models

from communes.models import Unit
from reports.models.campaign import Campaign


class UnitForecast(models.Model):
    """The forecast of one unit in one campaign, or of the whole campaign: then there is no unit.

    ``day`` is the campaign day that was open. The dates are NULL beyond the horizon; with ``chance`` NULL nothing is
    foretold at all. ``pace`` is what a working day brings, ``workable`` how many working days are left.
    ``per_hour`` and ``per_person`` are what one person brings in an hour and on a day of work; NULL where it is not
    known, or would be somebody's own figure. ``cone`` is the district's alone.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="forecasts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    day = models.DateField()
    p10 = models.DateField(null=True)
    p50 = models.DateField(null=True)
    p90 = models.DateField(null=True)
    chance = models.PositiveSmallIntegerField(null=True)
    pace = models.FloatField(default=0)
    workable = models.FloatField(default=0)
    per_hour = models.FloatField(null=True)
    per_person = models.FloatField(null=True)
    days = models.PositiveSmallIntegerField(default=0)
    cone = models.JSONField(null=True)
    # Of the whole campaign alone: what it was worked out from, when (real time) and how long that took.
    basis = models.CharField(max_length=64, blank=True)
    worked_out_at = models.DateTimeField(null=True)
    took_ms = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit"], nulls_distinct=False, name="forecast_once_a_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.unit_id}: {self.p50}"
