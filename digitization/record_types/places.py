"""When a province, district or commune existed, and which of them a text names. C27 asks it about every place.

Nothing is ever concluded from silence: a place is said not to have existed only where its name is known, whole and
together with what it belongs to, and every time it existed is known to lie elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from civreg.lib.partial_dates import PartialDate
from civreg.lib.vietnamese import clean

_DATA = Path(__file__).with_name("places.json")
_DAY = timedelta(days=1)
# More years than registers go back to.
_KEPT_YEARS = 256


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as the installation knows it: "xã", "Hợp Nhất", the name of what it belongs to.

    ``begins`` is None where no act is on record that made it: it may be older. ``ends`` is the first day without it.
    """

    kind: str
    name: str
    within: str
    begins: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, the first and the last of them included."""

    first: date
    last: date

    @property
    def years(self) -> tuple[int | None, int | None]:
        """Return the years for people to read, None where there is no bound."""
        return (
            None if self.first == date.min else self.first.year,
            None if self.last == date.max else self.last.year,
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text.

    ``whole`` tells that the text also names what it belongs to, or need not; ``bare`` that nothing stands behind it.
    """

    name: str
    whole: bool
    bare: bool
    existed: tuple[Span, ...]

    def never_within(self, first: date, last: date) -> bool:
        """Tell whether the place certainly did not exist on any day from ``first`` to ``last``."""
        return all(last < span.first or span.last < first for span in self.existed)


class Places:
    """The names known to an installation, with the times they existed. Build it with ``Places.of``: it is kept."""

    def __init__(self, units: Iterable[NamedUnit] = ()) -> None:
        known = {place.key: place for place in _of_the_nation()}
        for place in _of_units(units):
            known.setdefault(place.key, place)
        # One that always existed, as far as is known, can never be doubted.
        self._places = [place for place in known.values() if place.existed != _ALWAYS]
        self._spelled = {spelled: place for place in self._places for spelled in place.spellings()}
        self._pattern = re.compile(rf"(?<!\w)(?<!thị )({_pairs(self._places)}){_ENDS}")
        self._asked_about = lru_cache(maxsize=_KEPT_YEARS)(self._pattern_of)

    @classmethod
    def of(cls, units: tuple[NamedUnit, ...]) -> Places:
        """Return the places of these units; the same object for the same units."""
        return _kept(units)

    def may_be_doubted(self, text: str, year: int) -> bool:
        """Tell quickly whether a text names a place that was not there all the year; most texts name none."""
        pattern = self._asked_about(year)
        return pattern is not None and pattern.search(text.lower()) is not None

    def named_in(self, text: str) -> tuple[Mention, ...]:
        """Return the known places a text names by kind and full name."""
        small = text.lower()
        return tuple(
            self._spelled[found[1]].mentioned(small, found.end()) for found in self._pattern.finditer(small)
        )

    def _pattern_of(self, year: int) -> re.Pattern[str] | None:
        """Return what finds the names of doubtful places; it may find too many, and is quick for that."""
        doubtful = [place for place in self._places if not place.existed_throughout(year)]
        return re.compile(rf"(?:{_pairs(doubtful)})\b") if doubtful else None


@dataclass(frozen=True, slots=True)
class _Place:
    """``key`` is kind and name as they are compared, ``superiors`` matches what it belongs to, standing behind it."""

    key: tuple[str, str]
    shown: str
    superiors: re.Pattern[str] | None
    existed: tuple[Span, ...]

    def spellings(self) -> list[str]:
        kind, name = self.key
        return [f"{kind} {spelled}" for spelled in _spellings(name)]

    def existed_throughout(self, year: int) -> bool:
        return any(span.first.year < year < span.last.year for span in self.existed)

    def mentioned(self, text: str, end: int) -> Mention:
        whole = self.superiors is None or self.superiors.match(text, end) is not None
        return Mention(self.shown, whole, _NOTHING.match(text, end) is not None, self.existed)


_ALWAYS = (Span(date.min, date.max),)
_NOTHING = re.compile(r"[\s,;.()–-]*$")
# What may stand between a commune and the district it belongs to: "xã Hợp Nhất - H. Đoan Hùng".
_BETWEEN = r"[\s,;.(–-]*(?:(?:huyện|quận|thị xã|thành phố|tỉnh|tp|tx|h|t)\b[\s.]*)?"
# A name ends with the text, a mark, or the next kind of unit: "xã Minh Phú" is not named in "xã Minh Phú Thịnh".
_ENDS = r"(?=\s*(?:$|[^\w\s])|\s+(?:huyện|quận|thị|thành|tỉnh|tp|tx|h|t)\b)"


def _pairs(places: Iterable[_Place]) -> str:
    """Return the pattern of the kinds of these places, each with its names in any spelling."""
    names: dict[str, list[str]] = {}
    for place in places:
        names.setdefault(place.key[0], []).extend(_spellings(place.key[1]))
    return "|".join(f"{re.escape(kind)} (?:{_any_of(those)})" for kind, those in names.items())


def _any_of(words: Iterable[str]) -> str:
    """Return the pattern of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def _of_the_nation() -> tuple[_Place, ...]:
    rows: list[dict[str, Any]] = json.loads(_DATA.read_text(encoding="utf-8"))["names"]
    return tuple(
        _place(row["kind"], row["name"], (), [_told(first, last) for first, last in row["times"]])
        for row in rows
    )


def _told(first: str | None, last: str | None) -> Span:
    return Span(
        PartialDate(first).earliest if first else date.min, PartialDate(last).latest if last else date.max
    )


def _of_units(units: Iterable[NamedUnit]) -> Iterable[_Place]:
    """Units of one kind and name are one place: what ended and began again under its old name did exist."""
    same: dict[tuple[str, str], list[NamedUnit]] = {}
    for unit in units:
        same.setdefault(_key(unit.kind, unit.name), []).append(unit)
    for those in same.values():
        spans = [Span(unit.begins or date.min, unit.ends - _DAY if unit.ends else date.max) for unit in those]
        yield _place(those[0].kind, those[0].name, [unit.within for unit in those if unit.within], spans)


def _place(kind: str, name: str, within: Iterable[str], spans: Iterable[Span]) -> _Place:
    above = _any_of(spelled for superior in within for spelled in _spellings(clean(superior).lower()))
    return _Place(
        key=_key(kind, name),
        shown=f"{kind} {name}",
        superiors=re.compile(rf"{_BETWEEN}(?:{above})\b") if above else None,
        existed=_joined(spans),
    )


def _key(kind: str, name: str) -> tuple[str, str]:
    return clean(kind).lower(), _new_school(clean(name).lower())


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same days in as few spans as can be."""
    ordered = sorted(spans, key=lambda span: span.first)
    joined = ordered[:1]
    for span in ordered[1:]:
        last = joined[-1]
        if last.last == date.max or span.first <= last.last + _DAY:
            joined[-1] = Span(last.first, max(last.last, span.last))
        else:
            joined.append(span)
    return tuple(joined)


# A tone stands on either vowel, after the old or the new school: hòa and hoà, thủy and thuỷ.
_NEW = dict(
    zip(
        re.findall("..", "òaóaỏaõaọaòeóeỏeõeọeùyúyủyũyụy"),
        re.findall("..", "oàoáoảoãoạoèoéoẻoẽoẹuỳuýuỷuỹuỵ"),
        strict=True,
    )
)
_OLD = {new: old for old, new in _NEW.items()}


def _new_school(text: str) -> str:
    return re.sub("|".join(_NEW), lambda found: _NEW[found[0]], text)


def _spellings(name: str) -> set[str]:
    """Return a name in small letters with its tones where either school puts them."""
    return {name, _new_school(name), re.sub("|".join(_OLD), lambda found: _OLD[found[0]], name)}


_kept = lru_cache(maxsize=4)(Places)
NATION = Places.of(())
