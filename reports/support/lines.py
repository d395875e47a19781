"""Requests for support and means as pages list them, and how they are read beside a campaign in its own query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from civreg.lib import clock
from communes.models import Means, MeansKind, RequestKind, RequestState, SupportRequest
from communes.models.support import is_overdue, is_unanswered
from reports.room.states import Mark

MARKS: dict[str, Mark] = {
    RequestState.ASKED: Mark("neutral", RequestState.ASKED.label),
    RequestState.AGREED: Mark("track", RequestState.AGREED.label),
    RequestState.REFUSED: Mark("returned", RequestState.REFUSED.label),
    RequestState.DELIVERED: Mark("ahead", RequestState.DELIVERED.label),
    RequestState.CLOSED: Mark("done", RequestState.CLOSED.label),
    RequestState.WITHDRAWN: Mark("neutral", RequestState.WITHDRAWN.label),
}
UNANSWERED = Mark("late", pgettext_lazy("request", "Unanswered for long"))
OVERDUE = Mark("late", pgettext_lazy("request", "Promise overdue"))

_REQUEST = (
    "pk",
    "unit_id",
    "kind",
    "what",
    "quantity",
    "needed_by",
    "asked_at",
    "state",
    "promised_for",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One request in a list."""

    pk: int
    unit_id: int
    kind: str
    what: str
    quantity: int
    needed_by: date
    asked_at: datetime
    state: str
    promised_for: date | None

    @classmethod
    def of(cls, one: SupportRequest) -> RequestLine:
        """Return the line of one request."""
        return cls(**{name: getattr(one, name) for name in _REQUEST})

    @property
    def unanswered(self) -> bool:
        """Tell whether it has waited for its answer for longer than it should."""
        return is_unanswered(self.state, self.asked_at, clock.now())

    @property
    def overdue(self) -> bool:
        """Tell whether the day promised has passed and nothing has come."""
        return is_overdue(self.state, self.promised_for, clock.today())

    @property
    def mark(self) -> Mark:
        """Return how its state is shown; what is late shows that instead."""
        if self.unanswered:
            return UNANSWERED
        return OVERDUE if self.overdue else MARKS[self.state]

    @property
    def kind_name(self) -> str | Promise:
        """Return the name of its kind."""
        return RequestKind(self.kind).label


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansOf:
    """What one unit has. None is not "none": nobody has said it yet. ``as_of`` is the oldest of the days."""

    computers: int | None = None
    scanners: int | None = None
    line: int | None = None
    staff: int | None = None
    as_of: date | None = None

    @classmethod
    def of(cls, stated: Iterable[tuple[str, int, date]]) -> MeansOf:
        """Put together kinds, quantities and days."""
        listed = list(stated)
        quantities: dict[str, Any] = {str(MeansKind(kind)): quantity for kind, quantity, _day in listed}
        return cls(**quantities, as_of=min((day for _kind, _quantity, day in listed), default=None))

    @property
    def listed(self) -> list[tuple[str | Promise, int | None]]:
        """Return every kind by name with its quantity."""
        return [(kind.label, getattr(self, kind)) for kind in MeansKind]

    @property
    def initial(self) -> dict[str, int | None]:
        """Return what a form begins with."""
        return {str(kind): getattr(self, kind) for kind in MeansKind}


def requests_beside(requests: QuerySet[SupportRequest]) -> ArraySubquery:
    """Return requests as an annotation, the oldest first, for ``lines_beside``."""
    fields = {name: name for name in _REQUEST}
    return ArraySubquery(requests.order_by("asked_at", "pk").values(json=JSONObject(**fields)))


def lines_beside(annotated: Iterable[dict[str, Any]] | None) -> tuple[RequestLine, ...]:
    """Read back what ``requests_beside`` annotated."""
    return tuple(_line(row) for row in annotated or ())


def lines_of(requests: QuerySet[SupportRequest]) -> list[RequestLine]:
    """Return requests in their order."""
    return [RequestLine(**row) for row in requests.values(*_REQUEST)]


def means_beside(slug: str) -> ArraySubquery:
    """Return the newest statements of a unit as an annotation, for ``means_from``."""
    newest = Means.objects.newest().filter(unit__slug=slug)
    return ArraySubquery(newest.values(json=JSONObject(kind="kind", quantity="quantity", as_of="as_of")))


def means_from(annotated: Iterable[dict[str, Any]] | None) -> MeansOf:
    """Read back what ``means_beside`` annotated."""
    return MeansOf.of(
        (row["kind"], row["quantity"], date.fromisoformat(row["as_of"])) for row in annotated or ()
    )


def means_of(units: Iterable[int]) -> dict[int, MeansOf]:
    """Return what each of these units has, by unit id; units that have said nothing are missing."""
    stated: dict[int, list[tuple[str, int, date]]] = {}
    newest = Means.objects.newest().filter(unit__in=list(units))
    for unit, kind, quantity, day in newest.values_list("unit_id", "kind", "quantity", "as_of"):
        stated.setdefault(unit, []).append((kind, quantity, day))
    return {unit: MeansOf.of(of_unit) for unit, of_unit in stated.items()}


def _line(row: dict[str, Any]) -> RequestLine:
    promised = row["promised_for"]
    return RequestLine(
        **{
            **row,
            "needed_by": date.fromisoformat(row["needed_by"]),
            "asked_at": datetime.fromisoformat(row["asked_at"]),
            "promised_for": date.fromisoformat(promised) if promised else None,
        }
    )
