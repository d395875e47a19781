"""The tables of communes: units and their successions, people with postings and tokens, means and support."""

from communes.models.installation import Installation
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
    "Means",
    "MeansKind",
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
