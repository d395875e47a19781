"""Birth entries, invented one by one: the same book and number always give the same child."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from civreg.lib.partial_dates import PartialDate
from civreg.lib.vietnamese import date_in_words
from digitization.record_types.entries import known
from reports.demonstration.heads import head
from reports.demonstration.identity import identity_paper
from reports.demonstration.names import family, man, woman
from reports.demonstration.odd_births import make_odd
from reports.demonstration.people_of_entries import CAO_LAN, FEMALE, KINH, MALE, PERMANENT, is_cao_lan
from reports.demonstration.registers import NOT_WRITTEN, VIETNAMESE, Register, hospital, registered_on
from reports.demonstration.shelves import YearRun

_OTHERS = (known("06", "Mường"), known("02", "Tày"), known("09", "Dao"))
_ON_TIME, _AGAIN, _LATE = (
    known("1", "Đăng ký đúng hạn"),
    known("2", "Đăng ký lại"),
    known("4", "Đăng ký quá hạn"),
)
_BOTH, _NO_FATHER = known("1", "Đã xác định được cả cha lẫn mẹ"), known("3", "Chưa xác định được cha")
_MARGINS: tuple[Callable[[Random, int], str], ...] = (
    lambda rng, year: (
        f"Đã cấp bản sao ngày {rng.randint(1, 28)}/{rng.randint(1, 12)}/{min(year + rng.randint(1, 30), 2023)}."
    ),
    lambda rng, year: f"Cải chính năm sinh theo QĐ số {rng.randint(1, 90):02}/{max(year + 2, 1999)}/QĐ-CC.",
    lambda rng, year: f"Cấp lại bản chính năm {min(year + rng.randint(2, 18), 2019)}.",
    lambda rng, year: "Ghi thêm chữ đệm theo đơn của gia đình.",
)


def birth(register: Register, run: YearRun, number: int, page: int) -> dict[str, Any]:
    """Return the entry with this number of a year of the register."""
    rng = Random(f"{register.key}/{run.year}/{number}")
    registered = registered_on(rng, run.year, number, run.first + run.count - 1)
    born, kind = _birth_day(rng, registered)
    boy, cao_lan = rng.random() < 0.52, is_cao_lan(rng, register)
    father_unknown = rng.random() < 0.03
    mother_born = born.year - 19 - int(rng.random() * 19)
    father_born = mother_born + 3 - int(rng.random() * 9)
    families = family(rng, cao_lan=cao_lan), family(rng, cao_lan=cao_lan and rng.random() < 0.6)
    mother, father = woman(rng, mother_born, of=families[1]), man(rng, father_born, of=families[0])
    of = families[1] if father_unknown else families[0]
    people, hamlet = CAO_LAN if cao_lan else KINH, register.hamlet(rng, run.year)
    entry = {
        **head(rng, register, run.year, number, page, registered),
        "registration_type": kind,
        "child_full_name": (man if boy else woman)(rng, born.year, of=of),
        "child_gender": MALE if boy else FEMALE,
        "child_birth_date": _child_birth(rng, register, born, kind),
        "child_birth_place": _birth_place(rng, register, born.year),
        "child_home_town": register.home(run.year),
        "child_ethnicity": people if rng.random() < 0.98 else _rarer(rng),
        "child_nationality": VIETNAMESE,
        "birth_kind": _NO_FATHER if father_unknown else _BOTH,
        **_parent(rng, register, "mother", mother, mother_born, run.year, people, hamlet),
    }
    if not father_unknown:
        his = people if rng.random() < 0.9 else KINH
        entry |= _parent(rng, register, "father", father, father_born, run.year, his, hamlet)
    if run.year >= 1999 and rng.random() < 0.4 and entry["child_birth_date"]["on"] == born.isoformat():
        entry["child_birth_date_words"] = date_in_words(PartialDate(born.isoformat()))
    parent = (
        ("mother", mother, mother_born)
        if father_unknown or rng.random() < 0.3
        else ("father", father, father_born)
    )
    entry |= _applicant(rng, run.year, *parent)
    if rng.random() < 0.035:
        entry["remarks"] = _MARGINS[int(rng.random() * len(_MARGINS))](rng, run.year)
    make_odd(rng, entry, run.year, share=register.odd)
    return entry


def _rarer(rng: Random) -> dict[str, str]:
    return _OTHERS[int(rng.random() * len(_OTHERS))]


def _birth_day(rng: Random, registered: date) -> tuple[date, dict[str, str]]:
    """Return when the child was born and how the registration is called; late ones were common in old books."""
    late = 0.3 if registered.year < 1990 else 0.09
    drawn = rng.random()
    if drawn < late:
        return registered - timedelta(days=100 + int(rng.random() * 4600)), _LATE
    if drawn < late + 0.02:
        return registered - timedelta(days=1500 + int(rng.random() * 6000)), _AGAIN
    return registered - timedelta(days=2 + int(rng.random() * 24)), _ON_TIME


def _child_birth(rng: Random, register: Register, born: date, kind: dict[str, str]) -> dict[str, Any]:
    drawn = rng.random()
    if kind is _ON_TIME or drawn > 0.3:
        return register.day(born)
    if drawn < 0.02 and born.year < 1985:
        return {
            "on": f"{born:%Y-%m}-15",
            "written": f"rằm tháng {born.month} âm lịch {born.year}",
            "calendar": "lunar",
        }
    if drawn < 0.12 and _long_after(kind):
        return {"on": str(born.year), "written": str(born.year)}
    return register.month(born)


def _long_after(kind: dict[str, str]) -> bool:
    """So much time lay between birth and registration that only a year may be remembered."""
    return kind is _LATE or kind is _AGAIN


def _birth_place(rng: Random, register: Register, year: int) -> str:
    drawn = rng.random()
    if (year < 1985 and drawn < 0.55) or drawn < 0.06:
        return "Tại nhà"
    if drawn < 0.75:
        return f"{'Trạm xá' if year < 1994 else 'Trạm y tế'} {register.word} {register.name}"
    return hospital(year)


def _parent(
    rng: Random,
    register: Register,
    who: str,
    name: str,
    born: int,
    year: int,
    people: dict[str, str],
    hamlet: str,
) -> dict[str, Any]:
    drawn = rng.random()
    known_birth: dict[str, str] = {"on": str(born), "written": str(born)}
    if drawn < 0.08:
        known_birth = register.month(date(born, 1 + int(drawn * 140), 1))
    elif drawn < 0.11 and year < 1990:
        known_birth = NOT_WRITTEN
    parent: dict[str, Any] = {f"{who}_full_name": name, f"{who}_birth_date": known_birth}
    if year >= 1976 or drawn > 0.4:
        parent |= {f"{who}_ethnicity": people, f"{who}_nationality": VIETNAMESE}
    return parent | {f"{who}_residence_type": PERMANENT, f"{who}_residence": hamlet}


def _applicant(rng: Random, year: int, who: str, name: str, born: int) -> dict[str, Any]:
    if year < 1976 and rng.random() < 0.55:
        return {}
    relation = "Cha đẻ" if who == "father" else "Mẹ đẻ"
    applicant: dict[str, Any] = {"applicant_full_name": name, "applicant_relation": relation}
    return applicant | identity_paper(rng, "applicant", year, born, female=who == "mother")
