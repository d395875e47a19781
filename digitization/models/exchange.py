"""What came in by workbook."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from communes.models import Unit, User


class ImportRun(models.Model):
    """One workbook taken in for one unit. The same file cannot be taken in twice."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    errors = models.JSONField(default=list)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("import")
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "sha256"], name="import_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_id}: {self.accepted}/{self.rows}"
