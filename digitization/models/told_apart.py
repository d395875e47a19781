"""Two entries that look like one, and somebody's word that they are two: so nobody is asked about them again."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communes.models import User
from digitization.models.record import Record


class ToldApart(models.Model):
    """No duplicate, because…: ``first`` is the entry with the lower id. Rows are only ever added."""

    first = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(Record, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("entries told apart")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="told_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="told_apart_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="told_apart_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
