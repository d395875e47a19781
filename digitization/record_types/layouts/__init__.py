"""The national column layouts: which column of the national sheet holds which of our fields.

The layouts are data, one JSON file per version, in the order of the sheet and with its exact spelling, slips
included (``nksHanCheNangLucHanhViNgayCanCuHuyTuyenBo``). ``book_ref`` stands for the book, which is no field.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NEWEST = "2019"
BOOK = "book_ref"

# Headers met in real files that are more than a spelling of the national name.
_VARIANTS = {
    "noidangkyubnd": "noiDangKy",
    "nksmattichghichutuyenbo": "nksMatTichNgayGhiChuTuyenBo",
}
_PLACE_HINT = "noidangky"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the national sheet: its national name, and the code of our field (or ``book_ref``)."""

    national: str
    field: str


def columns_of(kind: str, version: str = NEWEST) -> list[Column]:
    """Return the national columns of a kind in order; KeyError where the layout has no such kind."""
    return list(_layout(version)[kind])


def match_header(text: str, kind: str, version: str = NEWEST) -> Column | None:
    """Return the column a header cell means, None for one that is not ours (STT, district, …).

    Offices type the header in any letter case, with blanks, and with a hint under it or behind "=".
    """
    known = {column.national.casefold(): column for column in columns_of(kind, version)}
    name = _bare(text)
    name = _VARIANTS.get(name, name).casefold()
    if name.startswith(f"{_PLACE_HINT} ubnd"):
        name = _PLACE_HINT
    return known.get(name)


def _bare(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).strip().splitlines() or [""]
    return lines[0].split("=")[0].strip().casefold()


@cache
def _layout(version: str) -> dict[str, tuple[Column, ...]]:
    text = (Path(__file__).parent / f"{version}.json").read_text(encoding="utf-8")
    kinds: dict[str, list[list[str]]] = json.loads(text)
    return {kind: tuple(Column(*pair) for pair in pairs) for kind, pairs in kinds.items()}
