"""Workbooks made to do harm, or that nobody can read: for the tests of the reader."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import xlsxwriter

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    """An ordinary workbook with one sheet "KS" that holds the rows from A1 on."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("KS")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def unfolded(source: Path) -> Path:
    """The same workbook with its parts stored as they are, so that a single byte of them can be changed."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(source, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return source


def with_a_cell_at_the_far_corner(path: Path) -> Path:
    """Two cells, A1 and XFD1048576: a parser that lays out the rectangle asks for 549 GB."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1048575, 16383, "z")
    return path


def unfolding_a_thousandfold(path: Path, *, megabytes: int) -> Path:
    """An honest zip whose sheet is nothing but white space."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (megabytes << 20))
    return path


def claiming_to_be_small(path: Path, source: Path) -> Path:
    """The same zip, but every size in its table of contents says 100 bytes."""
    data = bytearray(source.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", data, at + 24, 100)
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)
    return path


def encrypted_members(path: Path, source: Path) -> Path:
    """A zip whose members carry the flag of zip's own encryption."""
    data = bytearray(source.read_bytes())
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + flags_at] |= 1
            at = data.find(signature, at + 4)
    path.write_bytes(data)
    return path


def ole_file(path: Path, name: str, content: bytes) -> Path:
    """A compound file ([MS-CFB]) with one stream: what .xls and encrypted .xlsx are made of."""
    content = content.ljust(8 * _SECTOR, b"\0")
    sectors = len(content) // _SECTOR
    fat = [_FAT, _END, *range(3, 2 + sectors), _END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9L", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109L", 0, *[_FREE] * 108)
    directory = _entry("Root Entry", kind=5, child=1, start=_END, size=0)
    directory += _entry(name, kind=2, child=_FREE, start=2, size=len(content))
    path.write_bytes(
        header
        + struct.pack("<128L", *fat, *[_FREE] * (128 - len(fat)))
        + directory.ljust(_SECTOR, b"\0")
        + content
    )
    return path


def _entry(name: str, *, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBB3L", len(encoded), kind, 1, _FREE, _FREE, child)
    return entry + bytes(36) + struct.pack("<LQ", start, size)


def old_workbook_with_a_password(path: Path) -> Path:
    """An .xls whose stream says, behind its first record, that everything else is encrypted (FILEPASS)."""
    begin = struct.pack("<HHHHHHLL", 0x0809, 16, 0x0600, 0x0005, 0x1FE9, 0x07CD, 0, 6)
    password = struct.pack("<HHHHH", 0x002F, 54, 1, 1, 1) + bytes(48)
    return ole_file(path, "Workbook", begin + password + struct.pack("<HH", 0x000A, 0))
