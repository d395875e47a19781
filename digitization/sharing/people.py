"""The people whose daily work a supervisor may see, by name: this is no ranking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from civreg.lib import clock
from civreg.lib.vietnamese import sort_key
from communes.models import Posting, Unit, User
from communes.rights import Rights
from digitization import access
from digitization.sharing.days import Day, days_of

# How far back one's days are shown, and for how long somebody who left is still seen by who was their supervisor.
DAYS_BACK = 31


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at work in a unit, with what they did there today."""

    post: Posting
    today: Day


def people_at_work(rights: Rights, user: User, unit: Unit) -> list[Colleague]:
    """Return the people of a unit whose work somebody may see: who has a post there today."""
    today = clock.today()
    posts = access.posts_to_supervise(rights, user, since=today).filter(unit=unit).order_by("pk")
    # Somebody with two posts here is one person.
    people = {post.user_id: post for post in posts}
    done = days_of(people, first=today, last=today, units=[unit.pk])
    return [
        Colleague(post, done.get(post.user_id, {}).get(today, Day(day=today)))
        for post in sorted(people.values(), key=lambda post: (sort_key(post.user.name), post.pk))
    ]


def posts_of(rights: Rights, user: User, person_id: int) -> list[Posting]:
    """Return the posts for which somebody may see the work of a person; none for anybody else."""
    since = clock.today() - timedelta(days=DAYS_BACK)
    return list(access.posts_to_supervise(rights, user, since=since).filter(user=person_id))
