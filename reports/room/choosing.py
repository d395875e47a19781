"""Which campaign a page speaks about: the current one, or the one ``?dot=`` asks for, with what stands around it.

All of it is one query: the campaign, its published days, milestones and commitments, and the campaigns beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404

from digitization.posted import whole
from reports.models import Campaign, Commitment, DailySnapshot, Milestone, SnapshotRow
from reports.progress.milestones import DayCount, Goal, Told, tell
from reports.progress.read import DistrictProgress

KEY = "dot"


@dataclass(frozen=True, slots=True)
class Beside:
    """A campaign the reader may change to; ``here`` is the one being read."""

    pk: int
    title: str
    closed: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Quota:
    """What a unit last signed: entries a day, who, when."""

    per_day: int
    signer: str
    signed_on: date


@dataclass(frozen=True)
class Chosen:
    """A campaign read by ``choose``. ``asked``: the address names it, and links inside go on doing so."""

    campaign: Campaign
    asked: bool

    @property
    def query(self) -> str:
        """Return what an address needs to stay with this campaign; "" for the current one."""
        return f"{KEY}={self.campaign.pk}" if self.asked else ""

    @property
    def start(self) -> str:
        """Return it as the whole query of a link: "?dot=3", or ""."""
        return f"?{self.query}" if self.asked else ""

    @property
    def more(self) -> str:
        """Return it as the end of a longer query: "&dot=3", or ""."""
        return f"&{self.query}" if self.asked else ""

    @cached_property
    def beside(self) -> list[Beside]:
        """Return all campaigns to choose from, running ones first; nothing when there is only this one."""
        found = [
            Beside(**row, here=row["pk"] == self.campaign.pk) for row in _array(self.campaign, "all_of_them")
        ]
        return found if len(found) > 1 else []

    @cached_property
    def days(self) -> list[DayCount]:
        """Return the published days: of the whole campaign, or of the one unit ``choose`` was asked for."""
        rows = _array(self.campaign, "published_days")
        return [
            DayCount(date.fromisoformat(row["day"]), int(row["done"]), int(row["total"] or 0)) for row in rows
        ]

    @cached_property
    def rebuilt(self) -> int:
        """Return how many of the days of the whole campaign were put together afterwards."""
        rows = _array(self.campaign, "published_days")
        return sum(row.get("kind") == DailySnapshot.Kind.REBUILT for row in rows)

    @cached_property
    def goals(self) -> list[Goal]:
        """Return the milestones by day."""
        rows = _array(self.campaign, "set_milestones")
        return [Goal(date.fromisoformat(row["day"]), row["percent"], row["name"]) for row in rows]

    @cached_property
    def quotas(self) -> Mapping[int, Quota]:
        """Return the commitments in force by the id of their unit."""
        return {
            row["unit"]: Quota(row["per_day"], row["signer"], date.fromisoformat(row["signed_on"]))
            for row in _array(self.campaign, "signed")
        }

    def told(self, progress: DistrictProgress) -> list[Told]:
        """Tell what became of the milestones by the figures a page shows."""
        figures = progress.figures
        return tell(self.goals, self.days, DayCount(progress.schedule.day, figures.done, figures.total))


def start_in(asked: str) -> str:
    """Return how links stay with the campaign an address asks for, on pages that speak of none; "" for no number."""
    return f"?{KEY}={pk}" if (pk := whole(asked)) else ""


def choose_or_404(asked: str) -> Chosen:
    """Read as ``choose`` does; raises Http404 where there is no campaign at all, too."""
    chosen = choose(asked)
    if chosen is None:
        raise Http404
    return chosen


def choose(asked: str, *, unit: str | None = None, **beside: Any) -> Chosen | None:
    """Read the campaign ``asked`` for by its id, else the current one; None where there is no campaign at all.

    With the slug of a ``unit`` the published days are those of this unit. ``beside`` are expressions to be read in the
    same query, each as an attribute of the campaign. Raises Http404 for an id nobody has.
    """
    campaigns = Campaign.objects.annotate(
        published_days=ArraySubquery(_days() if unit is None else _days_of(unit)),
        set_milestones=ArraySubquery(_milestones()),
        signed=ArraySubquery(_signed()),
        all_of_them=ArraySubquery(_all_of_them(unit)),
        **beside,
    ).select_related("office")
    if asked:
        campaign = campaigns.filter(pk=whole(asked)).first()
        if campaign is None:
            raise Http404
        return Chosen(campaign, asked=True)
    current = campaigns.order_by("closed", "-starts", "-pk").first()
    return Chosen(current, asked=False) if current else None


def _array(campaign: Campaign, name: str) -> list[dict[str, Any]]:
    return getattr(campaign, name, None) or []


def _days() -> QuerySet[DailySnapshot, Any]:
    days = DailySnapshot.objects.filter(campaign=OuterRef("pk")).in_force()
    return days.values(
        json=JSONObject(day="day", done="figures__digitized", total="figures__total", kind="kind_of")
    )


def _days_of(unit: str) -> QuerySet[SnapshotRow, Any]:
    in_force = DailySnapshot.objects.filter(campaign=OuterRef(OuterRef("pk"))).in_force().values("pk")
    days = SnapshotRow.objects.filter(snapshot__in=in_force, unit__slug=unit, kind="").order_by(
        "snapshot__day"
    )
    return days.values(
        json=JSONObject(day="snapshot__day", done="figures__digitized", total="figures__total")
    )


def _milestones() -> QuerySet[Milestone, Any]:
    milestones = Milestone.objects.filter(campaign=OuterRef("pk")).order_by("day")
    return milestones.values(json=JSONObject(day="day", percent="percent", name="name"))


def _signed() -> QuerySet[Commitment, Any]:
    newest = Commitment.objects.filter(campaign=OuterRef("pk")).order_by("unit_id", "-pk").distinct("unit_id")
    return newest.values(
        json=JSONObject(unit="unit_id", per_day="per_day", signer="signer", signed_on="signed_on")
    )


def _all_of_them(unit: str | None) -> QuerySet[Campaign, Any]:
    every = Campaign.objects.all() if unit is None else Campaign.objects.filter(units__slug=unit)
    every = every.order_by("closed", "-starts", "-pk")
    return every.values(json=JSONObject(pk="pk", title="title", closed="closed"))
