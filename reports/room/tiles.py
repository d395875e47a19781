"""The tile map: every unit a tile of the same size, roughly where it lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reports.progress.read import UnitFigures
from reports.room.states import MARKS, Mark

# As many columns and rows as the style sheet has classes for.
SIDE = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit on the map; without ``place`` it stands where room is left."""

    unit: UnitFigures
    mark: Mark
    place: str


def tiles(units: Iterable[UnitFigures]) -> list[Tile]:
    """Lay the units out from north-west to south-east; a cell two units claim is given to neither."""
    listed = list(units)
    claims = Counter(_cell(unit) for unit in listed)
    laid = [Tile(unit, MARKS[unit.outlook.state], _place(unit, claims)) for unit in listed]
    return sorted(laid, key=lambda tile: (not tile.place, tile.unit.map_row or 0, tile.unit.map_column or 0))


def _cell(unit: UnitFigures) -> tuple[int, int] | None:
    column, row = unit.map_column, unit.map_row
    if column is None or row is None or column >= SIDE or row >= SIDE:
        return None
    return column, row


def _place(unit: UnitFigures, claims: Counter[tuple[int, int] | None]) -> str:
    cell = _cell(unit)
    return f"x{cell[0]} y{cell[1]}" if cell and claims[cell] == 1 else ""
