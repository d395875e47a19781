"""Where pictures lie: one folder for each key under ``CIVREG_SCANS``, private to the user the product runs as.

A file is complete or not there: it is written beside its place, flushed to the disk, and renamed; only then comes its
row. Names are keys, never what a sender called a file.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from civreg.lib.private_files import flush, write_whole
from digitization.models import Scan

# Below this share of the disk nothing more is taken in: the database needs room, too.
_LEAST_FREE = 0.05
EXTENSIONS = {"jpeg": "jpg", "png": "png", "tiff": "tif", "pdf": "pdf"}
TYPES = {"jpeg": "image/jpeg", "png": "image/png", "tiff": "image/tiff", "pdf": "application/pdf"}


def root() -> Path:
    """Return the folder of all pictures, made at first use."""
    folder = Path(settings.CIVREG_SCANS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def has_room(more: int = 0) -> bool:
    """Tell whether the disk has room for ``more`` bytes and keeps one twentieth free."""
    disk = shutil.disk_usage(root())
    return disk.free - more >= disk.total * _LEAST_FREE


def part_file(key: str) -> Path:
    """Return where a file on its way lies."""
    folder = root() / "parts"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / key


def original(scan: Scan) -> Path:
    """Return the file a picture came in, byte for byte; parts share that of their source."""
    return _folder(scan.source.key if scan.source else scan.key) / "original"


def variant(scan: Scan, name: str) -> Path:
    """Return a picture made to be served."""
    return _folder(scan.key) / f"{name}.jpg"


def keep_original(arrived: Path, key: str) -> None:
    """Move a file that has arrived, already flushed, to its place."""
    place = _folder(key)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    arrived.replace(place / "original")
    flush(place)


def keep_variants(scan: Scan, variants: Mapping[str, bytes]) -> None:
    """Write the pictures to be served; a second time replaces the first."""
    place = _folder(scan.key)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, data in variants.items():
        write_whole(variant(scan, name), data)
    flush(place)


def forget(key: str) -> None:
    """Remove what lies under a key: a file that was refused."""
    shutil.rmtree(_folder(key), ignore_errors=True)


def _folder(key: str) -> Path:
    return root() / key[:2] / key
