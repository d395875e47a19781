"""Which campaign a person may read, change or sign in. A stranger's campaign is 404; the role was asked before."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from communes.models import Role, Unit
from communes.rights import Rights
from reports.models import Campaign


def campaigns_to_read() -> QuerySet[Campaign]:
    """Return the campaigns whoever may see figures reads: all of them, as with the figures of all units."""
    return Campaign.objects.select_related("office__parent")


def campaign_to_read(pk: int) -> Campaign:
    """Return a campaign; raises Http404 where there is none."""
    return get_object_or_404(campaigns_to_read(), pk=pk)


def campaign_to_lead(rights: Rights, pk: int) -> Campaign:
    """Return a campaign of the person's office; raises Http404 for any other."""
    campaign = campaign_to_read(pk)
    if not leads(rights, campaign):
        raise Http404
    return campaign


def leads(rights: Rights, campaign: Campaign) -> bool:
    """Tell whether the person sets up and runs the campaign: one of their office, or of an office directly under it."""
    own = rights.units_for("lead_campaign")
    return campaign.office_id in own or campaign.office.parent_id in own


def may_change(rights: Rights, campaign: Campaign) -> bool:
    """Tell whether the person may change the campaign now: it is theirs to lead, and not closed."""
    return not campaign.closed and leads(rights, campaign)


def offices(rights: Rights) -> QuerySet[Unit]:
    """Return the offices the person sets up campaigns for."""
    return Unit.objects.filter(pk__in=rights.units_for("lead_campaign")).order_by("name", "pk")


def units_to_choose(office: Unit) -> QuerySet[Unit]:
    """Return the units a campaign of this office may have: those under it, and itself where it keeps books."""
    return Unit.objects.within([office.pk])


def signs_for(rights: Rights, unit_id: int) -> bool:
    """Tell whether the person leads this unit, and so signs what it commits itself to."""
    return rights.may("ask_support") and unit_id in rights.own_units(Role.LEADER)


def may_commit(rights: Rights, campaign: Campaign, unit_id: int) -> bool:
    """Tell whether the person may sign for the unit, or write down what it signed on paper."""
    return not campaign.closed and (signs_for(rights, unit_id) or leads(rights, campaign))
