"""What a list page asks for: the filters in its address, as a form, as words, and as the rest of every link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from civreg.lib import vietnamese
from communes.guards import OfficeRequest
from communes.models import Role, Unit, User
from digitization import access
from digitization.filters import RecordFilters, as_query
from digitization.models import Book

# Always in view; the others are behind a fold until one of them is used.
IN_VIEW = ("kind", "year", "number", "finding", "typed_by", "typed_from", "typed_to")
FOLDED = ("unit", "place", "rule", "checked_by", "page_no")
CHOICES = ("status", "standing")
PEOPLE = ("typed_by", "checked_by")


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in use, in words, and the rest of the address without it."""

    label: str
    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a page: understood or not, ready for the form, for links, and to be kept."""

    filters: RecordFilters
    book: Book | None
    in_view: list[BoundField]
    folded: list[BoundField]
    choices: list[BoundField]
    chips: list[Chip]
    given: dict[str, list[str]]

    @property
    def query(self) -> str:
        """Return the filters as the beginning of an address: "status=returned&", or "" where there are none."""
        return as_query(self.given)

    @property
    def kind(self) -> str:
        """Return the one kind the list is of: asked for, or that of its book; "" where there may be several."""
        chosen = str(self.filters.chosen().get("kind", ""))
        return chosen or (self.book.kind if self.book else "")

    @property
    def unfolded(self) -> bool:
        """Tell whether a filter behind the fold is in use."""
        return any(field.name in self.given for field in (*self.folded, *self.choices))


def asked(request: OfficeRequest, data: QueryDict) -> Asked:
    """Read the filters out of an address or a posted form; whatever is none of them is left out."""
    records = access.records_to_read(request.rights, request.user)
    filters = RecordFilters(data, records, request=request)
    given = {
        name: values for name in filters.filters if (values := [v for v in data.getlist(name) if v.strip()])
    }
    _offer_people(filters, request)
    form, chosen = filters.form, filters.chosen() if filters.is_valid() else {}
    book = (
        access.books_to_read(request.rights).filter(pk=chosen["book"]).first() if "book" in chosen else None
    )
    hidden = _hidden(request)
    return Asked(
        filters=filters,
        book=book,
        in_view=[form[name] for name in IN_VIEW if name not in hidden],
        folded=[form[name] for name in FOLDED if name not in hidden or name in given],
        choices=[form[name] for name in CHOICES],
        chips=[_chip(filters, name, value, given, book) for name, value in chosen.items()],
        given=given,
    )


def _hidden(request: OfficeRequest) -> set[str]:
    """Name the filters that make no sense for the person: whoever sees one unit, or only what they typed."""
    hidden = {"page_no"}
    if not access.reads_several_units(request.rights):
        hidden.add("unit")
    if not access.reads_whole_units(request.rights):
        hidden.update(PEOPLE)
    return hidden


def _offer_people(filters: RecordFilters, request: OfficeRequest) -> None:
    """Offer the people of the person's units by name; the filter itself takes any id."""
    units = access.units_to_read(request.rights)
    at_work = Q(postings__unit__in=units) & ~Q(postings__role=Role.LEADER)
    people = User.objects.filter(at_work).distinct().order_by()
    named = sorted(
        people.values_list("pk", "name"), key=lambda person: (vietnamese.sort_key(person[1]), person[0])
    )
    for name in PEOPLE:
        filters.form.fields[name].widget = forms.Select(choices=[("", _("All")), *named])


def _chip(
    filters: RecordFilters, name: str, value: Any, given: dict[str, list[str]], book: Book | None
) -> Chip:
    without = {other: values for other, values in given.items() if other != name}
    if name == "book":
        without.pop("page_no", None)
    return Chip(str(filters.form[name].label), _words(filters, name, value, given, book), as_query(without))


def _words(
    filters: RecordFilters, name: str, value: Any, given: dict[str, list[str]], book: Book | None
) -> str:
    if name == "book":
        return f"{book.kind_label} {book.quyen_so}" if book else "–"
    if isinstance(value, Unit):
        return value.title
    field = filters.form.fields[name]
    # People are offered by the widget alone: the filter takes any id.
    offered = getattr(field.widget if name in PEOPLE else field, "choices", ())
    labels = {str(code): str(label) for code, label in offered}
    return ", ".join(labels.get(str(text), str(text)) for text in given[name])
