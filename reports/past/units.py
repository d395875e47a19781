"""The rows of a snapshot as lines of units: those of the day itself, or those in their place on a later day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from civreg.lib.vietnamese import sort_key
from communes.models import Unit
from reports.models import DailySnapshot
from reports.progress.figures import Figures


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of a snapshot. ``former`` are the units whose figures are summed up in it, where it has taken over."""

    unit: Unit
    figures: Figures
    former: tuple[Unit, ...] = ()


def lines_of(snapshot: DailySnapshot, heir_of: Mapping[int, int] | None = None) -> list[UnitLine]:
    """Return the units of a snapshot by name; with ``heir_of`` (former unit id to a later one) summed up into those.

    A unit that did not exist on that day and kept no book is left out. Together they are the whole snapshot.
    """
    rows = snapshot.rows.filter(kind="").select_related("unit")
    read = [(row.unit, Figures.from_published(row.figures)) for row in rows]
    listed = [(unit, part) for unit, part in read if part.books or unit.exists_on(snapshot.day)]
    merged = _merged(listed, heir_of or {})
    return sorted(merged, key=lambda line: (sort_key(line.unit.name), line.unit.pk))


def kinds_of(snapshot: DailySnapshot) -> dict[str, Figures]:
    """Return the figures of the whole district by kind of book."""
    found: dict[str, Figures] = {}
    for kind, figures in snapshot.rows.exclude(kind="").values_list("kind", "figures"):
        found[kind] = found.get(kind, Figures()) + Figures.from_published(figures)
    return found


def _merged(listed: list[tuple[Unit, Figures]], heir_of: Mapping[int, int]) -> list[UnitLine]:
    known = {unit.pk: unit for unit, _ in listed}
    known |= Unit.objects.in_bulk({heir_of[unit.pk] for unit, _ in listed if unit.pk in heir_of} - set(known))
    parts: dict[int, list[tuple[Unit, Figures]]] = {}
    for unit, figures in listed:
        parts.setdefault(heir_of.get(unit.pk, unit.pk), []).append((unit, figures))
    return [
        UnitLine(
            unit=known[pk],
            figures=Figures.sum(figures for _, figures in of_unit),
            former=tuple(unit for unit, _ in of_unit if unit.pk != pk),
        )
        for pk, of_unit in parts.items()
    ]
