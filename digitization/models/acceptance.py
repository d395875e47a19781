"""Books accepted as done, and acceptances withdrawn. Rows are only ever added: the last one of a book holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import User
from digitization.models.book import Book


class Verdict(models.TextChoices):
    """What justice said of a whole book."""

    ACCEPTED = "accepted", pgettext_lazy("book", "Accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("book", "Acceptance withdrawn")


class BookAcceptance(models.Model):
    """One verdict on a book. ``figures`` are those of its moment, see ``inventory.accepting``."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="acceptances")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    figures = models.JSONField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("acceptance of a book")
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=list(Verdict)), name="acceptance_verdict_known"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.WITHDRAWN) | ~Q(note=""), name="acceptance_withdrawn_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.verdict}"
