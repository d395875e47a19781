"""What is asked of an uploaded workbook before anything parses it. Costs a few milliseconds.

A spreadsheet can be a zip that unfolds a thousandfold, or need a password. Both are seen in the zip's table
of contents or in the first bytes, so no parser has to find out.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import FileIO

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be. Sizes in bytes, times in seconds.

    4,000 entries of 45 columns are 0.8 MB; the 86,984 of a district are 16 MB and come split by commune.
    Measured honest workbooks unfold 10 to 16 times (full tables, one word repeated, nothing but borders).
    """

    file_bytes: int = 10 * MEBIBYTE
    members: int = 200
    unfolded_bytes: int = 200 * MEBIBYTE
    unfolding_ratio: int = 100
    rows: int = 100_000
    columns: int = 200
    memory_bytes: int = 1024 * MEBIBYTE
    cpu_seconds: int = 20
    wall_seconds: float = 25.0
    answer_bytes: int = 200 * MEBIBYTE


class WorkbookProblem(StrEnum):
    NOT_A_WORKBOOK = "not_a_workbook"
    ENCRYPTED = "has_password"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOOK_TOO_LONG = "took_too_long"
    DAMAGED = "damaged"
    EMPTY = "empty"
    NO_SUCH_SHEET = "no_such_sheet"


class UnreadableWorkbook(ValueError):
    """A file refused as a whole. ``reason`` says why; the text says what to do, in the reader's language."""

    def __init__(self, reason: WorkbookProblem, limits: Limits | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.limits = limits or Limits()

    def __str__(self) -> str:
        return _advice(self.reason) % {
            "megabytes": self.limits.file_bytes // MEBIBYTE,
            "rows": number_format(self.limits.rows, force_grouping=True),
            "columns": self.limits.columns,
        }


def _advice(reason: WorkbookProblem) -> str:
    return {
        WorkbookProblem.NOT_A_WORKBOOK: _(
            "This file is not an Excel workbook. Open it in Excel, save it as “Excel Workbook (.xlsx)” "
            "and send that file."
        ),
        WorkbookProblem.ENCRYPTED: _(
            "This workbook is protected by a password. Open it in Excel, remove the password, "
            "save it and send it again."
        ),
        WorkbookProblem.TOO_LARGE: _(
            "This workbook is too large to be read safely (limit %(megabytes)s MB). Remove pictures, "
            "unused sheets and anything typed far outside the table, or split it by book, and send it again."
        ),
        WorkbookProblem.TOO_MANY_ROWS: _(
            "This sheet is larger than %(rows)s rows or %(columns)s columns. Delete what stands far below "
            "or beside the table, or split the sheet by book, and send it again."
        ),
        WorkbookProblem.TOOK_TOO_LONG: _(
            "Reading this workbook took too long and was stopped; nothing was imported. Copy the table alone "
            "into a new workbook and send that one."
        ),
        WorkbookProblem.DAMAGED: _(
            "This workbook is damaged or was not sent completely. Open it in Excel, save it under a new name "
            "and send it again."
        ),
        WorkbookProblem.EMPTY: _(
            "No sheet of this workbook holds any text or number. Check that you chose the right file."
        ),
        WorkbookProblem.NO_SUCH_SHEET: _(
            "This workbook has no sheet of that name. Choose one of its sheets."
        ),
    }[reason]


_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream an encrypted .xlsx hides in ([MS-OFFCRYPTO]); names in OLE files are UTF-16.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# An .xls under a password: the record FILEPASS (0x2F) behind the first BOF of the workbook, possibly after
# WRITEPROTECT (0x86) (names of [MS-XLS]). Looked for here because the parser only says "damaged".
_FILE_PASS = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
# The part every .xlsx/.xlsm, .xlsb and .ods has.
_CORE_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
_ENCRYPTED_FLAG = 0x1


def guard(file: FileIO, limits: Limits) -> None:
    """Refuse what is too large, encrypted or no workbook at all; leaves the file at its start.

    The file is opened without buffer, so that another process can go on from where this one leaves it.

    Raises UnreadableWorkbook.
    """
    size = os.fstat(file.fileno()).st_size
    if not size:
        raise UnreadableWorkbook(WorkbookProblem.EMPTY, limits)
    if size > limits.file_bytes:
        raise UnreadableWorkbook(WorkbookProblem.TOO_LARGE, limits)
    start = file.read(len(_OLE))
    if start.startswith(_ZIP):
        _guard_zip(file, limits)
    elif start != _OLE:
        raise UnreadableWorkbook(WorkbookProblem.NOT_A_WORKBOOK, limits)
    elif _is_encrypted_ole(file.read()):
        raise UnreadableWorkbook(WorkbookProblem.ENCRYPTED, limits)
    file.seek(0)


def _is_encrypted_ole(data: bytes) -> bool:
    return _ENCRYPTED_PACKAGE in data or _FILE_PASS.search(data) is not None


def _guard_zip(file: FileIO, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableWorkbook(WorkbookProblem.DAMAGED, limits) from error
    if problem := _zip_problem(members, limits):
        raise UnreadableWorkbook(problem, limits)


def _zip_problem(members: list[zipfile.ZipInfo], limits: Limits) -> WorkbookProblem | None:
    unfolded = sum(member.file_size for member in members)
    folded = sum(member.compress_size for member in members)
    if len(members) > limits.members or unfolded > limits.unfolded_bytes:
        return WorkbookProblem.TOO_LARGE
    if unfolded > limits.unfolding_ratio * max(folded, 1):
        return WorkbookProblem.TOO_LARGE
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        return WorkbookProblem.ENCRYPTED
    if any(
        stat.S_ISLNK(member.external_attr >> 16) or ".." in member.filename.split("/") for member in members
    ):
        return WorkbookProblem.NOT_A_WORKBOOK
    if _CORE_PARTS.isdisjoint(member.filename for member in members):
        return WorkbookProblem.NOT_A_WORKBOOK
    return None
