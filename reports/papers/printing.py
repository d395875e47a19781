"""A paper as HTML and as PDF. Without Pango on the machine there is no PDF, and everything else goes on."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType

from django.template.loader import render_to_string

from reports.papers.page import PaperPage

PAPER = "reports/papers/paper.html"


class PdfOff(Exception):
    """This machine cannot make PDFs."""


@cache
def _maker() -> ModuleType | None:
    # On demand: the library takes most of a second and 40 MB, and most requests never need it.
    try:
        return import_module("reports.papers.pdf")
    except (ImportError, OSError):
        return None


def pdf_works() -> bool:
    """Tell whether this machine can make PDFs."""
    return _maker() is not None


def pdf_of(page: PaperPage) -> bytes:
    """Return the paper as PDF, the same for every reader; raises PdfOff."""
    maker = _maker()
    if maker is None:
        raise PdfOff
    document: bytes = maker.pdf(render_to_string(PAPER, {"page": page, "pdf": True}))
    return document
