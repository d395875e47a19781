"""Every route has a name and asks who is there. The resolver is walked, so a page is covered the day it is added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from communes.models import Role
from digitization.tests.making import make_commune, make_district, make_person

# What answers somebody who has not logged in, each with its reason.
PUBLIC = {
    "communes:login",  # the door itself
    "communes:language",  # the language switch stands on the log-in page
    "reports:healthz",  # watched by machines; says nothing about anybody
}
POST_ONLY_ANSWERS = {405}


class Route(NamedTuple):
    name: str
    kwargs: dict[str, object]


EXAMPLES: dict[str, object] = {"slug": "khong-co", "verb": "withdraw"}


def routes(
    resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()
) -> Iterator[tuple[URLPattern, str]]:
    """Yield every pattern with its full name, "" where it has none."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
        else:
            yield entry, ":".join((*spaces, entry.name)) if entry.name else ""


def example(pattern: URLPattern, name: str) -> str:
    """Return an address of the route with made-up arguments."""
    converters = pattern.pattern.converters
    kwargs = {key: EXAMPLES.get(key, 1) for key in converters}
    return reverse(name, kwargs=kwargs)


ROUTES = [pytest.param(pattern, name, id=name or str(pattern.pattern)) for pattern, name in routes()]


@pytest.mark.parametrize(("pattern", "name"), ROUTES)
def test_a_route_has_a_name(pattern: URLPattern, name: str) -> None:
    assert name, f"{pattern.pattern} has no name"


@pytest.mark.django_db
@pytest.mark.parametrize(("pattern", "name"), ROUTES)
def test_a_stranger_gets_nothing(pattern: URLPattern, name: str, client: Client) -> None:
    if name in PUBLIC:
        return
    for answer in (client.get(example(pattern, name)), client.post(example(pattern, name))):
        sent_away = answer.status_code == 302 and answer["Location"].startswith(reverse("communes:login"))
        assert sent_away or answer.status_code in {401, 403, *POST_ONLY_ANSWERS}, (name, answer.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize(("pattern", "name"), ROUTES)
def test_somebody_without_a_post_sees_no_data(pattern: URLPattern, name: str, client: Client) -> None:
    if name in PUBLIC or name in OWN_ACCOUNT:
        return
    make_district()
    client.force_login(make_person("nobody", Role.HELPER, make_commune()))
    client.get(example(pattern, name))
    user = make_person("without", Role.HELPER, make_commune())
    user.postings.update(valid_to="1982-01-01")
    client.force_login(user)
    for answer in (client.get(example(pattern, name)), client.post(example(pattern, name))):
        assert answer.status_code in {403, *POST_ONLY_ANSWERS}, (name, answer.status_code)


# Pages about oneself: open to everybody who has logged in.
OWN_ACCOUNT = {"communes:home", "communes:logout", "communes:password", "communes:password_done"}


def test_public_routes_exist() -> None:
    names = {name for _pattern, name in routes()}
    assert names >= PUBLIC
    assert names >= OWN_ACCOUNT
