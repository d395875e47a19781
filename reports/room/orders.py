"""The orders of the table of units: in each, what matters comes first, and the same head again turns it round."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from civreg.lib.clock import VIETNAM
from civreg.lib.vietnamese import sort_key
from reports.progress.read import UnitFigures
from reports.room.states import ATTENTION_ORDER

LONG_AGO = datetime(1, 1, 2, tzinfo=VIETNAM)
TURNED = "-"
DEFAULT = "trang-thai"
_Key = Callable[[UnitFigures], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Order:
    """One order: its word in the address, the head of its column, and whether its figures rise from the top."""

    word: str
    label: str | Promise
    key: _Key
    rises: bool


def _share(unit: UnitFigures) -> tuple[Any, ...]:
    figures = unit.figures
    return (not figures.total, Fraction(figures.done, figures.total) if figures.total else 0)


def _needed(unit: UnitFigures) -> tuple[Any, ...]:
    required = unit.outlook.required
    # Past the deadline nothing a day is enough: that comes before every number.
    return (required is not None, -(required or 0))


def _finish(unit: UnitFigures) -> tuple[Any, ...]:
    end = unit.outlook.finish_on
    open_ended = bool(unit.figures.remaining) and end is None
    return (not open_ended, -(end or date.min).toordinal())


ORDERS: dict[str, Order] = {
    order.word: order
    for order in (
        Order("ten", pgettext_lazy("column", "Unit"), lambda unit: (sort_key(unit.name),), rises=True),
        Order(
            "trang-thai",
            pgettext_lazy("column", "State"),
            lambda unit: (ATTENTION_ORDER.index(unit.outlook.state), -unit.figures.remaining),
            rises=True,
        ),
        Order(
            "tong", pgettext_lazy("column", "To digitize"), lambda unit: (-unit.figures.total,), rises=False
        ),
        Order("da", pgettext_lazy("column", "Digitized"), lambda unit: (-unit.figures.done,), rises=False),
        Order("ty-le", "%", _share, rises=True),
        Order(
            "con-lai",
            pgettext_lazy("column", "Remaining"),
            lambda unit: (-unit.figures.remaining,),
            rises=False,
        ),
        Order("can", pgettext_lazy("column", "Needed a day"), _needed, rises=False),
        Order(
            "dang",
            pgettext_lazy("column", "Now a day"),
            lambda unit: (unit.outlook.per_day is not None, unit.outlook.per_day or 0),
            rises=True,
        ),
        Order("xong", pgettext_lazy("column", "Ends about"), _finish, rises=False),
        Order(
            "gan-nhat",
            pgettext_lazy("column", "Last entry"),
            lambda unit: (unit.figures.last_at or LONG_AGO,),
            rises=True,
        ),
    )
}
# What a phone, where most columns are dropped, offers instead of heads.
SHORT: tuple[tuple[str, str | Promise], ...] = (
    ("trang-thai", pgettext_lazy("order by", "state")),
    ("con-lai", pgettext_lazy("order by", "remaining")),
    ("ten", pgettext_lazy("order by", "name")),
    ("gan-nhat", gettext_lazy("last entry")),
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column as the page shows it: ``sort`` is its aria-sort, "" while another order holds."""

    label: str | Promise
    address: str
    sort: str


def known(asked: str) -> str:
    """Return an order as the address may name it, "con-lai" or "-con-lai"; the default one for anything else."""
    return asked if asked.removeprefix(TURNED) in ORDERS else DEFAULT


def in_order(units: Iterable[UnitFigures], chosen: str) -> list[UnitFigures]:
    """Return units in a known order; those alike in it by name."""
    by_name = sorted(units, key=lambda unit: sort_key(unit.name))
    return sorted(by_name, key=ORDERS[chosen.removeprefix(TURNED)].key, reverse=chosen.startswith(TURNED))


def heads(chosen: str) -> dict[str, Head]:
    """Return the heads of the columns by their words, with "-" as "_": a template reaches them so."""
    turned = chosen.startswith(TURNED)
    return {
        word.replace("-", "_"): Head(
            order.label,
            f"{TURNED}{word}" if chosen == word else word,
            ("ascending" if order.rises != turned else "descending")
            if word == chosen.removeprefix(TURNED)
            else "",
        )
        for word, order in ORDERS.items()
    }
