"""Entries of the other registers, in the fields of the generic kind: two names and what the entry says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from reports.demonstration.births import head
from reports.demonstration.names import family, man, pick, woman
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
    if rng.random() < register.odd / 2:
        _make_odd(rng, entry)
    return entry


def _person(rng: Random, register: Register, name: str, born: int) -> Entry:
    drawn = rng.random()
    birth: dict[str, Any] = {"on": str(born), "written": str(born)}
    if drawn < 0.35:
        birth = register.day(date(born, 1 + rng.randrange(12), 1 + rng.randrange(28)))
    elif drawn > 0.97:
        birth = NOT_WRITTEN
    return {"person_full_name": name, "person_birth_date": birth}


def _marriage(rng: Random, register: Register, on: date) -> Entry:
    his, her = on.year - 20 - rng.randrange(12), on.year - 18 - rng.randrange(11)
    husband, wife = man(rng, his), woman(rng, her)
    return {
        **_person(rng, register, husband, his),
        "second_person_name": wife,
        "content_text": f"Chồng: dân tộc Kinh, cư trú {register.hamlet(rng, on.year)}.\n"
        f"Vợ: sinh năm {her}, dân tộc Kinh, cư trú {register.hamlet(rng, on.year)}.\nĐăng ký lần đầu.",
    }


_CAUSES = (
    "Tuổi già",
    "Tuổi già",
    "Tuổi già",
    "Bệnh nặng",
    "Bệnh tim",
    "Tai nạn",
    "Ốm lâu ngày",
    "Không ghi rõ",
)


def _death(rng: Random, register: Register, on: date) -> Entry:
    born = max(on.year - 45 - rng.randrange(50), 1868)
    died = on - timedelta(days=1 + rng.randrange(14))
    name = (man if rng.random() < 0.5 else woman)(rng, born)
    return {
        **_person(rng, register, name, born),
        "content_text": f"Chết ngày {died.day}/{died.month}/{died.year} tại {register.hamlet(rng, on.year)}.\n"
        f"Nguyên nhân: {pick(rng, _CAUSES)}. Người báo tử: {man(rng, on.year - 40)} (con).",
    }


_PURPOSES = (
    "đăng ký kết hôn",
    "đăng ký kết hôn",
    "vay vốn ngân hàng",
    "chuyển nhượng đất",
    "đi lao động nước ngoài",
)


def _marital_status(rng: Random, register: Register, on: date) -> Entry:
    born = on.year - 19 - rng.randrange(30)
    name = (man if rng.random() < 0.5 else woman)(rng, born)
    status = (
        "chưa đăng ký kết hôn với ai" if on.year - born < 34 else "đã kết hôn, hiện vợ chồng cùng chung sống"
    )
    return {
        **_person(rng, register, name, born),
        "content_text": f"Cư trú {register.hamlet(rng, on.year)}. Tình trạng: {status}. "
        f"Giấy này dùng để {pick(rng, _PURPOSES)}, có giá trị 6 tháng.",
    }


def _recognition(rng: Random, register: Register, on: date) -> Entry:
    born, of = on.year - 1 - rng.randrange(9), family(rng)
    child = (man if rng.random() < 0.5 else woman)(rng, born, of=of)
    return {
        **_person(rng, register, child, born),
        "second_person_name": man(rng, born - 27, of=of),
        "content_text": f"Cha nhận con. Quyết định số {1 + rng.randrange(30):02}/{on.year}/QĐ-UBND.",
    }


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


_KINDS: dict[str, Callable[[Random, Register, date], Entry]] = {
    "KH": _marriage,
    "KT": _death,
    "HN": _marital_status,
    "CMC": _recognition,
    "TDCC": _correction,
    "NCN": _adoption,
    "KHAC": _other,
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
