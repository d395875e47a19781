"""Two entries that look like one, and somebody's word that they are two."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import User
from digitization.models.record import Record


class ApartReason(models.TextChoices):
    """Why two entries with the same person in them are not one."""

    TWINS = "twins", _("Twins, or brothers and sisters of one day")
    NAMESAKES = "namesakes", _("Two persons of one name")
    AGAIN = "again", pgettext_lazy("apart", "Registered again: the book has both")
    OTHER = "other", pgettext_lazy("apart", "Another reason")


class ToldApart(models.Model):
    """One statement about a pair of entries, the one with the smaller id first; at most one of a pair holds.

    It ends when somebody takes it back, or when name, birth or mother (husband, wife) of either entry is corrected:
    then the question is asked anew. What ended stays, with who and when.
    """

    first = models.ForeignKey(Record, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    second = models.ForeignKey(Record, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    reason = models.CharField(_("why they are two"), max_length=10, choices=ApartReason)
    words = models.CharField(_("what the books say"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("entries told apart")
        indexes = [models.Index(fields=["second", "first"], name="told_apart_by_second")]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(ended_at__isnull=True), name="told_apart_once"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="told_apart_in_order"),
            models.CheckConstraint(
                condition=Q(reason__in=list(ApartReason)) & ~Q(words=""), name="told_apart_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="told_apart_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}: {self.reason}"
