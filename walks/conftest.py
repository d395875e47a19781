"""One running product and one browser for all walks; everybody has a browser window of their own.

The walks share a process under xdist, so the product is started once. The browser is closed
when the last walk is over: while it is open, Django takes the process for an asynchronous one and refuses queries.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from walks.births import adds_book, enters
from walks.browsing import CHROMIUM, arguments
from walks.people import OFFICE, Person
from walks.product import Product

FOLDER = Path(__file__).parent


class Someone(Protocol):
    """Brings a person to the browser: logged in by name, or a stranger at the door."""

    def __call__(self, name: str = "", *, screen: ViewportSize = ...) -> Person: ...


class WalksTogether(LoadScopeScheduling):
    """Gives all walks to one test process, and every other test to whichever is free."""

    def _split_scope(self, nodeid: str) -> str:
        return FOLDER.name if nodeid.startswith(f"{FOLDER.name}/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WalksTogether:
    """Share the tests out; xdist's own groups go by a name of tests that pytest 9.2 no longer lets it change."""
    return WalksTogether(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every walk, so that ``-m "not browser"`` leaves them out."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A real Chromium, the system's."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=arguments())
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def product(browser: Browser) -> Iterator[Product]:
    """The product, installed and running."""
    folder = Path(tempfile.mkdtemp(prefix="civreg-walk-"))
    running = Product(folder / "home")
    try:
        running.install()
        running.start()
        yield running
    finally:
        running.leave()
        shutil.rmtree(folder)


@pytest.fixture(scope="package")
def people() -> dict[str, Person]:
    """Those who have logged in once and keep their window open from walk to walk."""
    return {}


@pytest.fixture
def someone(product: Product, browser: Browser, people: dict[str, Person]) -> Iterator[Someone]:
    """People for one walk. Whatever goes wrong in front of them, expected by nobody, fails the walk."""
    present: list[Person] = []

    def arrives(name: str = "", *, screen: ViewportSize = OFFICE) -> Person:
        person = people.get(name) or Person(browser.new_context(), product.address)
        person.page.set_default_timeout(15_000)
        person.begins_a_walk(screen)
        if name and name not in people:
            person.logs_in(name)
            people[name] = person
        present.append(person)
        return person

    yield arrives
    for person in present:
        person.page.goto("about:blank")
        if person not in people.values():
            person.context.close()
    assert [trouble for person in present for trouble in person.troubles] == []


@pytest.fixture
def officer(someone: Someone) -> Person:
    """The officer of Hợp Nhất."""
    return someone("officer.hop-nhat")


@pytest.fixture
def justice(someone: Someone) -> Person:
    """The justice office of the district."""
    return someone("justice")


@pytest.fixture(scope="package")
def books() -> dict[str, int]:
    """The books the walks have added, by number."""
    return {}


@pytest.fixture
def book(officer: Person, justice: Person, books: dict[str, int]) -> int:
    """A book of births of Hợp Nhất with room enough; its confirmed total counts in the figures.

    Its first entry is there: who signed in it was confirmed, and is known to the walks from then on.
    """
    if "71" not in books:
        books["71"] = adds_book(officer, justice, "71", 400)
        enters(officer, books["71"], page_no="11")
    return books["71"]
