"""Values that stand in too many entries of a book to be true, as the worker found them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from digitization.models.book import Book


class BookFlood(models.Model):
    """One value that stands in the same field of ``n`` out of ``of`` entries of a book. See ``digitization.floods``."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="floods")
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=100)
    n = models.PositiveIntegerField()
    of = models.PositiveIntegerField()

    class Meta:
        ordering = ["-n", "field", "value"]
        verbose_name = _("value too common in a book")
        constraints = [models.UniqueConstraint(fields=["book", "field", "value"], name="book_flood_once")]

    def __str__(self) -> str:
        return f"{self.book_id} {self.field}: {self.n}/{self.of}"

    @property
    def shown(self) -> str:
        """Return the value as people write it: a whole date as day, month and year."""
        parts = self.value.split("-")
        return "/".join(reversed(parts)) if len(parts) == 3 and len(parts[0]) == 4 else self.value


class BookLook(models.Model):
    """When the worker last looked through a book for such values, and what its entries were then (``mark``)."""

    book = models.OneToOneField(Book, models.CASCADE, primary_key=True, related_name="+")
    mark = models.CharField(max_length=80)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.book_id}: {self.mark}"
