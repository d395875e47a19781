"""The figures of a book heap, a kind, a unit or a whole district: one value, added up like numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from civreg.lib.shares import whole_percent


@dataclass(frozen=True, slots=True)
class Slice:
    """One exclusive part of the stacked bar: from entry ``start``, ``count`` entries long."""

    name: str
    start: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of entries, books apart.

    ``done`` (digitized) is the sum over books of least(total, counted); ``checked``, ``approved`` and ``transferred``
    are nested in it: reached that stage or a later one. ``declared_only`` is the part of ``done`` that is declared
    but not held here. ``pages`` are those the books are said to have, ``scanned_pages`` those accounted for.
    ``excess`` lies above the totals of books, ``untotalled`` in books without a total; they, ``returned``,
    ``duplicate`` and ``unreadable`` stand outside of ``done``. ``last_at`` is the last new entry, typed or declared.
    """

    books: int = 0
    full_books: int = 0
    no_total_books: int = 0
    total: int = 0
    pages: int = 0
    scanned_pages: int = 0
    no_pages_books: int = 0
    done: int = 0
    checked: int = 0
    approved: int = 0
    transferred: int = 0
    returned: int = 0
    duplicate: int = 0
    unreadable: int = 0
    excess: int = 0
    untotalled: int = 0
    declared_only: int = 0
    last_at: datetime | None = None

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Figures:
        """Take the figures out of a row that holds more; a missing or NULL count is 0."""
        counts: dict[str, Any] = {name: int(row.get(name) or 0) for name in COUNTS}
        return cls(**counts, last_at=row.get("last_at"))

    def __add__(self, other: Figures) -> Figures:
        counts: dict[str, Any] = {name: getattr(self, name) + getattr(other, name) for name in COUNTS}
        moments = [moment for moment in (self.last_at, other.last_at) if moment]
        return Figures(**counts, last_at=max(moments, default=None))

    @classmethod
    def sum(cls, parts: Iterable[Figures]) -> Figures:
        """Add up figures; of nothing they are all 0."""
        return sum(parts, cls())

    @property
    def remaining(self) -> int:
        """Return what is still to digitize; returned entries are part of it."""
        return self.total - self.done

    @property
    def percent(self) -> int | None:
        """Return the digitized share as a whole percent, truncated; None where nothing is to be digitized."""
        return whole_percent(self.done, self.total)

    @property
    def complete(self) -> bool:
        """Tell whether every book has a total and is full. Decided by counts, never by a percentage."""
        return self.books > 0 and self.full_books == self.books

    @property
    def returned_shown(self) -> int:
        """Return the returned entries the bar has room for: they are part of what remains, never longer than it."""
        return min(self.returned, self.remaining)

    def slices(self) -> tuple[Slice, ...]:
        """Return the exclusive parts of the stacked bar; together they are exactly ``total`` long."""
        parts = {
            "approved": self.approved,
            "checked": self.checked - self.approved,
            "entered": self.done - self.declared_only - self.checked,
            "declared": self.declared_only,
            "returned": self.returned_shown,
            "remaining": self.remaining - self.returned_shown,
        }
        slices, start = [], 0
        for name, count in parts.items():
            slices.append(Slice(name, start, count))
            start += count
        return tuple(slices)

    def contract(self) -> dict[str, Any]:
        """Return the figures under the names the API promises."""
        return {
            "total": self.total,
            "digitized": self.done,
            "percent": self.percent,
            "checked": self.checked,
            "approved": self.approved,
            "transferred": self.transferred,
            "remaining": self.remaining,
            "complete": self.complete,
            "excess": self.excess,
            "declared_only": self.declared_only,
            "pages": self.pages,
            "scanned_pages": self.scanned_pages,
            "returned": self.returned,
            "duplicate": self.duplicate,
            "unreadable": self.unreadable,
        }

    def published(self) -> dict[str, Any]:
        """Return everything as JSON, for a snapshot or a paper: the API's names, and the counts beside them."""
        beside = {name: getattr(self, name) for name in COUNTS if name not in ("done", *self.contract())}
        last_at = self.last_at.isoformat() if self.last_at else None
        return {**self.contract(), **beside, "last_at": last_at}

    @classmethod
    def from_published(cls, published: Mapping[str, Any]) -> Figures:
        """Read back what ``published`` wrote."""
        last_at = published.get("last_at")
        moment = datetime.fromisoformat(last_at) if last_at else None
        return cls.read({**published, "done": published["digitized"], "last_at": moment})


COUNTS: tuple[str, ...] = tuple(field.name for field in fields(Figures) if field.name != "last_at")
