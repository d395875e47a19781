"""The page of those who lead a campaign: which communes are behind, what they have, and what they wait for."""

from __future__ import annotations

from dataclasses import dataclass

from communes.models import RequestState, SupportRequest, SupportStep
from communes.models.support import ENDED
from communes.rights import Rights
from reports.models import Campaign
from reports.progress.read import DistrictProgress, UnitFigures, district_progress
from reports.room.states import ATTENTION_ORDER, MARKS, Mark
from reports.support.effect import Effect
from reports.support.lines import MeansOf, RequestLine, lines_of, means_of

# Of the requests that have ended the page shows the last ones.
_HISTORY = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One unit: how it stands, what it has, what it waits for."""

    unit: UnitFigures
    means: MeansOf
    requests: tuple[RequestLine, ...]

    @property
    def mark(self) -> Mark:
        """Return how its state of progress is shown."""
        return MARKS[self.unit.outlook.state]


@dataclass(frozen=True, slots=True)
class Past:
    """A request that has ended, its unit, and what it changed where that was measured."""

    line: RequestLine
    unit: UnitFigures
    effect: Effect | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Units with open requests first, by state of progress and then by the oldest request; the others behind them."""

    progress: DistrictProgress
    rows: list[Row]
    past: list[Past]

    @classmethod
    def read(cls, campaign: Campaign, rights: Rights) -> Board:
        """Read the units of a campaign that stand under the offices of the reader."""
        progress = district_progress(campaign)
        offices = rights.units_for("lead_campaign")
        units = {
            unit.unit_id: unit
            for unit in progress.units
            if unit.unit_id in offices or unit.parent_id in offices
        }
        means, open_ones = means_of(units), _open_by_unit(units)
        rows = [
            Row(unit=unit, means=means.get(key, MeansOf()), requests=tuple(open_ones.get(key, ())))
            for key, unit in units.items()
        ]
        return cls(progress=progress, rows=sorted(rows, key=_most_urgent), past=_past(units))

    @property
    def open(self) -> list[RequestLine]:
        """Return all open requests."""
        return [line for row in self.rows for line in row.requests]

    @property
    def unanswered(self) -> int:
        """Return how many requests wait for an answer."""
        return sum(line.state == RequestState.ASKED for line in self.open)

    @property
    def promised(self) -> int:
        """Return how many promises are to be kept."""
        return sum(line.state == RequestState.AGREED for line in self.open)

    @property
    def overdue(self) -> int:
        """Return how many promises have not been kept."""
        return sum(line.overdue for line in self.open)

    @property
    def delivered(self) -> int:
        """Return how many deliveries are being watched."""
        return sum(line.state == RequestState.DELIVERED for line in self.open)


def _most_urgent(row: Row) -> tuple[bool, int, float, int]:
    oldest = min((line.asked_at.timestamp() for line in row.requests), default=0.0)
    state = ATTENTION_ORDER.index(row.unit.outlook.state)
    return not row.requests, state, oldest, -row.unit.figures.remaining


def _open_by_unit(units: dict[int, UnitFigures]) -> dict[int, list[RequestLine]]:
    by_unit: dict[int, list[RequestLine]] = {}
    for line in lines_of(SupportRequest.objects.open().of_units(units).order_by("asked_at", "pk")):
        by_unit.setdefault(line.unit_id, []).append(line)
    return by_unit


def _past(units: dict[int, UnitFigures]) -> list[Past]:
    ended = SupportRequest.objects.filter(state__in=ENDED).of_units(units).order_by("-pk")[:_HISTORY]
    lines = lines_of(ended)
    closings = SupportStep.objects.filter(
        request__in=[line.pk for line in lines], state=RequestState.CLOSED, effect__isnull=False
    )
    effects = {
        request: Effect.from_published(effect)
        for request, effect in closings.values_list("request_id", "effect")
        if effect
    }
    return [Past(line, units[line.unit_id], effects.get(line.pk)) for line in lines]
