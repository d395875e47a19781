"""What the page of a paper shows: read from the frozen figures alone, never from what stands in the tables now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from civreg.lib import clock
from reports.models import Paper
from reports.papers.wording import TASK_FORCE, day_in_words, place_and_day, tenths_in_words
from reports.progress.figures import Figures
from reports.progress.frozen import fingerprint

# With so many kinds at most everything fits one sheet; with more there is a second one, with room to write.
ONE_SHEET = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a kind of book, or all together. ``share`` is truncated to one decimal."""

    name: str
    figures: Figures
    share: str

    @classmethod
    def read(cls, row: Mapping[str, Any], name: str = "") -> Line:
        """Read a line as it was frozen."""
        return cls(name or row["name"], Figures.from_published(row), tenths_in_words(row["tenths"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPace:
    """Entries a day lately and from now on, as they were when the paper was frozen. None: not known."""

    until: date | None
    days: int
    per_day: int | None
    required: int | None
    days_left: int
    deadline: date
    finish_on: date | None

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> FrozenPace:
        """Read the pace as it was frozen."""
        return cls(
            until=_day(row["until"]),
            days=row["days"],
            per_day=row["per_day"],
            required=row["required"],
            days_left=row["days_left"],
            deadline=date.fromisoformat(row["deadline"]),
            finish_on=_day(row["finish_on"]),
        )


@dataclass(frozen=True, slots=True)
class PaperPage:
    """An inspection summary as it prints."""

    paper: Paper

    @property
    def frozen(self) -> dict[str, Any]:
        """Return the frozen figures."""
        figures: dict[str, Any] = self.paper.figures
        return figures

    @property
    def intact(self) -> bool:
        """Tell whether the figures are still those that were frozen."""
        return fingerprint(self.frozen) == self.paper.sha256

    @property
    def number(self) -> str:
        """Return the number of the frozen copy."""
        return f"{self.paper.pk:06}"

    @property
    def unit_name(self) -> str:
        """Return the commune as it was called: "xã Hợp Nhất"."""
        return _full_name(self.frozen["unit"])

    @property
    def unit_title(self) -> str:
        """Return the commune as it begins a line: "Xã Hợp Nhất"."""
        return f"{self.unit_name[:1].upper()}{self.unit_name[1:]}"

    @property
    def office_name(self) -> str:
        """Return the office that leads the campaign: "huyện Đoan Hùng"."""
        return _full_name(self.frozen["office"])

    @property
    def superior(self) -> str:
        """Return the upper line of the heading; the style sheet sets it in capitals."""
        return f"UBND {self.office_name}"

    @property
    def body(self) -> str:
        """Return who issues the paper."""
        return TASK_FORCE

    @property
    def frozen_at(self) -> datetime:
        """Return the moment of the figures, in Vietnamese time."""
        return datetime.fromisoformat(self.frozen["frozen_at"]).astimezone(clock.VIETNAM)

    @property
    def place(self) -> str:
        """Return place and date under the motto."""
        return place_and_day(self.frozen["office"]["name"], self.frozen_at.date())

    @property
    def day(self) -> str:
        """Return the day of the inspection in words."""
        return day_in_words(self.frozen_at.date())

    @property
    def lines(self) -> list[Line]:
        """Return the table, a line for each kind."""
        return [Line.read(row) for row in self.frozen["kinds"]]

    @property
    def all(self) -> Line:
        """Return the last line of the table."""
        return Line.read(self.frozen["all"], "Tổng cộng")

    @property
    def two_sheets(self) -> bool:
        """Tell whether the table is too long for one sheet."""
        return len(self.frozen["kinds"]) > ONE_SHEET

    @property
    def pace(self) -> FrozenPace:
        """Return pace and requirement."""
        return FrozenPace.read(self.frozen["pace"])

    @property
    def proof(self) -> str:
        """Return the first 16 digits of the fingerprint, in groups that can be read aloud."""
        start = self.paper.sha256[:16]
        return " ".join(start[at : at + 4] for at in range(0, 16, 4))

    @property
    def file_name(self) -> str:
        """Return the name of the PDF."""
        return f"bien-ban-{self.frozen['unit']['slug']}-{self.number}.pdf"


def _full_name(unit: Mapping[str, str]) -> str:
    return f"{unit['kind']} {unit['name']}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
