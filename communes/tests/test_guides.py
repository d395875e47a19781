"""The guides tell what the pages say. Words in bold are words of the screen, so they may not be any others."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client

from communes import guides
from communes.models import Role
from digitization.tests.making import make_commune, make_person

FOLDER = Path(settings.BASE_DIR) / "docs" / "guide"
FILES = sorted(FOLDER.glob("*.md"))
# The sign itself, explained by the contents.
THE_SIGN = {"in đậm"}


def on_the_screen() -> list[re.Pattern[str]]:
    """Return every Vietnamese text of the product as a pattern; what is filled in may be anything, or "…"."""
    catalogue = polib.pofile(str(Path(settings.BASE_DIR) / "locale/vi/LC_MESSAGES/django.po"))
    texts = {text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values()) if text}
    return [
        re.compile(re.sub(r"%\\?\(\w+\\?\)s", ".+", re.escape(text).replace("%%", "%")), re.IGNORECASE)
        for text in texts
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_guide_quotes_the_screen_word_for_word(path: Path) -> None:
    text = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
    known = on_the_screen()
    quoted = set(re.findall(r"\*\*([^*]+)\*\*", text)) - THE_SIGN
    assert [words for words in sorted(quoted) if not any(each.fullmatch(words) for each in known)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_pictures_and_the_guides_it_points_to_are_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [aim for aim in re.findall(r"\]\(([^)]+)\)", text) if not (FOLDER / aim).is_file()] == []
    assert all(words.strip() for words in re.findall(r"!\[([^\]]*)\]", text))


def test_no_picture_lies_about_unused_and_all_of_them_are_small() -> None:
    used = {name for path in FILES for name in re.findall(r"\(pictures/([^)]+)\)", path.read_text("utf-8"))}
    pictures = list((FOLDER / "pictures").iterdir())
    assert {picture.name for picture in pictures} == used
    assert sum(picture.stat().st_size for picture in pictures) < 2_000_000


def test_every_role_has_a_guide() -> None:
    assert set(guides.OF_ROLE) == set(Role)
    assert set(guides.OF_ROLE.values()) <= set(guides.slugs())


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_person_is_led_to_the_guide_of_their_role(role: Role, client: Client) -> None:
    client.force_login(make_person("lan", role, make_commune()))
    answer = client.get("/huong-dan/")
    guide = guides.read(guides.OF_ROLE[role])
    assert guide
    assert f"<h1>{guide.title}</h1>" in answer.content.decode()


@pytest.mark.django_db
def test_somebody_without_a_post_sees_the_contents_and_may_open_every_guide(client: Client) -> None:
    user = make_person("lan", Role.HELPER, make_commune())
    user.postings.update(valid_to="1982-01-01")
    client.force_login(user)
    page = client.get("/huong-dan/").content.decode()
    for slug in guides.slugs():
        assert slug == guides.CONTENTS or f'href="/huong-dan/{slug}/"' in page
        assert client.get(f"/huong-dan/{slug}/").status_code == 200
    assert client.get("/huong-dan/khong-co/").status_code == 404


def test_a_guide_holds_no_code_whoever_edits_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xau.md").write_text(
        "# A <b>\n\n<script>alert(1)</script> [x](javascript:alert(1))\n", "utf-8"
    )
    monkeypatch.setattr(guides, "FOLDER", tmp_path)
    guide = guides.read.__wrapped__("xau")
    assert guide
    assert "<script" not in guide.html
    assert 'href="javascript' not in guide.html
