"""The map in the README is the tree as it is."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_folder_on_the_map_exists() -> None:
    named = re.findall(r"(?:^|\s)([a-z]+)/(?=\s)", README)
    rooms = [
        *ROOT.iterdir(),
        *(ROOT / "digitization").iterdir(),
        *(ROOT / "reports").iterdir(),
        *(ROOT / "civreg").iterdir(),
    ]
    known = {path.name for path in rooms if path.is_dir()}
    assert named
    assert set(named) <= known


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 130


def test_its_links_and_pictures_exist() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
