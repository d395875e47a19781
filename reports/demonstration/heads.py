"""The head that every entry of a register has, whatever it registers."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from reports.demonstration.registers import ILLEGIBLE, Register


def head(
    rng: Random, register: Register, year: int, number: int, page: int, registered: date
) -> dict[str, Any]:
    """Return the head that every kind of register has."""
    signer, position, recorder = register.signers(year)
    head: dict[str, Any] = {
        "number": register.number(number, year),
        "page_no": str(page),
        "registration_date": register.day(registered),
        "registration_place": register.office(year),
        "signer_name": signer if rng.random() < 0.985 else ILLEGIBLE,
        "signer_position": position,
    }
    if year >= 1989:
        head["recorder_name"] = recorder
    return head
