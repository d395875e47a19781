"""What a list page asks for: the filters in its address, in words, and as the rest of every link."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.http import QueryDict

from civreg.lib import vietnamese
from communes.guards import OfficeRequest
from communes.models import Posting, Role, Unit
from digitization import access
from digitization.filters import AnyOfFilter, RecordFilters, as_query
from digitization.models import Book

PEOPLE = ("typed_by", "checked_by")
# The same few hundred colleagues are sorted for every page.
_by_name = lru_cache(maxsize=2048)(vietnamese.sort_key)


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in use, in words, and the rest of the address without it."""

    label: str
    words: str
    without: str


@dataclass(frozen=True)
class Asked:
    """The filters of a list: what was given, what was understood of it, and the book they name if there is one."""

    request: OfficeRequest
    filters: RecordFilters
    given: dict[str, list[str]]
    chosen: dict[str, Any]
    book: Book | None

    def label(self, name: str) -> str:
        """Return what a filter is called."""
        return str(RecordFilters.base_filters[name].label)

    def errors(self, name: str) -> list[str]:
        """Return what was wrong with what was given for a filter."""
        return [str(error) for error in self.filters.errors.get(name, [])]

    @property
    def query(self) -> str:
        """Return the filters as the beginning of an address: "status=returned&", or "" where there are none."""
        return as_query(self.given)

    @property
    def kind(self) -> str:
        """Return the one kind the list is of: asked for, or that of its book; "" where there may be several."""
        chosen = str(self.chosen.get("kind", ""))
        return chosen or (self.book.kind if self.book else "")

    @cached_property
    def people(self) -> dict[int, str]:
        """Return who types and checks, or once did, where the person works: names by id; see ``colleagues``."""
        return colleagues(self.request)

    def chips(self) -> list[Chip]:
        """Return the filters in use."""
        return [
            Chip(self.label(name), self._words(name, value), self._without(name))
            for name, value in self.chosen.items()
        ]

    def _without(self, name: str) -> str:
        # A page is a page of its book.
        gone = {name, "page_no"} if name == "book" else {name}
        return as_query({other: values for other, values in self.given.items() if other not in gone})

    def _words(self, name: str, value: Any) -> str:
        if name == "book":
            return f"{self.book.kind_label} {self.book.quyen_so}" if self.book else "–"
        if name in PEOPLE:
            return self.people.get(value, "–")
        if isinstance(value, Unit):
            return value.title
        labels = dict(choices_of(name))
        return ", ".join(labels.get(text, text) for text in self.given[name])


def choices_of(name: str) -> list[tuple[str, str]]:
    """Return what there is to choose from in a filter (codes, labels); nothing where that depends on the person."""
    offered = RecordFilters.base_filters[name].extra.get("choices", ())
    return [(str(code), str(label)) for code, label in (offered() if callable(offered) else offered)]


def asked(request: OfficeRequest, data: QueryDict) -> Asked:
    """Read the filters out of an address or a posted form; whatever is none of them is left out."""
    records = access.records_to_read(request.rights, request.user)
    filters = RecordFilters(data, records, request=request)
    given = {name: values for name in filters.filters if (values := _given(filters, name, data))}
    chosen = filters.chosen() if filters.is_valid() else {}
    return Asked(request, filters, given, chosen, _book(request, chosen.get("book")))


def _given(filters: RecordFilters, name: str, data: QueryDict) -> list[str]:
    """Return what was given for a filter: each value once, and the last one where only one can be meant."""
    values = [value for value in dict.fromkeys(data.getlist(name)) if value.strip()]
    return values if isinstance(filters.filters[name], AnyOfFilter) else values[-1:]


def colleagues(request: OfficeRequest) -> dict[int, str]:
    """Return who types and checks, or once did, in the units the person works for: names by id, in their order.

    Nobody for a helper, who sees only their own typing.
    """
    if not access.reads_whole_units(request.rights):
        return {}
    posts = Posting.objects.filter(unit__in=access.units_to_read(request.rights)).exclude(role=Role.LEADER)
    named = set(posts.order_by().values_list("user", "user__name"))
    return dict(sorted(named, key=lambda person: (_by_name(person[1]), person[0])))


def _book(request: OfficeRequest, pk: int | None) -> Book | None:
    return access.books_to_read(request.rights).filter(pk=pk).first() if pk else None
