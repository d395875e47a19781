"""Deaths, invented one by one."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from civreg.lib.partial_dates import PartialDate
from civreg.lib.vietnamese import date_in_words
from digitization.record_types.entries import known
from reports.demonstration.identity import identity_paper
from reports.demonstration.names import family, man, pick, woman
from reports.demonstration.people_of_entries import FEMALE, MALE, birth_of, described, is_cao_lan
from reports.demonstration.registers import Register, hospital

Entry = dict[str, Any]
_ON_TIME, _LATE = known("1", "Đúng hạn"), known("4", "Quá hạn")
_NOTICE, _MINUTES = known("1", "Giấy báo tử"), known("6", "Biên bản xác nhận việc chết")
_CAUSES = ("Tuổi già", "Tuổi già", "Tuổi già", "Bệnh nặng", "Bệnh tim", "Tai nạn", "Ốm lâu ngày")
_TERM = 14


def death(rng: Random, register: Register, on: date) -> Entry:
    """Return who died, how, and who reported it."""
    late = rng.random() < (0.25 if on.year < 1990 else 0.08)
    died = on - timedelta(days=30 + rng.randrange(900) if late else 1 + rng.randrange(_TERM))
    born = max(died.year - 45 - rng.randrange(50), 1868)
    woman_died, cao_lan = rng.random() < 0.5, is_cao_lan(rng, register)
    of = family(rng, cao_lan=cao_lan)
    home = register.hamlet(rng, on.year)
    entry: Entry = {
        "registration_type": _LATE if late else _ON_TIME,
        "deceased_full_name": (woman if woman_died else man)(rng, born, of=of),
        "deceased_gender": FEMALE if woman_died else MALE,
        "deceased_birth_date": birth_of(rng, register, born, exact=0.1),
        **described(rng, register, "deceased", on.year, cao_lan=cao_lan, home=home),
        "death_date": _day_of_death(rng, register, died, late=late),
        "death_place": "Tại nhà" if rng.random() < 0.8 else hospital(died.year),
        "death_cause": pick(rng, _CAUSES),
    }
    if born >= 1920:
        entry |= identity_paper(rng, "deceased", on.year, born, female=woman_died)
    if on.year >= 1999 and rng.random() < 0.5:
        entry["death_time"] = f"{rng.randrange(24)} giờ {rng.randrange(60):02} phút"
        if entry["death_date"]["on"] == died.isoformat():
            entry["death_date_words"] = date_in_words(PartialDate(died.isoformat()))
    if on.year >= 2006:
        entry |= _notice(rng, register, died, on)
    return entry | _reporter(rng, on.year, of, died.year - 35)


def _day_of_death(rng: Random, register: Register, died: date, *, late: bool) -> Any:
    """Old people's deaths were told by the lunar calendar, late ones sometimes by the month."""
    if died.year < 1985 and died.month > 1 and rng.random() < 0.05:
        day, month = min(died.day, 28), died.month - 1
        return {
            "on": f"{died.year}-{month:02}-{day:02}",
            "written": f"{day}/{month}/{died.year} âm lịch",
            "calendar": "lunar",
        }
    return register.month(died) if late and rng.random() < 0.3 else register.day(died)


def _notice(rng: Random, register: Register, died: date, on: date) -> Entry:
    if rng.random() < 0.4:
        return {"death_notice_type": _MINUTES}
    issued = min(died + timedelta(days=rng.randrange(3)), on)
    return {
        "death_notice_type": _NOTICE,
        "death_notice_no": f"{1 + rng.randrange(60):02}/BT",
        "death_notice_date": register.day(issued),
        "death_notice_issuer": f"UBND {register.word} {register.name}",
    }


def _reporter(rng: Random, year: int, of: str, born: int) -> Entry:
    if year < 1976 and rng.random() < 0.5:
        return {}
    name = (man if rng.random() < 0.7 else woman)(rng, born, of=of)
    return {
        "applicant_full_name": name,
        "applicant_relation": pick(rng, ("Con", "Con đẻ", "Cháu", "Vợ", "Anh")),
    }
