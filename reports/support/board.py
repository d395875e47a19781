"""The page of those who lead a campaign: which communes are behind, what they have, and what they wait for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from django.db.models import Q

from communes.models import RequestState, SupportRequest, Unit
from communes.rights import Rights
from reports.models import Campaign, CampaignUnit
from reports.progress.read import UnitFigures, district_progress
from reports.room.choosing import Chosen
from reports.room.states import ATTENTION_ORDER, MARKS, Mark
from reports.support.ended import Past, last_ended
from reports.support.lines import MeansOf, RequestLine, lines_of, means_of


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsider:
    """A unit that waits for something and is not in the campaign shown: what it has, and where it takes part."""

    unit: Unit
    means: MeansOf
    requests: tuple[RequestLine, ...]
    campaigns: tuple[Campaign, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Units with open requests first, by state of progress and then by the oldest request; the others behind them.

    ``outsiders`` are the units under the same offices that wait for something outside of the campaign ``chosen``, so
    that no open request is without a board; without any campaign they are all there is.
    """

    chosen: Chosen | None
    rows: list[Row]
    outsiders: list[Outsider]
    past: list[Past]

    @classmethod
    def read(cls, chosen: Chosen | None, rights: Rights) -> Board:
        """Read the units that stand under the offices of the reader."""
        offices = rights.units_for("lead_campaign")
        units = _units_of(chosen.campaign, offices) if chosen else {}
        requests = SupportRequest.objects.filter(Q(unit__in=offices) | Q(unit__parent__in=offices))
        by_unit = _by_unit(lines_of(requests.open().order_by("asked_at", "pk")))
        means = means_of({*units, *by_unit})
        rows = [
            Row(unit=unit, means=means.get(key, MeansOf()), requests=tuple(by_unit.get(key, ())))
            for key, unit in units.items()
        ]
        return cls(
            chosen=chosen,
            rows=sorted(rows, key=_most_urgent),
            outsiders=_outsiders({key: by_unit[key] for key in by_unit if key not in units}, means),
            past=last_ended(requests),
        )

    @property
    def elsewhere(self) -> list[Outsider]:
        """Return the units that take part in another running campaign."""
        return [one for one in self.outsiders if one.campaigns]

    @property
    def nowhere(self) -> list[Outsider]:
        """Return the units that take part in no running campaign."""
        return [one for one in self.outsiders if not one.campaigns]

    @property
    def open(self) -> list[RequestLine]:
        """Return all open requests."""
        return [line for of_unit in self._requests for line in of_unit]

    @property
    def _requests(self) -> Iterator[tuple[RequestLine, ...]]:
        yield from (row.requests for row in self.rows)
        yield from (one.requests for one in self.outsiders)

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


def _units_of(campaign: Campaign, offices: Set[int]) -> dict[int, UnitFigures]:
    units = district_progress(campaign).units
    return {unit.unit_id: unit for unit in units if unit.unit_id in offices or unit.parent_id in offices}


def _by_unit(lines: Iterable[RequestLine]) -> dict[int, list[RequestLine]]:
    by_unit: dict[int, list[RequestLine]] = {}
    for line in lines:
        by_unit.setdefault(line.unit_id, []).append(line)
    return by_unit


def _outsiders(waiting: Mapping[int, list[RequestLine]], means: Mapping[int, MeansOf]) -> list[Outsider]:
    """Return these units, the oldest request first, with the running campaigns they take part in."""
    if not waiting:
        return []
    units = Unit.objects.in_bulk(waiting)
    running: dict[int, list[Campaign]] = {}
    parts = CampaignUnit.objects.filter(unit__in=waiting, campaign__in=Campaign.objects.running())
    for part in parts.select_related("campaign").order_by("campaign_id"):
        running.setdefault(part.unit_id, []).append(part.campaign)
    return [
        Outsider(
            unit=units[key],
            means=means.get(key, MeansOf()),
            requests=tuple(lines),
            campaigns=tuple(running.get(key, ())),
        )
        for key, lines in waiting.items()
    ]
