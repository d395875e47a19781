"""The letter that comes with a directive: taken in by what is in the file, never by its name, and given out again."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from civreg.lib.folding import fold
from civreg.lib.pictures import Limits, UnreadablePicture, kind_of, read_picture
from civreg.lib.private_files import sealed
from communes.models import Notice, NoticeFile

MOST_BYTES = 10_000_000
_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
_EXTENSIONS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}
_LIMITS = Limits(pages=500, memory_bytes=1_000_000_000, cpu_seconds=8, wall_seconds=12)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was looked at: ``kind`` is pdf, jpeg or png."""

    kind: str
    data: bytes


def take_in(upload: UploadedFile) -> Attachment:
    """Return a file that opens as what it is; raises ValidationError, with the words for whoever sent it."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 10 MB. Scan the letter with fewer points per inch."))
    data = upload.read()
    kind = kind_of(data[:16])
    if kind not in _TYPES:
        raise ValidationError(_("Only PDF, JPEG and PNG files can be sent along."))
    _open(data, kind)
    return Attachment(kind, data)


def keep(notice: Notice, attachment: Attachment) -> None:
    """Keep the file of a notice that is being sent."""
    NoticeFile.objects.create(
        notice=notice, kind=attachment.kind, size=len(attachment.data), data=attachment.data
    )


def is_of(notice: Notice, attachment: Attachment) -> bool:
    """Tell whether a notice came with this very file."""
    file = NoticeFile.objects.filter(notice=notice).first()
    return file is not None and bytes(file.data) == attachment.data


def file_answer(notice: Notice, file: NoticeFile) -> HttpResponse:
    """Answer the file, to be saved; even opened it can run and load nothing. The name it came with is forgotten."""
    name = f"{slugify(fold(notice.number.replace('/', '-') or notice.subject))[:60] or notice.pk}"
    answer = HttpResponse(bytes(file.data), content_type=_TYPES[file.kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{_EXTENSIONS[file.kind]}"'
    return sealed(answer)


def _open(data: bytes, kind: str) -> None:
    """Have the first page drawn by a process of its own: a file nobody can open reaches no commune."""
    with tempfile.NamedTemporaryFile(prefix="civreg-") as file:
        file.write(data)
        file.flush()
        try:
            read_picture(Path(file.name), kind, limits=_LIMITS)
        except UnreadablePicture as refused:
            raise ValidationError(
                _("This file cannot be opened here: it is damaged, locked or too large.")
            ) from refused
