"""Which unit of a later day took the place of a former one, where an act says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from communes.models import Succession


def heirs(on: date) -> Mapping[int, int]:
    """Return former unit id to the id of the unit in its place on the day ``on``, through as many acts as there were.

    A unit that was split has no heir: which of its books went where is asked of the books. Units no act names are
    left out.
    """
    acts = Succession.objects.filter(on_date__lte=on).values_list("predecessor_id", "successor_id", "kind")
    return _followed(_next_of(acts))


def _next_of(acts: Iterable[tuple[int, int, str]]) -> dict[int, int]:
    found: dict[int, set[int]] = {}
    split: set[int] = set()
    for former, new, kind in acts:
        found.setdefault(former, set()).add(new)
        if kind == Succession.Kind.SPLIT:
            split.add(former)
    return {former: min(new) for former, new in found.items() if len(new) == 1 and former not in split}


def _followed(step: Mapping[int, int]) -> dict[int, int]:
    ends: dict[int, int] = {}
    for former in step:
        at, seen = former, {former}
        while at in step and step[at] not in seen:
            at = step[at]
            seen.add(at)
        ends[former] = at
    return ends
