"""The tables of communes: units and their successions, people with postings and tokens, the installation itself."""

from communes.models.installation import Installation
from communes.models.people import Posting, Role, User
from communes.models.tokens import ApiToken, TokenRight
from communes.models.units import Level, Succession, Unit

__all__ = [
    "ApiToken",
    "Installation",
    "Level",
    "Posting",
    "Role",
    "Succession",
    "TokenRight",
    "Unit",
    "User",
]
