"""What the entry desk remembers of a person, book by book."""

from __future__ import annotations

from django.db import models

from communes.models import User
from digitization.models.book import Book


class DeskChoice(models.Model):
    """The fields (codes) whose words a person carries on from one entry of a book to the next."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    carried: models.JSONField[list[str], list[str]] = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "book"], name="desk_choice_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.book_id}"


class Shorthand(models.Model):
    """What a person writes short, with the words it stands for; everybody has their own."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+", primary_key=True)
    words: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.user_id}: {len(self.words)}"
