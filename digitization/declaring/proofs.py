"""The files declarations rest on: told by their content, kept byte for byte in a folder of their own.

They lie beside the pictures of pages, so that whoever backs those up keeps these, too.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from civreg.lib import clock
from civreg.lib.pictures import kind_of
from civreg.lib.private_files import flush, write_whole
from civreg.lib.vietnamese import has_control_characters
from communes.models import User
from digitization.models import Proof, ProofKind
from digitization.models.scans import new_key
from digitization.verbs import violated

_ONCE = "proof_once_of_a_person"
MOST_BYTES = 10_000_000
LONGEST_NAME = 200
TYPES = {
    ProofKind.PDF: "application/pdf",
    ProofKind.JPEG: "image/jpeg",
    ProofKind.PNG: "image/png",
    ProofKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
EXTENSIONS = {ProofKind.PDF: "pdf", ProofKind.JPEG: "jpg", ProofKind.PNG: "png", ProofKind.XLSX: "xlsx"}
# Every workbook has these two; other archives, and documents of other programs, do not.
_OF_A_WORKBOOK = {"[Content_Types].xml", "xl/workbook.xml"}


class NotAProof(ValueError):
    """A file that is not taken in; the text says why."""


def keep(*, by: User, name: str, file: IO[bytes]) -> Proof:
    """Keep a file somebody sent; the same file of the same person is kept once. Raises NotAProof."""
    data = file.read(MOST_BYTES + 1)
    if not 0 < len(data) <= MOST_BYTES:
        raise NotAProof(_("The file is empty or larger than 10 MB."))
    kind = _kind(data)
    sha256 = hashlib.sha256(data).hexdigest()
    known = Proof.objects.filter(by=by, sha256=sha256).first()
    if known is not None:
        return known
    proof = Proof(
        key=new_key(),
        name=_tidy(name),
        kind=kind,
        sha256=sha256,
        bytes=len(data),
        by=by,
        at=clock.now(),
    )
    place = path_of(proof)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(place, data)
    flush(place.parent)
    try:
        with transaction.atomic():
            proof.save(force_insert=True)
    except IntegrityError as error:
        if violated(error) != _ONCE:
            raise
        # Pressed twice: the other request was faster, and this file is surely in no row.
        place.unlink()
        return Proof.objects.get(by=by, sha256=sha256)
    return proof


def path_of(proof: Proof) -> Path:
    """Return where the file lies."""
    return Path(settings.CIVREG_SCANS) / "declared" / proof.key


def _kind(data: bytes) -> ProofKind:
    told = kind_of(data[:16])
    if told in ProofKind.values:
        return ProofKind(told)
    if data.startswith(b"PK\x03\x04") and _is_workbook(data):
        return ProofKind.XLSX
    raise NotAProof(_("Send a PDF, a JPEG or PNG picture, or an Excel file (.xlsx)."))


def _is_workbook(data: bytes) -> bool:
    """Tell whether an archive lists the parts of a workbook; nothing in it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return set(archive.namelist()) >= _OF_A_WORKBOOK
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _tidy(name: str) -> str:
    plain = " ".join(Path(name.replace("\\", "/")).name.split())[:LONGEST_NAME]
    return "" if has_control_characters(plain) else plain
