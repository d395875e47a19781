"""The page of support of one unit: what it has, what it waits for and what came of the rest, in a campaign or not."""

from __future__ import annotations

from dataclasses import dataclass

from communes.models import SupportRequest, Unit
from communes.rights import Rights
from reports.models import Campaign
from reports.support.commune import CommuneSupport
from reports.support.ended import Past, last_ended
from reports.support.lines import MeansOf, lines_of, means_of


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """One unit as one reader sees it; ``campaigns`` are the running ones it takes part in."""

    unit: Unit
    support: CommuneSupport
    campaigns: list[Campaign]
    past: list[Past]
    leads: bool

    @classmethod
    def read(cls, unit: Unit, rights: Rights) -> UnitPage:
        """Read it for somebody who may read what the unit asks for."""
        requests = SupportRequest.objects.of_units([unit.pk])
        return cls(
            unit=unit,
            support=CommuneSupport(
                slug=unit.slug,
                means=means_of([unit.pk]).get(unit.pk, MeansOf()),
                requests=tuple(lines_of(requests.open().order_by("asked_at", "pk"))),
                may_ask=unit.pk in rights.units_for("ask_support"),
                may_read=True,
            ),
            campaigns=list(Campaign.objects.running().filter(units=unit).order_by("-starts", "-pk")),
            past=last_ended(requests),
            leads=rights.may("lead_campaign"),
        )
