"""What a list page asks for: the filters in its address, in words, and as the rest of every link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import QueryDict

from civreg.lib import vietnamese
from communes.guards import OfficeRequest
from communes.models import Posting, Role, Unit
from digitization import access
from digitization.filters import RecordFilters, as_query
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


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a list: what was given, what was understood of it, and the book they name if there is one."""

    filters: RecordFilters
    given: dict[str, list[str]]
    chosen: dict[str, Any]
    book: Book | None

    @property
    def query(self) -> str:
        """Return the filters as the beginning of an address: "status=returned&", or "" where there are none."""
        return as_query(self.given)

    @property
    def kind(self) -> str:
        """Return the one kind the list is of: asked for, or that of its book; "" where there may be several."""
        chosen = str(self.chosen.get("kind", ""))
        return chosen or (self.book.kind if self.book else "")

    def chips(self, people: Mapping[int, str]) -> list[Chip]:
        """Return the filters in use; ``people`` are the names of colleagues by their ids."""
        return [
            Chip(
                str(self.filters.form.fields[name].label),
                self._words(name, value, people),
                self._without(name),
            )
            for name, value in self.chosen.items()
        ]

    def _without(self, name: str) -> str:
        # A page is a page of its book.
        gone = {name, "page_no"} if name == "book" else {name}
        return as_query({other: values for other, values in self.given.items() if other not in gone})

    def _words(self, name: str, value: Any, people: Mapping[int, str]) -> str:
        if name == "book":
            return f"{self.book.kind_label} {self.book.quyen_so}" if self.book else "–"
        if name in PEOPLE:
            return people.get(value, "–")
        if isinstance(value, Unit):
            return value.title
        labels = {
            str(code): str(label) for code, label in getattr(self.filters.form.fields[name], "choices", ())
        }
        return ", ".join(labels.get(text, text) for text in self.given[name])


def asked(request: OfficeRequest, data: QueryDict) -> Asked:
    """Read the filters out of an address or a posted form; whatever is none of them is left out."""
    records = access.records_to_read(request.rights, request.user)
    filters = RecordFilters(data, records, request=request)
    given = {
        name: values for name in filters.filters if (values := [v for v in data.getlist(name) if v.strip()])
    }
    chosen = filters.chosen() if filters.is_valid() else {}
    return Asked(filters, given, chosen, _book(request, chosen.get("book")))


def colleagues(request: OfficeRequest) -> dict[int, str]:
    """Return who types and checks, or once did, in the units the person works for: names by id, in their order."""
    posts = Posting.objects.filter(unit__in=access.units_to_read(request.rights)).exclude(role=Role.LEADER)
    named = set(posts.order_by().values_list("user", "user__name"))
    return dict(sorted(named, key=lambda person: (_by_name(person[1]), person[0])))


def _book(request: OfficeRequest, pk: int | None) -> Book | None:
    return access.books_to_read(request.rights).filter(pk=pk).first() if pk else None
