"""The files of plans and directives: looked at before they are taken, kept byte for byte, under keys nobody guesses.

They lie in ``documents`` beside the pictures of pages, so that a backup of those has them too. A file is complete or
not there: it is written beside its place, flushed, and renamed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.utils.translation import gettext_lazy as _

from civreg.lib.pictures import Limits, UnreadablePicture, kind_of, read_picture
from civreg.lib.private_files import flush
from digitization.scans import keeping
from reports.campaigns.settling import NotPossible
from reports.models.plan import CampaignDocument, new_key

MOST_BYTES = 20_000_000
TAKEN = ("pdf", "jpeg", "png")
# A document is looked at while its sender waits.
_LIMITS = Limits(cpu_seconds=10, wall_seconds=20)


class NotTaken(NotPossible):
    """The file itself is not taken; the words say why."""


class Sent(Protocol):
    """A file as a form hands it over."""

    size: int | None

    def chunks(self) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that may be kept: where it lies, what it is, how long, and its fingerprint."""

    path: Path
    kind: str
    bytes: int
    sha256: str


@contextmanager
def arrived(sent: Sent) -> Iterator[Arrived]:
    """Look at a file that was sent; it is gone afterwards unless ``keep`` took it. Raises NotTaken."""
    if not 0 < (sent.size or 0) <= MOST_BYTES:
        raise NotTaken(_("The file is empty or larger than 20 MB."))
    if not keeping.has_room(sent.size or 0):
        raise NotTaken(_("The server's disk is almost full. Tell the administrator."))
    path = keeping.part_file(new_key())
    try:
        with path.open("wb") as file:
            size, sha256 = _write(sent, file)
        yield Arrived(path, _looked_at(path), size, sha256)
    finally:
        path.unlink(missing_ok=True)


def keep(file: Arrived, key: str) -> None:
    """Move a file to its place."""
    place = _place(key)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.path.replace(place)
    flush(place.parent)


def forget(key: str) -> None:
    """Remove the file under a key: its document was not written down."""
    _place(key).unlink(missing_ok=True)


def opened(document: CampaignDocument) -> BinaryIO:
    """Open the file of a document; raises FileNotFoundError where it is lost or not what was kept."""
    file = _place(document.key).open("rb")
    if hashlib.file_digest(file, "sha256").hexdigest() != document.sha256:
        file.close()
        raise FileNotFoundError(document.key)
    file.seek(0)
    return file


def _write(sent: Sent, file: BinaryIO) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    for chunk in sent.chunks():
        size += len(chunk)
        if size > MOST_BYTES:
            raise NotTaken(_("The file is empty or larger than 20 MB."))
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return size, digest.hexdigest()


def _looked_at(path: Path) -> str:
    """Return what a file is by its first bytes, once its first page was really decoded."""
    with path.open("rb") as file:
        kind = kind_of(file.read(16))
    if kind not in TAKEN:
        raise NotTaken(_("Only PDF, JPEG and PNG files are taken."))
    try:
        read_picture(path, kind, limits=_LIMITS)
    except UnreadablePicture:
        raise NotTaken(_("The file cannot be opened: it is damaged, locked or too large inside.")) from None
    return kind


def _place(key: str) -> Path:
    return keeping.root() / "documents" / key[:2] / key
