"""The tile map as geometry: every unit a tile of the same size, roughly where it lies. No words but names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from reports.progress.read import UnitFigures
from reports.room.states import MARKS, Mark

# In the picture's own units; texts are 10 high, and a phone shows it as large as a wide window does.
SIDE = 6
WIDTH, HEIGHT, GAP = 66, 42, 3
LONGEST_LINE = 9
# A row further down is a slip of the pen, and would make a picture nobody sees the end of.
MOST_ROWS = 40

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A unit on the map, at ``x`` and ``y``; ``lines`` is its name, in two where it is long."""

    unit: UnitFigures
    mark: Mark
    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMap:
    """The whole map, ``width`` by ``height``."""

    tiles: tuple[Tile, ...]
    width: int
    height: int


def tile_map(units: Iterable[UnitFigures]) -> TileMap:
    """Lay units out from north-west to south-east; who has no cell of their own stands where room is left."""
    placed = sorted(_placed(list(units)), key=lambda pair: (pair[0][1], pair[0][0]))
    columns, rows = (max((cell[at] for cell, _ in placed), default=0) + 1 for at in (0, 1))
    tiles = tuple(_tile(cell, unit) for cell, unit in placed)
    return TileMap(tiles=tiles, width=columns * (WIDTH + GAP) - GAP, height=rows * (HEIGHT + GAP) - GAP)


def _placed(units: list[UnitFigures]) -> Iterator[tuple[Cell, UnitFigures]]:
    claims = Counter(_cell(unit) for unit in units)
    taken = {cell for cell, many in claims.items() if cell and many == 1}
    free = (cell for at in count() if (cell := (at % SIDE, at // SIDE)) not in taken)
    for unit in units:
        own = _cell(unit)
        yield own if own and own in taken else next(free), unit


def _cell(unit: UnitFigures) -> Cell | None:
    column, row = unit.map_column, unit.map_row
    if column is None or row is None or column >= SIDE or row >= MOST_ROWS:
        return None
    return column, row


def _tile(cell: Cell, unit: UnitFigures) -> Tile:
    return Tile(
        unit=unit,
        mark=MARKS[unit.outlook.state],
        x=cell[0] * (WIDTH + GAP),
        y=cell[1] * (HEIGHT + GAP),
        lines=_lines(unit.name),
    )


def _lines(name: str) -> tuple[str, ...]:
    words = name.split()
    if len(name) <= LONGEST_LINE or len(words) < 2:
        return (name,)
    first = words[: (len(words) + 1) // 2]
    return " ".join(first), " ".join(words[len(first) :])
