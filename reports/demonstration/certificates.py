"""Marital status certificates, invented one by one."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from digitization.record_types.entries import known
from reports.demonstration.identity import identity_paper
from reports.demonstration.names import family, man, pick, woman
from reports.demonstration.people_of_entries import FEMALE, MALE, birth_of, described, is_cao_lan
from reports.demonstration.registers import Register

Entry = dict[str, Any]
_TO_MARRY = known("1", "Để đăng ký kết hôn trong nước (với người Việt Nam)")
_OTHER = known("5", "Mục đích khác")
_PURPOSES = (
    "Vay vốn ngân hàng",
    "Chuyển nhượng quyền sử dụng đất",
    "Đi lao động nước ngoài",
    "Bổ sung hồ sơ",
)


def certificate(rng: Random, register: Register, on: date) -> Entry:
    """Return the person, what is certified of them, and what for."""
    is_woman, cao_lan, age = rng.random() < 0.5, is_cao_lan(rng, register), 21 + rng.randrange(28)
    born, home = on.year - age, register.hamlet(rng, on.year)
    single = age < 34
    entry: Entry = {
        "person_full_name": (woman if is_woman else man)(rng, born, of=family(rng, cao_lan=cao_lan)),
        "person_gender": FEMALE if is_woman else MALE,
        "person_birth_date": birth_of(rng, register, born, exact=0.7),
        **described(rng, register, "person", on.year, cao_lan=cao_lan, home=home),
        **identity_paper(rng, "person", on.year, born, female=is_woman),
        "marital_status_text": "Chưa đăng ký kết hôn với ai"
        if single
        else "Đã đăng ký kết hôn, hiện vợ chồng cùng chung sống",
        "purpose_type": _TO_MARRY if single and rng.random() < 0.7 else _OTHER,
    }
    if entry["purpose_type"] is _OTHER:
        entry["purpose_text"] = pick(rng, _PURPOSES)
    if rng.random() < 0.3:
        since = born + 18
        entry |= {
            "residence_period_place": register.home(on.year),
            "residence_period_from": {"on": str(since), "written": str(since)},
            "residence_period_to": register.month(on),
        }
    if rng.random() < 0.2:
        entry |= {"applicant_full_name": entry["person_full_name"], "applicant_relation": "Bản thân"}
    return entry
