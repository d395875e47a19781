"""Register entries as they were typed, and drafts nobody else sees."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from communes.models import Role, Unit, User
from communes.rights import Rights
from digitization.models.book import Book
from digitization.models.names import scoped_words
from digitization.models.states import FROZEN, MOVES, NUMBER_FREE, Standing, Status, Verb
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Label
from digitization.runs import plain_page

# Where a number or its year cannot be read, the entry stands behind the others of its book.
UNKNOWN_YEAR, UNKNOWN_NUMBER = 2**15 - 1, 2**31 - 1


def year_or_last() -> Coalesce:
    """Return the year of an entry's number, as the order of a book goes by it."""
    return Coalesce("number_year", UNKNOWN_YEAR)


def number_or_last() -> Coalesce:
    """Return the number of an entry, as the order of a book goes by it."""
    return Coalesce("number", UNKNOWN_NUMBER)


class RecordQuerySet(models.QuerySet["Record"]):
    """Sets of entries, in the words of the office."""

    def visible_to(self, rights: Rights, user: User) -> RecordQuerySet:
        """Return the entries the person may see: of their unit (officer, leader), under it (justice), own (helper)."""
        typed = Q(entered_by=user, custodian__in=rights.own_units(Role.HELPER))
        return self.filter(rights.reach("custodian", Role.OFFICER, Role.LEADER) | typed)

    def counting(self) -> RecordQuerySet:
        """Return the entries that hold their number: all but duplicates and withdrawn ones."""
        return self.exclude(standing__in=NUMBER_FREE)

    def on_page(self, label: str | int) -> RecordQuerySet:
        """Return the entries of a page of their books: "3" and "003" are one page."""
        at = plain_page(str(label))
        return self.filter(page_no=label) if at is None else self.filter(page_no__regex=rf"^\s*0*{at}\s*$")

    def awaiting_check(self) -> RecordQuerySet:
        """Return the entries that somebody else than their typist should compare with the book."""
        return self.counting().filter(status=Status.ENTERED)

    def awaiting_approval(self) -> RecordQuerySet:
        """Return the checked entries."""
        return self.counting().filter(status=Status.CHECKED)

    def awaiting_correction(self) -> RecordQuerySet:
        """Return the returned entries."""
        return self.counting().filter(status=Status.RETURNED)

    def awaiting_transfer(self) -> RecordQuerySet:
        """Return the approved entries, those changed since their last transfer among them."""
        return self.counting().filter(status=Status.APPROVED)


class Record(models.Model):
    """One register entry: the head common to all kinds in columns, everything else in ``content``.

    ``kind``, ``place`` and ``custodian`` are copies of the book's, kept true by a composite foreign key with
    ON UPDATE CASCADE. The search columns are derived from the entry by ``digitization.entry_rows``.
    """

    book = models.ForeignKey(
        Book, models.PROTECT, related_name="records", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=4)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    custodian = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_constraint=False, db_index=False)

    number_raw = models.CharField(max_length=50, blank=True)
    number = models.PositiveIntegerField(null=True)
    suffix = models.CharField(max_length=10, blank=True)
    twin = models.PositiveSmallIntegerField(default=0)
    twin_reason = models.CharField(max_length=500, blank=True)
    series = models.CharField(max_length=20, blank=True)
    number_year = models.PositiveSmallIntegerField(null=True)
    page_no = models.CharField(max_length=50, blank=True)
    position = models.PositiveSmallIntegerField(null=True)
    registration_date = models.JSONField(null=True)
    reg_earliest = models.DateField(null=True)
    reg_latest = models.DateField(null=True)
    registration_place = models.CharField(max_length=500, blank=True)
    signer_name = models.CharField(max_length=500, blank=True)
    signer_position = models.CharField(max_length=500, blank=True)
    recorder_name = models.CharField(max_length=500, blank=True)
    remarks = models.CharField(max_length=1000, blank=True)
    head_states = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    content_version = models.PositiveSmallIntegerField(default=1)

    status = models.CharField(max_length=12, choices=Status, default=Status.ENTERED)
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.NORMAL)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="duplicates", db_index=False
    )
    accepted_ref = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    transferred_version = models.PositiveIntegerField(null=True)
    open_warnings = models.PositiveSmallIntegerField(default=0)

    subject_name = models.CharField(max_length=500, blank=True)
    subject_fold = models.CharField(max_length=500, blank=True)
    subject_born_earliest = models.DateField(null=True)
    subject_born_latest = models.DateField(null=True)
    second_fold = models.CharField(max_length=500, blank=True)
    second_born_earliest = models.DateField(null=True)
    second_born_latest = models.DateField(null=True)
    names_fold = models.TextField(blank=True)

    entered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    entered_at = models.DateTimeField()
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [
            # A book in its own order.
            models.Index("book", year_or_last(), number_or_last(), "suffix", "id", name="record_in_its_book"),
            models.Index(fields=["entered_by", "entered_at"], name="record_by_typist"),
            models.Index(
                fields=["checked_by", "entered_at"],
                condition=Q(checked_by__isnull=False),
                name="record_by_checker",
            ),
            # Lists of a unit by the moment of typing: all, of a status (and what waits, oldest first), of a kind, of a
            # year, and the few that somebody has to look at again.
            models.Index(fields=["custodian", "entered_at", "id"], name="record_newest"),
            models.Index(fields=["custodian", "status", "entered_at", "id"], name="record_newest_of_status"),
            models.Index(fields=["custodian", "kind", "entered_at", "id"], name="record_newest_of_kind"),
            models.Index(
                fields=["custodian", "entered_at", "id"],
                condition=Q(open_warnings__gt=0),
                name="record_newest_with_warnings",
            ),
            models.Index(
                fields=["custodian", "entered_at", "id"],
                condition=~Q(standing=Standing.NORMAL),
                name="record_newest_not_normal",
            ),
            models.Index(
                fields=["custodian", "number_year", "number"],
                include=["entered_at", "id"],
                name="record_by_year",
            ),
            GinIndex(scoped_words(), name="record_by_names"),
            # The same person in the whole district, asked at every save.
            models.Index(
                fields=["subject_fold", "subject_born_earliest"],
                condition=~Q(subject_fold=""),
                name="record_by_person",
            ),
            models.Index(
                fields=["second_fold", "second_born_earliest"],
                condition=~Q(second_fold=""),
                name="record_by_second_person",
            ),
            # Who signed in a unit in a year, answered from the index alone.
            models.Index(
                fields=["custodian", "place", "number_year", "signer_name"],
                include=["id"],
                condition=~Q(signer_name="") & ~Q(standing__in=list(NUMBER_FREE)),
                name="record_by_signer",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind", "series", "number_year", "number", "suffix", "twin"],
                condition=~Q(standing__in=list(NUMBER_FREE))
                & Q(number__isnull=False, number_year__isnull=False),
                name="record_number_once",
            ),
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="record_status_known"),
            models.CheckConstraint(condition=Q(standing__in=list(Standing)), name="record_standing_known"),
            models.CheckConstraint(condition=Q(twin=0) | ~Q(twin_reason=""), name="record_twin_has_reason"),
            models.CheckConstraint(
                condition=Q(standing=Standing.DUPLICATE, duplicate_of__isnull=False)
                | (~Q(standing=Standing.DUPLICATE) & Q(duplicate_of__isnull=True)),
                name="record_duplicate_names_the_other",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("entered_by")),
                name="record_checker_is_not_typist",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.UNREADABLE_ACCEPTED) | ~Q(accepted_ref=""),
                name="record_acceptance_names_the_inspection",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number_raw or '–'}/{self.number_year or '–'}"

    @property
    def number_text(self) -> str:
        """Return the number with its year, as lists print it: "46/1998"; the words of the book where they say both."""
        raw = self.number_raw or "–"
        return (
            raw
            if self.number_year is None or "/" in raw.rstrip("/")
            else f"{raw.rstrip('/')}/{self.number_year}"
        )

    @property
    def kind_label(self) -> Label:
        """Return the name of the kind of entry."""
        return BY_CODE[self.kind].label

    def can(self, verb: Verb) -> bool:
        """Tell whether this verb starts from where the entry stands; duplicates and withdrawn entries stay put."""
        return self.status in MOVES[verb][0] and self.standing not in NUMBER_FREE

    @property
    def frozen(self) -> bool:
        """Tell whether the entry is approved: only a reopening with a reason lets it change."""
        return self.status in FROZEN

    @property
    def changed_since_transfer(self) -> bool:
        """Tell whether the national system holds an older version of the entry."""
        return self.transferred_version is not None and self.version > self.transferred_version


class Draft(models.Model):
    """Something half typed: private to its owner, in no figure, erased when it is saved.

    ``window`` is the mark of the page that wrote it last: two pages of one person must not write over each other.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    book = models.ForeignKey(Book, models.CASCADE, related_name="drafts")
    record = models.ForeignKey(Record, models.CASCADE, null=True, blank=True, related_name="+")
    base_version = models.PositiveIntegerField(null=True, blank=True)
    intent = models.UUIDField(unique=True)
    typed: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    saved_at = models.DateTimeField()
    window = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "record"], condition=Q(record__isnull=False), name="draft_one_per_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.book_id}"
