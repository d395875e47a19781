"""Who may do what: the roles of a person's current postings turned into rights, and into units.

| right          | officer | helper | leader | justice | task force | chairman | province | administrator |
|----------------|---------|--------|--------|---------|------------|----------|----------|---------------|
| enter          | yes     | yes    |        |         |            |          |          |               |
| check          | yes     |        |        | yes     |            |          |          |               |
| approve        |         |        | yes    | yes     |            |          |          |               |
| transfer       | yes     |        |        | yes     |            |          |          |               |
| see_books      | yes     | yes    | yes    | yes     |            |          |          |               |
| see_records    | yes     | yes    | yes    | yes     |            |          |          |               |
| manage_books   | yes     |        |        | yes     |            |          |          |               |
| confirm_totals |         |        |        | yes     |            |          |          |               |
| see_figures    | yes     |        | yes    | yes     | yes        | yes      | yes      | yes           |
| share_work     | yes     |        | yes    | yes     |            |          |          |               |
| make_papers    |         |        |        | yes     | yes        | yes      |          |               |
| lead_campaign  |         |        |        | yes     | yes        | yes      |          |               |
| ask_support    | yes     |        | yes    |         |            |          |          |               |
| get_notices    | yes     |        | yes    |         |            |          |          |               |
| see_notices    | yes     |        | yes    | yes     | yes        | yes      |          |               |
| see_reference  | yes     | yes    | yes    | yes     | yes        | yes      | yes      | yes           |
| administer     |         |        |        |         |            |          |          | yes           |

Reference is what is no secret between offices: units, kinds of entries, the rules, how the API is asked.
The role is asked first (403 without a look-up), then the object (404 for a stranger's). Justice approves and
reopens only in books kept at the district itself; ``digitization.access`` asks that of the book.

A program that comes with a token of somebody's has what is left of that person's rights in the token's unit, and of
these only what the token names: ``Rights.of`` says so, and every queryset that asks rights obeys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from communes.models import Posting, Role, Unit, User

ROLES: dict[str, frozenset[str]] = {
    "enter": frozenset({Role.OFFICER, Role.HELPER}),
    "check": frozenset({Role.OFFICER, Role.JUSTICE}),
    "approve": frozenset({Role.LEADER, Role.JUSTICE}),
    "transfer": frozenset({Role.OFFICER, Role.JUSTICE}),
    "see_books": frozenset({Role.OFFICER, Role.HELPER, Role.LEADER, Role.JUSTICE}),
    "see_records": frozenset({Role.OFFICER, Role.HELPER, Role.LEADER, Role.JUSTICE}),
    "manage_books": frozenset({Role.OFFICER, Role.JUSTICE}),
    "confirm_totals": frozenset({Role.JUSTICE}),
    "see_figures": frozenset(set(Role) - {Role.HELPER}),
    "share_work": frozenset({Role.OFFICER, Role.LEADER, Role.JUSTICE}),
    "make_papers": frozenset({Role.JUSTICE, Role.TASK_FORCE, Role.CHAIRMAN}),
    "lead_campaign": frozenset({Role.JUSTICE, Role.TASK_FORCE, Role.CHAIRMAN}),
    "ask_support": frozenset({Role.OFFICER, Role.LEADER}),
    "get_notices": frozenset({Role.OFFICER, Role.LEADER}),
    "see_notices": frozenset({Role.OFFICER, Role.LEADER, Role.JUSTICE, Role.TASK_FORCE, Role.CHAIRMAN}),
    "see_reference": frozenset(Role),
    "administer": frozenset({Role.ADMINISTRATOR}),
}
# What every token may read besides what it names.
OF_EVERY_TOKEN = frozenset({"see_reference"})


def admits(user: User | AnonymousUser | None, right: str) -> bool:
    """Tell whether a person may use what asks for ``right``: the one question of pages and of the API.

    A password given by the administrator opens nothing before its owner has chosen another. Raises KeyError for a
    right that does not exist.
    """
    return isinstance(user, User) and not user.must_change_password and Rights.of(user).may(right)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a token leaves of its owner's rights: one unit with what is under it, and the rights it names."""

    unit: Unit
    rights: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rights:
    """The rights of one person today. Templates ask ``may.enter``; Python asks ``rights.may("enter")``."""

    postings: tuple[Posting, ...] = ()
    limits: Limits | None = None

    @classmethod
    def of(cls, user: User | AnonymousUser) -> Rights:
        """Return the rights of a person, or of the token they came with; none for somebody who has not logged in."""
        if not isinstance(user, User):
            return cls()
        own, token = cls(tuple(user.current_postings)), user.token
        return own if token is None else own.narrowed(token.unit, token.rights, since=token.created_on)

    def narrowed(self, unit: Unit, rights: Iterable[str], *, since: date) -> Rights:
        """Return what is left of these rights in one unit: the posts there, and justice from the office above it.

        Only posts that were in force on the day ``since`` count: a later one does not bring an ended token back.
        """
        held = (posting for posting in self.postings if posting.valid_from <= since)
        return Rights(tuple(_within(unit, held)), Limits(unit, OF_EVERY_TOKEN.union(rights)))

    def __getitem__(self, right: str) -> bool:
        return self.may(right)

    def may(self, right: str) -> bool:
        """Tell whether any current posting carries the right; raises KeyError for a right that does not exist."""
        carried = any(posting.role in ROLES[right] for posting in self.postings)
        return carried and (self.limits is None or right in self.limits.rights)

    def own_units(self, *roles: Role) -> frozenset[int]:
        """Return the ids of the units where the person holds one of the roles."""
        return frozenset(posting.unit_id for posting in self.postings if posting.role in roles)

    def units_for(self, right: str) -> frozenset[int]:
        """Return the ids of the units where the person holds a role that carries the right."""
        carrying = (posting.unit_id for posting in self.postings if posting.role in ROLES[right])
        return frozenset(carrying if self.may(right) else ())

    def reach(self, field: str, *roles: Role) -> Q:
        """Return the condition that ``field`` is a unit in the person's hands.

        In hand are the units where they hold one of ``roles``, and for justice its unit and those directly under it.
        """
        own = Q((f"{field}__in", self.own_units(*roles)))
        justice = self.own_units(Role.JUSTICE)
        # Most people hold no such post: they are not to pay for a question nobody needs the answer to.
        return own | Q((f"{field}__in", _under(justice))) if justice else own

    def covers(self, unit: Unit) -> bool:
        """Tell whether figures of ``unit`` are theirs to ask for: all are, but for a token, which has one unit."""
        return self.limits is None or any(above.pk == self.limits.unit.pk for above in _up_from(unit))

    def main_posting(self) -> Posting | None:
        """Return the posting a page names beside the person."""
        return self.postings[0] if self.postings else None


@lru_cache(maxsize=256)
def _under(justice: frozenset[int]) -> QuerySet[Unit, Any]:
    """Return the question for these units and those under them; it is only ever part of others, never answered."""
    return Unit.objects.within(justice).values("pk")


def _within(unit: Unit, postings: Iterable[Posting]) -> Iterator[Posting]:
    """Yield the postings in a unit; justice above it becomes justice of this unit alone."""
    for posting in postings:
        if posting.unit_id == unit.pk:
            yield posting
        elif posting.role == Role.JUSTICE and posting.unit_id == unit.parent_id:
            yield Posting(
                user_id=posting.user_id,
                unit=unit,
                role=posting.role,
                valid_from=posting.valid_from,
                valid_to=posting.valid_to,
            )


def _up_from(unit: Unit | None) -> Iterator[Unit]:
    while unit is not None:
        yield unit
        unit = unit.parent
