"""Reading pictures that people send in, without trusting them.

A file is told by its first bytes (``kind_of``), never by its name, then each page is decoded by a process of its own
with limits on memory and time (``pictures_child``), whose answer is JSON. Whatever the file does to that process, the
caller gets a Picture or an UnreadablePicture.
"""

from __future__ import annotations

import base64
import binascii
import json
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from civreg.lib import confined

__all__ = ["Limits", "Picture", "UnreadablePicture", "is_heic", "kind_of", "read_picture"]

_CHILD = Path(__file__).with_name("pictures_child.py")
_BEGINNINGS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"%PDF-", "pdf"),
)
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim")
VARIANTS = ("thumb", "read", "contrast")
# How a process ends that was stopped at its limits, or whose decoder gave up asking for memory.
_DIED_OF_SIZE = (
    signal.SIGXCPU,
    signal.SIGKILL,
    signal.SIGABRT,
    signal.SIGTRAP,
    signal.SIGILL,
    signal.SIGSEGV,
    signal.SIGBUS,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost: decoded points, pages of its file, and the child's memory, seconds and answer."""

    pixels: int = 80_000_000
    pages: int = 1000
    memory_bytes: int = 1_500_000_000
    cpu_seconds: int = 20
    wall_seconds: int = 40
    answer_bytes: int = 1_000_000


class UnreadablePicture(Exception):
    """The page cannot be used: ``reason`` is a code; ``pages`` says how many the file has, 0 where it does not open."""

    def __init__(self, reason: str, pages: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.pages = pages


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: its size in points upright, the pages of its file, hints as codes, and JPEG bytes to serve."""

    width: int
    height: int
    pages: int
    hints: tuple[str, ...]
    variants: dict[str, bytes]


def kind_of(head: bytes) -> str | None:
    """Return jpeg, png, tiff or pdf by the first bytes of a file, None for anything else."""
    return next((kind for start, kind in _BEGINNINGS if head.startswith(start)), None)


def is_heic(head: bytes) -> bool:
    """Tell whether a file begins as the pictures of newer phones do."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC


def read_picture(
    path: Path, kind: str, *, part: int = 1, turned: int = 0, limits: Limits | None = None
) -> Picture:
    """Decode page ``part`` (from 1) of a file; ``turned`` are degrees clockwise, by quarters.

    Raises UnreadablePicture, and OSError when the file cannot be opened.
    """
    limits = limits or Limits()
    with path.open("rb") as file:
        said, code = _ask_child(file, _order(kind, part, turned, limits), limits)
    line, _break, rest = said.partition(b"\n")
    pages = int(line) if line.isdigit() and len(line) < 10 else 0
    if code == 0 and len(said) <= limits.answer_bytes:
        return _picture(rest, pages)
    raise UnreadablePicture("too_hard" if -code in _DIED_OF_SIZE else "damaged", pages)


def _order(kind: str, part: int, turned: int, limits: Limits) -> dict[str, Any]:
    return {
        "kind": kind,
        "part": part,
        "turned": turned,
        "pixels": limits.pixels,
        "pages": limits.pages,
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": limits.cpu_seconds,
    }


def _ask_child(file: Any, order: dict[str, Any], limits: Limits) -> tuple[bytes, int]:
    """Return what the child said and how it ended."""
    with confined.start(_CHILD, order, file) as child:
        try:
            said, _nothing = child.communicate(timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            said, _nothing = child.communicate()
        finally:
            child.kill()
    return said, child.returncode


def _picture(said: bytes, pages: int) -> Picture:
    """Turn the child's answer into a Picture; an answer that is none says the file is damaged."""
    try:
        told = json.loads(said)
        if "refused" in told:
            raise UnreadablePicture(str(told["refused"]), pages)
        variants = {name: base64.b64decode(told[name], validate=True) for name in VARIANTS}
        if not all(kind_of(data) == "jpeg" for data in variants.values()):
            raise UnreadablePicture("damaged", pages)
        return Picture(int(told["width"]), int(told["height"]), pages, tuple(told["hints"]), variants)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise UnreadablePicture("damaged", pages) from error
