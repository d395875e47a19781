"""Taking files in: whole from a plain form, or piece by piece, so that a cut line costs one piece and not the file.

Nothing is decoded here. A file that has arrived is told by its first bytes, compared with what the book already has,
and left ``waiting`` for the worker.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from civreg.lib import clock
from civreg.lib.pictures import is_heic, kind_of
from communes.models import User
from digitization.models import Book, Scan, ScanProblem, ScanState, Upload
from digitization.models.scans import new_key, sort_of, tidy_label
from digitization.scans import keeping
from digitization.scans.names import page_in, tidy_name

MOST_BYTES = 500_000_000
# How long a file on its way is waited for.
PATIENCE = timedelta(days=1)
_HEX = frozenset("0123456789abcdef")


class NotTaken(Exception):
    """A file that is not taken in; the text says why, to whoever sent it."""


class WrongOffset(Exception):
    """A piece that does not go on where the last one ended; ``received`` says where that is."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


def start(*, book: Book, by: User, name: str, size: int, sha256: str, page: str = "") -> Upload:
    """Return a new upload, or the one that was cut, to go on with; raises NotTaken.

    Only a file whose SHA-256 is promised can be gone on with: a name and a size do not tell one file from another.
    """
    promised = sha256 if len(sha256) == 64 and set(sha256) <= _HEX else ""
    if not 0 < size <= MOST_BYTES:
        raise NotTaken(_wrong_size())
    if not keeping.has_room(size):
        raise NotTaken(_no_room())
    if promised:
        _refuse_twice(book, promised)
        cut = Upload.objects.filter(book=book, user=by, sha256=promised, size=size).first()
        if cut is not None:
            return cut
    return Upload.objects.create(
        book=book,
        user=by,
        name=tidy_name(name),
        size=size,
        sha256=promised,
        page=tidy_label(page),
        at=clock.now(),
    )


def append(upload: Upload, offset: int, piece: bytes) -> Scan | None:
    """Add a piece; returns the picture once the file is whole.

    Raises WrongOffset, Upload.DoesNotExist where the upload has ended, and NotTaken, which ends it.
    """
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        path = keeping.part_file(held.key)
        _write(path, _there(held, path), offset, piece, most=held.size)
        held.received = offset + len(piece)
        held.at = clock.now()
        held.save(update_fields=["received", "at"])
        whole = held.received == held.size
        if whole:
            held.delete()
    if not whole:
        return None
    return _arrived(path, held.book, held.user, name=held.name, promised=held.sha256, page=held.page)


def received_of(upload: Upload) -> int:
    """Return how many bytes of an upload are really there."""
    return _there(upload, keeping.part_file(upload.key))


def _there(upload: Upload, path: Path) -> int:
    return min(upload.received, path.stat().st_size) if path.exists() else 0


def _write(path: Path, there: int, offset: int, piece: bytes, *, most: int) -> None:
    if offset != there or there + len(piece) > most or not piece:
        raise WrongOffset(there)
    with path.open("r+b" if path.exists() else "w+b") as file:
        # What stands behind the mark was written by a request that never ended.
        file.seek(there)
        file.truncate()
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def take_whole(*, book: Book, by: User, name: str, chunks: Iterable[bytes], page: str = "") -> Scan:
    """Take a file in as it comes from a plain form; raises NotTaken."""
    if not keeping.has_room():
        raise NotTaken(_no_room())
    path = keeping.part_file(new_key())
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                break
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if not 0 < size <= MOST_BYTES:
        path.unlink()
        raise NotTaken(_wrong_size())
    return _arrived(path, book, by, name=tidy_name(name), promised="", page=tidy_label(page))


def sweep() -> None:
    """Remove uploads nobody has gone on with for a day, and pieces no upload speaks of."""
    Upload.objects.filter(at__lt=clock.now() - PATIENCE).delete()
    known = set(Upload.objects.values_list("key", flat=True))
    old = (clock.real_now() - PATIENCE).timestamp()
    for path in keeping.part_file("").iterdir():
        if path.name not in known and path.stat().st_mtime < old:
            path.unlink(missing_ok=True)


def _arrived(path: Path, book: Book, by: User, *, name: str, promised: str, page: str) -> Scan:
    """Turn a whole file into a waiting picture; whatever happens, nothing of it stays behind where it is not taken."""
    try:
        with path.open("rb") as file:
            kind = _kind(file.read(16))
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if promised and promised != sha256:
            raise NotTaken(_("The file was changed on its way. Send it again."))
        _refuse_twice(book, sha256)
        return _waiting(path, book, by, name=name, kind=kind, sha256=sha256, page=page)
    finally:
        path.unlink(missing_ok=True)


def _kind(head: bytes) -> str:
    kind = kind_of(head)
    if kind is None:
        raise NotTaken(str((ScanProblem.HEIC if is_heic(head) else ScanProblem.UNKNOWN).label))
    return kind


def _waiting(path: Path, book: Book, by: User, *, name: str, kind: str, sha256: str, page: str) -> Scan:
    refused = Scan.objects.filter(book=book, sha256=sha256)
    if again := refused.filter(part=1).first():
        # Whoever sends a refused file once more wants it tried once more.
        keeping.keep_original(path, again.key)
        refused.update(state=ScanState.WAITING, problem="")
        return again
    label = page or page_in(name)
    scan = Scan(
        book=book,
        name=name,
        kind=kind,
        sha256=sha256,
        bytes=path.stat().st_size,
        page=label,
        sort=sort_of(label),
        confirmed=bool(page),
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    keeping.keep_original(path, scan.key)
    try:
        with transaction.atomic():
            scan.save()
    except IntegrityError as error:
        keeping.forget(scan.key)
        raise NotTaken(_("This picture is already in the book.")) from error
    return scan


def _refuse_twice(book: Book, sha256: str) -> None:
    same = Scan.objects.filter(book=book, sha256=sha256).exclude(state=ScanState.REFUSED).first()
    if same is None:
        return
    if same.state == ScanState.ASIDE:
        raise NotTaken(
            _("This picture was taken out of the book. Bring it back instead of sending it again.")
        )
    if same.page:
        raise NotTaken(_("This picture is already in the book, as page %(page)s.") % {"page": same.page})
    raise NotTaken(_("This picture is already in the book."))


def _wrong_size() -> str:
    return _("The file is empty or larger than 500 MB.")


def _no_room() -> str:
    return _("The server's disk is almost full. Nothing can be taken in until the administrator makes room.")
