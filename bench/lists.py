"""Lists and the search for names: what a page and a search cost in the district and with fifteen times the entries.

The five-hundredth page is opened by the key its forerunner ends with, as by somebody who leafed so far. Searched for
are names people bear in the data, common ones and others, spelt right and misspelt, and one that nobody bears.
"""

from __future__ import annotations

import re
import time
import tracemalloc
from collections.abc import Callable, Iterable
from functools import partial
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.cpu import Cost, measured
from bench.figures import Figure, figure
from bench.pages import Person
from bench.stage import Stage
from communes.models import User
from communes.rights import Rights
from digitization import access
from digitization.entry_lists import NEWEST, PAGE, page_of
from digitization.lists.finding import find
from digitization.lists.pages import MOST_ROWS
from digitization.lists.readings import words_of
from digitization.models import Record

LIST = "/ho-so/"
OFFICER, JUSTICE = "officer.hop-nhat", "justice"
LIST_QUERIES, CPU_MS, COMMUNE_MS, DISTRICT_MS = 3, 25, 20, 120
FAR = 500
FILTERS = {
    OFFICER: ("", "kind=KS", "status=returned", "year=1998", "finding=open"),
    JUSTICE: ("", "kind=KT", "status=returned", "year=1998", "finding=open"),
}


def measure(stage: Stage) -> list[Figure]:
    """Measure lists, then names, then files, on the district and on the million."""
    stage.collect_static()
    found = []
    for name in (stage.district(), stage.million()):
        stage.use(name)
        entries = f"{Record.objects.count():,}"
        found += [*_pages(stage, entries), *_names(stage, entries)]
    found += _files(stage)
    stage.leave()
    return found


def _pages(stage: Stage, entries: str) -> list[Figure]:
    figures = []
    for who, filters in FILTERS.items():
        person = Person(who)
        first = [f"{LIST}?{words}" for words in filters]
        far = [f"{LIST}?sau={_key_of_page(person.user, FAR)}"]
        for what, addresses in (("first page", first), (f"page {FAR}", far)):
            costs = _turns(stage, [partial(person.get, address) for address in addresses])
            title = f"list of {who.partition('.')[0]}, {what} at {entries}"
            own, whole = _queries(person, addresses[-1])
            figures += [
                figure(f"{title}: queries of the list", "", [own], at_most=LIST_QUERIES),
                figure(f"{title}: queries of the whole page", "", [whole]),
                figure(f"{title}: CPU of the web process", "ms", _own(costs), at_most=CPU_MS),
                figure(f"{title}: CPU of the database", "ms", _database(costs)),
            ]
    return figures


def _key_of_page(user: User, number: int) -> str:
    """Return the key behind which the page begins; of the last page, where there are not so many."""
    rights = Rights.of(user)
    records = access.records_to_read(rights, user).select_related(None).only("pk", "entered_at")
    units = access.units_to_read(rights) if access.reads_several_units(rights) else None
    before = min((number - 1) * PAGE, (records.count() - 1) // PAGE * PAGE)
    return page_of(records, NEWEST, units=units, size=before).after


def _queries(person: Person, address: str) -> tuple[int, int]:
    """Return how many queries ask for entries or their number, and how many the whole page sends."""
    person.get(address)
    with CaptureQueriesContext(connection) as captured:
        person.get(address)
    asked = [query["sql"] for query in captured]
    of_the_list = [
        sql for sql in asked if re.search(r'FROM (\(SELECT .*)?"digitization_(record|booktally)"', sql)
    ]
    return len(of_the_list), len(asked)


def _names(stage: Stage, entries: str) -> list[Figure]:
    typed = _typed_names()
    figures = []
    for who, where, limit in (
        (OFFICER, "in a commune", COMMUNE_MS),
        (JUSTICE, "in 22 communes", DISTRICT_MS),
    ):
        user = User.objects.get(username=who)
        rights = Rights.of(user)
        records = access.records_to_read(rights, user).select_related(None)
        units = list(access.units_to_read(rights).values_list("pk", flat=True))
        searches = [partial(find, words_of(name), records, units) for name in typed]
        costs = _turns(stage, searches)
        both = [cost.cpu * 1000 for cost in costs]
        figures += [
            figure(f"name {where} at {entries}: CPU of both", "ms", both, at_most=limit),
            figure(f"name {where} at {entries}: the slowest name", "ms", [_slowest(costs, len(searches))]),
        ]
    return figures


def _typed_names() -> list[str]:
    """Return what officers type: names of the data, right and a letter amiss, a family name, an unknown one."""
    names = Record.objects.exclude(subject_name="").order_by("pk").values_list("subject_name", flat=True)
    some = list(names[5:40_000:4_000])
    right = ["Nguyễn Văn Bình", "Nguyễn Thị Hoa", "Trần Bình", *some]
    random = Random(7)
    wrong = [_with_a_letter_amiss(name, random) for name in right]
    return [*right, *wrong, "Nguyễn", "Quách Xyz"]


def _with_a_letter_amiss(name: str, random: Random) -> str:
    place = random.randrange(1, len(name) - 1)
    return random.choice(
        [
            name[:place] + name[place + 1 :],
            name[:place] + random.choice("aeiognt") + name[place:],
            name[:place] + random.choice("aeiognt") + name[place + 1 :],
            name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
        ]
    )


def _files(stage: Stage) -> list[Figure]:
    """Take out as many entries as a file holds, in both forms, from the million."""
    person = Person(JUSTICE)
    words = _filter_of_many(person)
    figures = []
    for form in ("xlsx", "csv"):
        rates, peaks = [], []
        for _ in range(stage.rounds(3, 1)):
            began = time.process_time()
            rows = person.takes_out(words, form)
            rates.append(rows / (time.process_time() - began))
        tracemalloc.start()
        person.takes_out(words, form)
        peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
        tracemalloc.stop()
        figures += [
            figure(f"file of {rows:,} entries, {form}: entries a second of CPU", "/s", rates),
            figure(f"file of {rows:,} entries, {form}: memory at its peak", "MB", peaks),
        ]
    return figures


def _filter_of_many(person: Person) -> dict[str, str]:
    """Return the filter that leaves the most entries a file still holds: births kept by one commune, or of a year."""
    units = access.units_to_read(Rights.of(person.user)).values_list("slug", flat=True)
    counts = {
        (slug, kind): Record.objects.filter(custodian__slug=slug, kind=kind).count()
        for slug in units
        for kind in ("KS", "KH")
    }
    slug, kind = max((key for key, n in counts.items() if n <= MOST_ROWS), key=lambda key: counts[key])
    return {"unit": slug, "kind": kind}


def _turns(stage: Stage, pieces: Iterable[Callable[[], object]]) -> list[Cost]:
    """Do every piece of work by turns, in another order each time; the first turn only warms up."""
    work, costs = list(pieces), []
    for turn in range(stage.rounds(12, 2) + 1):
        order = list(range(len(work)))
        Random(turn).shuffle(order)
        taken = {}
        for place in order:
            with measured() as cost:
                work[place]()
            taken[place] = cost
        if turn:
            costs += [taken[place] for place in range(len(work))]
    return costs


def _slowest(costs: list[Cost], pieces: int) -> float:
    """Return the median of the piece whose median is the largest, in milliseconds."""
    medians = [sorted(cost.cpu for cost in costs[place::pieces]) for place in range(pieces)]
    return max(runs[len(runs) // 2] for runs in medians) * 1000


def _own(costs: list[Cost]) -> list[float]:
    return [cost.own * 1000 for cost in costs]


def _database(costs: list[Cost]) -> list[float]:
    return [cost.database * 1000 for cost in costs]
