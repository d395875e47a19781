"""The accounts of the demonstration: five at the district and above, four in every commune. All names are invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password

from communes.models import Posting, Role, Unit, User
from reports.demonstration.names import man, woman

_SINCE = date(2021, 7, 1)
_HELPERS_FROM, _HELPERS_TO = date(2024, 11, 15), date(2025, 1, 1)
_ABOVE = (
    ("admin", Role.ADMINISTRATOR, "huyen-doan-hung", "Quản trị hệ thống"),
    ("chairman", Role.CHAIRMAN, "huyen-doan-hung", "Đỗ Hữu Khang"),
    ("taskforce", Role.TASK_FORCE, "huyen-doan-hung", "Vũ Thị Thanh Loan"),
    ("justice", Role.JUSTICE, "huyen-doan-hung", "Hà Quang Lập"),
    ("province", Role.PROVINCE, "tinh-phu-tho", "Phạm Thị Hồng Nguyệt"),
)
# In the order of ``lives.Hand``: the three who type, then the leader.
_POSTS = (
    ("officer", Role.OFFICER),
    ("officer2", Role.OFFICER),
    ("helper", Role.HELPER),
    ("leader", Role.LEADER),
)


@dataclass(frozen=True, slots=True)
class _Person:
    username: str
    name: str
    role: Role
    unit: str

    @property
    def helps(self) -> bool:
        return self.role is Role.HELPER


def load_people(units: Mapping[str, Unit], slugs: Sequence[str], password: str) -> dict[str, User]:
    """Make the accounts with their postings; returns them by user name.

    The one password is hashed once and the hash shared: hashing it for each of ninety accounts takes seconds and
    would protect nothing, since whoever learns it has all of them. Real accounts never share one.
    """
    people = list(_people(slugs))
    shared = make_password(password)
    users = User.objects.bulk_create(
        User(
            username=person.username,
            name=person.name,
            password=shared,
            ends_on=_HELPERS_TO if person.helps else None,
        )
        for person in people
    )
    Posting.objects.bulk_create(
        Posting(
            user=user,
            unit=units[person.unit],
            role=person.role,
            valid_from=_HELPERS_FROM if person.helps else _SINCE,
            valid_to=_HELPERS_TO if person.helps else None,
        )
        for user, person in zip(users, people, strict=True)
    )
    return {user.username: user for user in users}


def crew_of(people: Mapping[str, User], slug: str) -> list[int]:
    """Return the ids of a commune's people in the order of ``lives.Hand``, the district's justice last."""
    return [*(people[f"{post}.{slug}"].pk for post, _ in _POSTS), people["justice"].pk]


def _people(slugs: Sequence[str]) -> Iterator[_Person]:
    taken = set()
    for username, role, unit, name in _ABOVE:
        taken.add(name)
        yield _Person(username, name, role, unit)
    for slug in slugs:
        rng = Random(f"people/{slug}")
        for post, role in _POSTS:
            name = _name(rng, role)
            while name in taken:
                name = _name(rng, role)
            taken.add(name)
            yield _Person(f"{post}.{slug}", name, role, slug)


def _name(rng: Random, role: Role) -> str:
    born = 2001 if role is Role.HELPER else 1974 if role is Role.LEADER else 1988
    return (woman if rng.random() < (0.25 if role is Role.LEADER else 0.55) else man)(rng, born)
