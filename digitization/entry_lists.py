"""Lists of entries, a page at a time by key: page five hundred costs what the first one costs.

A key says where a page ends or begins ("entered at this moment, with this id"), not how many entries lie before it:
what is typed meanwhile moves nobody's page. It holds nothing about persons, so it may stand in an address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable

from communes.models import Unit
from digitization.models import Record
from digitization.models.record import (
    UNKNOWN_NUMBER,
    UNKNOWN_YEAR,
    RecordQuerySet,
    number_or_last,
    year_or_last,
)

PAGE = 50
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Part:
    """One thing an order goes by: in the database, of an entry, written in a key and read from one."""

    expression: Combinable
    of: Callable[[Record], Any]
    write: Callable[[Any], str]
    read: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Order:
    """An order of entries in which no two stand at the same place. An index begins with the same columns."""

    name: str
    parts: tuple[Part, ...]
    descending: bool = False

    def sorted(self, records: RecordQuerySet, *, backwards: bool = False) -> RecordQuerySet:
        """Return the entries in this order, or the other way round."""
        down = self.descending is not backwards
        return records.order_by(
            *(part.expression.desc() if down else part.expression.asc() for part in self.parts)  # type: ignore[attr-defined]
        )

    def beyond(self, place: tuple[Any, ...], *, backwards: bool = False) -> Func:
        """Return the condition that an entry stands behind a place, or before it."""
        down = self.descending is not backwards
        here = Func(*(part.expression for part in self.parts), function="ROW")
        there = Func(*(Value(value) for value in place), function="ROW")
        sign = " < " if down else " > "
        return Func(here, there, template="(%(expressions)s)", arg_joiner=sign, output_field=BooleanField())

    def key_of(self, record: Record) -> str:
        """Return the place of an entry as it stands in an address."""
        return "-".join(part.write(part.of(record)) for part in self.parts)

    def place(self, key: str) -> tuple[Any, ...] | None:
        """Return the place a key names; None where it is no key of this order."""
        words = key.split("-")
        if len(words) != len(self.parts):
            return None
        try:
            return tuple(part.read(word) for part, word in zip(self.parts, words, strict=True))
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its entries, and the keys the next and the previous page begin with ("" where there is none)."""

    records: list[Record]
    after: str = ""
    before: str = ""

    @property
    def whole(self) -> bool:
        """Tell whether the list has no other page."""
        return not self.after and not self.before


def page_of(
    records: RecordQuerySet,
    order: Order,
    *,
    after: str = "",
    before: str = "",
    units: QuerySet[Unit] | None = None,
    size: int = PAGE,
) -> Page:
    """Return the page behind the key ``after``, or the one before ``before``; the first where neither is a key.

    ``units`` are all the units the entries are of, where there may be several: then each unit is asked for its first
    ones, and the first of these are the page. One index of the units serves them so, whoever else shares the server.
    """
    if (place := order.place(before)) is not None:
        found = _first(records, order, place, units, size, backwards=True)
        if len(found) >= size:
            earlier = order.key_of(found[size - 1]) if len(found) > size else ""
            return Page(found[size - 1 :: -1], after=order.key_of(found[0]), before=earlier)
        # Nearer to the beginning than a page: whoever goes back there means the first one, whole.
        after = ""
    place = order.place(after)
    found = _first(records, order, place, units, size)
    if place is not None and not found:
        # What stood there has moved on meanwhile.
        place, found = None, _first(records, order, None, units, size)
    return Page(
        found[:size],
        after=order.key_of(found[size - 1]) if len(found) > size else "",
        before=order.key_of(found[0]) if found and place is not None else "",
    )


def walked(
    records: RecordQuerySet, order: Order, *, units: QuerySet[Unit] | None = None, at_once: int = PAGE
) -> Iterator[list[Record]]:
    """Yield all entries in this order, so many at once: for files, which nobody holds in memory whole."""
    place: tuple[Any, ...] | None = None
    while True:
        found = _first(records, order, place, units, at_once)
        yield found[:at_once]
        if len(found) <= at_once:
            return
        place = order.place(order.key_of(found[at_once - 1]))


def _first(
    records: RecordQuerySet,
    order: Order,
    place: tuple[Any, ...] | None,
    units: QuerySet[Unit] | None,
    size: int,
    *,
    backwards: bool = False,
) -> list[Record]:
    """Return one entry more than a page holds, to know whether another page follows."""
    beyond = records if place is None else records.filter(order.beyond(place, backwards=backwards))
    if units is not None:
        of_unit = order.sorted(beyond.filter(custodian=OuterRef("pk")), backwards=backwards)
        first = Func(ArraySubquery(of_unit.values("pk")[: size + 1]), function="unnest")
        of_all = Record.objects.filter(pk__in=units.order_by().annotate(first=first).values("first"))
        beyond = records.filter(pk__in=order.sorted(of_all, backwards=backwards).values("pk")[: size + 1])
    return list(order.sorted(beyond, backwards=backwards)[: size + 1])


def _number(text: str) -> int:
    """Read a natural number of a key; raises ValueError."""
    if not (text.isascii() and text.isdecimal() and len(text) < 20) or int(text) > _LARGEST:
        raise ValueError(text)
    return int(text)


def _moment(text: str) -> datetime:
    return _BEGINNING + timedelta(microseconds=_number(text))


def _suffix(text: str) -> str:
    if len(text) > 10:
        raise ValueError(text)
    return text


_ID = Part(F("pk"), lambda record: record.pk, str, _number)
_TYPED = Part(
    F("entered_at"),
    lambda record: record.entered_at,
    lambda moment: str((moment - _BEGINNING) // _MICROSECOND),
    _moment,
)
_YEAR = Part(
    year_or_last(),
    lambda record: UNKNOWN_YEAR if record.number_year is None else record.number_year,
    str,
    _number,
)
_NUMBER = Part(
    number_or_last(), lambda record: UNKNOWN_NUMBER if record.number is None else record.number, str, _number
)
_SUFFIX = Part(F("suffix"), lambda record: record.suffix, str, _suffix)

NEWEST = Order("moi", (_TYPED, _ID), descending=True)
OLDEST = Order("cu", (_TYPED, _ID))
IN_BOOK = Order("so", (_YEAR, _NUMBER, _SUFFIX, _ID))
