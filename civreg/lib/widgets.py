"""Form controls that are rendered at once: a page of filters has hundreds of options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe


def select(name: str, choices: Iterable[tuple[Any, Any]], chosen: str) -> SafeString:
    """Return a select with the chosen option marked, as Django's; that one renders a template for every option."""
    options = "".join(_option(str("" if code is None else code), label, chosen) for code, label in choices)
    return format_html('<select id="id_{}" name="{}">{}</select>', name, name, mark_safe(options))


def _option(code: str, label: Any, chosen: str) -> str:
    mark = " selected" if code == chosen else ""
    return f'<option value="{conditional_escape(code)}"{mark}>{conditional_escape(label)}</option>'
