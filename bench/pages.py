"""A person at the browser, inside this process: requests through the whole middleware, as a browser sends them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.test import Client

from communes.models import User
from digitization.models import ListExport


class Person:
    """Somebody of the demonstration, logged in."""

    def __init__(self, username: str) -> None:
        self.user = User.objects.get(username=username)
        self._client = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
        self._client.force_login(self.user)

    def get(self, address: str) -> HttpResponseBase:
        """Open a page; raises UnexpectedAnswer unless it comes."""
        return _expected(200, self._client.get(address))

    def polls(self, address: str, marks: str) -> int:
        """Ask, as the page does, for what changed since these marks; returns the bytes of the answer's body."""
        behind = {"HX-Request": "true"}
        answer = self._client.get(address, {"ban": marks, "luc": ""}, headers=behind)
        return len(_expected(200, answer).content)  # type: ignore[attr-defined]

    def takes_out(self, words: dict[str, str], form: str) -> int:
        """Take the list of these filters out as a file; returns how many entries are in it, after reading it all."""
        self.get("/ho-so/")
        token = self._client.cookies["csrftoken"].value
        sent = {**words, "form": form, "reason": "bench", "csrfmiddlewaretoken": token}
        answer = _expected(200, self._client.post("/ho-so/xuat/", sent))
        for _ in answer.streaming_content:  # type: ignore[attr-defined]
            pass
        answer.close()
        return ListExport.objects.latest("pk").rows

    def saves(self, address: str, typed: dict[str, Any], *, leads_on: bool = False) -> HttpResponseBase:
        """Send an entry as the desk's script does, whose page was opened before; raises UnexpectedAnswer."""
        token = self._client.cookies["csrftoken"].value
        body = urlencode({**typed, "csrfmiddlewaretoken": token})
        form, behind = "application/x-www-form-urlencoded", {"HX-Request": "true"}
        return _expected(
            302 if leads_on else 200, self._client.post(address, body, content_type=form, headers=behind)
        )


class UnexpectedAnswer(Exception):
    """The product did not do what was to be measured."""


def _expected(status: int, answer: HttpResponseBase) -> HttpResponseBase:
    if answer.status_code != status:
        raise UnexpectedAnswer(f"{answer.status_code} instead of {status}")
    return answer
