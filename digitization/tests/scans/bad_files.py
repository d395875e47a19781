"""Files that are not what they should be, made here byte by byte. Nothing in them is personal, or harms anybody."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence

from PIL import Image

from digitization.tests.scans.pictures import drawn, jpeg, pdf, png, tiff

SCRIPT = b"<html><script>alert(document.cookie)</script></html>"
SMALL = (300, 420)
# What a mutation does to a file: the ways copies, cards and cut lines spoil one, and a few that only malice finds.
_SPOILING: tuple[Callable[[random.Random, bytearray], None], ...]


def claiming(side: int) -> bytes:
    """Return a small PNG that says it is a picture of ``side`` by ``side`` points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9999)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def tiff_claiming(*sides: int, endless: bool = False) -> bytes:
    """Return a TIFF whose pages say they are ``sides`` points wide and high; small ones are what they say.

    In an ``endless`` one the page after the last is the first.
    """
    many, length = 9, 2 + 9 * 12 + 4
    out, points = bytearray(b"II*\0" + struct.pack("<I", 8)), bytearray()
    for number, side in enumerate(sides):
        at = 8 + len(sides) * length + len(points)
        grey = bytes(range(200, 250)) * (side * side // 50 if side <= 100 else 1)
        points += grey
        tags = {256: side, 257: side, 258: 8, 259: 1, 262: 1, 273: at, 277: 1, 278: side, 279: len(grey)}
        after = 8 + (number + 1) * length if number + 1 < len(sides) else 8 * endless
        out += struct.pack("<H", many)
        out += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
        out += struct.pack("<I", after)
    return bytes(out + points)


def pdf_of(pages: Sequence[bytes], *, trailer: bytes = b"", further: Sequence[bytes] = ()) -> bytes:
    """Return a PDF whose pages are what stands in ``pages``: the inside of each page's dictionary, or any bytes."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(len(pages)))
    tree = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", tree, *pages, *further]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF"
        % (
            size,
            table,
            size,
            trailer,
            len(out),
        )
    )
    return bytes(out)


def page(width: float = 200, height: float = 300, more: bytes = b"") -> bytes:
    """Return a page of a PDF; its size is in points of 1/72 inch."""
    box = f"{width:f} {height:f}".encode()
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]%s>>" % (box, more)


def locked_pdf() -> bytes:
    """Return a PDF nobody can open without its password."""
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"5a" * 32, b"a5" * 32)
    return pdf_of([page()], trailer=lock)


def pdf_with_a_bomb_inside(side: int) -> bytes:
    """Return a PDF whose one page shows a picture of ``side`` by ``side`` points, all of one colour."""
    drawing = b"q 200 0 0 300 0 0 cm /P Do Q"
    squeezed = zlib.compress(b"\0" * min(side * side * 3, 30_000_000), 9)
    head = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
    picture = b"<<%s/Width %d/Height %d/Length %d>>stream\n%s\nendstream" % (
        head,
        side,
        side,
        len(squeezed),
        squeezed,
    )
    return pdf_of(
        [page(more=b"/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>")],
        further=[b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing), picture],
    )


def pdf_that_never_ends(levels: int = 12, times: int = 10) -> bytes:
    """Return a small PDF of two pages: drawing the first takes ``times`` to the power of ``levels`` steps."""
    first = 5
    drawings = [b"/F Do " * times if level < levels else b"0 0 9 9 re f" for level in range(levels + 1)]
    forms = [
        b"<<%s/Resources<</XObject<</F %d 0 R>>>>/Length %d>>stream\n%s\nendstream"
        % (b"/Type/XObject/Subtype/Form/BBox[0 0 200 300]", first + level + 2, len(drawing), drawing)
        for level, drawing in enumerate(drawings)
    ]
    return pdf_of(
        [page(more=b"/Contents %d 0 R/Resources<</XObject<</F %d 0 R>>>>" % (first, first + 1)), page()],
        further=[b"<</Length 5>>stream\n/F Do\nendstream", *forms],
    )


def book_with_a_broken_page(pages: int, broken: int) -> bytes:
    """Return a PDF of many pages of which one, counted from 1, is nothing a reader understands."""
    whole = [page() for _page in range(pages)]
    whole[broken - 1] = b"\xff\xfe(never closed"
    return pdf_of(whole)


def with_a_zip_behind(picture: bytes) -> bytes:
    """Return a picture that is an archive as well: readers of ZIP begin at the end of a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.html", SCRIPT)
    return picture + out.getvalue()


def taken_at_a_place() -> dict[str, bytes]:
    """Return pictures that tell where they were taken, in the ways cameras write it."""
    exif = Image.Exif()
    exif[0x0110] = "Camera of an invented maker"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 37.0, 12.0), 3: "E", 4: (105.0, 10.0, 30.0)})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>21,37.2N</exif:GPSLatitude></x:xmpmeta>'
    page_shown = drawn(3, SMALL)
    return {
        "exif.jpg": jpeg(picture=page_shown, exif=exif),
        "xmp.jpg": jpeg(picture=drawn(4, SMALL), xmp=xmp),
        "exif.png": png(page_shown, exif=exif),
    }


def good_files() -> list[tuple[str, bytes]]:
    """Return one small good file of each kind."""
    return [
        ("P001.jpg", jpeg(picture=drawn(1, SMALL))),
        ("P002.png", png(drawn(2, SMALL))),
        ("P003.tif", tiff(3)),
        ("P004.pdf", pdf(2)),
    ]


def spoilt(many: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield good files of every kind in turn, each spoilt at random; the same seed spoils them the same way."""
    chance, good = random.Random(seed), good_files()
    for number in range(many):
        name, data = good[number % len(good)]
        held = bytearray(data)
        for _time in range(chance.randint(1, 4)):
            chance.choice(_SPOILING)(chance, held)
        yield f"{number:04}-{name}", bytes(held)


def _flip(chance: random.Random, held: bytearray) -> None:
    for _time in range(chance.choice((1, 4, 32))):
        if held:
            held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)


def _flip_early(chance: random.Random, held: bytearray) -> None:
    """Spoil what says how large the picture is and how it is stored."""
    for _time in range(8):
        if held:
            held[chance.randrange(min(len(held), 300))] = chance.randrange(256)


def _cut(chance: random.Random, held: bytearray) -> None:
    del held[chance.randrange(len(held) + 1) :]


def _lose(chance: random.Random, held: bytearray) -> None:
    start = chance.randrange(len(held) + 1)
    del held[start : start + chance.choice((1, 64, 4096))]


def _blank(chance: random.Random, held: bytearray) -> None:
    start = chance.randrange(len(held) + 1)
    end = min(start + 512, len(held))
    held[start:end] = bytes(end - start)


def _repeat(chance: random.Random, held: bytearray) -> None:
    start = chance.randrange(len(held) + 1)
    held[start:start] = held[start : start + 300]


def _extremes(chance: random.Random, held: bytearray) -> None:
    start = chance.randrange(len(held) + 1)
    held[start : start + 4] = chance.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\x80\0\0\0"))


_SPOILING = (_flip, _flip_early, _cut, _lose, _blank, _repeat, _extremes)
