"""A campaign: which units, until when. Every figure, snapshot and paper is keyed by one.

Nothing is filtered by today's validity of a unit: the district tier was abolished half a year after the
founding deadline, and the campaign's figures must still stand.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import Unit
from digitization.models import Book
from digitization.models.states import DEFINITION_VERSION


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Sets of campaigns."""

    def running(self) -> CampaignQuerySet:
        """Return the campaigns whose figures are kept fresh."""
        return self.filter(closed=False)

    def hold(self, pk: int) -> Campaign | None:
        """Return a running campaign and keep it from being closed until this transaction ends; None if it is closed."""
        return self.running().select_for_update(no_key=True).filter(pk=pk).first()


class Campaign(models.Model):
    """One peak of work with a deadline. Campaign day D runs from the cut-off of D-1 to the cut-off of D.

    The order of ``kinds`` is their priority. A closed campaign is never changed, which the database sees to.
    """

    title = models.CharField(_("title"), max_length=200)
    basis = models.CharField(_("legal basis (plan, number, date)"), max_length=300, blank=True)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("led by"))
    units = models.ManyToManyField(
        Unit, through="CampaignUnit", related_name="campaigns", verbose_name=_("units")
    )
    kinds = ArrayField(models.CharField(max_length=4), verbose_name=_("kinds of books"))
    starts = models.DateField(_("starts"))
    deadline = models.DateField(_("deadline"))
    cutoff = models.TimeField(_("cut-off hour"), default=time(17, 0))
    definition_version = models.PositiveSmallIntegerField(
        _("definition of digitized"), default=DEFINITION_VERSION
    )
    closed = models.BooleanField(_("closed"), default=False)
    # None in a campaign closed before this was written down.
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-pk"]
        verbose_name = _("campaign")
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline__gte=F("starts")),
                name="campaign_ends_after_it_begins",
                violation_error_message=_("The deadline must not be before the start."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed=True), name="campaign_closed_when_said_so"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def day_of(self, moment: datetime) -> date:
        """Return the campaign day a moment belongs to: after the cut-off the next day has begun."""
        local = moment.astimezone(clock.VIETNAM)
        return local.date() if local.time() < self.cutoff else local.date() + timedelta(days=1)

    def cutoff_of(self, day: date) -> datetime:
        """Return the moment at which campaign day ``day`` ends."""
        return datetime.combine(day, self.cutoff, tzinfo=clock.VIETNAM)


class CampaignUnit(models.Model):
    """A unit in a campaign's fixed list."""

    pk = models.CompositePrimaryKey("campaign_id", "unit_id")
    campaign = models.ForeignKey(Campaign, models.CASCADE)
    unit = models.ForeignKey(Unit, models.PROTECT)

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.unit_id}"


class CampaignBook(models.Model):
    """An exception: a book taken out of the campaign (or in, though its kind is not), with the reason."""

    pk = models.CompositePrimaryKey("campaign_id", "book_id")
    campaign = models.ForeignKey(Campaign, models.CASCADE)
    book = models.ForeignKey(Book, models.PROTECT)
    in_scope = models.BooleanField()
    reason = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.book_id}"
