"""Lists of entries, a page at a time by key: page five hundred costs what the first one costs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from digitization.models import Record
from digitization.posted import whole

PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One page of a list: its entries, and after which id the next page begins (None at the end)."""

    records: list[Record]
    after: int | None
    total: int


def waiting(records: QuerySet[Record], *, after: str = "") -> Waiting:
    """Return the page of ``records`` that begins behind the id ``after``, oldest first, by key and not by offset."""
    total = records.count()
    ordered = records.order_by("pk")
    ordered = ordered.filter(pk__gt=whole(after))
    page = list(ordered[: PAGE + 1])
    return Waiting(page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None, total)
