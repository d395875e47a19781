"""Directives and notices to units: what was sent, to whom, who opened it when, and what units reported.

Rows are only ever added, but for the withdrawal of a notice; the database refuses the rest (migration 0005).
"""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models.people import User
from communes.models.units import Unit

LONGEST_BODY = 20_000


class Notice(models.Model):
    """A directive (công văn chỉ đạo, with number and date) or a notice of an office to units under it.

    ``addressed`` is the number of its units, so that none comes later. Moments are business time. A withdrawn one
    stays readable, as withdrawn.
    """

    class Kind(models.TextChoices):
        """A directive is an official letter with a number; a notice is a message of the office."""

        DIRECTIVE = "directive", pgettext_lazy("kind of notice", "Directive")
        NOTICE = "notice", pgettext_lazy("kind of notice", "Notice")

    kind = models.CharField(pgettext_lazy("notice", "Kind"), max_length=9, choices=Kind)
    number = models.CharField(_("Number of the letter"), max_length=40, blank=True)
    dated = models.DateField(_("Date of the letter"), null=True, blank=True)
    subject = models.CharField(_("Subject"), max_length=200)
    body = models.TextField(_("Text"), validators=[MaxLengthValidator(LONGEST_BODY)])
    due_on = models.DateField(_("To be carried out by"), null=True, blank=True)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    addressed = models.PositiveSmallIntegerField()
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    intent = models.UUIDField(unique=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("notice to units")
        indexes = [models.Index(fields=["office", "-sent_at"], name="notice_of_office")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="notice", number="", dated__isnull=True)
                | (Q(kind="directive", dated__isnull=False) & ~Q(number="")),
                name="directive_has_number_and_date",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
                name="notice_withdrawn_by_somebody",
            ),
            models.CheckConstraint(condition=Q(addressed__gt=0), name="notice_to_somebody"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def withdrawn(self) -> bool:
        """Tell whether the office has taken it back."""
        return self.withdrawn_at is not None


class NoticeFile(models.Model):
    """The letter itself. It lies in the database, so that every copy of the one has the other."""

    notice = models.OneToOneField(Notice, models.PROTECT, primary_key=True, related_name="file")
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.kind}"


class NoticeUnit(models.Model):
    """A unit a notice is addressed to."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="addresses")
    # The constraint's index begins with it.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "notice"], name="notice_once_to_a_unit")]

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.unit_id}"


class NoticeDelivery(models.Model):
    """A notice laid on the desk of a unit: when it was sent, and at every reminder; at most once a day."""

    address = models.ForeignKey(NoticeUnit, models.PROTECT, related_name="deliveries", db_index=False)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "day"], name="delivery_once_a_day")]

    def __str__(self) -> str:
        return f"{self.address_id}: {self.day}"


class NoticeReading(models.Model):
    """The receipt: this person opened the page after this delivery. What they have not, is unread to them."""

    delivery = models.ForeignKey(NoticeDelivery, models.PROTECT, related_name="readings", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "user"], name="delivery_read_once")]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.user_id}"


class NoticeReport(models.Model):
    """What a unit reported as carried out, in its own words. A later report adds to it and replaces nothing."""

    address = models.ForeignKey(NoticeUnit, models.PROTECT, related_name="reports")
    words = models.CharField(max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    intent = models.UUIDField(unique=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.address_id}: {self.at}"
