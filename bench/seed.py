"""Setting up the demonstration of the whole district: 870 books, 70,494 entries with their events."""

from __future__ import annotations

from bench.figures import Figure, figure
from bench.stage import Stage

WALL_SECONDS = 45


def measure(stage: Stage) -> list[Figure]:
    """Seed empty databases; the first of them is the one the other measurements use."""
    stage.district()
    while len(stage.seeds) < stage.rounds(3, 1):
        stage.seed_once_more()
    return [
        figure("seed of the district, CPU of the program", "s", [cost.own for cost in stage.seeds]),
        figure(
            "seed of the district, CPU of its database session", "s", [cost.database for cost in stage.seeds]
        ),
        figure("seed of the district, wall", "s", [cost.wall for cost in stage.seeds], at_most=WALL_SECONDS),
    ]
