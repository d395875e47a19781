"""Requests that have ended, each with its unit and with what it changed where that was measured."""

from __future__ import annotations

from dataclasses import dataclass

from communes.models import RequestState, SupportStep, Unit
from communes.models.support import ENDED, SupportRequestQuerySet
from reports.support.effect import Effect
from reports.support.lines import RequestLine, lines_of

# Of the requests that have ended a page shows the last ones.
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Past:
    """A request that has ended, its unit, and what it changed where that was measured."""

    line: RequestLine
    unit: Unit
    effect: Effect | None


def last_ended(requests: SupportRequestQuerySet) -> list[Past]:
    """Return the last of these requests that have ended, the newest first, in three questions."""
    lines = lines_of(requests.filter(state__in=ENDED).order_by("-pk")[:SHOWN])
    closings = SupportStep.objects.filter(
        request__in=[line.pk for line in lines], state=RequestState.CLOSED, effect__isnull=False
    )
    effects = {
        request: Effect.from_published(effect)
        for request, effect in closings.values_list("request_id", "effect")
        if effect
    }
    units = Unit.objects.in_bulk({line.unit_id for line in lines})
    return [Past(line, units[line.unit_id], effects.get(line.pk)) for line in lines]
