"""Figures prepared by the roll-up: replaceable facts, recomputable from books and tallies at any time."""

from __future__ import annotations

from django.db import models

from communes.models import Unit
from reports.models.campaign import Campaign


class UnitProgress(models.Model):
    """The figures of one unit and kind in one campaign.

    ``done`` is the sum over books of least(total, counted); ``entered`` ⊇ ``checked`` ⊇ ``approved`` ⊇
    ``transferred`` are nested: reached that stage or a later one, each clamped per book. ``excess`` is what lies
    above a book's total, ``untotalled`` what lies in books without a total: neither ever raises a percentage.
    ``returned``, ``duplicate`` and ``unreadable`` stand outside of ``done``. ``declared_only`` is the part of ``done``
    that is declared and not held here; ``pages`` are those the books have, ``scanned_pages`` those accounted for.
    """

    pk = models.CompositePrimaryKey("campaign_id", "unit_id", "kind")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="figures")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4)
    books = models.PositiveIntegerField(default=0)
    full_books = models.PositiveIntegerField(default=0)
    no_total_books = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    scanned_pages = models.PositiveIntegerField(default=0)
    no_pages_books = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    approved = models.PositiveIntegerField(default=0)
    transferred = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    excess = models.PositiveIntegerField(default=0)
    untotalled = models.PositiveIntegerField(default=0)
    declared_only = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind}: {self.done}/{self.total}"


class UnitPace(models.Model):
    """How much a unit gained lately, from book days of the books it keeps now, so that a handover is no production.

    Counts of entries at two cut-offs: ``done_yesterday`` at that of ``day``, the last closed campaign day, and
    ``done_week_ago`` at the one ``days`` campaign days before it (seven, unless the history is younger or that
    day was missed). Both are clamped with the totals of today.
    """

    pk = models.CompositePrimaryKey("campaign_id", "unit_id")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="paces")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    done_yesterday = models.PositiveIntegerField(default=0)
    done_week_ago = models.PositiveIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=7)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"


class RollupState(models.Model):
    """When the roll-up of a campaign last ran: the heartbeat of the workers, by the real clock of the database."""

    campaign = models.OneToOneField(Campaign, models.CASCADE, primary_key=True, related_name="rollup")
    checked_at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField()
    reconciled_at = models.DateTimeField(null=True)
    drift = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.checked_at}"
