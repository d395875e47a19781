"""The tables of reports: campaigns, prepared figures, forecasts, history, papers."""

from reports.models.campaign import Campaign, CampaignBook, CampaignUnit
from reports.models.figures import RollupState, UnitPace, UnitProgress
from reports.models.forecast import UnitForecast
from reports.models.history import BookDay, DailySnapshot, SnapshotRow
from reports.models.paper import Paper

__all__ = [
    "BookDay",
    "Campaign",
    "CampaignBook",
    "CampaignUnit",
    "DailySnapshot",
    "Paper",
    "RollupState",
    "SnapshotRow",
    "UnitForecast",
    "UnitPace",
    "UnitProgress",
]
