"""Two days or moments beside each other, unit by unit, and what made the difference."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from civreg.lib import clock
from civreg.lib.vietnamese import sort_key
from communes.lineage import heirs
from communes.models import Unit
from reports.models import Campaign, DailySnapshot
from reports.past.labels import MISSING, title_of
from reports.past.units import UnitLine, lines_of
from reports.progress.between import Causes, causes_between
from reports.progress.figures import Figures

ORDERS = {"ten": "name", "nhap": "produced", "tang": "change", "con-lai": "remaining", "ty-le": "share"}
DEFAULT_ORDER = "ten"
# "2024-12-05" is the day as it holds, "2024-12-05.2" its second revision or a moment of it.
_ENDS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.(\d{1,4}))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One unit then and now. ``causes`` is None where the difference cannot be told apart; figures, where missing."""

    unit: Unit | None
    then: Figures | None
    now: Figures | None
    causes: Causes | None

    @property
    def change(self) -> int | None:
        """Return how much more is digitized now."""
        return None if self.then is None or self.now is None else self.now.done - self.then.done

    @property
    def other(self) -> int:
        """Return the part of the change no cause explains: books taken in or out, days corrected since."""
        return 0 if self.causes is None or self.change is None else self.change - self.causes.gained

    @property
    def total_change(self) -> int | None:
        """Return how much more there is to digitize now."""
        return None if self.then is None or self.now is None else self.now.total - self.then.total


@dataclass(frozen=True)
class Comparison:
    """What the page shows. ``then`` and ``now`` are None where that day is missing, ``order`` a key of ``ORDERS``."""

    campaign: Campaign
    asked_then: str
    asked_now: str
    then: DailySnapshot | None
    now: DailySnapshot | None
    today: bool
    order: str
    choices: tuple[DailySnapshot, ...]

    @classmethod
    def read(cls, campaign: Campaign, asked: Mapping[str, str]) -> Comparison:
        """Read what ``tu``, ``den``, ``don-vi`` and ``sap`` ask for; by default the last day, and a week before."""
        listed = list(campaign.snapshots.order_by("-day", "-revision"))
        in_force = _in_force(listed)
        end = _found(asked.get("den", ""), listed, max(in_force, default=None))
        week_ago = max(min(in_force, default=end[1]), end[1] - timedelta(days=7))
        ends = [_found(asked.get("tu", ""), listed, week_ago), end]
        ends.sort(key=lambda each: (each[1], each[2].taken_at if each[2] else clock.now()))
        order = asked.get("sap", "")
        return cls(
            campaign=campaign,
            asked_then=ends[0][0],
            asked_now=ends[1][0],
            then=ends[0][2],
            now=ends[1][2],
            today=asked.get("don-vi") == "hien-nay",
            order=order if order in ORDERS else DEFAULT_ORDER,
            choices=tuple(
                snapshot
                for snapshot in listed
                if snapshot.kind_of == DailySnapshot.Kind.DEMAND or in_force[snapshot.day] == snapshot
            ),
        )

    @property
    def query(self) -> str:
        """Return what the address needs to show the same again, but for the order."""
        units = "&don-vi=hien-nay" if self.today else ""
        return f"tu={self.asked_then}&den={self.asked_now}{units}"

    @property
    def then_title(self) -> str:
        """Name the earlier end."""
        return _titled(self.then, self.asked_then)

    @property
    def now_title(self) -> str:
        """Name the later end."""
        return _titled(self.now, self.asked_now)

    @property
    def from_choices(self) -> list[tuple[str, str, bool]]:
        """Return the ends to choose from: how each is called, its address, and whether it is the earlier one."""
        return self._choices(self.then, self.asked_then)

    @property
    def to_choices(self) -> list[tuple[str, str, bool]]:
        """Return the same for the later end."""
        return self._choices(self.now, self.asked_now)

    @property
    def units_of(self) -> date | None:
        """Return the day whose units the rows are: today, or the later of the two days."""
        if self.today:
            return clock.today()
        return max((snapshot.day for snapshot in (self.then, self.now) if snapshot), default=None)

    @cached_property
    def told_apart(self) -> bool:
        """Tell whether causes can be told: both ends are ends of days, for which the books are known."""
        demand = DailySnapshot.Kind.DEMAND
        ends = (self.then, self.now)
        return all(end is not None and end.kind_of != demand for end in ends)

    @cached_property
    def rows(self) -> list[Row]:
        """Return one row per unit, in the chosen order."""
        heir_of = heirs(self.units_of) if self.units_of else {}
        then, now = _figures(self.then, heir_of), _figures(self.now, heir_of)
        causes = self._causes(heir_of)
        units = {line.unit.pk: line.unit for lines in (then, now) for line in lines.values()}
        rows = [
            Row(
                unit=unit,
                then=_of(then, pk, self.then),
                now=_of(now, pk, self.now),
                causes=causes.get(pk, Causes()) if causes is not None else None,
            )
            for pk, unit in units.items()
        ]
        return sorted(rows, key=_KEYS[ORDERS[self.order]])

    @cached_property
    def sum(self) -> Row:
        """Return all units together."""
        parts = [row.causes for row in self.rows if row.causes is not None]
        return Row(
            unit=None,
            then=Figures.from_published(self.then.figures) if self.then else None,
            now=Figures.from_published(self.now.figures) if self.now else None,
            causes=sum(parts, Causes()) if self.told_apart else None,
        )

    @property
    def has_other(self) -> bool:
        """Tell whether any part of a change is unexplained."""
        return any(row.other for row in self.rows)

    def _choices(self, chosen: DailySnapshot | None, asked: str) -> list[tuple[str, str, bool]]:
        listed = [(title_of(each), _address(each), each == chosen) for each in self.choices]
        # A missing day, or an earlier revision, is shown as what is asked for.
        return listed if any(at for *_, at in listed) else [(_titled(chosen, asked), asked, True), *listed]

    def _causes(self, heir_of: Mapping[int, int]) -> dict[int, Causes] | None:
        if not self.told_apart or self.then is None or self.now is None:
            return None
        return causes_between(self.campaign, self.then.day, self.now.day, heir_of)


def _in_force(listed: Iterable[DailySnapshot]) -> dict[date, DailySnapshot]:
    """Return the snapshot that holds for each day, from those listed newest first."""
    found: dict[date, DailySnapshot] = {}
    for snapshot in listed:
        if snapshot.kind_of != DailySnapshot.Kind.DEMAND:
            found.setdefault(snapshot.day, snapshot)
    return found


def _found(
    asked: str, listed: list[DailySnapshot], usual: date | None
) -> tuple[str, date, DailySnapshot | None]:
    """Return an address, its day and its snapshot; a spoilt address is the usual day."""
    day, revision = _read(asked)
    if day is None:
        day, revision = usual or clock.today(), None
    if revision is None:
        return day.isoformat(), day, _in_force(listed).get(day)
    wanted = (snapshot for snapshot in listed if (snapshot.day, snapshot.revision) == (day, revision))
    return f"{day.isoformat()}.{revision}", day, next(wanted, None)


def _titled(snapshot: DailySnapshot | None, asked: str) -> str:
    if snapshot is not None:
        return title_of(snapshot)
    day, _ = _read(asked)
    return f"{day:%d/%m/%Y}, {MISSING}" if day else asked


def _address(snapshot: DailySnapshot) -> str:
    """Write what ``_found`` reads: a day as it holds goes by its date alone."""
    at = snapshot.day.isoformat()
    return f"{at}.{snapshot.revision}" if snapshot.kind_of == DailySnapshot.Kind.DEMAND else at


def _read(asked: str) -> tuple[date | None, int | None]:
    match = _ENDS.fullmatch(asked)
    try:
        day = date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None, None
    return day, int(match[2]) if match and match[2] else None


def _figures(snapshot: DailySnapshot | None, heir_of: Mapping[int, int]) -> dict[int, UnitLine]:
    return {line.unit.pk: line for line in lines_of(snapshot, heir_of)} if snapshot else {}


def _of(lines: Mapping[int, UnitLine], unit: int, snapshot: DailySnapshot | None) -> Figures | None:
    if snapshot is None:
        return None
    return lines[unit].figures if unit in lines else Figures()


def _name(row: Row) -> tuple[Any, ...]:
    return sort_key(row.unit.name if row.unit else ""), row.unit.pk if row.unit else 0


_KEYS: dict[str, Callable[[Row], tuple[Any, ...]]] = {
    "name": _name,
    "produced": lambda row: (-(row.causes.produced if row.causes else row.change or 0), _name(row)),
    "change": lambda row: (-(row.change or 0), _name(row)),
    "remaining": lambda row: (-(row.now.remaining if row.now else 0), _name(row)),
    "share": lambda row: (row.now.done / row.now.total if row.now and row.now.total else 0, _name(row)),
}
