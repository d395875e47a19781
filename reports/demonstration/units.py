"""The units of the demonstration: real names, codes and acts, re-keyed from the sources named in ``units.json``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from communes.models import Succession, Unit

_DATA = Path(__file__).with_name("units.json")


def load_units() -> dict[str, Unit]:
    """Store province, district, communes and what became of them; returns the units by slug.

    A unit is a new row when an act changes its name, kind, code or territory. Successors that are not known have
    no row in Succession.
    """
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    units: dict[str, Unit] = {}
    for row in data["units"]:
        units[row["slug"]] = _unit(row, units)
    Succession.objects.bulk_create(
        Succession(
            predecessor=units[row["of"]],
            successor=units[row["into"]],
            on_date=date.fromisoformat(row["on"]),
            kind=row["kind"],
            legal_basis=row["basis"],
        )
        for row in data["successions"]
    )
    return units


def _unit(row: dict[str, Any], known: dict[str, Unit]) -> Unit:
    column, line = row.get("tile", (None, None))
    unit = Unit(
        slug=row["slug"],
        code=row["code"],
        level=row["level"],
        kind=row["kind"],
        name=row["name"],
        parent=known[row["parent"]] if "parent" in row else None,
        export_name=row.get("export_name", ""),
        valid_from=date.fromisoformat(row["from"]),
        valid_to=date.fromisoformat(row["to"]) if "to" in row else None,
        map_column=column,
        map_row=line,
    )
    unit.save(force_insert=True)
    return unit
