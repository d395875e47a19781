"""The tables of reports: campaigns and their plans, prepared figures, forecasts, history, papers."""

from reports.models.campaign import Campaign, CampaignBook, CampaignUnit
from reports.models.figures import RollupState, UnitPace, UnitProgress
from reports.models.forecast import UnitForecast
from reports.models.history import BookAtJoining, BookDay, Custody, DailySnapshot, SilentDay, SnapshotRow
from reports.models.lately import UnitLately
from reports.models.looks import LastLook
from reports.models.paper import Paper
from reports.models.plan import (
    BookAtClosing,
    CampaignChange,
    CampaignDocument,
    Commitment,
    Milestone,
)

__all__ = [
    "BookAtClosing",
    "BookAtJoining",
    "BookDay",
    "Campaign",
    "CampaignBook",
    "CampaignChange",
    "CampaignDocument",
    "CampaignUnit",
    "Commitment",
    "Custody",
    "DailySnapshot",
    "LastLook",
    "Milestone",
    "Paper",
    "RollupState",
    "SilentDay",
    "SnapshotRow",
    "UnitForecast",
    "UnitLately",
    "UnitPace",
    "UnitProgress",
]
