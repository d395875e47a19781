"""Somebody at a browser, and what went wrong in front of their eyes."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import (
    APIResponse,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    Response,
    ViewportSize,
)

from walks.product import PASSWORD

OFFICE = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
# Said by the browser about an answer that is judged by its status.
STATUS_IN_CONSOLE = "Failed to load resource: the server responded with a status of"

FILL = """entry => Object.fromEntries(Object.entries(entry).map(([name, text]) => {
  const field = document.querySelector(`[name="${name}"]`);
  field.value = text;
  return [name, field.value];
}))"""


class Person:
    """One person in a browser of their own. ``troubles`` must stay empty unless the walk expects one.

    A refused form answers 422; that is the product speaking, not failing, so it is expected everywhere.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page: Page = context.new_page()
        self.begins_a_walk(OFFICE)
        self.page.on("console", self._hears)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("response", self._receives)
        self.page.on("requestfailed", self._misses)
        self.page.on("dialog", self._is_asked)

    def begins_a_walk(self, screen: ViewportSize) -> None:
        """Sit down in front of a screen, with nothing gone wrong yet."""
        self.page.set_viewport_size(screen)
        self.page.emulate_media(media="screen")
        self.troubles: list[str] = []
        self.expected = {422}

    def goes_to(self, path: str) -> Response:
        """Open a page of the product."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer
        return answer

    def logs_in(self, name: str, password: str = PASSWORD) -> None:
        """Type name and password at the door."""
        self.goes_to("/dang-nhap/")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/dang-nhap/" not in url)

    def clicks(self, word: str) -> None:
        """Press the one button or link with exactly this word, and wait for the page it leads to.

        What stands in the page comes before what stands above it on every page.
        """
        found = self._named(self.page.locator("main"), word)
        with self.page.expect_navigation():
            (found if found.count() else self._named(self.page.locator("body"), word)).click()

    def presses(self, word: str) -> None:
        """Press a button of the desk, and wait for the answer: words in the page, or another page."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self._named(self.page.locator("main"), word).click()
        self.page.wait_for_function("() => !document.querySelector('form[aria-busy]')")
        self.page.wait_for_load_state()

    def may(self, word: str) -> bool:
        """Tell whether the page offers a button or link with exactly this word."""
        return self._named(self.page.locator("main"), word).count() > 0

    def fills(self, entry: dict[str, str]) -> None:
        """Fill in fields by their names, at once as a paste would; a choice must exist."""
        assert self.page.evaluate(FILL, entry) == entry

    def sends(self, path: str, form: dict[str, Any]) -> APIResponse:
        """Post a form without the browser's page, from the same session; redirects are not followed."""
        token = next(cookie["value"] for cookie in self.context.cookies() if cookie["name"] == "csrftoken")
        headers = {"X-CSRFToken": token}
        return self.context.request.post(f"{self.address}{path}", form=form, headers=headers, max_redirects=0)

    def reads(self, path: str) -> Any:
        """Return what an address of the API answers."""
        answer = self.context.request.get(f"{self.address}{path}")
        assert answer.status == 200, (path, answer.status)
        return answer.json()

    def lends_session_to(self, other: Person) -> None:
        """Let another browser be this person, without anything this one has in its cache."""
        lent = [cookie for cookie in self.context.cookies() if cookie["name"] == "civreg"]
        other.context.add_cookies([{"name": "civreg", "value": lent[0]["value"], "url": self.address}])

    def sees(self, words: str) -> bool:
        """Tell whether the words stand on the page, somewhere visible."""
        return words in re.sub(r"\s+", " ", self.page.locator("main").inner_text())

    def scrolls_sideways(self) -> bool:
        """Tell whether the page is wider than the screen."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def _named(self, part: Locator, word: str) -> Locator:
        button = part.get_by_role("button", name=word, exact=True)
        return button.or_(part.get_by_role("link", name=word, exact=True))

    def _hears(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(STATUS_IN_CONSOLE):
            self.troubles.append(f"console: {message.text}")

    def _receives(self, answer: Response) -> None:
        if answer.status >= 400 and answer.status not in self.expected:
            self.troubles.append(f"{answer.status}: {answer.url}")

    def _misses(self, request: Request) -> None:
        # Leaving a page breaks off what it was still asking for.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"{request.failure}: {request.url}")

    def _is_asked(self, dialog: Dialog) -> None:
        # Whoever leaves a half-typed form in a walk means it.
        if dialog.type == "beforeunload":
            dialog.accept()
        else:
            self.troubles.append(f"dialog: {dialog.message}")
            dialog.dismiss()
