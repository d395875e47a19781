"""Where units stood at the cut-offs that today is compared with: prepared, because every book has a part in it."""

from __future__ import annotations

from django.db import models

from communes.models import Unit
from reports.models.campaign import Campaign


class UnitLately(models.Model):
    """What was digitized of the books a unit keeps now, at four cut-offs before the open campaign day ``day``.

    ``opening`` is the cut-off at which ``day`` began and ``before`` the one a day earlier; ``week_closing`` and
    ``week_opening`` are the end and the beginning of the same weekday last week. None: that day was not closed.
    """

    pk = models.CompositePrimaryKey("campaign_id", "unit_id")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    opening = models.PositiveIntegerField(null=True)
    before = models.PositiveIntegerField(null=True)
    week_closing = models.PositiveIntegerField(null=True)
    week_opening = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.unit_id}"
