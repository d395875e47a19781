"""The page a file's name speaks of. Offices name files by kind, year and number of the book, then the page.

KS.1998.01.P003.jpg, KS_1998_01_003.jpg, 01-1998 (3).jpg, "trang 12a.png": understood, shown, and confirmed by a person.
Names cameras give ("IMG_20241205_204107") and names of entries ("KS.1998.01.1998-05-12.023") say nothing about a page.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from civreg.lib.vietnamese import fold
from digitization.models.scans import tidy_label

_NUMBER = r"0*([1-9][0-9]{0,3}[a-z]?)"
_WORD = re.compile(rf"(?:^|[^a-z])(?:p|pg|page|trang|tr|to)[ ._-]*{_NUMBER}(?![0-9a-z])")
_COPIED = re.compile(rf"\({_NUMBER}\)$")
_CAMERA = re.compile(
    r"^(?:img|dsc[nf]?|pxl|photo|image|p_|vid|screenshot|zalo|received)[ ._-]?[0-9]|[0-9]{8}"
)
_BOOK = re.compile(r"^[a-z]{2,4}[ ._-](?:1[89]|20)[0-9]{2}[ ._-][0-9]{1,3}[a-z]?(?:[ ._-]|$)")
_ENTRY = re.compile(r"(?:1[89]|20)[0-9]{2}-[0-9]{2}-[0-9]{2}[ ._-]")
_BOOK_ONLY = re.compile(r"^[0-9]{1,3}[a-z]?[ ._-](?:1[89]|20)[0-9]{2}(?:[ ._-]|$)")
_LAST = re.compile(rf"^(?:|.*[ ._-])(?:scan)?{_NUMBER}$")


def page_in(name: str) -> str:
    """Return the page label a file's name speaks of, "" where it speaks of none."""
    stem = fold(PurePosixPath(name.replace("\\", "/")).stem)
    for shape in (_WORD, _COPIED):
        if found := shape.search(stem):
            return tidy_label(found[1])
    if _CAMERA.search(stem) or _ENTRY.search(stem):
        return ""
    rest = stem
    for head in (_BOOK, _BOOK_ONLY):
        rest = head.sub("", rest)
    found = _LAST.search(rest)
    return tidy_label(found[1]) if found and not _is_year(found[1]) else ""


def tidy_name(name: str) -> str:
    """Return a file's name without its folders and control characters, at most 200 letters long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:200].strip() or "?"


def _is_year(text: str) -> bool:
    return text.isdecimal() and 1850 <= int(text) <= 2100
