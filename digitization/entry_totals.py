"""How many entries a list has: from the tallies where they know it, else counted as far as a person would read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from communes.models import Role
from communes.rights import Rights
from digitization import access
from digitization.book_counts import STAGES
from digitization.filters import RecordFilters
from digitization.models import BookTally, Record

# What the tallies of books can be narrowed by, and the name of it there.
TALLIED = {
    "book": "book",
    "kind": "book__kind",
    "unit": "book__custodian",
    "place": "book__place",
    "status": "status__in",
    "standing": "standing__in",
}
# Counting costs a look at every entry counted; nobody leafs through more than this.
FAR_ENOUGH = 10_000


@dataclass(frozen=True, slots=True)
class Total:
    """How many entries: exactly ``n``, or more than ``n``."""

    n: int
    more: bool = False


def total_of(records: QuerySet[Record], filters: RecordFilters, rights: Rights) -> Total:
    """Return the total of what the filters leave of the entries a person may see."""
    chosen = filters.chosen()
    if not chosen.keys() <= {*TALLIED, "stage"} or not access.reads_whole_units(rights):
        return counted(records)
    stage = STAGES[chosen.pop("stage")] if "stage" in chosen else Q()
    tallies = BookTally.objects.filter(
        rights.reach("book__custodian", Role.OFFICER, Role.LEADER),
        stage,
        **{TALLIED[name]: value for name, value in chosen.items()},
    )
    return Total(tallies.aggregate(total=Sum("n"))["total"] or 0)


def counted(records: QuerySet[Record]) -> Total:
    """Return how many entries there are, exactly up to ten thousand."""
    n = records.order_by()[: FAR_ENOUGH + 1].count()
    return Total(min(n, FAR_ENOUGH), more=n > FAR_ENOUGH)
