"""How far the entries of a book have come, as conditions on status and standing: of entries and of tallies alike.

``STAGES`` are the nested counts of the figures: who is "checked" was checked or came further. They narrow a list of
entries to exactly those a number counts.
"""

from __future__ import annotations

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from digitization.models import COUNTED_STANDINGS, COUNTED_STATUSES, Book, BookTally, Standing, Status
from digitization.record_types import ALL


def _from(status: Status) -> Q:
    """Return the condition of entries that count and have come as far as ``status``."""
    later = COUNTED_STATUSES[COUNTED_STATUSES.index(status) :]
    return Q(status__in=later, standing__in=COUNTED_STANDINGS)


COUNTS = _from(Status.ENTERED)
STAGES: dict[str, Q] = {
    **{str(status): _from(status) for status in COUNTED_STATUSES},
    str(Status.RETURNED): Q(status=Status.RETURNED, standing__in=COUNTED_STANDINGS),
    str(Standing.DUPLICATE): Q(standing=Standing.DUPLICATE),
    str(Standing.UNREADABLE): Q(standing=Standing.UNREADABLE),
}
# Books come kind by kind as the national system lists the kinds.
IN_NATIONAL_ORDER = Case(
    *(When(kind=known.code, then=Value(place)) for place, known in enumerate(ALL)),
    output_field=IntegerField(),
)


def with_counts(books: QuerySet[Book]) -> QuerySet[Book]:
    """Return the books with ``counted`` entries held here and ``returned`` ones, from the tallies.

    ``digitized`` is what counts: held here or declared to be in the national system, the larger of the two.
    """
    return books.annotate(counted=_tallied(COUNTS), returned=_tallied(Q(status=Status.RETURNED))).annotate(
        digitized=Greatest("counted", "declared", output_field=IntegerField())
    )


def _tallied(condition: Q) -> Coalesce:
    tallies = BookTally.objects.filter(condition, book=OuterRef("pk")).order_by().values("book")
    return Coalesce(Subquery(tallies.annotate(s=Sum("n")).values("s"), output_field=IntegerField()), Value(0))
