"""What is odd in real books, put into a few invented births: each of these makes a check ask a question."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from reports.demonstration.registers import ILLEGIBLE, NOT_WRITTEN

Entry = dict[str, Any]


def make_odd(rng: Random, entry: Entry, year: int, *, share: float) -> None:
    """Change one thing in a share of the entries, for the checks to find."""
    if rng.random() < share:
        _ODDITIES[int(rng.random() * len(_ODDITIES))](rng, entry, year)


def _other_family_name(rng: Random, entry: Entry, year: int) -> None:
    family, _, rest = entry["child_full_name"].partition(" ")
    entry["child_full_name"] = f"{'Lê' if family != 'Lê' else 'Phạm'} {rest}"


def _old_mother(rng: Random, entry: Entry, year: int) -> None:
    born = int(entry["child_birth_date"]["on"][:4]) - 57
    entry["mother_birth_date"] = {"on": str(born), "written": str(born)}


def _old_people_name(rng: Random, entry: Entry, year: int) -> None:
    entry["child_ethnicity"] = {"written": "Mán"}


def _short_number(rng: Random, entry: Entry, year: int) -> None:
    entry["applicant_id_type"] = {"code": "1", "written": "CMND"}
    entry["applicant_id_no"] = f"13{rng.randrange(10**6):06}"
    entry.pop("applicant_id_issued_on", None)


def _number_without_paper(rng: Random, entry: Entry, year: int) -> None:
    entry["mother_id_no"] = f"13{rng.randrange(10**7):07}"


def _filler(rng: Random, entry: Entry, year: int) -> None:
    entry["child_birth_place"] = ("không", "-", ".")[rng.randrange(3)]


def _illegible_birth(rng: Random, entry: Entry, year: int) -> None:
    entry["child_birth_date"] = ILLEGIBLE
    entry.pop("child_birth_date_words", None)


def _illegible_number(rng: Random, entry: Entry, year: int) -> None:
    entry["number"] = ILLEGIBLE


def _wrong_words(rng: Random, entry: Entry, year: int) -> None:
    entry["child_birth_date_words"] = "Ngày ba mươi mốt tháng tám năm một nghìn chín trăm chín mươi"


def _father_not_named(rng: Random, entry: Entry, year: int) -> None:
    entry["birth_kind"] = {"code": "1", "written": "Đã xác định được cả cha lẫn mẹ"}
    for code in [code for code in entry if code.startswith("father_")]:
        del entry[code]
    entry["father_full_name"] = NOT_WRITTEN


def _todays_province(rng: Random, entry: Entry, year: int) -> None:
    """Now and then a clerk writes the name of today for that of the book."""
    entry["child_home_town"] = entry["child_home_town"].replace("tỉnh Vĩnh Phú", "tỉnh Phú Thọ")


def _short_name(rng: Random, entry: Entry, year: int) -> None:
    entry["mother_full_name"] = entry["mother_full_name"].rpartition(" ")[2]


_ODDITIES: tuple[Callable[[Random, Entry, int], None], ...] = (
    _other_family_name,
    _other_family_name,
    _old_mother,
    _old_people_name,
    _short_number,
    _number_without_paper,
    _filler,
    _illegible_birth,
    _illegible_number,
    _wrong_words,
    _father_not_named,
    _short_name,
    _todays_province,
)
