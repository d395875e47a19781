"""Identity papers of invented people: what somebody could show in a year, with a number of nobody."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from digitization.record_types.entries import known

_CMND, _CCCD = known("1", "CMND"), known("4", "CCCD")
_CARDS_WERE_SHOWN_FROM = 2017
_PAPERS_WERE_WRITTEN_FROM = 1984


def identity_paper(rng: Random, prefix: str, year: int, born: int, *, female: bool) -> dict[str, Any]:
    """Return the fields of the paper somebody born in a year showed at a registration; none before there were any."""
    if year >= _CARDS_WERE_SHOWN_FROM and born >= 1960 and rng.random() < 0.5:
        century_and_sex = (0 if born < 2000 else 2) + female
        number = f"025{century_and_sex}{born % 100:02}{rng.randrange(10**6):06}"
        return {f"{prefix}_id_type": _CCCD, f"{prefix}_id_no": number}
    if year < _PAPERS_WERE_WRITTEN_FROM or rng.random() >= 0.6:
        return {}
    paper: dict[str, Any] = {f"{prefix}_id_type": _CMND, f"{prefix}_id_no": f"13{rng.randrange(10**7):07}"}
    if born + 21 < year and rng.random() < 0.5:
        issued = date(born + 20, 1 + rng.randrange(12), 1 + rng.randrange(28))
        by = "Công an tỉnh Vĩnh Phú" if issued.year < 1997 else "Công an tỉnh Phú Thọ"
        slashed = f"{issued.day}/{issued.month}/{issued.year}"
        paper |= {
            f"{prefix}_id_issued_on": {"on": issued.isoformat(), "written": slashed},
            f"{prefix}_id_issued_by": by,
        }
    return paper
