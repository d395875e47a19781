"""What a person keeps of their lists, and what they took out of them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from communes.models import User


class ListColumns(models.Model):
    """The columns a person chose for the lists of one kind of entries; "" are the lists of several kinds."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, blank=True)
    columns: models.JSONField[list[str], list[str]] = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="list_columns_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}: {', '.join(self.columns)}"


class SavedFilter(models.Model):
    """What a person narrows a list by again and again, under a name of their own. Nothing personal is in it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    filters: models.JSONField[dict[str, list[str]], dict[str, list[str]]] = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_filter_once",
                violation_error_message=_("You already have a filter of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ListExport(models.Model):
    """A list that left the product as a file: who took it, when, why, and what was in it. Rows are only ever added."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    form = models.CharField(max_length=4)
    reason = models.CharField(max_length=500)
    filters: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    columns: models.JSONField[list[str], list[str]] = models.JSONField()
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("export of a list")

    def __str__(self) -> str:
        return f"{self.at} {self.by_id}: {self.rows} {self.form}"
