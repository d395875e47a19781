"""Papers leaders sign: figures frozen at a moment, under a number that is never used again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from communes.models import Unit, User
from reports.models.campaign import Campaign


class Paper(models.Model):
    """A frozen inspection summary of one commune.

    ``id`` is the number of the frozen copy printed on it. ``figures`` holds everything the page prints, recomputed
    for the unit in the transaction that froze it, and ``sha256`` is over its canonical JSON.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="papers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers", verbose_name=_("commune"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(_("frozen at"))
    definition_version = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    intent = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("inspection summary")

    def __str__(self) -> str:
        return f"{self.pk} {self.unit_id}"
