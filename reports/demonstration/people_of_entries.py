"""What registers say of a person besides the name: birth, people, nationality, home."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from digitization.record_types.entries import known
from reports.demonstration.registers import NOT_WRITTEN, VIETNAMESE, Register

KINH, CAO_LAN = known("01", "Kinh"), known("15", "Cao Lan")
PERMANENT = known("1", "Thường trú")
MALE, FEMALE = known("1", "Nam"), known("2", "Nữ")


def is_cao_lan(rng: Random, register: Register) -> bool:
    return rng.random() * 100 < register.cao_lan


def birth_of(rng: Random, register: Register, born: int, *, exact: float = 0.35) -> Any:
    """Return a date of birth as books have them: a day for some, a year for most, nothing for a few."""
    drawn = rng.random()
    if drawn < exact:
        return register.day(date(born, 1 + rng.randrange(12), 1 + rng.randrange(28)))
    if drawn < exact + 0.1:
        return register.month(date(born, 1 + rng.randrange(12), 1))
    return NOT_WRITTEN if drawn > 0.985 else {"on": str(born), "written": str(born)}


def described(
    rng: Random, register: Register, prefix: str, year: int, *, cao_lan: bool, home: str = ""
) -> dict[str, Any]:
    """Return ethnic group, nationality and residence of somebody at a registration of a year."""
    person: dict[str, Any] = {
        f"{prefix}_residence_type": PERMANENT,
        f"{prefix}_residence": home or register.hamlet(rng, year),
    }
    if year >= 1976 or rng.random() > 0.4:
        person |= {
            f"{prefix}_ethnicity": CAO_LAN if cao_lan else KINH,
            f"{prefix}_nationality": VIETNAMESE,
        }
    return person
