"""The communes behind a number of the district, each with its own chain; the numbers lead on to their books."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from reports.progress.figures import Figures
from reports.progress.read import DistrictProgress, UnitFigures
from reports.room.chain import BY_FIGURE, SUM, Chain, Choice, Measure, kind_name, row
from reports.room.choosing import Chosen


@dataclass(frozen=True)
class Breakdown:
    """The communes that have part in the number ``choice`` names; without one all of them."""

    progress: DistrictProgress
    choice: Choice
    chosen: Chosen

    @property
    def kind(self) -> Any:
        """Return the name of the kind, "" for all kinds."""
        return kind_name(self.choice.kind) if self.choice.kind else ""

    @property
    def n(self) -> int:
        """Return the number the page was opened for: what the communes below add up to."""
        return self.choice.measure.of(self.chain.sum.figures) if self.choice.measure else 0

    @cached_property
    def chain(self) -> Chain:
        """Return a line for each commune, the largest part first."""
        measure = self.choice.measure
        chosen = measure.figure if measure else ""
        parts = [(unit, self._figures(unit)) for unit in self.progress.units]
        if measure is not None:
            parts = [(unit, figures) for unit, figures in parts if measure.of(figures)]
            parts.sort(key=lambda part: -measure.of(part[1]))
        rows = [
            row(unit.name, figures, self._to_books(unit), address=self._to(unit, self.choice), chosen=chosen)
            for unit, figures in parts
        ]
        whole = Figures.sum(figures for _unit, figures in parts)
        return Chain(rows, row(SUM, whole, self._again, chosen=chosen))

    def _figures(self, unit: UnitFigures) -> Figures:
        return unit.by_kind.get(self.choice.kind, Figures()) if self.choice.kind else unit.figures

    def _to_books(self, unit: UnitFigures) -> Callable[[Measure], str]:
        return lambda measure: self._to(unit, Choice(self.choice.kind, measure))

    def _to(self, unit: UnitFigures, choice: Choice) -> str:
        return books_of(unit, self.chosen)(choice)

    def _again(self, measure: Measure) -> str:
        # Narrowed to the communes of one number, the other sums are of those communes alone: nothing lists just them.
        if self.choice.measure not in (None, measure):
            return ""
        return leads_in(self.chosen)(Choice(self.choice.kind, measure))


def leads_in(chosen: Chosen) -> Callable[[Choice], str]:
    """Return what gives the address of the communes behind a number of a campaign."""
    return lambda choice: f"{reverse('reports:breakdown')}?{choice.query}{chosen.more}"


def in_table(leads: Callable[[Choice], str]) -> dict[str, str]:
    """Return where the numbers of the table of units lead, by the name of the figure."""
    return {name: leads(Choice("", BY_FIGURE[name])) for name in ("total", "done", "remaining")}


def books_of(unit: UnitFigures, chosen: Chosen) -> Callable[[Choice], str]:
    """Return what gives the address of the books of a unit behind its numbers in a campaign."""
    address = reverse("reports:commune", args=(unit.slug,))
    return lambda choice: f"{address}?{choice.query}{chosen.more}#books"
