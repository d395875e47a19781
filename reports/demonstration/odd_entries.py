"""What is odd in real books besides births: each of these makes a check ask a question."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from digitization.record_types.entries import known
from reports.demonstration.registers import ILLEGIBLE, NOT_WRITTEN

Entry = dict[str, Any]
_NAMES = ("deceased_full_name", "wife_full_name", "parent_full_name", "person_full_name")


def make_odd(rng: Random, kind: str, entry: Entry, *, share: float) -> None:
    """Change one thing in a share of the entries, for the checks to find."""
    if rng.random() < share:
        oddities = _OF_EVERY_KIND + _OF_A_KIND.get(kind, ())
        oddities[int(rng.random() * len(oddities))](rng, entry)


def _short_name(rng: Random, entry: Entry) -> None:
    code = next(code for code in _NAMES if code in entry)
    entry[code] = entry[code].rpartition(" ")[2]


def _illegible_number(rng: Random, entry: Entry) -> None:
    entry["number"] = ILLEGIBLE


def _no_date(rng: Random, entry: Entry) -> None:
    entry["registration_date"] = NOT_WRITTEN


def _filler(rng: Random, entry: Entry) -> None:
    entry["signer_position"] = ("không", "-", ".")[rng.randrange(3)]


def _young_wife(rng: Random, entry: Entry) -> None:
    born = int(entry["registration_date"]["on"][:4]) - 16
    entry["wife_birth_date"] = {"on": str(born), "written": str(born)}


def _one_name_for_both(rng: Random, entry: Entry) -> None:
    entry["wife_full_name"], entry["wife_birth_date"] = entry["husband_full_name"], NOT_WRITTEN


def _old_people_name(rng: Random, entry: Entry) -> None:
    entry["husband_ethnicity"] = {"written": "Mán"}


def _notice_without_number(rng: Random, entry: Entry) -> None:
    entry["death_notice_type"] = known("1", "Giấy báo tử")
    entry.pop("death_notice_no", None)


def _very_old(rng: Random, entry: Entry) -> None:
    born = int(entry["death_date"]["on"][:4]) - 123
    entry["deceased_birth_date"] = {"on": str(max(born, 1850)), "written": str(max(born, 1850))}


def _no_decision(rng: Random, entry: Entry) -> None:
    entry.pop("decision_no", None)


def _no_purpose(rng: Random, entry: Entry) -> None:
    entry["purpose_type"] = known("5", "Mục đích khác")
    entry.pop("purpose_text", None)


_OF_EVERY_KIND: tuple[Callable[[Random, Entry], None], ...] = (
    _short_name,
    _illegible_number,
    _no_date,
    _filler,
)
_OF_A_KIND: dict[str, tuple[Callable[[Random, Entry], None], ...]] = {
    "KH": (_young_wife, _young_wife, _one_name_for_both, _old_people_name),
    "KT": (_notice_without_number, _very_old),
    "CMC": (_no_decision,),
    "HN": (_no_purpose,),
}
