"""The process that decodes one picture, and may die of it. Started by ``pictures`` as a script.

Decoders are native code fed by strangers, hence a process of its own with limits set before the file is touched; it
can write no file. Imports nothing of civreg or Django. Standard input is the file; the only argument is JSON with the
kind of the file, the page asked for (from 1) and the limits. Standard output is two lines: how many pages the file
has, said before the page is touched and 0 where the file does not open; then one JSON object, either ``refused``, or
width, height, hints and the derivatives as base64. A page that kills this process costs no other page.
"""

from __future__ import annotations

import base64
import io
import json
import resource
import sys
import warnings
from collections.abc import Callable
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat, UnidentifiedImageError

_KINDS = {"jpeg": "JPEG", "png": "PNG", "tiff": "TIFF"}
# 200 dots per inch of a PDF page, whose unit is 1/72 inch.
_PDF_SCALE = 200 / 72
_PDF_LARGEST = 20_000_000
# Bytes and longest side of what is served.
_THUMB, _READ, _CONTRAST = (15_000, 320), (150_000, 1800), (150_000, 1800)
_SMALLEST_SIDE = 900
# Pillow turns the other way round.
_QUARTERS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


class Refused(Exception):
    """The page cannot be used; the text is the code of the reason."""


def confine(limits: dict[str, int]) -> None:
    """Limit memory and computing time of this process, and forbid it to write files or dump core."""
    for what, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def answer(file: Any, order: dict[str, Any], tell_pages: Callable[[int], None]) -> dict[str, Any]:
    """Return what is to be said about one page of the file; ``tell_pages`` is called at most once, before that."""
    said: dict[str, Any] = {}
    try:
        read = _pdf_page if order["kind"] == "pdf" else _picture
        picture = read(file, order, tell_pages)
        # What was measured is the page as it came; the way it is held comes after.
        said |= {"width": picture.width, "height": picture.height}
        said |= _derivatives(_turned(picture, order["turned"]))
    except Refused as refusal:
        said["refused"] = str(refusal)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        said["refused"] = "too_large"
    except MemoryError:
        said["refused"] = "too_hard"
    # Decoders raise whatever they like on broken files; any of it says the same about the page.
    except Exception:  # noqa: BLE001
        said["refused"] = "damaged"
    return said


def _picture(file: Any, order: dict[str, Any], tell_pages: Callable[[int], None]) -> Image.Image:
    """Return one frame, fully decoded, upright, in grey or RGB."""
    if order["kind"] == "tiff":
        # The first page may be a bomb and the one asked for none: each is measured by itself, before it is decoded.
        Image.MAX_IMAGE_PIXELS = None
    try:
        opened = Image.open(file, formats=[_KINDS[order["kind"]]])
    except UnidentifiedImageError as error:
        raise Refused("damaged") from error
    # A JPEG of a phone may carry further pictures behind the first (MPO): they are not the page.
    frames = 1 if order["kind"] == "jpeg" else getattr(opened, "n_frames", 1)
    if order["kind"] == "png" and frames != 1:
        raise Refused("animated")
    tell_pages(frames)
    if frames > order["pages"]:
        raise Refused("too_many")
    if frames > 1:
        opened.seek(order["part"] - 1)
    if opened.width * opened.height > order["pixels"]:
        raise Refused("too_large")
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    return _plain(upright)


def _plain(picture: Image.Image) -> Image.Image:
    """Return a picture of any mode as grey or RGB, on white."""
    if picture.mode.startswith(("I", "F")):
        # Sixteen bits a point: the upper eight are what a screen shows.
        _low, high = picture.getextrema()
        scale = 255 / max(float(high), 1.0) if float(high) > 255 else 1.0  # type: ignore[arg-type]
        return picture.convert("F").point(lambda value: value * scale).convert("L")
    if picture.mode in ("1", "L"):
        return picture.convert("L")
    if "A" in picture.mode or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _pdf_page(file: Any, order: dict[str, Any], tell_pages: Callable[[int], None]) -> Image.Image:
    """Return one page drawn on white; forms and scripts are not run."""
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Refused("password" if locked else "damaged") from error
    pages = len(document)
    tell_pages(pages)
    if not pages:
        raise Refused("damaged")
    if pages > order["pages"]:
        raise Refused("too_many")
    page = document[order["part"] - 1]
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise Refused("damaged")
    scale = min(_PDF_SCALE, (_PDF_LARGEST / (width * height)) ** 0.5)
    if width * scale < 1 or height * scale < 1:
        raise Refused("damaged")
    return page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")


def _turned(picture: Image.Image, degrees: int) -> Image.Image:
    """Return a picture turned clockwise by 0, 90, 180 or 270 degrees."""
    return picture.transpose(_QUARTERS[degrees]) if degrees else picture


def _derivatives(picture: Image.Image) -> dict[str, Any]:
    # Everything below works on a picture of moderate size, so that a large one is in memory once.
    shortest = min(picture.size)
    work = picture.copy()
    work.thumbnail((2400, 2400))
    grey = work.convert("L")
    return {
        "hints": _hints(grey, shortest),
        "thumb": _fitted(work, *_THUMB),
        "read": _fitted(work, *_READ),
        "contrast": _fitted(_strengthened(grey), *_CONTRAST),
    }


def _strengthened(grey: Image.Image) -> Image.Image:
    """Return faded ink as dark ink: the light of the paper is taken out, what is left is spread from black to white."""
    small = grey.copy()
    small.thumbnail((_CONTRAST[1], _CONTRAST[1]))
    paper = small.filter(ImageFilter.BoxBlur(max(small.width // 40, 8)))
    # Where ink is darker than the paper around it, the difference is what was written.
    ink = ImageChops.subtract(paper, small)
    spread = ImageOps.autocontrast(ImageOps.invert(ink), cutoff=(0.5, 0))
    return spread.filter(ImageFilter.UnsharpMask(radius=1, percent=60))


def _fitted(picture: Image.Image, most: int, side: int) -> str:
    """Return a JPEG of at most ``most`` bytes and ``side`` points as base64, without any metadata."""
    # A picture keeps what its file said of it, and an encoder would write some of that: it starts from points alone.
    small = Image.new(picture.mode, picture.size)
    small.paste(picture)
    small.thumbnail((side, side))
    while True:
        for quality in (76, 62, 48, 36):
            out = io.BytesIO()
            small.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= most:
                return base64.b64encode(out.getvalue()).decode()
        small = small.resize((max(small.width * 3 // 4, 1), max(small.height * 3 // 4, 1)))


def _hints(grey: Image.Image, shortest: int) -> list[str]:
    """Return what may be wrong with the picture, as codes. Measures, not judgements: a person decides."""
    found = ["small"] if shortest < _SMALLEST_SIDE else []
    small = grey.copy()
    small.thumbnail((1000, 1000))
    # Ink against the paper right around it, whatever the light.
    ink = ImageChops.subtract(small.filter(ImageFilter.BoxBlur(15)), small)
    written = ink.point(lambda value: 255 if value > 24 else 0)
    if ImageStat.Stat(small).median[0] < 80:
        found.append("dark")
    if ImageStat.Stat(written).mean[0] / 255 < 0.001:
        return [*found, "empty"]
    if _sharpness(small, written) < 2.2:
        found.append("blurred")
    if _unevenness(written, across=True) > 1.5 * _unevenness(written, across=False):
        found.append("rotated")
    return found


def _sharpness(small: Image.Image, written: Image.Image) -> float:
    """Return how steep the edges of the ink are: the strongest edges relative to what sharp writing shows."""
    edges = small.filter(ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128))
    around = written.filter(ImageFilter.MaxFilter(5))
    spread = ImageStat.Stat(edges, around).stddev[0]
    depth = ImageStat.Stat(ImageChops.subtract(small.filter(ImageFilter.BoxBlur(15)), small), written).mean[0]
    return 10 * spread / max(depth, 1.0)


def _unevenness(written: Image.Image, *, across: bool) -> float:
    """Return how much ink differs from line to line, or with ``across`` from column to column; margins do not count."""
    size, near = ((written.width, 1), (12, 0)) if across else ((1, written.height), (0, 12))
    line = written.resize(size, Image.Resampling.BOX)
    return float(ImageStat.Stat(ImageChops.difference(line, line.filter(ImageFilter.BoxBlur(near)))).rms[0])


def main() -> None:
    order = json.loads(sys.argv[1])
    confine(order)
    Image.MAX_IMAGE_PIXELS = order["pixels"]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    told: list[int] = []

    def tell_pages(pages: int) -> None:
        told.append(pages)
        sys.stdout.write(f"{pages}\n")
        sys.stdout.flush()

    said = answer(sys.stdin.buffer, order, tell_pages)
    sys.stdout.write(("" if told else "0\n") + json.dumps(said))


if __name__ == "__main__":
    main()
