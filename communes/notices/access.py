"""Whose notices are whose: those of an office to it, those to a unit to whoever has a post there. All else is 404."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from communes.models import Level, Notice, NoticeUnit, Unit
from communes.rights import Rights


def received_by(rights: Rights) -> QuerySet[Notice]:
    """Return the notices to the units in which the person gets them, from before their time too."""
    return Notice.objects.filter(_addressed(rights.units_for("get_notices")))


def sent_by_office_of(rights: Rights) -> QuerySet[Notice]:
    """Return what the offices sent in which the person leads the campaign, whoever of the office wrote it."""
    return Notice.objects.filter(office__in=rights.units_for("lead_campaign"))


def readable_by(rights: Rights) -> QuerySet[Notice]:
    """Return the notices somebody may open: received, or sent by their office."""
    own = Q(office__in=rights.units_for("lead_campaign"))
    return Notice.objects.filter(own | _addressed(rights.units_for("get_notices")))


def own_addresses(rights: Rights, notice: Notice) -> QuerySet[NoticeUnit]:
    """Return the units of the person that a notice is addressed to."""
    return notice.addresses.filter(unit__in=rights.units_for("get_notices"))


def offices_of(rights: Rights) -> QuerySet[Unit]:
    """Return the offices in whose name the person may write."""
    return Unit.objects.filter(pk__in=rights.units_for("lead_campaign"))


def communes_under(rights: Rights, day: date) -> QuerySet[Unit]:
    """Return the communes the person may write to: those directly under their office on ``day``."""
    under = Unit.objects.at(day).filter(parent__in=rights.units_for("lead_campaign"))
    return under.filter(level=Level.COMMUNE).order_by("name", "pk")


def _addressed(units: frozenset[int]) -> Q:
    return Q(Exists(NoticeUnit.objects.filter(notice=OuterRef("pk"), unit__in=units)))
