"""The guides of docs/guide as pages: one for each role, in Vietnamese, from the Markdown that is also read on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import mistune
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from communes.models import Role

CONTENTS = "muc-luc"
OF_ROLE: dict[str, str] = {
    Role.OFFICER: "can-bo-ho-tich",
    Role.HELPER: "nguoi-nhap-lieu",
    Role.LEADER: "lanh-dao-xa",
    Role.JUSTICE: "phong-tu-phap",
    Role.TASK_FORCE: "to-cong-tac",
    Role.CHAIRMAN: "to-cong-tac",
    Role.PROVINCE: "so-tu-phap",
    Role.ADMINISTRATOR: "quan-tri",
}
FOLDER = settings.BASE_DIR / "docs" / "guide"


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide: its title, and the whole text as HTML that holds nothing but what Markdown allows."""

    title: str
    html: SafeString


class _Page(mistune.HTMLRenderer):
    """Leads from guide to guide inside the product, and takes pictures from the static files."""

    def link(self, text: str, url: str, title: str | None = None) -> str:
        slug = _slug(url.removesuffix(".md"))
        return format_html(
            '<a href="{}">{}</a>', reverse("communes:guide_page", args=[slug]), mark_safe(text)
        )

    def image(self, text: str, url: str, title: str | None = None) -> str:
        address = static(url.replace("pictures/", "guide/"))
        return format_html('<img src="{}" alt="{}" loading="lazy">', address, text)

    def table(self, text: str) -> str:
        return f'<div class="table-scroll"><table class="table">{text}</table></div>'

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        return f'<th scope="col">{text}</th>' if head else f"<td>{text}</td>"


def slugs() -> dict[str, str]:
    """Return the file of every guide by its short name."""
    return {_slug(path.stem): path.name for path in sorted(FOLDER.glob("*.md"))}


@lru_cache(maxsize=32)
def read(slug: str) -> Guide | None:
    """Return a guide by its short name, None where there is none."""
    name = slugs().get(slug)
    if name is None:
        return None
    text = (FOLDER / name).read_text(encoding="utf-8")
    page: Any = mistune.create_markdown(renderer=_Page(escape=True), plugins=["table"])
    title = re.match(r"# (.+)", text)
    return Guide(title[1] if title else slug, mark_safe(page(text)))


def _slug(stem: str) -> str:
    return CONTENTS if stem == "README" else stem
