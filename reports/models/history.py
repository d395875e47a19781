"""History per book, and what was published as a whole. Rows of both are only ever added."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from communes.models import Unit, User
from digitization.models import Book
from reports.models.campaign import Campaign


class BookDay(models.Model):
    """A book's counts at the cut-off of a campaign day, written only for days on which something changed.

    Unit figures of any day are sums of the last row at or before it. ``counted`` is not clamped; the reader clamps
    with the total of that day. ``rebuilt`` marks days put together afterwards from events.
    """

    pk = models.CompositePrimaryKey("book_id", "day")
    book = models.ForeignKey(Book, models.PROTECT, related_name="days")
    day = models.DateField()
    counted = models.PositiveIntegerField()
    checked = models.PositiveIntegerField()
    approved = models.PositiveIntegerField()
    transferred = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    basis = models.CharField(max_length=10, blank=True)
    declared = models.PositiveIntegerField(default=0)
    custodian = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rebuilt = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["day"], name="book_day_by_day")]

    def __str__(self) -> str:
        return f"{self.book_id} {self.day}"


class BookAtJoining(models.Model):
    """What a book held when it came into a running campaign; ``day`` was the open campaign day. The last one holds.

    Came with a unit, a kind, an exception or from a unit outside: work done before is no work done in the campaign.
    A book listed by a unit of the campaign has none, it began empty.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", db_index=False)
    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    day = models.DateField()
    counted = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["campaign", "book", "id"], name="joining_of_book")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.book_id} {self.day}"


class Custody(models.Model):
    """From ``since`` (business time) on a unit keeps a book; ``former`` kept it before, nobody when it was listed.

    Written by triggers only. Books listed before this was kept have no first row.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    former = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["book", "since"], name="custody_of_book")]

    def __str__(self) -> str:
        return f"{self.book_id}: {self.unit_id}"


class SnapshotQuerySet(models.QuerySet["DailySnapshot"]):
    """Sets of snapshots."""

    def of_days(self) -> SnapshotQuerySet:
        """Return those that tell a day as it ended: what was taken on demand is only a moment of it."""
        return self.exclude(kind_of=DailySnapshot.Kind.DEMAND)

    def in_force(self) -> SnapshotQuerySet:
        """Return the one snapshot of each day that holds: its last revision, in the order of days."""
        return self.of_days().order_by("day", "-revision").distinct("day")


class DailySnapshot(models.Model):
    """What was published for a campaign day: immutable; a correction is a new revision.

    ``figures`` is the district's headline as JSON (the same keys as the API), so a curve reads one row a day.
    ``by`` and ``reason`` say who took or corrected it and why; the workers, who close days, give neither.
    """

    class Kind(models.TextChoices):
        """Why it was taken."""

        CUTOFF = "cutoff", "cutoff"
        DEMAND = "demand", "demand"
        REBUILT = "rebuilt", "rebuilt"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="snapshots")
    day = models.DateField()
    taken_at = models.DateTimeField()
    revision = models.PositiveSmallIntegerField(default=1)
    kind_of = models.CharField(max_length=8, choices=Kind)
    definition_version = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["day", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "day", "revision"], name="snapshot_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.day} r{self.revision}"


class SnapshotRow(models.Model):
    """The figures of one unit in a snapshot, all kinds together under the kind ''."""

    pk = models.CompositePrimaryKey("snapshot_id", "unit_id", "kind")
    snapshot = models.ForeignKey(DailySnapshot, models.PROTECT, related_name="rows")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, blank=True)
    figures = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "snapshot"], condition=Q(kind=""), name="snapshot_row_by_unit")
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.unit_id}"


class SilentDay(models.Model):
    """A day that cannot be put together: entries were there by then of which nothing is written down before."""

    pk = models.CompositePrimaryKey("campaign_id", "day")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="silent_days")
    day = models.DateField()
    entries = models.PositiveIntegerField()
    tried_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.day}: {self.entries}"
