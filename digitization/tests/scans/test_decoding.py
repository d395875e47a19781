"""One page is decoded by a process that may die of it; whoever asked gets a picture or a reason."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from civreg.lib.pictures import Limits, Picture, UnreadablePicture, is_heic, kind_of, read_picture
from digitization.tests.scans.pictures import drawn, jpeg, pdf, png, tiff


def read(
    tmp_path: Path, data: bytes, kind: str = "jpeg", part: int = 1, limits: Limits | None = None
) -> Picture:
    path = tmp_path / "file"
    path.write_bytes(data)
    return read_picture(path, kind, part=part, limits=limits)


def reason(
    tmp_path: Path, data: bytes, kind: str = "jpeg", part: int = 1, limits: Limits | None = None
) -> str:
    with pytest.raises(UnreadablePicture) as refused:
        read(tmp_path, data, kind, part, limits)
    return refused.value.reason


def huge_png(side: int) -> bytes:
    """Return a small file that says it is a picture of ``side`` by ``side`` points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9999))
        + chunk(b"IEND", b"")
    )


def with_position() -> bytes:
    exif = Image.Exif()
    exif[0x0110] = "Camera of an invented maker"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    return jpeg(picture=drawn(size=(1000, 700)), exif=exif)


def test_a_page_gets_its_three_forms_within_their_budgets(tmp_path: Path) -> None:
    noise = Image.effect_noise((1500, 2000), 120).convert("RGB")
    for picture in (drawn(), noise):
        made = read(tmp_path, jpeg(picture=picture))
        assert (made.width, made.height, made.pages) == (*picture.size, 1)
        assert len(made.variants["thumb"]) <= 15_000
        assert len(made.variants["read"]) <= 150_000
        assert len(made.variants["contrast"]) <= 150_000


def test_what_is_served_says_nothing_of_where_it_was_taken(tmp_path: Path) -> None:
    original = with_position()
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825)
    made = read(tmp_path, original)
    assert (made.width, made.height) == (700, 1000)  # upright, as the camera was held
    for served in made.variants.values():
        assert b"Exif" not in served and b"invented maker" not in served
        assert not Image.open(io.BytesIO(served)).getexif()


def test_faded_ink_becomes_dark(tmp_path: Path) -> None:
    faded = drawn().point(lambda value: 175 + value // 4)
    made = read(tmp_path, jpeg(picture=faded))
    served = {name: Image.open(io.BytesIO(data)).convert("L") for name, data in made.variants.items()}
    darkest = {name: picture.getextrema()[0] for name, picture in served.items()}
    assert darkest["contrast"] < 60 < 150 < darkest["read"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("picture", "hint"),
    [
        (drawn(size=(600, 850)), "small"),
        (drawn().filter(ImageFilter.GaussianBlur(5)), "blurred"),
        (drawn().point(lambda value: value // 5), "dark"),
        (drawn().rotate(90, expand=True), "rotated"),
        (Image.new("RGB", (1200, 1700), (238, 230, 208)), "empty"),
    ],
)
def test_a_doubtful_picture_gets_a_hint(tmp_path: Path, picture: Image.Image, hint: str) -> None:
    assert hint in read(tmp_path, jpeg(picture=picture)).hints


def test_a_good_picture_gets_no_hint(tmp_path: Path) -> None:
    assert read(tmp_path, jpeg()).hints == ()


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_mode_are_read(tmp_path: Path, mode: str) -> None:
    plain = drawn(size=(300, 400))
    picture = Image.new("I;16", (300, 400), 40_000) if mode == "I;16" else plain.convert(mode)
    if mode == "CMYK":
        assert read(tmp_path, jpeg(picture=picture)).width == 300
    else:
        assert read(tmp_path, png(picture), "png").width == 300


def test_a_moving_picture_is_refused(tmp_path: Path) -> None:
    first, second = drawn(1, (300, 400)), drawn(2, (300, 400))
    moving = png(first, save_all=True, append_images=[second], duration=100)
    assert reason(tmp_path, moving, "png") == "animated"


def test_a_picture_cut_off_is_refused(tmp_path: Path) -> None:
    whole = jpeg()
    assert reason(tmp_path, whole[: len(whole) // 2]) == "damaged"
    assert reason(tmp_path, png(drawn())[:5000], "png") == "damaged"


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    assert reason(tmp_path, huge_png(60_000), "png") == "too_large"
    assert reason(tmp_path, huge_png(10_000), "png") == "too_large"


def test_what_needs_too_much_memory_or_time_ends_the_child_and_nothing_else(tmp_path: Path) -> None:
    assert reason(tmp_path, jpeg(), limits=Limits(wall_seconds=0)) == "too_hard"
    large = jpeg(picture=Image.new("RGB", (5000, 5000), "white"))
    assert reason(tmp_path, large, limits=Limits(memory_bytes=150_000_000)) in {"too_hard", "damaged"}


def test_a_file_is_read_as_what_it_says_it_is_and_as_nothing_else(tmp_path: Path) -> None:
    for kind in ("png", "tiff", "pdf"):
        assert reason(tmp_path, jpeg(), kind) == "damaged"
    # A page of another kind hung behind a picture is served in no form.
    made = read(tmp_path, jpeg() + b"<script>alert(1)</script>PK\x03\x04")
    assert all(b"script" not in served for served in made.variants.values())


def test_every_page_of_a_file_is_read_by_itself(tmp_path: Path) -> None:
    data = tiff(1, 2, 3)
    pages = [read(tmp_path, data, "tiff", part) for part in (1, 2, 3)]
    assert {page.pages for page in pages} == {3}
    assert len({page.variants["thumb"] for page in pages}) == 3
    assert read(tmp_path, pdf(2), "pdf", 2).pages == 2


def test_a_file_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    assert reason(tmp_path, pdf(3), "pdf", limits=Limits(pages=2)) == "too_many"
    assert reason(tmp_path, tiff(1, 2, 3), "tiff", limits=Limits(pages=2)) == "too_many"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 5000, pdf(1)[:300]])
def test_a_broken_pdf_is_refused(tmp_path: Path, data: bytes) -> None:
    assert reason(tmp_path, data, "pdf") == "damaged"


def test_a_file_is_known_by_its_first_bytes() -> None:
    assert [kind_of(data) for data in (jpeg(), png(drawn()), tiff(1), pdf(1))] == [
        "jpeg",
        "png",
        "tiff",
        "pdf",
    ]
    assert [kind_of(data) for data in (b"GIF89a", b"<html>", b"PK\x03\x04", b"", b"MZ")] == [None] * 5
    assert is_heic(b"\0\0\0\x18ftypheic\0\0\0\0") and not is_heic(jpeg()[:16])
