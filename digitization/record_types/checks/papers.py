"""Identity papers: their numbers (C14–C16, C19), their kinds (C17) and their dates (C18)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civreg.lib.partial_dates import certainly_after, years_between

from ..contract import Check, Entry, Facts, Label, Problem
from ..entries import code_of, date_of, is_blank, is_uncertain, later, said, text_of
from ..law import constant, in_force
from .holders import FEMALE, MALE, Holder, birth_of
from .rules import Rule

C14 = Rule(
    "C14",
    "E/W",
    _("A personal identification number has 12 digits"),
    _("Decree 137/2015, article 13; Identity Act 2023, to be confirmed"),
    where=_("Personal identification number; number of a citizen identity card"),
    advice=_(
        "Count the digits in the book once more. If the book has fewer, choose the kind of paper it "
        "really is (a CMND has 9); if some cannot be read, mark the number as “not read with certainty”."
    ),
)
C15 = Rule(
    "C15",
    "W",
    _("The digits of a personal number agree with sex and year of birth"),
    _("Decree 137/2015, article 13; Circular 07/2016/TT-BCA, article 7, to be confirmed"),
    where=_("Personal identification number; number of a citizen identity card"),
    advice=_(
        "Compare the number, the sex and the year of birth with the book. If all three stand there so, "
        "mark it “as in the original book”."
    ),
)
C16 = Rule(
    "C16",
    "W",
    _("The number has the shape of its paper"),
    _("Practice: a CMND has 9 or 12 digits, a passport one letter and 7 or 8 digits"),
    where=_("Number of the identity paper"),
    advice=_(
        "Compare number and kind of paper with the book. If the book has the number so, mark it “as in "
        "the original book”."
    ),
)
C17 = Rule(
    "C17",
    "W",
    _("An identity paper has its kind and its number"),
    _("National import sheet: columns of the identity papers"),
    where=_("Kind of identity paper; which other paper"),
    advice=_(
        "Choose the kind of paper the number belongs to; for “another paper” write which one it is. If "
        "the book does not say, choose “not written in the book”."
    ),
)
C18 = Rule(
    "C18",
    "W",
    _("A paper was issued after 14 and before the registration"),
    _("Citizen Identity Act 2014, article 19, to be confirmed; practice"),
    where=_("Issued on"),
    advice=_(
        "Compare the day of issue, the birth and the date of registration with the book. A paper added "
        "to the book later may be younger: then mark it “as in the original book”."
    ),
)
C19 = Rule(
    "C19",
    "W",
    _("No 12-digit card before 2016"),
    _("Citizen Identity Act 2014, in force on 1 January 2016, to be confirmed"),
    where=_("Personal identification number; number of a citizen identity card"),
    advice=_(
        "Look whether number and date of registration are right. A number added to the book later is no "
        "mistake: mark it “as in the original book”."
    ),
)

_CARD_AGE = constant(C18.id, "youngest")
_LEFT_BLANK, _CMND, _PASSPORT, _OTHER_PAPER = "0", "1", "2", "8"
_SHAPES = {_CMND: re.compile(r"\d{9}|\d{12}", re.ASCII), _PASSPORT: re.compile(r"[A-Za-z]\d{7,8}", re.ASCII)}
_TWELVE_DIGITS = re.compile(r"\d{12}", re.ASCII)

# The provinces' codes in citizens' numbers, as of the 63 provinces.
PROVINCES = frozenset(
    [
        "001",
        "002",
        "004",
        "006",
        "008",
        "010",
        "011",
        "012",
        "014",
        "015",
        "017",
        "019",
        "020",
        "022",
        "024",
        "025",
        "026",
        "027",
        "030",
        "031",
        "033",
        "034",
        "035",
        "036",
        "037",
        "038",
        "040",
        "042",
        "044",
        "045",
        "046",
        "048",
        "049",
        "051",
        "052",
        "054",
        "056",
        "058",
        "060",
        "062",
        "064",
        "066",
        "067",
        "068",
        "070",
        "072",
        "074",
        "075",
        "077",
        "079",
        "080",
        "082",
        "083",
        "084",
        "086",
        "087",
        "089",
        "091",
        "092",
        "093",
        "094",
        "095",
        "096",
    ]
)


def paper_checks(*people: Holder) -> tuple[Check, ...]:
    """Return the checks C14 to C19 for these people."""

    def check(entry: Entry, facts: Facts) -> Iterator[Problem]:
        for person in people:
            if entry.keys().isdisjoint(person.papers):
                continue
            yield from _citizen_numbers(entry, person, people)
            yield from _kind_and_shape(entry, person)
            yield from _issue(entry, person, people)

    return (check,)


def _bare(number: str) -> str:
    return re.sub(r"[\s.-]", "", number)


def _citizen_numbers(entry: Entry, person: Holder, people: tuple[Holder, ...]) -> Iterator[Problem]:
    for code, text in person.citizen_numbers(entry):
        number, about = _bare(text), (code, *filter(None, (person.id_type,)))
        if not _TWELVE_DIGITS.fullmatch(number):
            message = _("The number must have 12 digits; “%(number)s” has %(count)s.")
            count = sum(letter.isdigit() for letter in number)
            text_of_problem = said(message, number=text[:50], count=count)
            yield C14.weigh(not is_uncertain(entry, code), code, text_of_problem, *about)
            continue
        yield from _structure(entry, person, people, code, number)
        yield from _too_early(entry, code, about)


def _structure(
    entry: Entry, person: Holder, people: tuple[Holder, ...], code: str, number: str
) -> Iterator[Problem]:
    """C15: digits 1–3 are the province, 4 century and sex, 5–6 the year of birth; one oddity is told."""
    born, birth_fields = birth_of(person, people, entry)
    about = (code, *filter(None, (person.gender,)), *birth_fields)
    century, year = 19 + int(number[3]) // 2, int(number[4:6])
    sex = FEMALE if int(number[3]) % 2 else MALE
    if number[:3] not in PROVINCES:
        message = _("%(number)s: no province has the code %(province)s. Compare the number with the book.")
        yield C15.warning(code, said(message, number=number, province=number[:3]), *about)
    elif person.sex_in(entry) not in ("", sex):
        message = _("%(number)s is the number of %(sex)s. Compare the number and the person.")
        yield C15.warning(code, said(message, number=number, sex=_SEXES[sex]), *about)
    elif born and not born.earliest.year <= century * 100 + year <= born.latest.year:
        message = _(
            "%(number)s belongs to somebody born in %(year)s, but the birth is %(born)s. Compare both."
        )
        text = said(message, number=number, year=century * 100 + year, born=later(born.display))
        yield C15.warning(code, text, *about)


_SEXES: dict[str, Label] = {
    MALE: pgettext_lazy("the number of", "a man"),
    FEMALE: pgettext_lazy("the number of", "a woman"),
}


def _too_early(entry: Entry, code: str, about: tuple[str, ...]) -> Iterator[Problem]:
    registered = date_of(entry, "registration_date")
    if registered and in_force(C19.id, registered.latest) is None:
        message = _(
            "Registered on %(date)s, when 12-digit numbers did not exist yet. Was it added to the book later?"
        )
        yield C19.warning(code, said(message, date=later(registered.display)), *about, "registration_date")


def _kind_and_shape(entry: Entry, person: Holder) -> Iterator[Problem]:
    number, kind = text_of(entry, person.id_no), code_of(entry, person.id_type)
    if number and (kind == _LEFT_BLANK or is_blank(entry, person.id_type)):
        message = _("There is a number of a paper but not its kind. Choose the kind of paper.")
        yield C17.warning(person.id_type, message, person.id_type, person.id_no)
    if kind == _OTHER_PAPER and person.id_other and is_blank(entry, person.id_other):
        message = _("“Another paper” is chosen. Write which paper it is.")
        yield C17.warning(person.id_other, message, person.id_other, person.id_type)
    shape = _SHAPES.get(kind)
    if number and shape and not is_uncertain(entry, person.id_no) and not shape.fullmatch(_bare(number)):
        yield C16.warning(person.id_no, said(_EXPECTED[kind], number=number), person.id_no, person.id_type)


_EXPECTED: dict[str, Label] = {
    _CMND: _("A CMND has 9 digits (or 12); “%(number)s” has not. Compare the number with the book."),
    _PASSPORT: _(
        "A passport has one letter and 7 or 8 digits; “%(number)s” has not. Compare it with the book."
    ),
}


def _issue(entry: Entry, person: Holder, people: tuple[Holder, ...]) -> Iterator[Problem]:
    issued, registered = date_of(entry, person.id_issued_on), date_of(entry, "registration_date")
    if issued is None:
        return
    born, birth_fields = birth_of(person, people, entry)
    if registered and certainly_after(issued, registered):
        message = _("Issued on %(issued)s, after the registration on %(date)s. Compare both dates.")
        text = said(message, issued=later(issued.display), date=later(registered.display))
        yield C18.warning(person.id_issued_on, text, person.id_issued_on, "registration_date")
    elif born and years_between(born, issued)[1] < _CARD_AGE:
        message = _("Issued on %(issued)s to somebody born %(born)s, younger than 14. Compare both dates.")
        text = said(message, issued=later(issued.display), born=later(born.display))
        yield C18.warning(person.id_issued_on, text, person.id_issued_on, *birth_fields)
