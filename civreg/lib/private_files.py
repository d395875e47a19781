"""Files people sent: written so that they are whole or not there, answered so that they run, load and stay nowhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is complete or not there; whoever calls flushes its folder."""
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def flush(folder: Path) -> None:
    """Make renames in a folder survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sealed(answer: Answer) -> Answer:
    """Return an answer that no cache keeps, and that even opened by itself runs nothing and loads nothing."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
