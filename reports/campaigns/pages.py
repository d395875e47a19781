"""The pages of campaigns as objects: the list, one campaign, and what a commune committed itself to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from civreg.lib.vietnamese import sort_key
from communes.rights import Rights
from digitization.models import COUNTED_STANDINGS, COUNTED_STATUSES
from digitization.models.states import DEFINITION_VERSION
from reports.campaigns import access
from reports.campaigns.committing import newest_of_each
from reports.campaigns.history import HistoryLine, history_of
from reports.models import Campaign, CampaignBook, CampaignDocument, Commitment
from reports.progress.figures import Figures
from reports.progress.milestones import Told
from reports.progress.read import DistrictProgress, UnitFigures, district_progress, totals_of
from reports.room.choosing import Chosen
from reports.room.commune import kind_name
from reports.room.states import MARKS, Mark


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign in the list, with its prepared figures."""

    campaign: Campaign
    figures: Figures
    units: int


@dataclass(frozen=True, slots=True)
class CampaignList:
    """All campaigns: those that run, then those that are closed."""

    running: tuple[CampaignLine, ...]
    closed: tuple[CampaignLine, ...]
    may_create: bool

    @classmethod
    def read(cls, rights: Rights) -> CampaignList:
        """Read all campaigns with their figures, in three queries however many there are."""
        campaigns = list(access.campaigns_to_read().prefetch_related("campaignunit_set"))
        totals = totals_of(campaign.pk for campaign in campaigns)
        lines = [
            CampaignLine(campaign, totals[campaign.pk], len(campaign.campaignunit_set.all()))
            for campaign in campaigns
        ]
        return cls(
            tuple(line for line in lines if not line.campaign.closed),
            tuple(line for line in lines if line.campaign.closed),
            access.offices(rights).exists(),
        )


@dataclass(frozen=True, slots=True)
class Definition:
    """What counts as digitized, in words: the statuses and standings of the version a campaign is counted by."""

    version: int
    statuses: tuple[str | Promise, ...]
    standings: tuple[str | Promise, ...]

    @classmethod
    def of(cls, campaign: Campaign) -> Definition:
        """Return the definition a campaign is counted by; of an older version only its number is known."""
        if campaign.definition_version != DEFINITION_VERSION:
            return cls(campaign.definition_version, (), ())
        return cls(
            DEFINITION_VERSION,
            tuple(status.label for status in COUNTED_STATUSES),
            tuple(standing.label for standing in COUNTED_STANDINGS),
        )


@dataclass(frozen=True, slots=True)
class Pledge:
    """A unit of a campaign: what it signed beside what is needed from now on and what it does."""

    unit: UnitFigures
    mark: Mark
    commitment: Commitment | None
    may_commit: bool

    @property
    def too_little(self) -> bool:
        """Tell whether what was signed no longer suffices to be ready in time."""
        needed = self.unit.outlook.required or 0
        return self.commitment is not None and self.commitment.per_day < needed


@dataclass(frozen=True)
class CampaignPage:
    """One campaign: what it was set up with, what was promised, what became of it."""

    chosen: Chosen
    progress: DistrictProgress
    rights: Rights

    @classmethod
    def read(cls, chosen: Chosen, rights: Rights) -> CampaignPage:
        """Read a campaign that ``choose`` returned."""
        return cls(chosen, district_progress(chosen.campaign), rights)

    @property
    def campaign(self) -> Campaign:
        """Return the campaign."""
        return self.chosen.campaign

    @cached_property
    def leads(self) -> bool:
        """Tell whether the reader runs this campaign."""
        return access.leads(self.rights, self.campaign)

    @property
    def may_change(self) -> bool:
        """Tell whether the reader may change it now."""
        return self.leads and not self.campaign.closed

    @property
    def kinds(self) -> list[Any]:
        """Return the kinds of its books, the first to be done first."""
        return [kind_name(code) for code in self.campaign.kinds]

    @cached_property
    def documents(self) -> list[CampaignDocument]:
        """Return its plans and directives by date; those withdrawn come with them, marked."""
        return list(self.campaign.documents.select_related("added_by"))

    @cached_property
    def milestones(self) -> list[Told]:
        """Return its interim milestones with what became of each."""
        return self.chosen.told(self.progress)

    @cached_property
    def exceptions(self) -> int:
        """Return how many books are taken out or in by exception."""
        return CampaignBook.objects.filter(campaign=self.campaign).count()

    @cached_property
    def pledges(self) -> list[Pledge]:
        """Return its units by name, with what each signed."""
        newest = {one.unit_id: one for one in newest_of_each(self.campaign)}
        return [
            Pledge(
                unit,
                MARKS[unit.outlook.state],
                newest.get(unit.unit_id),
                access.may_commit(self.rights, self.campaign, unit.unit_id),
            )
            for unit in sorted(self.progress.units, key=lambda unit: sort_key(unit.name))
        ]

    @cached_property
    def promised(self) -> int | None:
        """Return what all units together signed for a day; None where nobody has."""
        signed = [one.commitment.per_day for one in self.pledges if one.commitment]
        return sum(signed) if signed else None

    @property
    def definition(self) -> Definition:
        """Return what counts."""
        return Definition.of(self.campaign)

    @cached_property
    def history(self) -> list[HistoryLine]:
        """Return what happened to it."""
        return history_of(self.campaign)
