"""The tables of reports: campaigns, prepared figures, history, papers."""

from reports.models.campaign import Campaign, CampaignBook, CampaignUnit
from reports.models.figures import RollupState, UnitPace, UnitProgress
from reports.models.history import BookDay, DailySnapshot, SnapshotRow
from reports.models.looks import LastLook
from reports.models.paper import Paper

__all__ = [
    "BookDay",
    "Campaign",
    "CampaignBook",
    "CampaignUnit",
    "DailySnapshot",
    "LastLook",
    "Paper",
    "RollupState",
    "SnapshotRow",
    "UnitPace",
    "UnitProgress",
]
