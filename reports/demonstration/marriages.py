"""Marriages, invented one by one: the same book and number always give the same couple."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from digitization.record_types.entries import known
from reports.demonstration.identity import identity_paper
from reports.demonstration.names import family, man, woman
from reports.demonstration.people_of_entries import birth_of, described, is_cao_lan
from reports.demonstration.registers import Register

Entry = dict[str, Any]
_FIRST, _AGAIN = known("1", "Đăng ký lần đầu"), known("2", "Đăng ký lại")
_DIVORCED = known("1", "Đã ly hôn")


def marriage(rng: Random, register: Register, on: date) -> Entry:
    """Return husband, wife, and what was noted beside them."""
    year = on.year
    lived_before = 1988 <= year <= 2003 and rng.random() < 0.05
    began = year - 6 - rng.randrange(20) if lived_before else year
    began = min(began, 1986) if lived_before else began
    his, her = began - 21 - rng.randrange(11), began - 19 - rng.randrange(10)
    if year < 1980 and rng.random() < 0.04:
        her = began - 16
    cao_lan = is_cao_lan(rng, register)
    entry: Entry = {
        "registration_type": _AGAIN if rng.random() < 0.02 else _FIRST,
        "husband_full_name": man(rng, his, of=family(rng, cao_lan=cao_lan)),
        "husband_birth_date": birth_of(rng, register, his),
        **described(rng, register, "husband", year, cao_lan=cao_lan),
        **identity_paper(rng, "husband", year, his, female=False),
        "wife_full_name": woman(rng, her, of=family(rng, cao_lan=cao_lan)),
        "wife_birth_date": birth_of(rng, register, her),
        **described(rng, register, "wife", year, cao_lan=cao_lan and rng.random() < 0.7),
        **identity_paper(rng, "wife", year, her, female=True),
    }
    if lived_before:
        entry["marriage_established_on"] = {"on": str(began), "written": str(began)}
    elif year >= 1990 and rng.random() < 0.015:
        entry |= _divorce(rng, register, year)
    return entry


def _divorce(rng: Random, register: Register, married: int) -> Entry:
    noted = min(married + 2 + rng.randrange(12), 2023)
    return {
        "marriage_status": _DIVORCED,
        "annulment_noted_on": register.day(date(noted, 1 + rng.randrange(12), 1 + rng.randrange(28)))
        if noted > married
        else {"on": str(noted), "written": str(noted)},
        "annulment_basis": f"Quyết định số {1 + rng.randrange(90):02}/{noted}/QĐST-HNGĐ của Tòa án nhân dân "
        "huyện Đoan Hùng",
    }
