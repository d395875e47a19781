"""Who may do what: the roles of a person's current postings turned into rights, and into units.

| right          | officer | helper | leader | justice | task force | chairman | province | administrator |
|----------------|---------|--------|--------|---------|------------|----------|----------|---------------|
| enter          | yes     | yes    |        |         |            |          |          |               |
| check          | yes     |        |        | yes     |            |          |          |               |
| approve        |         |        | yes    | yes     |            |          |          |               |
| transfer       | yes     |        |        | yes     |            |          |          |               |
| see_records    | yes     | yes    | yes    | yes     |            |          |          |               |
| manage_books   | yes     |        |        | yes     |            |          |          |               |
| confirm_totals |         |        |        | yes     |            |          |          |               |
| see_figures    | yes     |        | yes    | yes     | yes        | yes      | yes      | yes           |
| make_papers    |         |        |        | yes     | yes        | yes      |          |               |
| administer     |         |        |        |         |            |          |          | yes           |

The role is asked first (403 without a look-up), then the object (404 for a stranger's). Justice approves and
reopens only in books kept at the district itself; ``digitization.access`` asks that of the book.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from communes.models import Posting, Role, Unit, User

ROLES: dict[str, frozenset[str]] = {
    "enter": frozenset({Role.OFFICER, Role.HELPER}),
    "check": frozenset({Role.OFFICER, Role.JUSTICE}),
    "approve": frozenset({Role.LEADER, Role.JUSTICE}),
    "transfer": frozenset({Role.OFFICER, Role.JUSTICE}),
    "see_records": frozenset({Role.OFFICER, Role.HELPER, Role.LEADER, Role.JUSTICE}),
    "manage_books": frozenset({Role.OFFICER, Role.JUSTICE}),
    "confirm_totals": frozenset({Role.JUSTICE}),
    "see_figures": frozenset(set(Role) - {Role.HELPER}),
    "make_papers": frozenset({Role.JUSTICE, Role.TASK_FORCE, Role.CHAIRMAN}),
    "administer": frozenset({Role.ADMINISTRATOR}),
}


def admits(user: User | AnonymousUser | None, right: str) -> bool:
    """Tell whether a person may use what asks for ``right``: the one question of pages and of the API.

    A password given by the administrator opens nothing before its owner has chosen another. Raises KeyError for a
    right that does not exist.
    """
    return isinstance(user, User) and not user.must_change_password and Rights.of(user).may(right)


@dataclass(frozen=True, slots=True)
class Rights:
    """The rights of one person today. Templates ask ``may.enter``; Python asks ``rights.may("enter")``."""

    postings: tuple[Posting, ...] = ()

    @classmethod
    def of(cls, user: User | AnonymousUser) -> Rights:
        """Return the rights of a person; none for somebody who has not logged in."""
        return cls(tuple(user.current_postings)) if isinstance(user, User) else cls()

    def __getitem__(self, right: str) -> bool:
        return self.may(right)

    def may(self, right: str) -> bool:
        """Tell whether any current posting carries the right; raises KeyError for a right that does not exist."""
        return any(posting.role in ROLES[right] for posting in self.postings)

    def own_units(self, *roles: Role) -> frozenset[int]:
        """Return the ids of the units where the person holds one of the roles."""
        return frozenset(posting.unit_id for posting in self.postings if posting.role in roles)

    def units_for(self, right: str) -> frozenset[int]:
        """Return the ids of the units where the person holds a role that carries the right."""
        return frozenset(posting.unit_id for posting in self.postings if posting.role in ROLES[right])

    def reach(self, field: str, *roles: Role) -> Q:
        """Return the condition that ``field`` is a unit in the person's hands.

        In hand are the units where they hold one of ``roles``, and for justice its unit and those directly under it.
        """
        own = Q((f"{field}__in", self.own_units(*roles)))
        justice = self.own_units(Role.JUSTICE)
        # Most people hold no such post: they are not to pay for a question nobody needs the answer to.
        return own | Q((f"{field}__in", Unit.objects.within(justice).values("pk"))) if justice else own

    def main_posting(self) -> Posting | None:
        """Return the posting a page names beside the person."""
        return self.postings[0] if self.postings else None
