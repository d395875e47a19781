"""Who reads another campaign than the current one stays in it, whichever tab or link they follow."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import resolve

from civreg.lib import clock
from communes.models import Mail
from reports.digest.mailing import lay_out_digests
from reports.models import Campaign, DailySnapshot
from reports.past.listing import History
from reports.progress.days import publish
from reports.progress.figures import Figures
from reports.tests.campaigns.conftest import Room
from reports.tests.conftest import SetClock

FIRST, LAST = date(2024, 12, 3), date(2024, 12, 4)
UNDERSTAND = {
    *("dashboard", "dashboard_file", "multiples", "screen", "breakdown", "commune"),
    *("history", "history_file", "freeze_moment", "rebuild_days", "day", "correct_day"),
    *("compare", "comparison_file", "recognition", "recognition_annex", "recognition_file"),
    *("digest", "digest_of_day", "support", "own_support", "campaigns"),
}
PAGES = (
    *("/tien-do/", "/tien-do/hop-nhat/", "/tien-do/lich-su/", "/tien-do/ngay/2024-12-04/"),
    *("/tien-do/ngay/2024-12-04/?ban=1", "/tien-do/so-sanh/", "/bieu-duong/", "/bieu-duong/phu-luc/"),
    *("/tong-hop/", "/tong-hop/2024-12-03/", "/ho-tro/"),
)


@pytest.fixture
def second(room: Room, second: Campaign) -> Campaign:
    """The same; of both campaigns the same two days were published."""
    for campaign, total in ((room.campaign, 70), (second, 60)):
        for day in (FIRST, LAST):
            publish_day(campaign, day, {(room.hop_nhat.pk, "KS"): Figures(books=1, total=total)})
    return second


def publish_day(campaign: Campaign, day: date, figures: dict[tuple[int, str], Figures]) -> None:
    publish(campaign, day=day, taken_at=campaign.cutoff_of(day), figures=figures)


def addresses_in(page: str, at: str) -> set[str]:
    """Return where the content of a page leads; forms that read are left out, for they ask which campaign."""
    content = page[page.index("<main") :] if "<main" in page else page
    content = re.sub(r'<form[^>]*method="get".*?</form>', "", content, flags=re.DOTALL)
    found = re.findall(r'(?:href|action|hx-get)="([^"#]+)', content)
    return {urljoin(at, unescape(address)) for address in found if not address.startswith("/static/")}


def leaving(page: str, at: str, dot: int) -> list[str]:
    """Return the addresses that lead out of the campaign."""
    return [
        address
        for address in addresses_in(page, at)
        if resolve(urlsplit(address).path).url_name in UNDERSTAND
        and parse_qs(urlsplit(address).query).get("dot") != [str(dot)]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_every_link_stays_in_the_campaign_asked_for(
    room: Room, second: Campaign, at_task_force: Client, path: str
) -> None:
    at = f"{path}{'&' if '?' in path else '?'}dot={room.campaign.pk}"
    answer = at_task_force.get(at)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert leaving(page, at, room.campaign.pk) == []
    assert "dot=" in page
    if "phu-luc" not in path:
        assert {"/tien-do/lich-su/", "/bieu-duong/", "/tong-hop/", "/ho-tro/"} <= {
            urlsplit(address).path for address in addresses_in(page, at)
        }


def test_the_pages_speak_of_the_campaign_asked_for(
    room: Room, second: Campaign, at_task_force: Client
) -> None:
    dot = f"?dot={room.campaign.pk}"
    for path, total in ((dot, 70), ("", 60)):
        history = at_task_force.get(f"/tien-do/lich-su/{path}").context["history"]
        assert [line.figures.total for line in history.lines if line.snapshot] == [total, total]
        assert at_task_force.get(f"/tong-hop/{path}").context["page"].closed.whole.figures.total == total
        assert at_task_force.get(f"/tien-do/ngay/2024-12-04/{path}").context["page"].figures.total == total
        assert at_task_force.get(f"/tien-do/so-sanh/{path}").context["page"].sum.now.total == total


def test_the_form_of_a_comparison_stays_too(room: Room, second: Campaign, at_task_force: Client) -> None:
    page = at_task_force.get(f"/tien-do/so-sanh/?dot={room.campaign.pk}").content.decode()
    assert f'<input type="hidden" name="dot" value="{room.campaign.pk}">' in page


def test_a_moment_of_the_other_campaign_is_frozen_and_its_history_shown(
    room: Room, second: Campaign, at_task_force: Client
) -> None:
    dot = f"?dot={room.campaign.pk}"
    form = {"intent": str(uuid4()), "campaign": room.campaign.pk}
    assert at_task_force.post("/tien-do/lich-su/chot-ngay/", form).status_code == 404
    answer = at_task_force.post(f"/tien-do/lich-su/chot-ngay/{dot}", form)
    assert answer["Location"] == f"/tien-do/lich-su/{dot}"
    (moment,) = DailySnapshot.objects.filter(kind_of=DailySnapshot.Kind.DEMAND)
    assert moment.campaign == room.campaign


@pytest.mark.parametrize(
    "path", ["/tien-do/lich-su/", "/tong-hop/", "/bieu-duong/", "/ho-tro/", "/tien-do/so-sanh/"]
)
def test_a_campaign_nobody_has_is_nowhere(room: Room, at_task_force: Client, path: str) -> None:
    assert at_task_force.get(f"{path}?dot=999999").status_code == 404


def test_the_letter_about_a_day_leads_into_its_campaign(
    room: Room, second: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.digest.mailing.mail_works", lambda: True)
    room.task_force.email, room.task_force.mail_digest = "t@example.vn", True
    room.task_force.save()
    monkeypatch.setattr(clock, "now", lambda: second.cutoff_of(LAST) + timedelta(hours=1))
    lay_out_digests()
    assert {mail.path for mail in Mail.objects.all()} == {
        f"/tong-hop/2024-12-04/?dot={campaign.pk}" for campaign in (room.campaign, second)
    }


def test_a_campaign_closed_early_misses_no_day_after_it(
    room: Room, second: Campaign, set_clock: SetClock
) -> None:
    closed_at = datetime(2024, 12, 5, 10, 0, tzinfo=clock.VIETNAM)
    second.closed, second.closed_at = True, closed_at
    second.save()
    set_clock(datetime(2024, 12, 20, 9, 0, tzinfo=clock.VIETNAM))
    history = History.read(second)
    assert [line.day.day for line in history.lines] == [4, 3, 2, 1]
    assert history.open_day == date(2024, 12, 5)
