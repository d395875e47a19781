"""What happens on each of the thirty days."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from civreg.lib.clock import VIETNAM
from communes.models import Unit
from digitization.models import Status, Verb
from reports.models import Campaign
from walks.month import work
from walks.month.truth import Recount, of_unit, recount

STARTS = date(2024, 12, 6)
DAYS = 30
STALLING, STALLS, RESUMES = "hung-long", 8, 16
RESTATED, RESTATES = "tay-coc", 12
NATIONAL = "van-du"
POWER_CUT = 17
GIVING, TAKING, HANDS_OVER, BOOKS_HANDED = "doan-hung", "chi-dam", 20, 6
FINISHING, FINISHES = "chan-mong", 24
# In how many days of the campaign a commune would be through; the others take between 18 and 45.
PLODDING = {"minh-luong": 70, "bang-doan": 45}


@dataclass
class Story:
    """The communes and what each still has to do when the campaign begins."""

    campaign: Campaign
    chance: random.Random = field(default_factory=lambda: random.Random(20241206))
    handed: list[int] = field(default_factory=list)
    _speed: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = sorted(self.campaign.units.all(), key=lambda unit: unit.slug)
        books = self.recount()
        for unit in self.units:
            through = PLODDING.get(unit.slug) or self.chance.choice([18, 22, 25, 27, 29, 33])
            self._speed[unit.slug] = of_unit(books, unit.pk).remaining / through

    def recount(self) -> Recount:
        """Count everything as it stands."""
        return recount(self.campaign.kinds)

    def unit(self, slug: str) -> Unit:
        """Return a commune."""
        return next(unit for unit in self.units if unit.slug == slug)

    def day(self, n: int) -> date:
        """Return the date of the n-th day."""
        return STARTS + timedelta(days=n - 1)

    def at(self, n: int, hour: int, minute: int = 0) -> datetime:
        """Return a moment of the n-th day."""
        return datetime.combine(self.day(n), time(hour, minute), tzinfo=VIETNAM)

    def works(self, n: int) -> None:
        """Let everybody do their work of the n-th day, before its cut-off."""
        books = self.recount()
        for unit in self.units:
            if unit.slug == NATIONAL:
                work.declares(books, unit, self.quota(unit, n), self.at(n, 16, 30))
            else:
                work.types(books, unit, self.quota(unit, n, books), self.at(n, 7, 40), self.at(n, 16, 40))
        if n == POWER_CUT or self.day(n).weekday() != 6:
            self._checks(n)
        if n == RESTATES:
            work.states_totals_anew(self.unit(RESTATED), 20, self.at(n, 10))
        if n == HANDS_OVER:
            self.handed = work.hands_over(self.unit(GIVING), self.unit(TAKING), BOOKS_HANDED)

    def quota(self, unit: Unit, n: int, books: Recount | None = None) -> int:
        """Return how many entries a commune brings on a day: nothing on Sundays, less on Saturdays."""
        if unit.slug == STALLING and STALLS <= n < RESUMES:
            return 0
        if unit.slug == FINISHING and books is not None:
            left = of_unit(books, unit.pk).remaining
            return left if n >= FINISHES else left // (FINISHES - n + 1)
        # The day of the power cut is a Sunday on which everybody came.
        rhythm = 1.2 if n == POWER_CUT else {5: 0.4, 6: 0.0}.get(self.day(n).weekday(), 1.2)
        return round(self._speed[unit.slug] * rhythm * self.chance.uniform(0.75, 1.25))

    def works_late(self, n: int) -> None:
        """Let two communes type on after the cut-off."""
        books = self.recount()
        for unit in self.chance.sample([u for u in self.units if u.slug not in (NATIONAL, STALLING)], 2):
            work.types(books, unit, 9, self.at(n, 17, 1), self.at(n, 17, 2))

    def _checks(self, n: int) -> None:
        for unit in self.units:
            work.moves(unit, Status.RETURNED, Status.ENTERED, Verb.CORRECT, 6, self.at(n, 15))
            work.moves(unit, Status.CHECKED, Status.APPROVED, Verb.APPROVE, 30, self.at(n, 15, 10))
            work.moves(unit, Status.ENTERED, Status.CHECKED, Verb.CHECK, 40, self.at(n, 15, 30))
        if n % 6 == 0:
            careless = self.unit("ngoc-quan")
            work.moves(careless, Status.ENTERED, Status.RETURNED, Verb.SEND_BACK, 15, self.at(n, 16, 45))
