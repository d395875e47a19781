"""Entries of the registers that are no births: each kind by its own hand, the rest in the fields of the plain form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from reports.demonstration.certificates import certificate
from reports.demonstration.deaths import death
from reports.demonstration.heads import head
from reports.demonstration.marriages import marriage
from reports.demonstration.names import man, woman
from reports.demonstration.odd_entries import make_odd
from reports.demonstration.recognitions import recognition
from reports.demonstration.registers import ILLEGIBLE, NOT_WRITTEN, Register, registered_on
from reports.demonstration.shelves import YearRun

Entry = dict[str, Any]


def other_entry(register: Register, run: YearRun, number: int, page: int) -> Entry:
    """Return the entry with this number of a year of the register."""
    rng = Random(f"{register.key}/{run.year}/{number}")
    registered = registered_on(rng, run.year, number, run.first + run.count - 1)
    entry = {
        **head(rng, register, run.year, number, page, registered),
        **_KINDS[register.kind](rng, register, registered),
    }
    if register.kind in _PLAIN:
        if rng.random() < register.odd / 2:
            _make_odd(rng, entry)
    else:
        make_odd(rng, register.kind, entry, share=register.odd)
    return entry


def _person(rng: Random, register: Register, name: str, born: int) -> Entry:
    drawn = rng.random()
    birth: dict[str, Any] = {"on": str(born), "written": str(born)}
    if drawn < 0.35:
        birth = register.day(date(born, 1 + rng.randrange(12), 1 + rng.randrange(28)))
    elif drawn > 0.97:
        birth = NOT_WRITTEN
    return {"person_full_name": name, "person_birth_date": birth}


def _correction(rng: Random, register: Register, on: date) -> Entry:
    born = on.year - 5 - rng.randrange(40)
    wrong = born - 1 - rng.randrange(2)
    return {
        **_person(rng, register, (man if rng.random() < 0.5 else woman)(rng, born), born),
        "content_text": f"Cải chính năm sinh từ {wrong} thành {born} theo Quyết định số "
        f"{1 + rng.randrange(40):02}/{on.year}/QĐ-UBND.",
    }


def _adoption(rng: Random, register: Register, on: date) -> Entry:
    born = on.year - rng.randrange(8)
    return {
        **_person(rng, register, (man if rng.random() < 0.5 else woman)(rng, born), born),
        "second_person_name": woman(rng, on.year - 38),
        "content_text": "Nhận con nuôi trong nước. Cha mẹ đẻ đồng ý, có biên bản kèm theo.",
    }


def _other(rng: Random, register: Register, on: date) -> Entry:
    born = on.year - 25 - rng.randrange(30)
    return {
        **_person(rng, register, man(rng, born), born),
        "second_person_name": woman(rng, born + 2),
        "content_text": f"Ghi vào sổ việc ly hôn theo Quyết định số {1 + rng.randrange(90)}/{on.year}/QĐST-HNGĐ "
        "của Tòa án nhân dân huyện Đoan Hùng.",
    }


_PLAIN: dict[str, Callable[[Random, Register, date], Entry]] = {
    "TDCC": _correction,
    "NCN": _adoption,
    "KHAC": _other,
}
_KINDS: dict[str, Callable[[Random, Register, date], Entry]] = {
    "KH": marriage,
    "KT": death,
    "HN": certificate,
    "CMC": recognition,
    **_PLAIN,
}


def _make_odd(rng: Random, entry: Entry) -> None:
    """Put in one of the things that checks ask about in real books."""
    drawn = rng.randrange(4)
    if drawn == 0:
        entry["second_person_name"] = "không"
    elif drawn == 1:
        entry["person_full_name"] = entry["person_full_name"].rpartition(" ")[2]
    elif drawn == 2:
        entry["number"] = ILLEGIBLE
    else:
        entry["registration_date"] = NOT_WRITTEN
