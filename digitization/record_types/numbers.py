"""Entry numbers as registers write them: 24, 01/2018, 01/, 12A, 12 bis."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Two digits after the stroke ("15/76") are a year nobody may complete: the date of registration says it.
_NUMBER = re.compile(
    r"(?:s(?:ố|o|ô)\s*[.:]?\s*)?(?P<number>[0-9]{1,6})\s*[-.]?\s*(?P<suffix>[a-zđ]|bis|ter|quater)?\s*"
    r"(?:/\s*(?P<year>(?:18[5-9]|19[0-9]|20[0-9])[0-9]|[0-9]{2})?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EntryNumber:
    """``number`` is None where the text is none; ``year`` only where the text has four digits of it."""

    number: int | None
    suffix: str = ""
    year: int | None = None


def read_number(text: str) -> EntryNumber:
    """Read the number of an entry; never raises. The caller keeps the text itself."""
    found = _NUMBER.fullmatch(text.strip())
    number = int(found["number"]) if found else 0
    if not found or not number:
        return EntryNumber(None)
    year = found["year"] or ""
    return EntryNumber(number, (found["suffix"] or "").upper(), int(year) if len(year) == 4 else None)
