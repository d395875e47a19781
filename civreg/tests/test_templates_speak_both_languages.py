"""No page has words that only one language knows: what people read in a template goes through the catalogue.

Papers are Vietnamese in every language, because they are legal texts; the pages for when nothing works any more say
everything in both.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
ONE_LANGUAGE_ON_PURPOSE = (
    "reports/papers/paper.html",
    "reports/papers/parts/",
    "reports/recognition/annex.html",
    "parts/paper_head.html",
    "print.html",
)
BOTH_AT_ONCE = (
    "errors/500.html",
    "errors/503.html",
    "errors/busy.html",
    "errors/standalone.html",
    "errors/again.html",
)
# Names that are the same everywhere. Commands in <pre> are no words of a language.
KEYS = {"enter", "ctrl", "shift", "alt", "tab", "pageup", "pagedown"}
NAMES = {"civreg", "excel", "xlsx", "csv", "tiếng", "việt", "english"} | KEYS

_TRANSLATED = re.compile(
    r"{% blocktranslate.*?{% endblocktranslate %}|{% comment %}.*?{% endcomment %}", re.DOTALL
)
_CODE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->|<pre.*?</pre>|<script.*?</script>|&\w+;", re.DOTALL)
_READ_ALOUD = re.compile(r'\s(?:title|alt|placeholder|aria-label|label)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")

PAGES = [
    path
    for path in sorted(TEMPLATES.rglob("*.html"))
    if not str(path.relative_to(TEMPLATES)).startswith(ONE_LANGUAGE_ON_PURPOSE + BOTH_AT_ONCE)
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_has_no_words_of_one_language(path: Path) -> None:
    assert untranslated(path.read_text(encoding="utf-8")) == set()


def untranslated(source: str) -> set[str]:
    """Return the words a reader would meet as they stand in the template."""
    code_free = _CODE.sub(" ", _TRANSLATED.sub(" ", source))
    read = " ".join([*_READ_ALOUD.findall(code_free), _TAG.sub(" ", code_free)])
    return {word for word in _WORD.findall(read) if word.lower() not in NAMES}


def test_words_left_in_a_template_are_noticed() -> None:
    assert untranslated('<p title="Xin chào">Hello {{ name }} {% translate "there" %}</p>') == {
        "Xin",
        "chào",
        "Hello",
    }
