"""The ladder is never climbed: civreg < communes < digitization < reports, in code and in migrations."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).parents[2]
LADDER = ("civreg", "communes", "digitization", "reports")
ROOMS = ("inventory", "scans", "entry", "checking", "exchange", "lists", "sharing")
MODULES = sorted(
    path for floor in LADDER for path in (ROOT / floor).rglob("*.py") if "tests" not in path.parts
)


def imported(path: Path) -> Iterator[str]:
    """Yield the absolute dotted name of everything a module imports."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, node.module or "")).strip(".")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_floor_imports_only_itself_and_lower_floors(path: Path) -> None:
    floor = LADDER.index(path.relative_to(ROOT).parts[0])
    climbs = [name for name in imported(path) if name.partition(".")[0] in LADDER[floor + 1 :]]
    assert not climbs, f"{path.relative_to(ROOT)} climbs the ladder: {climbs}"


def test_the_rooms_of_digitization_do_not_import_each_other() -> None:
    crossings = [
        f"{path.relative_to(ROOT)} → {name}"
        for room in ROOMS
        for path in (ROOT / "digitization" / room).rglob("*.py")
        for name in imported(path)
        for other in ROOMS
        if other != room and f"{name}.".startswith(f"digitization.{other}.")
    ]
    assert not crossings


def test_the_ground_imports_no_app_and_has_no_model() -> None:
    for path in (ROOT / "civreg").rglob("*.py"):
        if "tests" in path.parts:
            continue
        assert not [name for name in imported(path) if name.partition(".")[0] in LADDER[1:]], path
        assert "models.Model" not in path.read_text(encoding="utf-8"), path


def test_migrations_depend_only_on_lower_floors() -> None:
    graph = MigrationLoader(None).graph
    for app, name in graph.nodes:
        if app not in LADDER:
            continue
        parents = {parent.key[0] for parent in graph.node_map[(app, name)].parents}
        climbs = [parent for parent in parents if parent in LADDER[LADDER.index(app) + 1 :]]
        assert not climbs, f"{app}.{name} depends on {climbs}"
