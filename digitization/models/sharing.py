"""Work shared out among the people of a unit, and where each of them stopped in a book."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import Posting, Role, User
from digitization.models.book import Book
from digitization.models.record import Record

# Who types: nobody else can be given numbers or pages.
TYPING_ROLES = (Role.OFFICER, Role.HELPER)
# No register of a commune has as many numbers in a year, or pages in a book.
LARGEST_END = 100_000


class Measure(models.TextChoices):
    """What a book is shared out by."""

    NUMBERS = "numbers", pgettext_lazy("measure", "Numbers")
    PAGES = "pages", pgettext_lazy("measure", "Pages")


class RangeState(models.TextChoices):
    """Whether somebody still has a range, typed all of it, or gave it back or had it taken."""

    OPEN = "open", pgettext_lazy("range", "Open")
    DONE = "done", pgettext_lazy("range", "Done")
    RETURNED = "returned", pgettext_lazy("range", "Given back")


class WorkRangeQuerySet(models.QuerySet["WorkRange"]):
    """Sets of ranges."""

    def open(self) -> WorkRangeQuerySet:
        """Return the ranges nobody has ended, those of people who left among them."""
        return self.filter(state=RangeState.OPEN)

    def in_force(self, day: date) -> WorkRangeQuerySet:
        """Return the open ranges of people who still type for the keeper of the book: who left, left theirs free."""
        return self.open().filter(
            Exists(_postings(day)),
            Q(person__ends_on__isnull=True) | Q(person__ends_on__gt=day),
            person__is_active=True,
            book__second_copy_of__isnull=True,
        )

    def with_who_left(self, day: date) -> WorkRangeQuerySet:
        """Return the ranges with ``left``: whether the person no longer types for the keeper of the book."""
        open_account = Q(person__ends_on__isnull=True) | Q(person__ends_on__gt=day)
        works = Q(Exists(_postings(day))) & open_account & Q(person__is_active=True)
        return self.annotate(left=~works)


def _postings(day: date) -> models.QuerySet[Posting]:
    held = Posting.objects.at(day).filter(role__in=TYPING_ROLES)
    return held.filter(user=OuterRef("person"), unit=OuterRef("book__custodian"))


class Span(Func):
    """``int4range(first, last, '[]')``: both ends are inside."""

    function = "int4range"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = IntegerRangeField()


class WorkRange(models.Model):
    """Numbers of a year, or pages, of a book that one person is to type. It informs; it locks nobody out.

    Rows are the history: who gave what to whom until when, and who ended it. A trigger keeps all but the end.
    ``until`` is the last day.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="ranges")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("for"))
    measure = models.CharField(max_length=7, choices=Measure)
    year = models.PositiveSmallIntegerField(null=True)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    until = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=RangeState, default=RangeState.OPEN)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = WorkRangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("range of work")
        indexes = [
            models.Index(fields=["person"], condition=Q(state=RangeState.OPEN), name="range_of_person"),
        ]
        constraints = [
            ExclusionConstraint(
                name="range_once_while_open",
                expressions=[
                    ("book", RangeOperators.EQUAL),
                    ("measure", RangeOperators.EQUAL),
                    (Coalesce("year", Value(0)), RangeOperators.EQUAL),
                    (Span(F("first"), F("last")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state=RangeState.OPEN),
            ),
            # Which numbers stand on a page nobody knows before they are typed: one book is shared by one measure.
            ExclusionConstraint(
                name="range_one_measure_while_open",
                expressions=[("book", RangeOperators.EQUAL), ("measure", RangeOperators.NOT_EQUAL)],
                condition=Q(state=RangeState.OPEN),
            ),
            models.CheckConstraint(
                condition=Q(first__gte=1, last__gte=F("first"), last__lte=LARGEST_END),
                name="range_ends_in_order",
            ),
            models.CheckConstraint(
                condition=Q(measure=Measure.NUMBERS, year__isnull=False)
                | Q(measure=Measure.PAGES, year__isnull=True),
                name="range_numbers_are_of_a_year",
            ),
            models.CheckConstraint(condition=Q(state__in=list(RangeState)), name="range_state_known"),
            models.CheckConstraint(
                condition=Q(state=RangeState.OPEN, ended_by__isnull=True, ended_at__isnull=True)
                | (~Q(state=RangeState.OPEN) & Q(ended_by__isnull=False, ended_at__isnull=False)),
                name="range_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}: {self.measure} {self.first}–{self.last}"

    @property
    def size(self) -> int:
        """Return how many numbers or pages it has."""
        return self.last - self.first + 1

    @property
    def by_numbers(self) -> bool:
        """Tell whether it is measured in numbers."""
        return self.measure == Measure.NUMBERS

    @property
    def words(self) -> str | Promise:
        """Return what was given: "numbers 40–60 of 1998", "page 12"."""
        values = {"first": self.first, "last": self.last, "year": self.year}
        if self.by_numbers:
            single, several = _("number %(first)s of %(year)s"), _("numbers %(first)s–%(last)s of %(year)s")
        else:
            single, several = _("page %(first)s"), _("pages %(first)s–%(last)s")
        return (single if self.first == self.last else several) % values

    @property
    def given_back(self) -> bool:
        """Tell whether the person themselves gave it back; otherwise somebody took it."""
        return self.state == RangeState.RETURNED and self.ended_by_id == self.person_id


class Bookmark(models.Model):
    """Where a person stopped in a book: the entry they saved last at the desk. Theirs alone."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "book"], name="bookmark_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.book_id}"
