"""Numbers which the paper itself does not have: skipped by whoever wrote the book, and stated so by somebody."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.models import Unit, User


class AbsentNumber(models.Model):
    """One number of a place, kind, series and year that no entry has in the paper.

    A statement taken back stays, with who did it: at most one of a number holds at a time.
    """

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4)
    series = models.CharField(max_length=20, blank=True)
    number_year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number_year", "number", "pk"]
        verbose_name = _("number absent from the paper")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind", "series", "number_year", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="absent_number_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="absent_number_has_reason"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="absent_number_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}/{self.number_year}"
