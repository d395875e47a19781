"""What the tests of lists read with: a browser for somebody, and what stands in a page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import unquote

from django.test import Client


def as_user(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def addresses(page: str) -> list[str]:
    """Return every address in a page as a person would read it in the address bar."""
    return [unquote(unescape(found)) for found in re.findall(r'(?:href|action|src)="([^"]*)"', page)]


def numbers_in(page: str) -> list[str]:
    """Return the numbers of the entries a list shows, from its first column."""
    return re.findall(r'<th scope="row" class="nowrap"><a href="/ho-so/\d+/">([^<]*)</a>', page)
