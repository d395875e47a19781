"""Who typed which entry when, and what has become of it by tonight: numbers only, exact for every commune."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import NamedTuple

from digitization.models.states import Standing, Status
from reports.demonstration.figures import Commune, Size
from reports.demonstration.sharing import share_out
from reports.demonstration.shelves import Shelved
from reports.demonstration.timeline import Timeline

# How much of a commune's typing each of the three does: officer, second officer, helper.
TYPISTS = 3
_LOADS = (38, 22, 40)
# Percent of the counted entries already approved and checked where a commune is complete; the rest is entered.
_COMPLETE = {"phuc-lai": (100, 0), "soc-dang": (93, 5), "minh-tien": (88, 8), "yen-kien": (74, 17)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many entries of a commune end up in each state; the first three are digitized."""

    approved: int
    checked: int
    entered: int
    returned: int
    unreadable: int
    duplicates: int
    withdrawn: int
    cancelled: int
    accepted: int

    @property
    def digitized(self) -> int:
        return self.approved + self.checked + self.entered

    @property
    def on_paper(self) -> int:
        """Return how many different entries of the paper have been typed: repeated ones are not among them."""
        return self.digitized + self.returned + self.unreadable

    @property
    def typed(self) -> int:
        """Return how many records that makes, those typed again among them."""
        return self.on_paper + self.duplicates + self.withdrawn


class Stint(NamedTuple):
    """One typed entry: ``book`` is its place on the shelf, ``slot`` its place in the book, both counted from 0.

    A duplicate or withdrawn one has the book and slot of the entry it repeats.
    """

    at: datetime
    book: int
    slot: int
    typist: int
    status: Status
    standing: Standing


def quotas(size: Size) -> dict[str, Quota]:
    """Share the district's figures out over its communes; nothing is returned in a complete one."""
    communes = size.communes
    slices = _slices(size)
    open_room = [commune.total - commune.done for commune in communes]
    returned = _at_least_one(size.returned, open_room)
    room = [total - back for total, back in zip(open_room, returned, strict=True)]
    unreadable = share_out(size.unreadable, room, most=room)
    some = [commune.done if not commune.complete else 0 for commune in communes]
    duplicates = share_out(size.duplicates, some, most=some)
    withdrawn = share_out(size.withdrawn, some, most=some)
    cancelled = share_out(size.cancelled, [commune.done for commune in communes])
    accepted = share_out(size.accepted, some, most=some)
    names = ("returned", "unreadable", "duplicates", "withdrawn", "cancelled", "accepted")
    outside = zip(returned, unreadable, duplicates, withdrawn, cancelled, accepted, strict=True)
    return {
        commune.slug: Quota(approved=a, checked=c, entered=e, **dict(zip(names, numbers, strict=True)))
        for commune, (a, c, e), numbers in zip(communes, slices, outside, strict=True)
    }


def _at_least_one(whole: int, room: Sequence[int]) -> list[int]:
    ones = [min(1, some) for some in room]
    left = [some - one for some, one in zip(room, ones, strict=True)]
    rest = share_out(whole - sum(ones), left, most=[some // 2 for some in left])
    return [one + more for one, more in zip(ones, rest, strict=True)]


def _slices(size: Size) -> list[tuple[int, int, int]]:
    """Return approved, checked and entered of each commune, adding up to the commune and to the district."""
    fixed = {c.slug: _complete_slices(c) for c in size.communes if c.complete}
    others = [c for c in size.communes if not c.complete]
    done = [c.done for c in others]
    rng = Random(f"slices/{size.name}")
    approved = share_out(
        size.approved - sum(a for a, _, _ in fixed.values()),
        [some * rng.randint(70, 110) for some in done],
        most=[some * 9 // 10 for some in done],
    )
    left = [some - a for some, a in zip(done, approved, strict=True)]
    checked = share_out(size.checked - sum(c for _, c, _ in fixed.values()), left, most=left)
    entered = [some - c for some, c in zip(left, checked, strict=True)]
    rest = dict(zip([c.slug for c in others], zip(approved, checked, entered, strict=True), strict=True))
    return [(fixed | rest)[commune.slug] for commune in size.communes]


def _complete_slices(commune: Commune) -> tuple[int, int, int]:
    approved, checked = (commune.done * percent // 100 for percent in _COMPLETE[commune.slug])
    return approved, checked, commune.done - approved - checked


def stints(commune: Commune, quota: Quota, books: Sequence[Shelved]) -> list[Stint]:
    """Return every entry a commune has typed, in the order of typing."""
    rng = Random(f"stints/{commune.slug}/{commune.total}")
    typed = _typed(rng, quota.on_paper, books)
    fates = _fates(rng, quota)
    timeline = Timeline(commune.slug, commune.drive, until=commune.until)
    usual = [
        Stint(timeline.at(share), book, slot, typist, *fate)
        for (share, book, slot, typist), fate in zip(typed, fates, strict=True)
    ]
    return sorted(usual + _repeated(rng, quota, usual, timeline))


def _typed(rng: Random, wanted: int, books: Sequence[Shelved]) -> list[tuple[float, int, int, int]]:
    """Return (share of the work done, book, slot, typist) for every typed entry, in the order of typing."""
    filled = _fill(wanted, [book.total for book in books])
    of_typist: list[list[tuple[int, int]]] = [[] for _ in range(TYPISTS)]
    for book in sorted(range(len(books)), key=lambda at: (filled[at] < books[at].total, at)):
        loads = [len(of_typist[typist]) / _LOADS[typist] for typist in range(TYPISTS)]
        of_typist[loads.index(min(loads))] += [(book, slot) for slot in range(filled[book])]
    return sorted(
        ((place + 1 - rng.random() * 0.5 * (place + 1 < len(mine))) / len(mine), book, slot, typist)
        for typist, mine in enumerate(of_typist)
        for place, (book, slot) in enumerate(mine)
    )


def _fill(wanted: int, totals: Sequence[int]) -> list[int]:
    """Fill book after book, but leave the last tenth of the work spread over several books in hand."""
    filled, left = [0] * len(totals), wanted
    for at, total in enumerate(totals):
        if left < total or left - total < wanted // 20:
            break
        filled[at], left = total, left - total
    in_hand = [at for at, total in enumerate(totals) if total > filled[at]][:4]
    for at in in_hand:
        some = min(totals[at] - filled[at], max(left // 2, 1), left)
        filled[at], left = filled[at] + some, left - some
    for at, total in enumerate(totals):
        more = min(total - filled[at], left)
        filled[at], left = filled[at] + more, left - more
    return filled


def _fates(rng: Random, quota: Quota) -> list[tuple[Status, Standing]]:
    """Return what becomes of each typed entry in the order of typing: the earlier, the further it has come."""
    count = quota.on_paper
    late_half = range(count // 3, count) if count - count // 3 > quota.returned else range(count)
    back = set(rng.sample(late_half, quota.returned))
    rest = [place for place in range(count) if place not in back]
    unreadable = set(rng.sample(rest, quota.unreadable))
    counted = [place for place in rest if place not in unreadable]
    counted.sort(key=lambda place: place + rng.uniform(-0.06, 0.06) * count)
    odd = rng.sample(counted, quota.cancelled + quota.accepted)
    standings = dict.fromkeys(odd[: quota.cancelled], Standing.CANCELLED_IN_BOOK)
    standings |= dict.fromkeys(odd[quota.cancelled :], Standing.UNREADABLE_ACCEPTED)
    fates = dict.fromkeys(back, (Status.RETURNED, Standing.NORMAL))
    fates |= dict.fromkeys(unreadable, (Status.ENTERED, Standing.UNREADABLE))
    stages = [Status.APPROVED] * quota.approved
    stages += [Status.CHECKED] * quota.checked + [Status.ENTERED] * quota.entered
    for place, status in zip(counted, stages, strict=True):
        fates[place] = (status, standings.get(place, Standing.NORMAL))
    return [fates[place] for place in range(count)]


def _repeated(rng: Random, quota: Quota, usual: Sequence[Stint], timeline: Timeline) -> list[Stint]:
    """Return entries typed a second time: seen as a duplicate, or withdrawn because it was the wrong book."""
    standings = [Standing.DUPLICATE] * quota.duplicates + [Standing.WITHDRAWN] * quota.withdrawn
    settled = [stint for stint in usual if stint.standing is Standing.NORMAL][: len(usual) // 2]
    return [
        Stint(
            timeline.at(rng.uniform(0.6, 0.97)),
            first.book,
            first.slot,
            (first.typist + 1) % TYPISTS,
            Status.ENTERED,
            standing,
        )
        for first, standing in zip(rng.sample(settled, len(standings)), standings, strict=True)
    ]
