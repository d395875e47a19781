"""Keys for programs: what a person lets a program read or type in their name, in one unit, until a day."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from communes.models.people import User
from communes.models.units import Unit

LONGEST_DAYS = 365


class TokenRight(models.TextChoices):
    """What a token may be given; the values are rights of ``communes.rights``."""

    FIGURES = "see_figures", _("Read the progress figures")
    BOOKS = "see_books", _("Read the books")
    RECORDS = "see_records", _("Read entries, with personal data")
    ENTER = "enter", _("Type new entries")


class TokenQuerySet(models.QuerySet["ApiToken"]):
    """Sets of tokens."""

    def unrevoked(self, day: date) -> TokenQuerySet:
        """Return the tokens nobody has revoked whose last day has not passed on ``day``."""
        return self.filter(revoked_at__isnull=True, ends_on__gt=day)


class ApiToken(models.Model):
    """A key for a program. It never opens more than its owner may do at that moment (``communes.rights``).

    The secret is shown once and kept nowhere: ``digest`` is a keyed hash of it. ``password_mark`` changes with the
    owner's password, so that a new password ends the token just as it ends the log-ins. Days are business days.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rights = ArrayField(models.CharField(max_length=20, choices=TokenRight))
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    tail = models.CharField(max_length=4, editable=False)
    password_mark = models.CharField(max_length=64, editable=False)
    created_on = models.DateField()
    ends_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_on", "-pk"]
        verbose_name = _("API token")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("created_on"))
                & Q(ends_on__lte=F("created_on") + timedelta(days=LONGEST_DAYS)),
                name="token_lasts_a_year_at_most",
            ),
            models.CheckConstraint(
                condition=Q(rights__len__gt=0) & Q(rights__contained_by=list(TokenRight)),
                name="token_rights_known",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="token_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.name}"

    @property
    def rights_said(self) -> list[str]:
        """Return what the token may do, in words, in the order of the list."""
        return [str(right.label) for right in TokenRight if right in self.rights]

    @property
    def last_day(self) -> date:
        """Return the last day on which the token works, unless it ends before."""
        return self.ends_on - timedelta(days=1)

    @property
    def password_unchanged(self) -> bool:
        """Tell whether the owner's password is still the one of the day the token was made."""
        return constant_time_compare(self.password_mark, self.user.get_session_auth_hash())
