"""What a list of entries can be narrowed by: one declaration for the pages and for the API.

The names are those of the address (``?status=returned&year=1998``) and of the API alike. Whom an entry is about is
not among them: names are searched for by a posted form, and stand in no address.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civreg.lib import clock
from communes.models import Unit
from communes.rights import Rights
from digitization import access
from digitization.book_counts import STAGES
from digitization.floods import has_value
from digitization.models import BookFlood, Finding, Record, Standing, Status
from digitization.models.record import RecordQuerySet
from digitization.record_types import ALL
from digitization.record_types.checks import RULES
from digitization.record_types.numbers import read_number

# As forms send days, and as offices write them.
DAYS = ("%Y-%m-%d", "%d/%m/%Y")
EARLIEST_AND_LATEST = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31)))
LARGEST_ID = 2**63 - 1
KINDS = [(kind.code, kind.label) for kind in ALL]
OPEN, ACCEPTED = "open", "accepted"
STAGE_NAMES = (
    (str(Status.ENTERED), pgettext_lazy("stage of entries", "Entered, or further")),
    (str(Status.CHECKED), pgettext_lazy("stage of entries", "Checked, or further")),
    (str(Status.APPROVED), pgettext_lazy("stage of entries", "Approved, or further")),
    (str(Status.TRANSFERRED), pgettext_lazy("stage of entries", "Transferred")),
    (str(Status.RETURNED), pgettext_lazy("stage of entries", "Returned for correction")),
    (str(Standing.DUPLICATE), pgettext_lazy("stage of entries", "Duplicate")),
    (str(Standing.UNREADABLE), pgettext_lazy("stage of entries", "Unreadable, not yet accepted")),
)
FINDINGS = (
    (OPEN, pgettext_lazy("finding", "Open")),
    (ACCEPTED, pgettext_lazy("finding", "Accepted as in the original book")),
)


class EntryNumberField(forms.CharField):
    """The number of an entry as registers write it: 46, 12A, 46/1998."""

    default_error_messages = {"unreadable": _("A number looks like 46, 12A or 46/1998.")}  # noqa: RUF012

    def clean(self, value: Any) -> str:
        """Return the text; raises ValidationError where no number can be read in it."""
        text = str(super().clean(value))
        if text and read_number(text).number is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return text


class EntryNumberFilter(django_filters.CharFilter):
    """Narrows to a number, to its suffix, and to its year where one is given."""

    field_class = EntryNumberField

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        """Return the entries with the number; "12" is not 12A."""
        if not value:
            return qs
        wanted = read_number(value)
        year = {"number_year": wanted.year} if wanted.year else {}
        return qs.filter(number=wanted.number, suffix=wanted.suffix, **year)


class AnyOfFilter(django_filters.MultipleChoiceFilter):
    """Narrows to any of the chosen values: ``?status=entered&status=checked``."""

    def filter(self, qs: QuerySet[Record], value: list[str]) -> QuerySet[Record]:
        """Return the entries with one of the values; all where none is chosen."""
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class WholeNumberFilter(django_filters.NumberFilter):
    """Narrows to a whole number: an id, a year."""

    field_class = forms.IntegerField


class DayFilter(django_filters.DateFilter):
    """Narrows by a whole day in Viet Nam: from its beginning, or with ``until`` up to its end."""

    def __init__(self, *, until: bool = False, **rest: Any) -> None:
        super().__init__(input_formats=DAYS, validators=[*EARLIEST_AND_LATEST], **rest)
        self._until = until

    def filter(self, qs: QuerySet[Record], value: date | None) -> QuerySet[Record]:
        """Return the entries typed from, or until, the day; the day itself is among them."""
        if value is None:
            return qs
        if not self._until:
            return qs.filter(entered_at__gte=_beginning_of(value))
        return qs.filter(entered_at__lt=_beginning_of(value + timedelta(days=1)))


class FilterForm(forms.Form):
    """What several filters together must make sense of."""

    def clean(self) -> dict[str, Any]:
        """Ask for the book where a page is named: every book has its own pages."""
        cleaned = super().clean() or {}
        if cleaned.get("page_no") and not cleaned.get("book"):
            self.add_error("page_no", _("Choose the book too: every book has its own pages."))
        return cleaned


def units_in_hand(request: Any) -> QuerySet[Unit]:
    """Return the units whose entries and books whoever asks may see: to others a filter says 404, or nothing found."""
    return access.units_to_read(Rights.of(request.user))


def places_in_sight(request: Any) -> QuerySet[Unit]:
    """Return the places of registration of the books whoever asks may see."""
    return Unit.objects.filter(
        pk__in=access.books_to_read(Rights.of(request.user)).order_by().values("place")
    )


class RecordFilters(django_filters.FilterSet):
    """Narrows ``access.records_to_read``; a bad value is an error with words, and then nothing is listed.

    ``RecordFilters(data, queryset, request=request)``: of the request only its ``user`` is asked. Ids of books and
    people nobody has, or whose entries the person may not see, find nothing.
    """

    book = WholeNumberFilter(label=_("Book"), min_value=1, max_value=LARGEST_ID)
    kind = django_filters.ChoiceFilter(
        label=_("Kind of entry"),
        choices=KINDS,
        empty_label=_("All"),
    )
    number = EntryNumberFilter(label=pgettext_lazy("entry", "Number"), max_length=50)
    year = WholeNumberFilter(
        field_name="number_year", label=pgettext_lazy("entry", "Year"), min_value=1850, max_value=9999
    )
    page_no = django_filters.CharFilter(label=pgettext_lazy("book", "Page"), max_length=50)
    status = AnyOfFilter(label=_("Status"), choices=Status.choices)
    standing = AnyOfFilter(label=_("Standing"), choices=Standing.choices)
    stage = django_filters.ChoiceFilter(
        label=_("Counted as"), choices=STAGE_NAMES, empty_label=_("All"), method="of_stage"
    )
    rule = django_filters.ChoiceFilter(
        label=pgettext_lazy("finding", "Rule"),
        choices=lambda: [(code, f"{code} · {rule.title}") for code, rule in RULES.items()],
        empty_label=_("All"),
        method="with_finding",
    )
    finding = django_filters.ChoiceFilter(
        label=_("Warnings"),
        choices=FINDINGS,
        empty_label=_("All"),
        method="with_any_finding",
    )
    typed_by = WholeNumberFilter(
        field_name="entered_by", label=_("Typed by"), min_value=1, max_value=LARGEST_ID
    )
    checked_by = WholeNumberFilter(label=_("Checked by"), min_value=1, max_value=LARGEST_ID)
    typed_from = DayFilter(label=_("Typed from"))
    typed_to = DayFilter(label=_("Typed until"), until=True)
    flood = WholeNumberFilter(
        label=_("Value too common in its book"), min_value=1, max_value=LARGEST_ID, method="with_value"
    )
    unit = django_filters.ModelChoiceFilter(
        field_name="custodian",
        label=_("Kept by"),
        queryset=units_in_hand,
        to_field_name="slug",
        empty_label=_("All"),
    )
    place = django_filters.ModelChoiceFilter(
        label=_("Place of registration"),
        queryset=places_in_sight,
        to_field_name="slug",
        empty_label=_("All"),
    )

    class Meta:
        model = Record
        form = FilterForm
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, queryset: RecordQuerySet | None = None, **rest: Any) -> None:
        super().__init__(data, queryset, **rest)
        # A list is narrowed by two or three of them all: only these are made into fields and read.
        for name in self.base_filters.keys() - self.data.keys():
            del self.filters[name]

    def filter_queryset(self, queryset: RecordQuerySet) -> RecordQuerySet:
        """Return what the filters leave; nothing at all where one of them could not be understood."""
        return queryset.none() if self.errors else super().filter_queryset(queryset)

    def of_stage(self, queryset: RecordQuerySet, name: str, value: str) -> RecordQuerySet:
        """Return the entries that a figure counts at this stage: those that came further are among them."""
        return queryset.filter(STAGES[value])

    def with_finding(self, queryset: RecordQuerySet, name: str, value: str) -> RecordQuerySet:
        """Return the entries of which this rule has something to say: open or accepted, as ``finding`` asks."""
        state = self._state()
        found = _of_state(Finding.objects.filter(record=OuterRef("pk"), rule=value), state)
        # An open finding is counted in the entry itself: the few such entries have an index of their own.
        counted = queryset.filter(open_warnings__gt=0) if state == OPEN else queryset
        return counted.filter(Exists(found))

    def with_any_finding(self, queryset: RecordQuerySet, name: str, value: str) -> RecordQuerySet:
        """Return the entries with an open, or with an accepted warning of whatever rule; ``rule`` asks for both."""
        if self.form.cleaned_data.get("rule"):
            return queryset
        if value == OPEN:
            return queryset.filter(open_warnings__gt=0)
        return queryset.filter(Exists(_of_state(Finding.objects.filter(record=OuterRef("pk")), value)))

    def with_value(self, queryset: RecordQuerySet, name: str, value: int) -> RecordQuerySet:
        """Return the entries of a book that have the value the worker found too common (the id of a ``BookFlood``)."""
        flood = BookFlood.objects.filter(pk=value).first()
        return queryset.filter(has_value(flood), book=flood.book_id) if flood else queryset.none()

    def chosen(self) -> dict[str, Any]:
        """Return what narrows the list, by name; only filters that could be understood."""
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}

    def _state(self) -> str:
        return str(self.form.cleaned_data.get("finding") or "")


def as_query(given: Mapping[str, Any]) -> str:
    """Return filters as the beginning of an address: "status=returned&", or "" where there are none."""
    return f"{words}&" if (words := urlencode(dict(given), doseq=True)) else ""


def address_of(given: Mapping[str, Any]) -> str:
    """Return the address of the list that these filters leave."""
    return f"{reverse('digitization:records')}?{as_query(given)}".rstrip("?&")


def _of_state(found: QuerySet[Finding], state: str) -> QuerySet[Finding]:
    return found.filter(accepted_by__isnull=state == OPEN) if state else found


def _beginning_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.VIETNAM)
