"""Every route has a name and asks who is there. The resolver is walked, so a page is covered the day it is added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from communes.models import Posting, Role, User
from digitization.tests.making import LONG_AGO, make_commune, make_district, make_person

# What answers somebody who has not logged in, each with its reason.
PUBLIC = {
    "communes:login",  # the door itself
    "communes:session",  # a page asks whether it is still logged in; it tells nobody but the person themselves
    "communes:language",  # the language switch stands on the log-in page
    "reports:healthz",  # watched by machines; says nothing about anybody
}
# Pages about oneself, and the guides: open to everybody who has logged in.
OWN_ACCOUNT = {
    "communes:home",
    "communes:logout",
    "communes:password",
    "communes:password_done",
    "communes:guide",
    "communes:guide_page",
    "communes:own_account",
}
POST_ONLY_ANSWERS = {405}

LETTERS = {
    "O": Role.OFFICER,
    "H": Role.HELPER,
    "L": Role.LEADER,
    "J": Role.JUSTICE,
    "T": Role.TASK_FORCE,
    "C": Role.CHAIRMAN,
    "P": Role.PROVINCE,
    "A": Role.ADMINISTRATOR,
}
# Who may come in at all; what of it they see is asked of the object. Written by hand, from the duties of each role:
# a right given or taken by mistake shows here.
OPEN_TO = {
    "communes:accounts": "A",
    "communes:new_account": "A",
    "communes:account": "A",
    "communes:reset_password": "A",
    "communes:add_posting": "A",
    "communes:end_posting": "A",
    "communes:revoke_token_of": "A",
    "communes:new_token": "OHLJTCPA",
    "communes:revoke_token": "OHLJTCPA",
    "communes:api": "OHLJTCPA",
    "communes:api_schema": "OHLJTCPA",
    "communes:api_units": "OHLJTCPA",
    "communes:api_unit": "OHLJTCPA",
    "communes:own_mail": "OLJTC",
    "communes:notices": "OLJTC",
    "communes:notice": "OLJTC",
    "communes:notice_file": "OLJTC",
    "communes:new_notice": "JTC",
    "communes:remind": "JTC",
    "communes:withdraw_notice": "JTC",
    "communes:report_notice": "OL",
    "communes:units": "A",
    "communes:new_unit": "A",
    "communes:unit": "A",
    "communes:add_succession": "A",
    "digitization:books": "OHLJ",
    "digitization:book": "OHLJ",
    "digitization:against_the_paper": "OHLJ",
    "digitization:state_absent": "OJ",
    "digitization:withdraw_absent": "OJ",
    "digitization:new_book": "OJ",
    "digitization:describe_book": "OJ",
    "digitization:state_total": "OJ",
    "digitization:accept_book": "J",
    "digitization:withdraw_acceptance": "J",
    "digitization:declare_unit": "OJ",
    "digitization:declare_book": "OHLJ",
    "digitization:proof": "OHLJ",
    "digitization:book_scans": "OHLJ",
    "digitization:send_scans": "OHLJ",
    "digitization:start_upload": "OHLJ",
    "digitization:confirm_pages": "OHLJ",
    "digitization:say_pages": "OHLJ",
    "digitization:upload_piece": "OHLJ",
    "digitization:prefer_scan": "OHLJ",
    "digitization:turn_scan": "OHLJ",
    "digitization:take_out_scan": "OHLJ",
    "digitization:bring_back_scan": "OHLJ",
    "digitization:leaf": "OHLJ",
    "digitization:scan": "OHLJ",
    "digitization:rules": "OHLJTCPA",
    "digitization:pending_totals": "J",
    "digitization:decide_total": "J",
    "digitization:enter": "OH",
    "digitization:keep": "OH",
    "digitization:carry": "OH",
    "digitization:suggest": "OH",
    "digitization:before": "OH",
    "digitization:shorthand": "OH",
    "digitization:keep_correction": "OH",
    "digitization:alike": "OH",
    "digitization:tell_apart": "OHLJ",
    "digitization:take_back_apart": "OHLJ",
    "digitization:cross_checks": "OHLJ",
    "digitization:decide_scan_duty": "J",
    "digitization:correct": "OH",
    "digitization:next_for_me": "OH",
    "digitization:my_work": "OH",
    "digitization:hand_back_range": "OH",
    "digitization:finish_range": "OH",
    "digitization:sharing": "OLJ",
    "digitization:share_book": "OLJ",
    "digitization:take_range_back": "OLJ",
    "digitization:work_of": "OLJ",
    "digitization:resume": "OH",
    "digitization:discard": "OH",
    "digitization:record": "OHLJ",
    "digitization:accept": "OHLJ",
    "digitization:turn": "OHLJ",
    "digitization:api_kinds": "OHLJTCPA",
    "digitization:api_kind": "OHLJTCPA",
    "digitization:records": "OHLJ",
    "digitization:choose_columns": "OHLJ",
    "digitization:saved_filters": "OHLJ",
    "digitization:save_filter": "OHLJ",
    "digitization:rename_filter": "OHLJ",
    "digitization:drop_filter": "OHLJ",
    "digitization:export": "OHLJ",
    "digitization:search": "OHLJ",
    "digitization:api_books": "OHLJ",
    "digitization:api_book": "OHLJ",
    "digitization:api_records": "OHLJ",
    "digitization:api_record": "OHLJ",
    "digitization:api_entries": "OH",
    "digitization:checking": "OJ",
    "digitization:check": "OJ",
    "digitization:send_back": "OJ",
    "digitization:returned": "OH",
    "digitization:approving": "LJ",
    "digitization:approve": "LJ",
    "digitization:reopen": "LJ",
    "digitization:transferring": "OJ",
    "digitization:transfer": "OJ",
    "reports:dashboard": "OLJTCPA",
    "reports:dashboard_file": "OLJTCPA",
    "reports:multiples": "OLJTCPA",
    "reports:screen": "OLJTCPA",
    "reports:commune": "OLJTCPA",
    "reports:ask_support": "OL",
    "reports:state_means": "OL",
    "reports:support": "JTC",
    "reports:own_support": "OL",
    "reports:unit_support": "OLJTCPA",
    "reports:support_request": "OLJTCPA",
    "reports:answer_support": "JTC",
    "reports:deliver_support": "JTC",
    "reports:close_support": "OLJTCPA",
    "reports:withdraw_support": "OL",
    "reports:recognition": "OLJTCPA",
    "reports:recognition_annex": "OLJTCPA",
    "reports:recognition_file": "OLJTCPA",
    "reports:digest": "OLJTCPA",
    "reports:digest_of_day": "OLJTCPA",
    "reports:campaigns": "OLJTCPA",
    "reports:campaign": "OLJTCPA",
    "reports:document_file": "OLJTCPA",
    "reports:campaign_books": "OLJTCPA",
    "reports:commitment": "OLJTCPA",
    "reports:new_campaign": "JTC",
    "reports:edit_campaign": "JTC",
    "reports:campaign_units": "JTC",
    "reports:close_campaign": "JTC",
    "reports:add_document": "JTC",
    "reports:withdraw_document": "JTC",
    "reports:campaign_milestones": "JTC",
    "reports:drop_milestone": "JTC",
    "reports:end_exception": "JTC",
    "reports:breakdown": "OLJTCPA",
    "reports:history": "OLJTCPA",
    "reports:history_file": "OLJTCPA",
    "reports:freeze_moment": "JTC",
    "reports:rebuild_days": "JTC",
    "reports:day": "OLJTCPA",
    "reports:correct_day": "JTC",
    "reports:compare": "OLJTCPA",
    "reports:comparison_file": "OLJTCPA",
    "reports:papers": "JTC",
    "reports:make_paper": "JTC",
    "reports:paper": "JTC",
    "reports:paper_pdf": "JTC",
    "reports:api_progress": "OLJTCPA",
}


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
    user = make_person("without", Role.HELPER, make_commune())
    user.postings.update(valid_to="1982-01-01")
    client.force_login(user)
    for answer in (client.get(example(pattern, name)), client.post(example(pattern, name))):
        assert answer.status_code in {403, *POST_ONLY_ANSWERS}, (name, answer.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize(("pattern", "name"), ROUTES)
def test_a_one_time_password_opens_nothing_but_the_way_to_another(
    pattern: URLPattern, name: str, client: Client
) -> None:
    if name in PUBLIC or name in OWN_ACCOUNT:
        return
    user = make_person("new", Role.OFFICER, make_commune())
    for role in Role:
        Posting.objects.get_or_create(user=user, unit=make_district(), role=role, valid_from=LONG_AGO)
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    client.force_login(user)
    for answer in (client.get(example(pattern, name)), client.post(example(pattern, name))):
        to_the_password = answer.status_code == 302 and answer["Location"] == reverse("communes:password")
        assert to_the_password or answer.status_code in {403, *POST_ONLY_ANSWERS}, (name, answer.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize(("pattern", "name"), ROUTES)
def test_a_route_is_open_to_the_roles_declared_for_it_and_to_no_other(
    pattern: URLPattern, name: str, client: Client
) -> None:
    if name in PUBLIC or name in OWN_ACCOUNT:
        return
    admitted = set()
    for letter, role in LETTERS.items():
        client.force_login(make_person(role.value, role, make_district()))
        answer = client.get(example(pattern, name))
        if answer.status_code == 405:
            answer = client.post(example(pattern, name))
        assert answer.status_code in {200, 302, 400, 403, 404, 422, 503}, (name, role, answer.status_code)
        if answer.status_code != 403:
            admitted.add(letter)
    assert admitted == set(OPEN_TO[name]), (name, sorted(admitted))


def test_every_route_is_declared_once() -> None:
    names = [name for _pattern, name in routes()]
    assert sorted(names) == sorted([*PUBLIC, *OWN_ACCOUNT, *OPEN_TO])
