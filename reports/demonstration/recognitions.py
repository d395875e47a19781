"""Recognitions of father, mother or child, invented one by one."""

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
_NEW = known("1", "Đăng ký mới")
_FATHER, _MOTHER = known("1", "Cha nhận con"), known("2", "Mẹ nhận con")
_DECISIONS_UNTIL = 2015


def recognition(rng: Random, register: Register, on: date) -> Entry:
    """Return the parent, the child and the decision."""
    born, cao_lan, by_mother = on.year - 1 - rng.randrange(9), is_cao_lan(rng, register), rng.random() < 0.15
    of, home = family(rng, cao_lan=cao_lan), register.hamlet(rng, on.year)
    parent_born = born - 20 - rng.randrange(15)
    entry: Entry = {
        "registration_type": _NEW,
        "recognition_type": _MOTHER if by_mother else _FATHER,
        "parent_full_name": (woman if by_mother else man)(rng, parent_born, of=of),
        "parent_birth_date": birth_of(rng, register, parent_born),
        "parent_home_town": register.home(on.year),
        **described(rng, register, "parent", on.year, cao_lan=cao_lan, home=home),
        **identity_paper(rng, "parent", on.year, parent_born, female=by_mother),
        "child_full_name": (man if rng.random() < 0.5 else woman)(rng, born, of=of),
        "child_birth_date": birth_of(rng, register, born, exact=0.85),
        "child_home_town": register.home(on.year),
        **described(rng, register, "child", on.year, cao_lan=cao_lan, home=home),
    }
    if on.year <= _DECISIONS_UNTIL:
        entry["decision_no"] = f"{1 + rng.randrange(30):02}/QĐ-UBND"
    return entry
