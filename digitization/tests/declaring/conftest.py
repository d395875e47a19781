"""Every test of declarations keeps its files in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder the files of this test lie in."""
    folder = tmp_path / "scans"
    monkeypatch.setattr(settings, "CIVREG_SCANS", folder)
    return folder
