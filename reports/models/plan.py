"""What a campaign was set up with and what became of it: documents, milestones, commitments, every change.

Commitments and changes are only ever added. Nothing of a closed campaign is changed; the database refuses it.
"""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import Unit, User
from digitization.models import Book
from reports.models.campaign import Campaign


def new_key() -> str:
    """Return the name under which a file is kept: nothing anybody can guess."""
    return secrets.token_hex(16)


class CampaignDocument(models.Model):
    """A plan or directive of a campaign: number, date, office, subject, and its file byte for byte where there is one.

    A document entered by mistake is withdrawn with a reason (a ``CampaignChange``) and stays.
    """

    class Kind(models.TextChoices):
        """What it is."""

        PLAN = "plan", pgettext_lazy("document", "Plan")
        DIRECTIVE = "directive", pgettext_lazy("document", "Directive")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PLAN)
    number = models.CharField(_("number"), max_length=60)
    dated = models.DateField(_("date"))
    office = models.CharField(_("issuing office"), max_length=150)
    subject = models.CharField(_("subject"), max_length=300)
    key = models.CharField(max_length=32, default=new_key, unique=True, editable=False)
    file_kind = models.CharField(max_length=4, blank=True, editable=False)
    bytes = models.PositiveIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(editable=False)
    withdrawn = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["dated", "pk"]
        verbose_name = _("document of a campaign")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["plan", "directive"]), name="document_kind_known"),
            models.CheckConstraint(
                condition=Q(file_kind="", sha256="", bytes=0)
                | (Q(file_kind__in=["pdf", "jpeg", "png"], bytes__gt=0) & ~Q(sha256="")),
                name="document_file_whole",
            ),
            models.UniqueConstraint(
                fields=["campaign", "kind", "number", "dated"],
                condition=Q(withdrawn=False),
                name="document_once",
                violation_error_message=_("This document is already with the campaign."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.dated}"


class Milestone(models.Model):
    """An interim goal: by the cut-off of ``day`` so many whole percent of the total are digitized."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="milestones")
    day = models.DateField(_("day"))
    percent = models.PositiveSmallIntegerField(_("percent of the total"))
    name = models.CharField(_("name"), max_length=100, blank=True)

    class Meta:
        ordering = ["day"]
        verbose_name = _("milestone")
        constraints = [
            models.CheckConstraint(condition=Q(percent__range=(1, 100)), name="milestone_is_a_percent"),
            models.UniqueConstraint(
                fields=["campaign", "day"],
                name="milestone_once_a_day",
                violation_error_message=_("There is a milestone on this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.percent} %"


class Commitment(models.Model):
    """What a commune signed: so many entries every day. Only ever added; the last one of a commune holds.

    ``by`` recorded it: the signer in person (``in_person``), or somebody of the office that keeps the signed paper.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="commitments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    signer = models.CharField(_("signed by"), max_length=120)
    position = models.CharField(_("position of the signer"), max_length=120)
    signed_on = models.DateField(_("signed on"))
    per_day = models.PositiveIntegerField(_("entries a day"))
    reason = models.CharField(_("reason for the change"), max_length=500, blank=True)
    in_person = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("commitment")
        indexes = [models.Index(fields=["campaign", "unit", "-id"], name="commitment_of_unit")]
        constraints = [models.CheckConstraint(condition=Q(per_day__gte=1), name="commitment_is_some_work")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.per_day}"


class CampaignChange(models.Model):
    """Who moved which goal of a campaign, when, from what to what, and why. Only ever added.

    ``before`` and ``after`` are JSON: a day or an hour in ISO form, a list of kinds' codes, a list of names, or text.
    """

    class What(models.TextChoices):
        """What was changed."""

        CREATED = "created", pgettext_lazy("campaign", "Set up")
        TITLE = "title", pgettext_lazy("campaign", "Title")
        BASIS = "basis", pgettext_lazy("campaign", "Legal basis")
        STARTS = "starts", pgettext_lazy("campaign", "Start")
        DEADLINE = "deadline", pgettext_lazy("campaign", "Deadline")
        CUTOFF = "cutoff", pgettext_lazy("campaign", "Cut-off hour")
        KINDS = "kinds", pgettext_lazy("campaign", "Kinds and their priority")
        UNITS_IN = "units_in", pgettext_lazy("campaign", "Units added")
        UNITS_OUT = "units_out", pgettext_lazy("campaign", "Units taken out")
        MILESTONE_SET = "milestone_set", pgettext_lazy("campaign", "Milestone set")
        MILESTONE_DROPPED = "milestone_dropped", pgettext_lazy("campaign", "Milestone dropped")
        BOOK_IN = "book_in", pgettext_lazy("campaign", "Book taken in")
        BOOK_OUT = "book_out", pgettext_lazy("campaign", "Book taken out")
        BOOK_AS_USUAL = "book_usual", pgettext_lazy("campaign", "Exception of a book ended")
        DOCUMENT_ADDED = "doc_added", pgettext_lazy("campaign", "Document added")
        DOCUMENT_WITHDRAWN = "doc_withdrawn", pgettext_lazy("campaign", "Document withdrawn")
        CLOSED = "closed", pgettext_lazy("campaign", "Closed")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=20, choices=What)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of a campaign")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") | Q(what__in=["created", "doc_added"]), name="change_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.what}"


class BookAtClosing(models.Model):
    """A book of a campaign as it stood when the campaign was closed; its unit is the one that kept it then."""

    pk = models.CompositePrimaryKey("campaign_id", "book_id")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="books_at_closing")
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4)
    total = models.PositiveIntegerField(null=True)
    stated_pages = models.PositiveIntegerField(null=True)
    held = models.PositiveIntegerField()
    declared = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    checked = models.PositiveIntegerField()
    approved = models.PositiveIntegerField()
    transferred = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()
    duplicate = models.PositiveIntegerField()
    unreadable = models.PositiveIntegerField()
    scanned = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["campaign", "unit"], name="book_at_closing_of_unit")]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.book_id}"
