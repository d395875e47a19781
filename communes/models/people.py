"""People and the posts they hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models.fields import Period
from communes.models.units import Unit

if TYPE_CHECKING:
    from communes.models.tokens import ApiToken


class Role(models.TextChoices):
    """What a posting lets a person do; the rights of each are in ``communes.rights``."""

    OFFICER = "officer", _("Justice and civil-status officer")
    HELPER = "helper", _("Data-entry helper")
    LEADER = "leader", _("Commune leader")
    JUSTICE = "justice", _("District justice office")
    TASK_FORCE = "taskforce", _("Task force")
    CHAIRMAN = "chairman", _("District chairman")
    PROVINCE = "province", _("Provincial department of justice")
    ADMINISTRATOR = "admin", _("System administrator")


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, username: str, *, name: str, password: str | None = None, **rest: Any) -> User:
        """Make an account; without a password it cannot log in until one is set."""
        user = self.model(username=username, name=name, **rest)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find an account by its user name, whatever the letter case typed."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """A person with an account of their own; what they may do follows from their postings."""

    username = models.CharField(
        _("user name"),
        max_length=80,
        unique=True,
        validators=[ASCIIUsernameValidator()],
        error_messages={"unique": _("This user name is taken.")},
    )
    name = models.CharField(_("full name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, blank=True)
    is_active = models.BooleanField(_("may log in"), default=True)
    ends_on = models.DateField(_("account ends on (first day without access)"), null=True, blank=True)
    must_change_password = models.BooleanField(_("must choose a new password"), default=False)
    # Used for nothing but what its owner chose, and only where the installation sends mail.
    email = models.EmailField(_("e-mail address"), blank=True)
    mail_notices = models.BooleanField(_("directives and notices by e-mail"), default=True)
    mail_digest = models.BooleanField(_("the daily digest by e-mail"), default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    # The token this request came with, if a program made it: ``Rights.of`` gives no more than it does.
    token: ApiToken | None = None

    class Meta:
        ordering = ["username"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.name

    def open_on(self, day: date) -> bool:
        """Tell whether the account may be used on ``day``."""
        return self.is_active and (self.ends_on is None or day < self.ends_on)

    @cached_property
    def current_postings(self) -> list[Posting]:
        """Return the postings in force today with their units, read once per request."""
        return list(self.postings.at(clock.today()).select_related("unit"))


class PostingQuerySet(models.QuerySet["Posting"]):
    """Sets of postings."""

    def at(self, day: date) -> PostingQuerySet:
        """Return the postings in force on ``day``."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class Posting(models.Model):
    """A person's post in a unit of any level, from one day to another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="postings", verbose_name=_("account"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=10, choices=Role)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until (first day without it)"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = _("posting")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="posting_ends_after_it_begins",
                violation_error_message=_("The posting must end after it begins."),
            ),
            ExclusionConstraint(
                name="posting_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Period("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already holds this post in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"
