"""The book inventory: the paper books, how many entries each holds, and how many of them are digitized."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from civreg.lib.partial_dates import EARLIEST_YEAR, LATEST_YEAR
from communes.models import Level, Role, Unit, User
from communes.rights import Rights
from digitization.models.states import Standing, Status
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Label
from digitization.rules.books import B01, B05


class Basis(models.TextChoices):
    """What a book's total rests on."""

    COUNTED = "counted", _("Counted entry by entry")
    CLOSING = "closing", _("Closing statement of the book")
    ESTIMATE = "estimate", _("Estimate")


class BookQuerySet(models.QuerySet["Book"]):
    """Sets of books."""

    def visible_to(self, rights: Rights) -> BookQuerySet:
        """Return the books whose entries the person may see: those kept in their unit, or under it for justice."""
        return self.filter(rights.reach("custodian", Role.OFFICER, Role.LEADER, Role.HELPER))

    def counted(self) -> BookQuerySet:
        """Return the books that count: a second copy of a book never does."""
        return self.filter(second_copy_of__isnull=True)


class Book(models.Model):
    """One paper book.

    ``place`` is where its entries were registered, as the unit was then: it decides numbering and export and never
    changes. ``custodian`` keeps the book now: it decides access and figures, and changes by handover.
    """

    kind = models.CharField(_("kind of book"), max_length=4)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("place of registration"))
    custodian = models.ForeignKey(Unit, models.PROTECT, related_name="books", verbose_name=_("kept by"))
    book_no = models.CharField(_("book number"), max_length=20)
    opened_year = models.PositiveSmallIntegerField(_("year opened"))
    series = models.CharField(
        _("series"),
        max_length=20,
        blank=True,
        help_text=_("Only where one place numbered two series side by side in a year."),
    )
    year_from = models.PositiveSmallIntegerField(_("first year of entries"), null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(_("last year of entries"), null=True, blank=True)
    closed_on = models.DateField(_("locked on"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    per_page = models.PositiveSmallIntegerField(_("entries per page"), default=2)
    total = models.PositiveIntegerField(_("entries to digitize"), null=True, blank=True, editable=False)
    basis = models.CharField(
        _("basis of the total"), max_length=10, choices=Basis, blank=True, editable=False
    )
    declared = models.PositiveIntegerField(
        _("entries the national system is declared to hold"), default=0, editable=False
    )
    copy_no = models.PositiveSmallIntegerField(_("copy"), default=1)
    second_copy_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second copy of")
    )
    note = models.CharField(_("note (condition, shelf)"), max_length=500, blank=True)

    objects = BookQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "opened_year", "book_no", "pk"]
        verbose_name = _("book")
        verbose_name_plural = _("books")
        indexes = [models.Index(fields=["custodian", "kind"], name="book_by_custodian")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind", "series", "book_no", "opened_year", "copy_no"],
                name="book_once",
                violation_error_message=_("This book is already in the inventory."),
                violation_error_code=B01.id,
            ),
            # What records hold on to, so that their copies of these columns can never differ from the book's.
            models.UniqueConstraint(fields=["id", "kind", "place", "custodian"], name="book_for_records"),
            models.CheckConstraint(
                condition=Q(year_to__isnull=True)
                | Q(year_from__isnull=True)
                | Q(year_to__gte=F("year_from")),
                name="book_years_in_order",
                violation_error_message=_("The last year must not be before the first."),
                violation_error_code=B01.id,
            ),
            models.CheckConstraint(
                condition=Q(opened_year__gte=1850),
                name="book_opened_after_1850",
                violation_error_message=_("Books begin in 1850 at the earliest."),
                violation_error_code=B01.id,
            ),
            models.CheckConstraint(
                condition=Q(pages__isnull=True) | Q(pages__gte=1),
                name="book_has_pages",
                violation_error_message=_("A book has at least one page."),
                violation_error_code=B01.id,
            ),
            models.CheckConstraint(
                condition=Q(per_page__gte=1),
                name="book_has_entries_on_a_page",
                violation_error_message=_("A page holds at least one entry."),
                violation_error_code=B01.id,
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__year__gte=F("opened_year")),
                name="book_locked_after_opening",
                violation_error_message=_("A book is not locked before the year it was opened."),
                violation_error_code=B01.id,
            ),
            models.CheckConstraint(
                condition=Q(opened_year__lte=LATEST_YEAR)
                & (Q(year_from__isnull=True) | Q(year_from__range=(EARLIEST_YEAR, LATEST_YEAR)))
                & (Q(year_to__isnull=True) | Q(year_to__range=(EARLIEST_YEAR, LATEST_YEAR))),
                name="book_years_plausible",
                violation_error_message=_("The years of a book lie between 1850 and today."),
                violation_error_code=B01.id,
            ),
            models.CheckConstraint(
                condition=Q(second_copy_of__isnull=True) | ~Q(second_copy_of=F("id")),
                name="book_is_no_copy_of_itself",
                violation_error_message=_("A book cannot be a copy of itself."),
                violation_error_code=B01.id,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.quyen_so}"

    def clean(self) -> None:
        """B01, the part a constraint cannot ask, having no clock: nothing of a book lies in the future."""
        today = clock.today()
        years = (self.opened_year, self.year_from, self.year_to)
        if any(year and year > today.year for year in years) or (self.closed_on and self.closed_on > today):
            message = _("Nothing of a book lies in the future: look at its years and the day it was locked.")
            raise ValidationError(message, code=B01.id)

    @property
    def quyen_so(self) -> str:
        """Return the book's number as offices write it: "01/1998"."""
        return f"{self.book_no}/{self.opened_year}"

    @property
    def kind_label(self) -> Label:
        """Return the name of the kind of entries the book holds."""
        return BY_CODE[self.kind].label

    @property
    def kept_at_district(self) -> bool:
        """Tell whether the book is kept above the communes: then justice approves its entries."""
        return self.custodian.level != Level.COMMUNE


class Decision(models.TextChoices):
    """What justice said to a proposed total."""

    PENDING = "pending", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")


class BookTotal(models.Model):
    """One statement of how many entries a book holds: the officer proposes, justice confirms.

    A trigger writes a confirmed total into the book, so the book's total is always the last confirmed statement.
    Law: the head signs the total of every locked book (Luật Hộ tịch, Article 58.2).
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="totals")
    at = models.DateTimeField(_("stated at"))
    total = models.PositiveIntegerField(_("entries to digitize"))
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    reason = models.CharField(_("why"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("stated by"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("total of a book")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=Decision.PENDING, decided_by__isnull=True)
                | (~Q(decision=Decision.PENDING) & Q(decided_by__isnull=False)),
                name="book_total_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="book_total_decided_by_another",
            ),
            models.UniqueConstraint(
                fields=["book"], condition=Q(decision=Decision.PENDING), name="book_total_one_pending"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="book_total_has_reason", violation_error_code=B05.id
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book}: {self.total}"


class BookTally(models.Model):
    """How many entries of a book are in each status and standing: exact at commit, written only by triggers."""

    pk = models.CompositePrimaryKey("book_id", "status", "standing")
    book = models.ForeignKey(
        Book, models.PROTECT, related_name="tallies", db_constraint=False, db_index=False
    )
    status = models.CharField(max_length=12, choices=Status)
    standing = models.CharField(max_length=20, choices=Standing)
    n = models.IntegerField()
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(n__gte=0), name="tally_not_negative")]

    def __str__(self) -> str:
        return f"{self.book_id} {self.status} {self.standing}: {self.n}"
