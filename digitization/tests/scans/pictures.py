"""Pictures for the tests, drawn by Pillow: invented lines, no personal data."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageDraw, ImageFont


def drawn(seed: int = 1, size: tuple[int, int] = (1200, 1700)) -> Image.Image:
    """Return a page with lines of invented writing, another one for each seed."""
    picture = Image.new("RGB", size, (238, 230, 208))
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(size=24)
    for place, y in enumerate(range(100, size[1] - 100, 50)):
        pen.text(
            (80, y), f"{seed}.{place} " + "abc mnop xyz " * (3 + (seed * place) % 3), (50, 45, 70), font=font
        )
    return picture


def jpeg(seed: int = 1, picture: Image.Image | None = None, **options: object) -> bytes:
    """Return a JPEG of a drawn page."""
    return _saved(picture or drawn(seed), "JPEG", **options)


def png(picture: Image.Image, **options: object) -> bytes:
    """Return a PNG."""
    return _saved(picture, "PNG", **options)


def tiff(*seeds: int) -> bytes:
    """Return a TIFF with one page for each seed."""
    first, *rest = (drawn(seed, (600, 850)) for seed in seeds)
    return _saved(first, "TIFF", save_all=True, append_images=rest, compression="tiff_deflate")


def pdf(pages: int) -> bytes:
    """Return a PDF of small empty pages."""
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(200, 300)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
