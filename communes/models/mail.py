"""What is to be sent by e-mail: an outbox. Requests and tasks write rows; one worker at a time sends them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.models.notices import NoticeDelivery
from communes.models.people import User


class Mail(models.Model):
    """One e-mail to one person about one thing. The address is read when it is sent, and stands nowhere here.

    ``about`` names the thing: "delivery 12", "digest 3 2024-12-05"; the same never goes to a person twice. ``path``
    is where the product shows it. Moments are real time.
    """

    class Kind(models.TextChoices):
        """What it is about: the words are in ``communes.mail.letters``."""

        NOTICE = "notice", "notice"
        REMINDER = "reminder", "reminder"
        DIGEST = "digest", "digest"

    class State(models.TextChoices):
        """``unknown``: the worker or the line died while the server had it; sending again could make it two."""

        WAITING = "waiting", "waiting"
        SENDING = "sending", "sending"
        SENT = "sent", "sent"
        UNKNOWN = "unknown", "unknown"
        REFUSED = "refused", "refused"
        DROPPED = "dropped", "dropped"

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    about = models.CharField(max_length=60)
    delivery = models.ForeignKey(NoticeDelivery, models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=250)
    path = models.CharField(max_length=200)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    next_try = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("e-mail")
        constraints = [models.UniqueConstraint(fields=["user", "about"], name="mail_once")]
        indexes = [
            models.Index(
                fields=["next_try"], condition=Q(state__in=["waiting", "sending"]), name="mail_to_send"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"
