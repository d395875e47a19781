"""The dashboard: its queries, its CPU, and the same with fifteen times the entries (``million`` says which)."""

from __future__ import annotations

from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.cpu import Cost, measured
from bench.figures import Figure, figure, quartiles
from bench.pages import Person
from bench.stage import Stage
from digitization.models import Record
from reports.progress.rollup import roll_up

ADDRESS = "/tien-do/"
QUERIES, CPU_MS = 6, 50
# "The same", within what two runs of the same thing differ by.
SAME = 1.15
A_BLOCK = 12


def measure(stage: Stage) -> list[Figure]:
    """Open the page again and again, by turns on the district and on the million."""
    stage.collect_static()
    names = [stage.district(), stage.million()]
    costs: dict[str, list[list[Cost]]] = {name: [] for name in names}
    queries = {name: _queries(stage, name) for name in names}
    entries = [_entries(stage, name) for name in names]
    for turn in range(stage.rounds(10, 3)):
        for name in Random(turn).sample(names, len(names)):
            costs[name].append(_block(stage, name))
    stage.leave()
    small, large = (costs[name] for name in names)
    ratios = [_median(many) / _median(few) for few, many in zip(small, large, strict=True)]
    return [
        figure("dashboard, queries", "", [queries[names[0]]], at_most=QUERIES),
        figure("dashboard, CPU of the web process", "ms", _own(small), at_most=CPU_MS),
        figure("dashboard, CPU of the database", "ms", _database(small)),
        figure(f"dashboard, queries at {entries[1]:,} entries", "", [queries[names[1]]], at_most=QUERIES),
        figure(f"dashboard, CPU of the web process at {entries[1]:,}", "ms", _own(large), at_most=CPU_MS),
        figure(f"dashboard, CPU of the database at {entries[1]:,}", "ms", _database(large)),
        figure(f"dashboard, CPU of both, {entries[1]:,} : {entries[0]:,}", "", ratios, at_most=SAME),
    ]


def _block(stage: Stage, name: str) -> list[Cost]:
    stage.use(name)
    roll_up()
    person, costs = Person("taskforce"), []
    for _ in range(A_BLOCK):
        with measured() as cost:
            person.get(ADDRESS)
        costs.append(cost)
    return costs[2:]


def _queries(stage: Stage, name: str) -> int:
    stage.use(name)
    roll_up()
    person = Person("taskforce")
    person.get(ADDRESS)
    with CaptureQueriesContext(connection) as captured:
        person.get(ADDRESS)
    return len(captured)


def _entries(stage: Stage, name: str) -> int:
    stage.use(name)
    return Record.objects.count()


def _median(block: list[Cost]) -> float:
    return quartiles([cost.cpu for cost in block])[1]


def _own(blocks: list[list[Cost]]) -> list[float]:
    return [cost.own * 1000 for block in blocks for cost in block]


def _database(blocks: list[list[Cost]]) -> list[float]:
    return [cost.database * 1000 for block in blocks for cost in block]
