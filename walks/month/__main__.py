"""Play the campaign: ``CIVREG_HOME=folder PORT=8160 python -m walks.month [first day] [last day]``.

The data folder holds a district demonstration (``manage.py seed``) that nobody needs afterwards.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings
from playwright.sync_api import Page, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civreg.settings")
# The driver of the browser runs a loop of its own in this process.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
django.setup()

from civreg import servers  # noqa: E402
from civreg.lib import clock  # noqa: E402
from communes.models import Installation  # noqa: E402
from reports import tasks  # noqa: E402
from reports.models import Campaign  # noqa: E402
from walks.browsing import CHROMIUM, arguments  # noqa: E402
from walks.month import evening as looks  # noqa: E402
from walks.month import story as stories  # noqa: E402
from walks.month.evening import Evening  # noqa: E402
from walks.month.story import Story  # noqa: E402
from walks.month.truth import Recount, sums  # noqa: E402
from walks.people import Person  # noqa: E402
from walks.product import Product  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TITLE = "Ba mươi ngày về đích (minh họa)"
SHOWN = (1, 8, 12, 17, 18, 20, 30)
IN_ENGLISH = (12, 18)
SIZES = ((1366, 768), (1920, 1080), (390, 844))
PASSWORD = os.environ.get("CIVREG_DEMO_PASSWORD", "demo-password")


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - the console is where it is read


def set_clock(moment: datetime) -> None:
    """Move the business time of this process, and of everything started from now on."""
    offset = clock.real_now() - moment
    Installation.objects.update(clock_offset=offset)
    clock.use_offset(lambda: offset)


@contextmanager
def running(product: Product) -> Iterator[None]:
    """Keep the product running for the block."""
    product.start()
    try:
        yield
    finally:
        product.stop()


def sets_up(person: Person) -> Campaign:
    """Set the campaign up through the pages."""
    person.goes_to("/dot-so-hoa/moi/")
    last = stories.STARTS + timedelta(days=stories.DAYS - 1)
    person.fills(
        {
            "title": TITLE,
            "basis": "Kế hoạch số 00/KH-UBND (minh họa)",
            "starts": f"{stories.STARTS:%d/%m/%Y}",
            "deadline": f"{last:%d/%m/%Y}",
        }
    )
    person.clicks("Lập đợt")
    return Campaign.objects.get(title=TITLE)


def evening_tasks() -> None:
    """Do at once what the worker does within a minute; it runs, too, and the two must not hurt each other."""
    tasks.roll_up()
    tasks.cut_off()
    tasks.rebuild_days()
    tasks.refresh_paces()
    tasks.foresee()
    tasks.roll_up()


def pictures(person: Person, n: int, unit: str, folder: Path) -> None:
    """Take pictures of the pages of an evening on three screens."""
    day = (stories.STARTS + timedelta(days=n - 1)).isoformat()
    pages = {
        "dashboard": "/tien-do/",
        "commune": f"/tien-do/{unit}/",
        "history": "/tien-do/lich-su/",
        "day": f"/tien-do/ngay/{day}/",
        "digest": f"/tong-hop/{day}/",
        "recognition": "/bieu-duong/",
        "screen": "/tien-do/man-hinh-lon/",
    }
    for language in ("vi", "en") if n in IN_ENGLISH else ("vi",):
        _speak(person, language)
        for name, path in pages.items():
            for width, height in SIZES:
                person.page.set_viewport_size({"width": width, "height": height})
                person.goes_to(path)
                _settle(person.page)
                whole = name != "screen"
                file = folder / f"{n:02}-{language}-{name}-{width}.png"
                person.page.screenshot(path=file, full_page=whole)
                if person.scrolls_sideways():
                    _say(f"day {n}: {path} scrolls sideways at {width}")
    _speak(person, "vi")
    person.page.set_viewport_size({"width": 1366, "height": 768})


def _settle(page: Page) -> None:
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(120)
    page.evaluate("window.scrollTo(0, 0)")


def _speak(person: Person, language: str) -> None:
    person.context.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": person.address}]
    )


def looks_at(person: Person, evening: Evening) -> None:
    """Open the pages of an evening and compare what they say."""
    told = stories.STALLING, stories.RESTATED, stories.NATIONAL, stories.GIVING, stories.TAKING
    looks.dashboard(person, evening)
    for slug in (*told, stories.FINISHING):
        looks.commune(person, evening, evening.story.unit(slug))
    looks.history(person, evening)
    looks.past_day(person, evening, evening.n)
    looks.digest(person, evening)
    looks.recognition(person, evening)
    looks.screen(person, evening)


class Month:
    """The product, somebody of the task force, and the recounts at the cut-offs so far."""

    def __init__(self, product: Product, person: Callable[[], Person], folder: Path) -> None:
        self.product, self.person, self.folder = product, person, folder
        self.closed: dict[int, Recount] = {}
        self.untrue: list[looks.Untrue] = []

    def plays(self, story: Story, n: int) -> None:
        """Play one day, from its morning to its evening."""
        set_clock(story.at(n, 16, 50))
        story.works(n)
        self.closed[n] = story.recount()
        after = story.at(n, 20, 15) if n == stories.POWER_CUT else story.at(n, 17) + timedelta(seconds=5)
        set_clock(after)
        with running(self.product):
            person = self.person()
            if n == stories.POWER_CUT:
                self.comes_back(person, story.day(n).isoformat())
            evening_tasks()
            if n % 3 == 2:
                story.works_late(n)
                tasks.roll_up()
            self.looks(person, Evening(story, n, self.closed, story.recount(), clock.now()))
            person.context.close()

    def looks(self, person: Person, evening: Evening) -> None:
        """Compare the pages of an evening, say what is untrue, and take its pictures."""
        looks_at(person, evening)
        self.untrue += evening.found
        at, now = sums(self.closed[evening.n].values()), sums(evening.now.values())
        _say(
            f"day {evening.n} {evening.story.day(evening.n)}: closed {at.done}/{at.total}, now {now.done}; "
            f"{evening.compared} compared, {len(evening.found)} untrue; troubles {person.troubles}"
        )
        for one in evening.found:
            _say(f"   {one.page} | {one.what} | said {one.said} | true {one.true}")
        if evening.n in SHOWN:
            pictures(person, evening.n, PICTURED.get(evening.n, "hop-nhat"), self.folder)

    def comes_back(self, person: Person, day: str) -> None:
        """Show what the pages say three hours after a cut-off at which nothing ran, before anything was rebuilt."""
        for path in ("/tien-do/", "/tien-do/lich-su/", f"/tien-do/ngay/{day}/", f"/tong-hop/{day}/"):
            person.goes_to(path)
            words = person.page.locator("main").inner_text()[:700].replace("\n", " / ")
            _say(f"power cut, {path}: {words}")
            file = self.folder / f"17-cut-{path.strip('/').replace('/', '_')}.png"
            person.page.screenshot(path=file, full_page=True)


PICTURED = {
    8: stories.STALLING,
    12: stories.RESTATED,
    17: stories.NATIONAL,
    18: stories.STALLING,
    20: stories.TAKING,
    30: stories.FINISHING,
}


def main() -> None:
    """Play the days asked for, all thirty by default."""
    first, last = (int(word) for word in (*sys.argv[1:], "1", str(stories.DAYS))[:2])
    home = servers.home.path()
    folder = home.with_name(f"{home.name}-pictures")
    folder.mkdir(exist_ok=True)
    product = Product(home)
    product.port = int(os.environ.get("PORT", product.port))
    with servers.held(), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=arguments())

        def task_force() -> Person:
            person = Person(browser.new_context(), product.address)
            person.page.set_default_timeout(15_000)
            person.logs_in("taskforce", PASSWORD)
            return person

        try:
            if not Campaign.objects.filter(title=TITLE).exists():
                with running(product):
                    sets_up(task_force())
            month = Month(product, task_force, folder)
            story = Story(Campaign.objects.get(title=TITLE))
            for n in range(first, last + 1):
                month.plays(story, n)
            _say(f"{len(month.untrue)} untrue in all")
        finally:
            browser.close()


if __name__ == "__main__":
    main()
