"""The room of the task force: its bytes, its CPU up to ten million entries, and the same figures in others' ways.

Ten million are the tallies and totals of the district many times over: pages read what the roll-up prepared, so
entries themselves make no difference to them. Ten thousand communes are as many units with nine books each.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from random import Random

from django.db import connection
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext

from bench.cpu import measured
from bench.figures import Figure, figure
from bench.pages import Person
from bench.stage import Stage, as_owner
from civreg.lib.statements import rows_of
from communes.models import Unit
from digitization.models import COUNTED_STANDINGS, COUNTED_STATUSES
from reports.models import Campaign
from reports.progress.read import district_progress
from reports.progress.rollup import roll_up

ADDRESS = "/tien-do/"
QUERIES, CPU_MS, FLAT = 6, 60, 1.2
# The page alone: style, scripts and icons are measured in a browser, and come once.
PAGE_BYTES, LIVE_BYTES = 60_000, 5_000
DISTRICT_MS, COMMUNES_MS = 100, 3_000
TEN_MILLION, COMMUNES, BOOKS_EACH = 115, 10_000, 9

_MARKS = re.compile(r"ban=([0-9a-f.-]+)&")
_MORE = f"""
ALTER TABLE digitization_book DISABLE TRIGGER USER;
UPDATE digitization_book SET total = total * {TEN_MILLION} WHERE total IS NOT NULL;
ALTER TABLE digitization_book ENABLE TRIGGER USER;
UPDATE digitization_booktally SET n = n * {TEN_MILLION};
"""
# Checked at once: a table with checks that wait cannot have its triggers switched.
_WIDER = f"""
SET CONSTRAINTS ALL IMMEDIATE;
INSERT INTO communes_unit SELECT (jsonb_populate_record(u, jsonb_build_object(
    'id', 1000000 + i, 'slug', 'bench-' || i, 'code', '', 'name', u.name || ' ' || i))).*
FROM generate_series(1, {COMMUNES}) AS i
CROSS JOIN communes_unit AS u WHERE u.id = (SELECT min(id) FROM communes_unit WHERE level = 'commune');
INSERT INTO reports_campaignunit (campaign_id, unit_id)
SELECT c.id, u.id FROM reports_campaign AS c CROSS JOIN communes_unit AS u WHERE u.id > 1000000;
ALTER TABLE digitization_book DISABLE TRIGGER USER;
INSERT INTO digitization_book SELECT (jsonb_populate_record(b, jsonb_build_object(
    'id', 10000000 + (u.id - 1000000) * {BOOKS_EACH} + at, 'place_id', u.id, 'custodian_id', u.id,
    'book_no', 'B' || at))).*
FROM communes_unit AS u CROSS JOIN generate_series(0, {BOOKS_EACH - 1}) AS at CROSS JOIN digitization_book AS b
WHERE u.id > 1000000 AND b.id = (SELECT min(id) FROM digitization_book WHERE total IS NOT NULL);
ALTER TABLE digitization_book ENABLE TRIGGER USER;
INSERT INTO digitization_booktally (book_id, status, standing, n, last_at)
SELECT b.id, s.status, 'normal', 7, now() FROM digitization_book AS b
CROSS JOIN (VALUES ('entered'), ('checked'), ('approved')) AS s(status) WHERE b.id >= 10000000;
ANALYZE;
"""
_GROUPED = """
SELECT custodian_id, kind, status, standing, count(*), max(entered_at) FROM digitization_record GROUP BY 1, 2, 3, 4
"""


def measure(stage: Stage) -> list[Figure]:
    """Measure the page at three sizes, the roll-up at two, and the ways of others beside ours."""
    stage.collect_static()
    small, many = stage.district(), stage.million()
    rounds = stage.rounds(12, 3)
    stage.use(small)
    roll_up()
    lines = [*_bytes(), *_ways("of the district", rounds)]
    at_first = _page(rounds)
    rolled = _times(roll_up, rounds)
    stage.use(many)
    lines += _ways("of the million", rounds)
    with stage.copy_of(small):
        as_owner(_MORE)
        roll_up()
        at_last = _page(rounds)
    with stage.copy_of(small):
        as_owner(_WIDER)
        roll_up()
        of_many = _times(roll_up, stage.rounds(5, 2))
    return [
        *lines,
        figure("room, CPU of the web process", "ms", at_first, at_most=CPU_MS),
        figure("room at ten million, CPU of the web process", "ms", at_last, at_most=CPU_MS),
        figure(
            "room, ten million : district",
            "",
            [large / little for large, little in zip(at_last, at_first, strict=True)],
            at_most=FLAT,
        ),
        figure("roll-up of the district, wall", "ms", rolled, at_most=DISTRICT_MS),
        figure(f"roll-up of {COMMUNES:,} communes, wall", "ms", of_many, at_most=COMMUNES_MS),
    ]


def _bytes() -> list[Figure]:
    """Measure what crosses the line: the page, and what a poll brings after one entry and after every part changed."""
    person = Person("taskforce")
    with CaptureQueriesContext(connection) as captured:
        page = person.get(ADDRESS)
        # The log is emptied by the next request.
        asked = len(captured)
    sent: bytes = page.content  # type: ignore[attr-defined]
    found = _MARKS.search(gzip.decompress(sent).decode())
    assert found, "the page does not keep itself fresh"
    had = found[1]
    as_owner(
        "UPDATE reports_unitprogress SET done = done + 1 WHERE (unit_id, kind) IN "
        "(SELECT unit_id, kind FROM reports_unitprogress WHERE total > done + 1 LIMIT 1)"
    )
    after_one = person.polls(ADDRESS, had)
    whole = person.polls(ADDRESS, "")
    roll_up()
    return [
        figure("room, queries", "", [asked], at_most=QUERIES),
        figure("room, bytes of the page (gzip)", "B", [len(sent)], at_most=PAGE_BYTES),
        figure("room, bytes of a poll after one entry", "B", [after_one], at_most=LIVE_BYTES),
        figure("room, bytes of a poll that brings every part", "B", [whole]),
    ]


def _page(rounds: int) -> list[float]:
    person, costs = Person("taskforce"), []
    for _ in range(rounds * 4 + 2):
        with measured() as cost:
            person.get(ADDRESS)
        costs.append(cost.own * 1000)
    return costs[2:]


def _times(act: Callable[[], object], rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        with measured() as cost:
            act()
        times.append(cost.wall * 1000)
    return times


def _ways(where: str, rounds: int) -> list[Figure]:
    """Compare reading prepared rows with counting entries: in one GROUP BY, and level by level with conditions."""
    campaign = Campaign.objects.get()
    ways: dict[str, Callable[[], object]] = {
        "prepared rows": lambda: district_progress(campaign),
        "one GROUP BY": lambda: rows_of(_GROUPED, {}),
        "conditional counts per level": _by_levels,
    }
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds):
        for name in Random(turn).sample(list(ways), len(ways)):
            with measured() as cost:
                ways[name]()
            costs[name].append(cost.cpu * 1000)
    ours = costs["prepared rows"]
    return [
        *(figure(f"figures {where}, {name}, CPU", "ms", costs[name]) for name in ways),
        *(
            figure(
                f"figures {where}, {name} : prepared rows",
                "",
                [c / o for c, o in zip(costs[name], ours, strict=True)],
            )
            for name in list(ways)[1:]
        ),
    ]


def _by_levels() -> None:
    """Count as Concordia does (``views/campaigns.py``): one conditional count for each status, through the joins."""
    stages = {
        status.value: Count(
            "books__records",
            filter=Q(books__records__status=status, books__records__standing__in=COUNTED_STANDINGS),
        )
        for status in COUNTED_STATUSES
    }
    list(Unit.objects.filter(level="commune").annotate(**stages).values("pk", *stages))
    list(Unit.objects.filter(level="commune").annotate(all=Count("books__records")).values("pk", "all"))
