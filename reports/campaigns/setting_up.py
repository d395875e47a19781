"""Setting a campaign up, and changing its goals: what was from what to what, and why, stays to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civreg.lib.vietnamese import sort_key
from communes.models import Unit, User
from digitization.models.states import DEFINITION_VERSION
from digitization.record_types.entries import said
from digitization.verbs import once
from reports.campaigns.joining import joining
from reports.campaigns.settling import NotPossible, note, settle, why
from reports.models import Campaign, CampaignChange, CampaignUnit

What = CampaignChange.What
CREATE = "create_campaign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a campaign is set up with. ``kinds`` are codes, the first to be done first."""

    title: str
    basis: str
    starts: date
    deadline: date
    cutoff: time
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, campaign: Campaign) -> Terms:
        """Return the terms of a campaign as it stands."""
        named = {field.name: getattr(campaign, field.name) for field in fields(cls)}
        return cls(**{**named, "kinds": tuple(campaign.kinds)})

    def told(self) -> dict[str, Any]:
        """Return the terms as JSON, in the order of a reader."""
        return {field.name: _json(getattr(self, field.name)) for field in fields(self)}


def create(*, by: User, office: Unit, terms: Terms, units: Iterable[Unit], intent: UUID) -> Campaign:
    """Set up a campaign of an office with its units; a replay of the intent returns the first. Raises NotPossible."""
    chosen = _in_order(units)
    if not chosen:
        raise NotPossible(_("A campaign has one unit at least."))

    def act() -> int:
        campaign = Campaign.objects.create(
            office=office, definition_version=DEFINITION_VERSION, **_columns(terms)
        )
        _agree_on_hour(campaign, chosen)
        with joining(campaign):
            CampaignUnit.objects.bulk_create(CampaignUnit(campaign=campaign, unit=unit) for unit in chosen)
        note(campaign, by, What.CREATED, after={**terms.told(), "units": [u.full_name for u in chosen]})
        return campaign.pk

    body = {"office": office.pk, **terms.told(), "units": [unit.pk for unit in chosen]}
    return Campaign.objects.get(pk=once(act, by=by, verb=CREATE, intent=intent, body=body))


def revise(*, by: User, campaign: Campaign, changes: dict[str, Any], reason: str, intent: UUID) -> None:
    """Change terms of a campaign: ``changes`` holds those that move, under the names of ``Terms``.

    Every one leaves its own line in the history, with the one reason. Raises NotPossible for a start or cut-off hour
    once days were closed by it, for an hour other than that of a campaign with the same units, and for a deadline that
    does not go with start or milestones.
    """
    words = why(reason)

    def act(current: Campaign) -> None:
        before = Terms.of(current)
        after = Terms(**{field.name: getattr(before, field.name) for field in fields(Terms)} | changes)
        moved = {name: value for name, value in after.told().items() if value != before.told()[name]}
        _check(current, after, moved)
        for name, value in moved.items():
            note(current, by, What(name), before=before.told()[name], after=value, reason=words)
        with joining(current):
            for name, value in _columns(after).items():
                setattr(current, name, value)
            current.save(update_fields=list(_columns(after)))
        _agree_on_hour(current, current.units.all())

    body = {**{name: _json(value) for name, value in changes.items()}, "reason": words}
    settle(act, by=by, campaign=campaign, verb="revise_campaign", intent=intent, body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a choice of units came to: whether it ``moved`` any, and the names others took in and out meanwhile."""

    moved: bool
    others_in: Sequence[str]
    others_out: Sequence[str]


def choose_units(
    *,
    by: User,
    campaign: Campaign,
    units: Iterable[Unit],
    reason: str,
    intent: UUID,
    shown: Iterable[Unit] | None = None,
) -> Chosen:
    """Take units in and out. Figures of units that leave no longer count in the campaign. Raises NotPossible.

    ``units`` are those the person wants, ``shown`` those that took part when they looked; None: those that do now.
    Only the difference is theirs: what somebody else changed meanwhile stays, and is told.
    """
    words = why(reason)
    seen = None if shown is None else {unit.pk: unit for unit in shown}
    wanted = {unit.pk: unit for unit in units}
    if not wanted:
        raise NotPossible(_("A campaign has one unit at least."))

    def act(current: Campaign) -> dict[str, Any]:
        present = {unit.pk: unit for unit in current.units.all()}
        before = present if seen is None else seen
        came = _in_order(unit for pk, unit in wanted.items() if pk not in before and pk not in present)
        went = _in_order(unit for pk, unit in present.items() if pk in before and pk not in wanted)
        if len(went) == len(present) and not came:
            raise NotPossible(_("A campaign has one unit at least."))
        _agree_on_hour(current, came)
        with joining(current):
            CampaignUnit.objects.bulk_create(CampaignUnit(campaign=current, unit=unit) for unit in came)
            CampaignUnit.objects.filter(campaign=current, unit__in=went).delete()
        if came:
            note(current, by, What.UNITS_IN, after=[unit.full_name for unit in came], reason=words)
        if went:
            note(current, by, What.UNITS_OUT, before=[unit.full_name for unit in went], reason=words)
        return {
            "moved": bool(came or went),
            "others_in": _names(present, without=before),
            "others_out": _names(before, without=present),
        }

    body = {"units": sorted(wanted), "shown": sorted(seen or ()), "reason": words}
    return Chosen(**settle(act, by=by, campaign=campaign, verb="choose_units", intent=intent, body=body))


def days_were_closed(campaign: Campaign) -> bool:
    """Tell whether figures of a day were published: start and cut-off hour stand from then on."""
    return campaign.snapshots.of_days().exists()


def _check(campaign: Campaign, after: Terms, moved: dict[str, Any]) -> None:
    if {"starts", "cutoff"} & moved.keys() and days_were_closed(campaign):
        raise NotPossible(
            _("Figures of days were published already, so the start and the cut-off hour stay as they are.")
        )
    if after.deadline < after.starts:
        raise NotPossible(_("The deadline must not be before the start."))
    outside = campaign.milestones.exclude(day__range=(after.starts, after.deadline)).first()
    if outside:
        raise NotPossible(
            said(
                _("The milestone of %(day)s would lie outside of the campaign. Drop it first."),
                day=f"{outside.day:%d/%m/%Y}",
            )
        )


def _agree_on_hour(campaign: Campaign, units: Iterable[Unit]) -> None:
    """Raise NotPossible where a running campaign with one of the units ends its days at another hour.

    How a book stood at the end of a day is written down once, for all campaigns.
    """
    others = Campaign.objects.running().exclude(pk=campaign.pk).exclude(cutoff=campaign.cutoff)
    if other := others.filter(units__in=units).first():
        raise NotPossible(
            said(
                _(
                    "“%(title)s” has some of these communes, too, and its days end at %(hour)s. "
                    "A day of one commune ends once: choose the same hour."
                ),
                title=other.title,
                hour=f"{other.cutoff:%H:%M}",
            )
        )


def _columns(terms: Terms) -> dict[str, Any]:
    named = {field.name: getattr(terms, field.name) for field in fields(terms)}
    return {**named, "kinds": list(terms.kinds)}


def _in_order(units: Iterable[Unit]) -> Sequence[Unit]:
    return sorted(units, key=lambda unit: sort_key(unit.name))


def _names(units: Mapping[int, Unit], *, without: Mapping[int, Unit]) -> list[str]:
    return [unit.full_name for unit in _in_order(unit for pk, unit in units.items() if pk not in without)]


def _json(value: Any) -> Any:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
