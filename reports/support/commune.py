"""The part of a commune's page about means and support: who may ask sees a form, who may not read sees figures only.

What a request says is read by the unit that asks and by the offices above it that lead the campaign. Everybody else
who sees figures, the province and the administrators among them, sees what the unit has and how many requests are open.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid4

from django.db.models.expressions import BaseExpression

from communes.models import SupportRequest
from communes.rights import Rights
from reports.models import Campaign
from reports.progress.read import UnitFigures
from reports.room.states import Mark
from reports.support.forms import AskForm, MeansForm
from reports.support.lines import (
    MeansOf,
    RequestLine,
    lines_beside,
    means_beside,
    means_from,
    requests_beside,
)


@dataclass(frozen=True)
class CommuneSupport:
    """What one unit has and asks for, as one reader sees it."""

    slug: str
    means: MeansOf
    requests: tuple[RequestLine, ...]
    may_ask: bool
    may_read: bool

    @classmethod
    def of(cls, campaign: Campaign, unit: UnitFigures, rights: Rights) -> CommuneSupport:
        """Read it from a campaign asked for with ``beside``."""
        may_ask = unit.unit_id in rights.units_for("ask_support")
        offices = rights.units_for("lead_campaign")
        return cls(
            slug=unit.slug,
            means=means_from(getattr(campaign, "means_beside", None)),
            requests=lines_beside(getattr(campaign, "requests_beside", None)),
            may_ask=may_ask,
            may_read=may_ask or unit.unit_id in offices or unit.parent_id in offices,
        )

    @property
    def counts(self) -> list[tuple[Mark, int]]:
        """Return how many open requests show each mark: all that the page tells who may not read them."""
        marks = [line.mark for line in self.requests]
        return list(Counter(marks).items())

    @cached_property
    def intent(self) -> UUID:
        """Return an intent for the forms."""
        return uuid4()

    @property
    def ask_form(self) -> AskForm:
        """Return an empty form to ask with."""
        return AskForm()

    @property
    def means_form(self) -> MeansForm:
        """Return the form of means with what is known."""
        return MeansForm(initial=self.means.initial)


def beside(slug: str) -> dict[str, BaseExpression]:
    """Return what the page of a unit reads about support in the same query as its campaign."""
    return {
        "means_beside": means_beside(slug),
        "requests_beside": requests_beside(SupportRequest.objects.open().filter(unit__slug=slug)),
    }
