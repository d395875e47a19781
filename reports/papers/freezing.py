"""Freezing: the one verb that makes a paper. What it stores is never changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civreg.lib.shares import tenths_of_percent
from communes.models import Installation, Unit, User
from digitization.models.states import DEFINITION_VERSION
from digitization.record_types import ALL, BY_CODE
from digitization.verbs import Refused, once
from reports.models import Campaign, Paper, UnitForecast, UnitPace
from reports.progress.figures import Figures
from reports.progress.frozen import fingerprint
from reports.progress.pace import Pace, Schedule
from reports.progress.read import Outlook, expected_of, schedule_of, unit_recounted


class OutsideCampaign(Refused):
    """The unit takes no part in the campaign: there are no figures to freeze."""


class ClosedCampaign(Refused):
    """The campaign is closed: a paper made now would count what no longer belongs to it."""


def freeze(*, by: User, campaign: Campaign, unit: Unit, intent: UUID) -> Paper:
    """Count the unit anew from its tallies, freeze everything the paper prints and return the paper.

    One transaction; a replay of the intent returns the first paper. Raises OutsideCampaign,
    ClosedCampaign, and IntentReused when the intent has already made the paper of another unit.
    """
    if campaign.closed:
        raise ClosedCampaign(_("The campaign is closed: its figures stand, and no new paper is made of it."))
    if not campaign.units.filter(pk=unit.pk).exists():
        raise OutsideCampaign(_("This commune takes no part in the campaign. No paper was made."))

    def act() -> int:
        return _insert(by, campaign, unit, intent).pk

    body = {"campaign": campaign.pk, "unit": unit.pk}
    return Paper.objects.get(pk=once(act, by=by, verb="freeze_paper", intent=intent, body=body))


def _insert(by: User, campaign: Campaign, unit: Unit, intent: UUID) -> Paper:
    # The moment comes first: whatever was committed by then is in the figures.
    schedule = schedule_of(campaign)
    figures = _everything(by, campaign, unit, schedule)
    return Paper.objects.create(
        campaign=campaign,
        unit=unit,
        by=by,
        frozen_at=schedule.now,
        definition_version=DEFINITION_VERSION,
        figures=figures,
        sha256=fingerprint(figures),
        intent=intent,
    )


def _everything(by: User, campaign: Campaign, unit: Unit, schedule: Schedule) -> dict[str, Any]:
    total, by_kind = unit_recounted(campaign, unit)
    installation = Installation.current()
    return {
        "unit": _named(unit),
        "office": _named(campaign.office),
        "campaign": {"title": campaign.title},
        "made_by": {"username": by.username, "name": by.name},
        "frozen_at": schedule.now.isoformat(),
        "definition_version": DEFINITION_VERSION,
        "demonstration": bool(installation and installation.demonstration),
        "kinds": _kinds(by_kind),
        "all": _counts(total),
        "pace": _pace(campaign, unit, total, schedule),
    }


def _named(unit: Unit) -> dict[str, str]:
    return {"slug": unit.slug, "code": unit.code, "kind": unit.kind, "name": unit.name}


def _kinds(by_kind: Mapping[str, Figures]) -> list[dict[str, Any]]:
    """Return the kinds the unit has books of, in the national order; a kind no longer known comes last."""
    # A kind that is declared no more keeps its code for a name, behind the others.
    names = {kind.code: kind.on_paper for kind in ALL if kind.code in by_kind} | {
        code: code for code in by_kind if code not in BY_CODE
    }
    return [{"kind": code, "name": name, **_counts(by_kind[code])} for code, name in names.items()]


def _counts(figures: Figures) -> dict[str, Any]:
    return {**figures.published(), "tenths": tenths_of_percent(figures.done, figures.total)}


def _pace(campaign: Campaign, unit: Unit, figures: Figures, schedule: Schedule) -> dict[str, Any]:
    """Return the pace up to the last cut-off, and what the work counted just now requires of every day left."""
    measured = UnitPace.objects.filter(campaign=campaign, unit=unit).first()
    pace = Pace(measured.done_yesterday - measured.done_week_ago, measured.days) if measured else Pace()
    foretold = UnitForecast.objects.filter(campaign=campaign, unit=unit).values().first()
    outlook = Outlook.of(figures, pace, schedule, expected_of(foretold or {}))
    return {
        "until": _iso(measured.day if measured else None),
        "days": pace.days,
        "gained": pace.gained,
        "per_day": outlook.per_day,
        "required": outlook.required,
        "days_left": schedule.days_left,
        "deadline": _iso(schedule.deadline),
        "finish_on": _iso(outlook.finish_on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
