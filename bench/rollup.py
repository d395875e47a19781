"""The roll-up of all running campaigns, which the worker repeats every two seconds, mostly to find nothing new."""

from __future__ import annotations

from random import Random

from bench.cpu import Cost, measured
from bench.figures import Figure, figure
from bench.stage import Stage, as_owner
from reports.progress.rollup import roll_up

SPOIL = "UPDATE reports_unitprogress SET done = 0, checked = 0, approved = 0"


def measure(stage: Stage) -> list[Figure]:
    """Roll up by turns on the district and on the million: with nothing to write, and with every row."""
    names = [stage.district(), stage.million()]
    idle: dict[str, list[Cost]] = {name: [] for name in names}
    busy: dict[str, list[Cost]] = {name: [] for name in names}
    for turn in range(stage.rounds(15, 4)):
        for name in Random(turn).sample(names, len(names)):
            stage.use(name)
            roll_up()
            idle[name].append(_roll_up())
            as_owner(SPOIL)
            busy[name].append(_roll_up())
    stage.leave()
    ratios = [many.cpu / few.cpu for few, many in zip(*(idle[name] for name in names), strict=True)]
    return [
        *(
            line
            for name, size in zip(names, ("district", "same many times over"), strict=True)
            for line in (
                figure(f"roll-up of the {size}, nothing new, CPU", "ms", [c.cpu * 1000 for c in idle[name]]),
                figure(
                    f"roll-up of the {size}, nothing new, wall", "ms", [c.wall * 1000 for c in idle[name]]
                ),
                figure(
                    f"roll-up of the {size}, every row new, CPU", "ms", [c.cpu * 1000 for c in busy[name]]
                ),
            )
        ),
        figure("roll-up, CPU, many times over : district", "", ratios),
    ]


def _roll_up() -> Cost:
    with measured() as cost:
        roll_up()
    return cost
