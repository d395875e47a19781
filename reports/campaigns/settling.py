"""How every change of a campaign runs: once per intent, one after the other, never on a closed campaign."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import User
from digitization.verbs import Refused, keepable, once, stated
from reports.models import Campaign, CampaignChange

LONGEST_REASON = 500


class CampaignClosed(Refused):
    """The campaign is closed: it stays as it is."""

    def __init__(self) -> None:
        super().__init__(_("The campaign is closed. It is never changed any more."))


class NotPossible(Refused):
    """What was asked for does not go with what the campaign is; the words say why."""


def settle(
    act: Callable[[Campaign], Any],
    *,
    by: User,
    campaign: Campaign,
    verb: str,
    intent: UUID,
    body: Mapping[str, Any],
) -> Any:
    """Carry out ``act`` on the campaign as it now stands, once per intent; returns its answer (anything JSON).

    Two people changing one campaign come one after the other. Raises CampaignClosed, and whatever ``act`` raises.
    """

    def locked() -> Any:
        current = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        if current.closed:
            raise CampaignClosed
        # An answer there must be, or a second sending would not be known as one.
        return act(current) or True

    return once(locked, by=by, verb=verb, intent=intent, body={"campaign": campaign.pk, **body})


def note(
    campaign: Campaign,
    by: User,
    what: CampaignChange.What,
    *,
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> CampaignChange:
    """Write into the history of a campaign who changed what; in the transaction of the change."""
    return CampaignChange.objects.create(
        campaign=campaign, by=by, at=clock.now(), what=what, before=before, after=after, reason=reason
    )


def why(reason: str) -> str:
    """Return the reason for a change; raises NotAllowedNow without one, or where it cannot be kept."""
    return keepable(stated(reason), limit=LONGEST_REASON)
