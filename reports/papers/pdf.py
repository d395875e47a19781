"""The PDF of a paper, by WeasyPrint. Importing this file needs Pango; ``printing`` is the door for everybody else.

A paper carries names people typed. Escaping keeps them text, and should that ever fail the fetcher still opens
nothing but the style sheet and the fonts of papers: with WeasyPrint's own fetcher an ``<img>`` reaches servers
inside the network, and ``<link rel=attachment href=file:…>`` puts a file of the server into the PDF.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

# No address of this host ever resolves (RFC 2606).
BASE = "https://static.invalid/"
OWN_FILES = {
    "css/paper.css": "text/css; charset=utf-8",
    "fonts/print/Tinos-Regular.ttf": "font/ttf",
    "fonts/print/Tinos-Italic.ttf": "font/ttf",
    "fonts/print/Tinos-Bold.ttf": "font/ttf",
    "fonts/print/Tinos-BoldItalic.ttf": "font/ttf",
}
# What collecting static files puts into their names: paper.0123456789ab.css
FINGERPRINT = re.compile(r"\.[0-9a-f]{12}(?=\.[a-z]+$)")

# The style sheet holds rules only browsers know; each would be a warning with every paper.
logging.getLogger("weasyprint").setLevel(logging.ERROR)


class Denied(ValueError):
    """A paper asked for something that is not one of its own files."""


class OwnFilesOnly(URLFetcher):
    """Opens the files of ``OWN_FILES`` from disk; denies every other address, whatever its scheme."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return one of our files; raises Denied, which WeasyPrint takes as "not there"."""
        name = own_file(url)
        path = finders.find(name)
        if path is None:
            raise Denied(name)
        return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": OWN_FILES[name]})


def own_file(url: str) -> str:
    """Return which of ``OWN_FILES`` an address means; raises Denied for any other address."""
    root = urljoin(BASE, settings.STATIC_URL)
    name = FINGERPRINT.sub("", url.removeprefix(root))
    if not url.startswith(root) or name not in OWN_FILES:
        raise Denied(url)
    return name


def pdf(html: str) -> bytes:
    """Turn the HTML of a paper into a tagged PDF."""
    document: bytes = HTML(string=html, base_url=BASE, url_fetcher=OwnFilesOnly()).write_pdf(pdf_tags=True)
    return document
