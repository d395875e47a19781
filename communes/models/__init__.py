"""The tables of communes: units and their successions, people and their postings, the installation itself."""

from communes.models.installation import Installation
from communes.models.people import Posting, Role, User
from communes.models.units import Level, Succession, Unit

__all__ = ["Installation", "Level", "Posting", "Role", "Succession", "Unit", "User"]
