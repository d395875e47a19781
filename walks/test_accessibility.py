"""Everybody can use every page: axe-core looks at each page of each role, and keys alone reach every field and menu.

The routes are walked, so a page is looked at the day it is added. Pages that differ in nothing but their words are
looked at once. The product's content policy stays as it is: what the driver evaluates is not the page's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import Browser, ViewportSize

from civreg.tests.test_every_route_is_guarded import LETTERS, OPEN_TO, OWN_ACCOUNT, routes
from walks.births import posted
from walks.conftest import Someone
from walks.people import OFFICE, PHONE, Person
from walks.product import Product

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = ("serious", "critical")
# Colours are the same on both screens, and looking at them takes as long as all the rest.
LOOK = f"""colours => axe.run({{runOnly: {json.dumps(STANDARD)}, resultTypes: ["violations"],
    rules: {{"color-contrast": {{enabled: colours}}}}}}).then(result =>
  result.violations.filter(found => {json.dumps(GRAVE)}.includes(found.impact)).map(found =>
    `${{found.id}}: ${{found.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")}}`))"""
# What a page is made of, its words left out.
SHAPE = """() => [...new Set([...document.body.querySelectorAll("*")].map(part =>
  [part.tagName, part.className.baseVal ?? part.className, part.getAttributeNames().join(), !!part.textContent.trim(),
   part.parentElement.className].join(" ")))]"""
# Everything that can be opened is open; of rows and choices made of the same, two stay.
PREPARE = """() => {
  document.querySelectorAll("main details").forEach(part => { part.open = true });
  const known = new Map();
  for (const row of document.querySelectorAll("main :is(tbody > tr, ul > li, ol > li, option)")) {
    const shape = [row, ...row.querySelectorAll("*")].map(part => part.tagName + part.getAttribute("class")).join();
    const times = known.get(shape) ?? new WeakMap();
    known.set(shape, times.set(row.parentNode, (times.get(row.parentNode) ?? 0) + 1));
    if (times.get(row.parentNode) > 2 && !row.selected) row.remove();
  }
}"""
PEOPLE = {
    "O": "officer.hop-nhat",
    "H": "helper.hop-nhat",
    "L": "leader.hop-nhat",
    "J": "justice",
    "T": "taskforce",
    "C": "chairman",
    "P": "province",
    "A": "admin",
}
# The page of every kind of book with a form of its own, and of one without.
KINDS = ("KS", "KH", "KT", "CMC", "HN", "GH")
# Where an address names something else by the same word.
OF_ROUTE: dict[str, dict[str, object]] = {"communes:guide_page": {"slug": "so-kho-doc"}}
# A picture, and the pieces of one on their way: nothing to be looked at as a page, under keys nobody can guess; and the
# files that came with a directive or a declaration.
NEVER_PAGES = {
    "communes:notice_file",
    "digitization:leaf",
    "digitization:proof",
    "digitization:scan",
    "digitization:upload_piece",
}
IN_ENGLISH = (
    *("/tien-do/", "/so/1/", "/so/1/chia-viec/", "/chia-viec/", "/viec-cua-toi/"),
    *("/nhap-lieu/1/moi/", "/ho-so/", "/tim/"),
    *("/thong-bao/", "/thong-bao/1/", "/tong-hop/"),
)


class Looks:
    """All looks of one run: what was found, and the routes somebody has seen as a page or that are none."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.seen: set[str] = set()
        self._shapes: dict[str, set[str]] = {}

    def at(self, person: Person, path: str, route: str = "") -> None:
        """Open a page and look at it."""
        person.goes_to(path)
        self.at_what_is_open(person, route or path)

    def at_what_is_open(self, person: Person, route: str) -> None:
        """Look at the open page on both screens, unless all it is made of was looked at there before."""
        page = person.page
        page.evaluate(PREPARE)
        for screen in (OFFICE, PHONE):
            page.set_viewport_size(screen)
            # Colours and names belong to the parts, wherever they stand; on the phone every page shows its own whole.
            shapes = self._shapes.setdefault("" if screen == OFFICE else route, set())
            if shapes.issuperset(new := set(page.evaluate(SHAPE))):
                continue
            shapes |= new
            # As high as the page: a bar that sticks to the foot of the screen covers nothing then.
            height = max(screen["height"], page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": screen["width"], "height": height})
            if not page.evaluate("'axe' in window"):
                page.evaluate(AXE_SCRIPT)
            self.found += [
                f"{route} at {screen['width']}: {words}" for words in page.evaluate(LOOK, screen == OFFICE)
            ]


@pytest.fixture(scope="module")
def cast(product: Product, browser: Browser, people: dict[str, Person]) -> dict[str, Person]:
    """One person of each role, by letter, logged in."""
    for name in PEOPLE.values():
        if name not in people:
            people[name] = Person(browser.new_context(), product.address)
            people[name].logs_in(name)
    return {letter: people[name] for letter, name in PEOPLE.items()}


@pytest.fixture(scope="module")
def examples(cast: dict[str, Person]) -> dict[str, dict[str, object]]:
    """What stands in the addresses of each person's pages."""
    paper = cast["T"].sends("/bien-ban/lap/", {"unit": "hop-nhat", "intent": "0" * 32})
    known: dict[str, object] = {
        "slug": "hop-nhat",
        "day": "2024-11-23",
        "code": "KS",
        "verb": "withdraw",
        "unit": "hop-nhat",
        "paper_id": paper.headers["location"].strip("/").rpartition("/")[2],
    }
    return {letter: known | _own(person) for letter, person in cast.items()}


def _own(person: Person) -> dict[str, object]:
    """Return an entry and a draft of the person's and somebody they look after, where they have any."""
    own: dict[str, object] = {"record_id": 1, "draft_id": 1, "person_id": 1}
    colleagues = person.context.request.get(f"{person.address}/chia-viec/").text()
    if colleague := re.search(r"/chia-viec/nguoi/(\d+)/", colleagues):
        own["person_id"] = colleague[1]
    person.goes_to("/so/1/")
    entry = person.page.locator("tbody a[href^='/ho-so/']")
    if entry.count():
        own["record_id"] = str(entry.last.get_attribute("href")).split("/")[2]
    person.sends("/nhap-lieu/1/moi/", posted(1, then="later"))
    person.goes_to("/so/1/")
    draft = person.page.locator("a[href^='/nhap-do/']")
    if draft.count():
        own["draft_id"] = str(draft.first.get_attribute("href")).split("/")[2]
    return own


@pytest.fixture(scope="module")
def looks(cast: dict[str, Person], examples: dict[str, dict[str, object]]) -> Iterator[Looks]:
    """Look at every page of everybody."""
    looks = Looks()
    for letter, person in cast.items():
        person.begins_a_walk(OFFICE)
        for pattern, route in routes():
            if route in OWN_ACCOUNT or letter in OPEN_TO.get(route, ""):
                known = examples[letter] | OF_ROUTE.get(route, {})
                kwargs = {key: known.get(key, 1) for key in pattern.pattern.converters}
                _looks_at(looks, person, route, reverse(route, kwargs=kwargs))
    yield looks
    for letter, person in cast.items():
        # Who walks here next begins with nothing put aside.
        person.sends(f"/nhap-do/{examples[letter]['draft_id']}/bo/", {})
        person.page.goto("about:blank")


def _looks_at(looks: Looks, person: Person, route: str, path: str) -> None:
    answer = person.context.request.get(f"{person.address}{path}", max_redirects=0)
    if answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
        looks.at(person, path, route)
    if answer.status != 404:
        looks.seen.add(route)


def test_no_page_of_anybody_shuts_somebody_out(looks: Looks) -> None:
    assert looks.found == []


def test_every_page_was_looked_at(looks: Looks) -> None:
    """A new page whose example nobody can open is named here: give it one in ``examples``."""
    assert set(PEOPLE) == set(LETTERS)
    assert {
        route for _pattern, route in routes() if route in OPEN_TO or route in OWN_ACCOUNT
    } - looks.seen - NEVER_PAGES == set()


def test_a_barrier_would_be_found(looks: Looks, cast: dict[str, Person]) -> None:
    """Looks at the instrument."""
    person, fresh = cast["P"], Looks()
    person.goes_to("/tien-do/")
    person.page.evaluate("document.querySelector('main').append(document.createElement('select'))")
    fresh.at_what_is_open(person, "spoilt")
    assert any("select-name" in words for words in fresh.found)


def test_the_form_of_every_kind_shuts_nobody_out(officer: Person) -> None:
    looks = Looks()
    for kind in KINDS:
        for book in officer.reads(f"/api/v1/books/?unit=hop-nhat&kind={kind}")[:1]:
            looks.at(officer, f"/nhap-lieu/{book['id']}/moi/", kind)
    assert looks.found == []


def test_what_a_form_refuses_is_said_to_everybody(officer: Person, someone: Someone) -> None:
    looks, admin, stranger = Looks(), someone("admin"), someone()
    refusals = [
        (officer, "/nhap-lieu/1/moi/", {"registration_date": "31/02/1964"}, "Lưu"),
        (officer, "/so/moi/", {"opened_year": "64"}, "Lưu"),
        (officer, "/mat-khau/", {"old_password": "walk-by-the-look"}, "Lưu mật khẩu mới"),
        (admin, "/quan-tri/tai-khoan/moi/", {"username": "Hà Quyết"}, "Mở tài khoản"),
        (stranger, "/dang-nhap/", {"username": "officer", "password": "walk-by-the-look"}, "Đăng nhập"),
    ]
    for person, path, typed, button in refusals:
        person.goes_to(path)
        person.page.locator("main form").last.evaluate("form => { form.noValidate = true }")
        person.fills(typed)
        (person.presses if person.page.locator("[data-keep]").count() else person.clicks)(button)
        assert person.page.locator(".error, .notice-error").count(), path
        looks.at_what_is_open(person, f"refused {path}")
    assert looks.found == []


def test_the_door_and_the_pages_of_what_went_wrong_shut_nobody_out(officer: Person, someone: Someone) -> None:
    looks, stranger = Looks(), someone()
    looks.at(stranger, "/dang-nhap/")
    officer.expected |= {400, 403, 404}
    for path in ("/quan-tri/tai-khoan/", "/khong-co/", "/so/?don-vi=%00"):
        looks.at(officer, path)
    assert looks.found == []


def test_english_pages_shut_nobody_out_either(officer: Person) -> None:
    looks = Looks()
    officer.goes_to("/so/")
    officer.clicks("English")
    try:
        for path in IN_ENGLISH:
            looks.at(officer, path)
            assert officer.page.locator("html").get_attribute("lang") == "en"
    finally:
        officer.page.set_viewport_size(OFFICE)
        officer.goes_to("/so/")
        officer.clicks("Tiếng Việt")
    assert looks.found == []


# -- keys alone ---------------------------------------------------------------------------------------
FOCUSED = """() => {
  const part = document.activeElement, box = part.getBoundingClientRect(), style = getComputedStyle(part);
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return [part.name || (part === document.body ? "BODY" : part.textContent.trim().slice(0, 40)),
          style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
          part.contains(there) || !!there?.contains(part) || there?.closest("label")?.control === part];
}"""


@pytest.mark.parametrize("screen", [OFFICE, PHONE], ids=["office", "phone"])
@pytest.mark.parametrize("path", ["/nhap-lieu/1/moi/", "/kiem-tra/", "/so/moi/"])
def test_what_the_keys_are_at_is_seen_and_lies_under_nothing(
    path: str, screen: ViewportSize, someone: Someone
) -> None:
    officer = someone("officer.hop-nhat", screen=screen)
    officer.goes_to(path)
    officer.page.locator("main a, main input:not([type=hidden]), main select").first.focus()
    hidden = []
    for _key in range(60):
        officer.page.keyboard.press("Tab")
        name, outlined, clear = officer.page.evaluate(FOCUSED)
        if name == "BODY":
            break
        if not (outlined and clear):
            hidden.append((name, outlined, clear))
    assert hidden == []


def test_the_box_beside_a_field_is_one_key_away(officer: Person) -> None:
    officer.goes_to("/nhap-lieu/1/moi/")
    officer.page.focus("[name=mother_full_name]")
    officer.page.keyboard.press("F2")
    officer.page.keyboard.press("ArrowDown")
    assert officer.page.input_value("[name=mother_full_name__state]") == "not_written"
    officer.page.keyboard.press("F2")
    assert officer.page.evaluate("document.activeElement.name") == "mother_full_name"
    assert officer.page.locator("[name=mother_full_name__state]").bounding_box()["width"] > 100  # type: ignore[index]


def test_the_menu_of_a_phone_opens_with_a_key_and_the_skip_link_leads_to_the_page(someone: Someone) -> None:
    officer = someone("officer.hop-nhat", screen=PHONE)
    officer.goes_to("/so/")
    officer.page.keyboard.press("Tab")
    assert officer.page.evaluate("document.activeElement.className") == "skip"
    officer.page.locator(".menu summary").focus()
    officer.page.keyboard.press("Enter")
    officer.page.keyboard.press("Tab")
    assert officer.page.evaluate("document.activeElement.closest('.menu-sheet nav') !== null")
    officer.goes_to("/so/")
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.press("Enter")
    assert officer.page.evaluate("document.activeElement.id") == "content"


def test_nothing_moves_for_those_who_asked_for_no_motion(officer: Person) -> None:
    officer.page.emulate_media(reduced_motion="reduce")
    officer.goes_to("/nhap-lieu/1/moi/")
    officer.page.locator("[name=then]").first.evaluate("button => button.classList.add('is-sending')")
    turning = "getComputedStyle(document.querySelector('.is-sending'), '::after').animationName"
    assert officer.page.evaluate(turning) == "none"
    officer.page.emulate_media(reduced_motion="no-preference")
    assert officer.page.evaluate(turning) == "turn"
    officer.page.emulate_media(reduced_motion="null")
