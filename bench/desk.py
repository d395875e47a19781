"""The entry desk: how many keys an entry costs, and how much of it crosses the line, in a real browser.

A typist types births of the demonstration once more into a new book, by keyboard alone, as the desk invites to: Enter
from field to field, peoples and kinds carried on (F8), suggestions taken with the arrow, dates in digits. The browser
counts. Everything typed by hand is 1.0: every letter of the finished entry, and one key for each coded field. A letter
with diacritics counts one, as on the screen; an input method takes one to three keys for it, in both counts alike.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, sync_playwright

from bench.figures import Figure, figure
from bench.stage import Stage
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from walks.browsing import CHROMIUM, arguments
from walks.people import Person
from walks.product import Product

KEYS_PER_LETTER, BYTES_OF_A_SAVE, SLOW_SECONDS = 0.45, 3_000, 3
# 64 kbit/s both ways; the browser's own emulation.
SLOW_LINE = {"offline": False, "latency": 600, "downloadThroughput": 8_000, "uploadThroughput": 8_000}
CARRIED = (
    *("registration_type", "birth_kind", "child_home_town", "child_ethnicity", "child_nationality"),
    *("mother_ethnicity", "mother_nationality", "mother_residence_type"),
    *("father_ethnicity", "father_nationality", "father_residence_type", "applicant_relation"),
)
COUNT = """() => {
  window.keys = 0;
  const field = (target) => target.matches('input, textarea');
  document.addEventListener('beforeinput', (event) => {
    if ((event.inputType || '').startsWith('insert')) window.keys += (event.data || ' ').length;
  }, true);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Control' || event.key === 'Shift') return;
    if (event.key.length === 1 && !event.ctrlKey && field(event.target)) return;
    window.keys += 1 + event.ctrlKey + event.shiftKey;
  }, true);
}"""
LONGEST_BEGINNING = 8


def measure(stage: Stage) -> list[Figure]:
    """Type a hundred births and count keys and bytes."""
    # The small demonstration has too few births for a run of a hundred.
    with _officer("small" if stage.quick else "district") as officer:
        births = _births(officer, wanted := stage.rounds(110, 8))
        assert len(births) == wanted, f"only {len(births)} births to type"
        typist = Typist(officer)
        slow = births[: stage.rounds(10, 2)]
        ratios = [typist.types(birth) for birth in births[len(slow) :]]
        typist.moves_to_a_slow_line()
        for birth in slow:
            typist.types(birth)
        waited = typist.waited[-len(slow) :]
    return [
        figure(
            "keys for a letter of the finished entry",
            "",
            [sum(ratios) / len(ratios)],
            at_most=KEYS_PER_LETTER,
        ),
        figure("the same, entry by entry", "", ratios),
        figure("a save: bytes sent", "B", typist.sent, at_most=BYTES_OF_A_SAVE),
        figure("a save: bytes received, heads and all", "B", typist.received, at_most=BYTES_OF_A_SAVE),
        figure(
            "a save on 64 kbit/s with 600 ms delay, until the next entry", "s", waited, at_most=SLOW_SECONDS
        ),
    ]


class Typist:
    """Somebody with the eyes on the book and the hands on the keys."""

    def __init__(self, officer: Person) -> None:
        self.sent: list[float] = []
        self.received: list[float] = []
        self.waited: list[float] = []
        self._page: Page = officer.page
        self._book = _new_book(officer)
        officer.goes_to(f"/nhap-lieu/{self._book}/moi/")
        self._page.evaluate(COUNT)
        self._carries()

    def moves_to_a_slow_line(self) -> None:
        """Go on at the end of a long wire."""
        session = self._page.context.new_cdp_session(self._page)
        session.send("Network.emulateNetworkConditions", SLOW_LINE)

    def types(self, birth: dict[str, str]) -> float:
        """Type one birth and save it; returns keys for each letter."""
        self._page.evaluate("window.keys = 0")
        for name, text in birth.items():
            if self._value(name) != text:
                self._goes_to(name)
                self._writes(name, text)
        self._saves()
        keys = float(self._page.evaluate("window.keys"))
        return keys / sum(1 if self._is_coded(name) else len(text) for name, text in birth.items())

    def _carries(self) -> None:
        for name in CARRIED:
            self._page.locator(f"[name={name}]").focus()
            self._page.keyboard.press("F8")
        self._page.locator("[name=number]").focus()

    def _value(self, name: str) -> str:
        return self._page.input_value(f"[name={name}]")

    def _is_coded(self, name: str) -> bool:
        return bool(
            self._page.evaluate("name => document.querySelector(`[name=${name}]`).matches('select')", name)
        )

    def _focused(self) -> str:
        return str(self._page.evaluate("document.activeElement.name || ''"))

    def _goes_to(self, name: str) -> None:
        """Go on with Enter; what it passes by is reached with Tab from the field before."""
        order = self._page.evaluate(
            "[...document.querySelectorAll('.field[data-field]')].map(f => f.dataset.field)"
        )
        for _step in range(len(order)):
            here = self._focused()
            if here == name:
                return
            self._page.keyboard.press(self._key_to(name, here, order))
        raise AssertionError(name)

    def _key_to(self, name: str, here: str, order: list[str]) -> str:
        if here not in order or order.index(here) > order.index(name):
            return "Shift+Tab"
        following = self._page.evaluate(NEXT_BY_ENTER, here)
        late = following not in order or order.index(following) > order.index(name)
        return "Tab" if late else "Enter"

    def _writes(self, name: str, text: str) -> None:
        box = self._page.locator(f"[name={name}]")
        if self._value(name) and not self._is_coded(name):
            self._page.keyboard.press("Control+a")
        if box.get_attribute("data-date") is not None:
            self._page.keyboard.type(_in_digits(text))
        elif box.get_attribute("data-suggested") is not None:
            self._begins(text)
        else:
            self._page.keyboard.type(text)

    def _begins(self, text: str) -> None:
        """Type until the words are suggested, and take them."""
        for length in range(1, len(text) + 1):
            self._page.keyboard.type(text[length - 1])
            if length < 3 or length > LONGEST_BEGINNING:
                continue
            self._page.wait_for_timeout(330)
            words = self._page.locator("[role=option]").all_inner_texts()
            if text in words[:3]:
                for _step in range(words.index(text) + 1):
                    self._page.keyboard.press("ArrowDown")
                self._page.keyboard.press("Enter")
                return

    def _saves(self) -> None:
        for _attempt in range(4):
            began = time.monotonic()
            with self._page.expect_response(lambda answer: answer.url.endswith("/moi/")) as heard:
                self._page.keyboard.press("Control+Enter")
            sizes = heard.value.request.sizes()
            heard.value.finished()
            self._page.wait_for_function("() => !document.querySelector('form[aria-busy]')")
            if heard.value.status == 200:
                self.waited.append(time.monotonic() - began)
                self.sent.append(sizes["requestBodySize"])
                self.received.append(sizes["responseHeadersSize"] + sizes["responseBodySize"])
                return
            self._agrees()
        raise AssertionError(self._page.locator("#answers").inner_text())

    def _agrees(self) -> None:
        """The book has it so: tick what is asked, by keys."""
        while self._page.locator("[name=accept]:not(:checked)").count():
            self._page.locator("[name=accept]:not(:checked)").first.focus()
            self._page.keyboard.press("Space")


NEXT_BY_ENTER = """here => {
  const fields = [...document.querySelectorAll('.field[data-field]')];
  const box = (field) => field.querySelector('.field-row > :first-child');
  const from = fields.findIndex((field) => field.dataset.field === here);
  const next = fields.slice(from + 1).find((field) => box(field).getClientRects().length
    && !field.matches('.is-carried') && !(field.matches('.is-passed') && box(field).value === ''));
  return next ? next.dataset.field : '';
}"""


def _in_digits(text: str) -> str:
    """Write "12/5/1964" as 12051964 and "3/1957" as 0357; anything else as it stands."""
    parts = text.split("/")
    if not all(part.isdecimal() for part in parts) or len(parts[-1]) != 4:
        return text
    if len(parts) == 2:
        return f"{int(parts[0]):02}{parts[1][2:]}"
    return "".join(f"{int(part):02}" for part in parts[:-1]) + parts[-1]


def _births(officer: Person, count: int) -> list[dict[str, str]]:
    """Return births of the demonstration as they are typed, book by book; without those that were not fully read."""
    record_type = BY_CODE["KS"]
    found: list[dict[str, str]] = []
    for book in officer.reads("/api/v1/books/?kind=KS"):
        lines = officer.reads(f"/api/v1/records/?book={book['id']}&status=approved")
        for line in sorted(lines, key=lambda line: (line["number_year"] or 0, line["number"] or 0)):
            raw = write(record_type, officer.reads(f"/api/v1/records/{line['id']}/")["entry"])
            if not any("__" in name for name in raw) and raw.get("child_full_name"):
                found.append(
                    {name: raw[name] for name in record_type.by_code if name in raw and name != "number"}
                )
            if len(found) == count:
                return found
    return found


def _new_book(officer: Person) -> int:
    """List an empty book beside the others, which takes entries of every year; returns its id."""
    officer.goes_to("/so/moi/")
    unit = officer.page.locator("[name=unit] option").first.get_attribute("value")
    form = {"kind": "KS", "unit": unit, "series": "BENCH", "book_no": "01", "copy_no": "1", "per_page": "2"}
    years = {"opened_year": "1950", "year_from": "1950", "year_to": "2023"}
    answer = officer.sends("/so/moi/", {**form, **years, "intent": str(uuid4())})
    return int(answer.headers["location"].strip("/").rpartition("/")[2])


@contextmanager
def _officer(size: str) -> Iterator[Person]:
    """Start the product with a demonstration of this size, and a browser with its officer."""
    with tempfile.TemporaryDirectory(prefix="civreg-bench-desk-") as folder, sync_playwright() as driver:
        product = Product(Path(folder) / "home")
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=arguments())
        try:
            product.install(size)
            product.start()
            person = Person(browser.new_context(), product.address)
            person.logs_in("officer.hop-nhat")
            yield person
        finally:
            browser.close()
            product.leave()
