"""The figures the demonstration must come out at, and how each commune got there.

The totals are weights from published populations where known, else guesses; all of it is invented data. Ca Đình
stands at 2,485 of 2,486 on purpose: 99.96 % must never be shown as 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from civreg.lib.clock import VIETNAM

BEGAN = datetime(2024, 11, 17, 7, 30, tzinfo=VIETNAM)
NOW = datetime(2024, 12, 5, 20, 40, tzinfo=VIETNAM)


class Drive(StrEnum):
    """How the work of a commune went over the days."""

    STEADY = "steady"
    RISING = "rising"
    SLOWING = "slowing"
    FADING = "fading"
    LATE_START = "late_start"


@dataclass(frozen=True, slots=True)
class Commune:
    """What one commune has to do, what it has done, and until when it worked (None: until tonight)."""

    slug: str
    total: int
    done: int
    drive: Drive
    until: datetime | None = None

    @property
    def complete(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One size of the demonstration. ``approved``, ``checked`` and ``entered`` exclude each other.

    Together they are the digitized ones; ``cancelled`` and ``accepted`` (unreadable, accepted by an inspection)
    are among them. The other counts stand outside. ``odd`` is the share of births with something odd in them, for
    the checks to ask about.
    """

    name: str
    communes: tuple[Commune, ...]
    books: int
    approved: int
    checked: int
    entered: int
    returned: int
    unreadable: int
    duplicates: int
    withdrawn: int
    cancelled: int
    accepted: int
    second_copies: int
    pending_totals: int
    odd: float

    @property
    def total(self) -> int:
        return sum(commune.total for commune in self.communes)

    @property
    def digitized(self) -> int:
        return sum(commune.done for commune in self.communes)


def _until(day: int, hour: int, minute: int) -> datetime:
    return datetime(2024, 12 if day < 17 else 11, day, hour, minute, tzinfo=VIETNAM)


_D = Drive
DISTRICT = Size(
    name="district",
    communes=(
        Commune("doan-hung", 6_215, 4_799, _D.SLOWING),
        Commune("hung-xuyen", 6_777, 4_672, _D.RISING),
        Commune("bang-luan", 4_143, 3_794, _D.STEADY),
        Commune("van-du", 3_453, 2_262, _D.SLOWING),
        Commune("phu-lam", 6_077, 5_246, _D.STEADY),
        Commune("minh-luong", 2_417, 1_905, _D.RISING),
        Commune("bang-doan", 2_900, 1_882, _D.LATE_START),
        Commune("chi-dam", 5_179, 4_406, _D.STEADY),
        Commune("phuc-lai", 2_969, 2_969, _D.STEADY, _until(29, 10, 12)),
        Commune("ngoc-quan", 5_248, 3_351, _D.STEADY),
        Commune("hop-nhat", 5_386, 4_401, _D.FADING),
        Commune("soc-dang", 2_693, 2_693, _D.RISING, _until(2, 16, 47)),
        Commune("tay-coc", 4_626, 3_022, _D.FADING),
        Commune("yen-kien", 3_185, 3_185, _D.STEADY, _until(4, 11, 20)),
        Commune("hung-long", 2_762, 1_833, _D.STEADY, _until(1, 16, 20)),
        Commune("vu-quang", 3_376, 2_747, _D.STEADY),
        Commune("van-don", 3_729, 3_711, _D.SLOWING),
        Commune("tieu-son", 4_345, 2_944, _D.SLOWING),
        Commune("minh-tien", 2_361, 2_361, _D.STEADY, _until(3, 21, 5)),
        Commune("minh-phu", 3_813, 2_756, _D.STEADY),
        Commune("chan-mong", 2_844, 2_576, _D.FADING),
        Commune("ca-dinh", 2_486, 2_485, _D.STEADY),
    ),
    books=870,
    approved=43_748,
    checked=11_938,
    entered=14_314,
    returned=412,
    unreadable=37,
    duplicates=29,
    withdrawn=16,
    cancelled=263,
    accepted=11,
    second_copies=19,
    pending_totals=3,
    odd=0.042,
)

SMALL = Size(
    name="small",
    communes=(
        Commune("hop-nhat", 130, 90, _D.STEADY),
        Commune("soc-dang", 60, 60, _D.STEADY, _until(2, 16, 47)),
        Commune("ca-dinh", 51, 50, _D.STEADY),
    ),
    books=24,
    approved=120,
    checked=34,
    entered=46,
    returned=7,
    unreadable=2,
    duplicates=2,
    withdrawn=1,
    cancelled=4,
    accepted=1,
    second_copies=1,
    pending_totals=1,
    odd=0.25,
)

SIZES = {size.name: size for size in (DISTRICT, SMALL)}
