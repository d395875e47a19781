"""The tables of communes: units, people with postings and tokens, notices between them, means and support."""

from communes.models.installation import Installation
from communes.models.mail import Mail
from communes.models.notices import (
    Notice,
    NoticeDelivery,
    NoticeFile,
    NoticeReading,
    NoticeReport,
    NoticeUnit,
)
from communes.models.people import Posting, Role, User
from communes.models.support import (
    Means,
    MeansKind,
    RequestKind,
    RequestState,
    SupportRequest,
    SupportStep,
)
from communes.models.tokens import ApiToken, TokenRight
from communes.models.units import Level, Succession, Unit

__all__ = [
    "ApiToken",
    "Installation",
    "Level",
    "Mail",
    "Means",
    "MeansKind",
    "Notice",
    "NoticeDelivery",
    "NoticeFile",
    "NoticeReading",
    "NoticeReport",
    "NoticeUnit",
    "Posting",
    "RequestKind",
    "RequestState",
    "Role",
    "Succession",
    "SupportRequest",
    "SupportStep",
    "TokenRight",
    "Unit",
    "User",
]
