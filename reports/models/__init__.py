"""The tables of reports: campaigns, prepared figures, history, papers."""

from reports.models.campaign import Campaign, CampaignBook, CampaignUnit
from reports.models.figures import RollupState, UnitPace, UnitProgress
from reports.models.history import BookDay, Custody, DailySnapshot, SilentDay, SnapshotRow
from reports.models.lately import UnitLately
from reports.models.paper import Paper

__all__ = [
    "BookDay",
    "Campaign",
    "CampaignBook",
    "CampaignUnit",
    "Custody",
    "DailySnapshot",
    "Paper",
    "RollupState",
    "SilentDay",
    "SnapshotRow",
    "UnitLately",
    "UnitPace",
    "UnitProgress",
]
