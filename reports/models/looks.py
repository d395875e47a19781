"""What a person saw when they last looked, so that the next time the page can say what is new since then."""

from __future__ import annotations

from django.db import models

from communes.models import User
from reports.models.campaign import Campaign


class LastLook(models.Model):
    """The figures of a campaign as one person saw them: ``now`` on this visit, ``before`` on the one before it.

    Both map a unit's id to its digitized entries and its state. A visit is new when the page was not opened for half an
    hour. Theirs alone: nobody else ever sees when somebody looked.
    """

    pk = models.CompositePrimaryKey("user_id", "campaign_id")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    now = models.JSONField()
    before_at = models.DateTimeField(null=True)
    before = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.campaign_id}"
