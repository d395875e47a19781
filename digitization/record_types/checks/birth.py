"""Rules of the birth register, KS1 to KS8."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from civreg.lib.partial_dates import PartialDate, certainly_after, compare, years_between
from civreg.lib.vietnamese import fold

from ..contract import Check, Entry, Facts, Label, Problem
from ..entries import ILLEGIBLE, absence_of, code_of, date_of, is_blank, later, said, sure, text_of
from ..law import constant
from .dates import registered_in_time, words_of_date
from .given import is_filler, must_be_given
from .kin import registered_once
from .notes import KS8, court_notes
from .rules import Rule

CHILD, MOTHER, FATHER = "child_full_name", "mother_full_name", "father_full_name"
BORN, REGISTERED = "child_birth_date", "registration_date"

KS1 = Rule(
    "KS1",
    "E/W",
    _("The child's name, sex and birth are given, or stated as missing"),
    _("Civil Status Act 2014, article 14"),
    where=_("Child: full name, sex, date of birth"),
    advice=_(
        "Type what the book says; for the birth a year is enough. If the book has none, choose “not "
        "written in the book” or “illegible” beside the field, which only warns."
    ),
)
KS2 = Rule(
    "KS2",
    "E/W",
    _("Nobody is registered before being born"),
    _("Practice: what has not happened cannot be registered"),
    where=_("Child: date of birth"),
    advice=_(
        "Compare the birth and the date of registration with the book: one of them has a wrong digit. If"
        " the book itself has it so, mark the doubtful date as “not read with certainty” and say so in "
        "the remarks."
    ),
)
KS3 = Rule(
    "KS3",
    "W",
    _("On time and late are said as the law counted them then"),
    _("Civil Status Act 2014, article 15; Decrees 158/2005 (60 days) and 83/1998 (30 days), to be confirmed"),
    where=_("Kind of registration"),
    advice=_(
        "Compare the birth, the date of registration and the kind of registration with the book. If the "
        "book says “on time” or “late” itself, mark it “as in the original book”."
    ),
)
KS4 = Rule(
    "KS4",
    "W/E",
    _("The parents named agree with what is said about them"),
    _("National import sheet: kinds of birth"),
    where=_("Parents known"),
    advice=_(
        "Choose the line that fits the parents the book names, or type the name that is missing. Both "
        "parents known and none named is refused."
    ),
)
KS5 = Rule(
    "KS5",
    "W/E",
    _("The parents were of an age to have the child"),
    _("Practice: slips of the hand in years"),
    where=_("Mother, father: date of birth"),
    advice=_(
        "Compare the birth of the parent and of the child with the book. Unlikely ages do occur: then "
        "mark it “as in the original book”. A parent not born before the child is refused."
    ),
)
KS6 = Rule(
    "KS6",
    "W",
    _("The child bears the family name of a parent"),
    _("Civil Code 2015, article 26, to be confirmed"),
    where=_("Child: full name"),
    advice=_(
        "Compare the family names of child, mother and father with the book. If they differ there too, "
        "mark it “as in the original book”."
    ),
)
KS7 = Rule(
    "KS7",
    "W",
    _("The birth in words agrees with the birth in digits"),
    _("Practice: books give the date twice"),
    where=_("Child: date of birth in words"),
    advice=_(
        "Compare words and digits with the book. If the book contradicts itself, keep both as they stand"
        " there and mark it “as in the original book”."
    ),
)
child_is_given: Check = must_be_given(KS1, CHILD, "child_gender", BORN)


def born_before_registered(entry: Entry, facts: Facts) -> Iterator[Problem]:
    born, registered = date_of(entry, BORN), date_of(entry, REGISTERED)
    if born and registered and certainly_after(born, registered):
        message = _(
            "Born on %(born)s but registered on %(date)s, before the birth. Compare both dates with the book."
        )
        text = said(message, born=later(born.display), date=later(registered.display))
        yield KS2.weigh(sure(entry, BORN, REGISTERED), BORN, text, BORN, REGISTERED)


_ON_TIME, _LATE = "1", "4"


def said_on_time_or_late(entry: Entry, facts: Facts) -> Iterator[Problem]:
    kind = code_of(entry, "registration_type")
    if kind in (_ON_TIME, _LATE):
        yield from registered_in_time(KS3, entry, BORN, late=kind == _LATE, says=_ON_TIME_OF_A_BIRTH)


_ON_TIME_OF_A_BIRTH = (
    _("Said to be on time, but at least %(days)s days after the birth (the term was %(term)s)."),
    _("Said to be late, but at most %(days)s days after the birth (the term was %(term)s)."),
)


_KNOWN_PARENTS = {
    "1": (True, True),
    "2": (False, True),
    "3": (True, False),
    "4": (False, False),
    "5": (False, False),
}


def parents_as_said(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KS4: the kind of birth says which parents are known; an illegible name is a name."""
    said_known = _KNOWN_PARENTS.get(code_of(entry, "birth_kind"))
    if said_known is None:
        return
    named = tuple(_is_named(entry, code) for code in (MOTHER, FATHER))
    if said_known == (True, True) and not any(named):
        message = _(
            "Both parents are said to be known, but neither is named. Type the names or choose another line."
        )
        certain = is_blank(entry, MOTHER) and is_blank(entry, FATHER)
        yield KS4.weigh(certain, "birth_kind", message, "birth_kind", MOTHER, FATHER)
    elif named != said_known:
        yield KS4.warning("birth_kind", _conflict(named, said_known), "birth_kind", MOTHER, FATHER)


def _is_named(entry: Entry, code: str) -> bool:
    return bool(text_of(entry, code)) or absence_of(entry, code) == ILLEGIBLE


def _conflict(named: tuple[bool, ...], known: tuple[bool, bool]) -> Label:
    if named[0] != known[0]:
        if named[0]:
            return _("The mother is said not to be known, but she is named. Compare both with the book.")
        return _("The mother is said to be known, but she is not named. Compare both with the book.")
    if named[1]:
        return _("The father is said not to be known, but he is named. Compare both with the book.")
    return _("The father is said to be known, but he is not named. Compare both with the book.")


_AGES = {
    f"{who}_birth_date": (constant(KS5.id, f"{who}_youngest"), constant(KS5.id, f"{who}_oldest"))
    for who in ("mother", "father")
}


def parents_ages(entry: Entry, facts: Facts) -> Iterator[Problem]:
    born = date_of(entry, BORN)
    for code, (youngest, oldest) in _AGES.items():
        parent = date_of(entry, code)
        if born and parent:
            yield from _parent_age(code, parent, born, youngest, oldest, certain=sure(entry, code, BORN))


def _parent_age(
    code: str, parent: PartialDate, child: PartialDate, youngest: int, oldest: int, *, certain: bool
) -> Iterator[Problem]:
    least, most = years_between(parent, child)
    both = {"parent": later(parent.display), "child": later(child.display)}
    if compare(parent, child) in ("after", "same"):
        message = _(
            "The parent is born on %(parent)s, not before the child (%(child)s). Compare both with the book."
        )
        yield KS5.weigh(certain, code, said(message, **both), code, BORN)
    elif most < youngest:
        message = _("Born %(parent)s, the parent was at most %(age)s when the child was born (%(child)s).")
        yield KS5.warning(code, said(message, age=max(most, 0), **both), code, BORN)
    elif least > oldest:
        message = _("Born %(parent)s, the parent was at least %(age)s when the child was born (%(child)s).")
        yield KS5.warning(code, said(message, age=least, **both), code, BORN)


def family_name(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KS6: judged only when every parent there is can be read."""
    if ILLEGIBLE in (absence_of(entry, MOTHER), absence_of(entry, FATHER)):
        return
    names = {code: _first_word(entry, code) for code in (CHILD, MOTHER, FATHER)}
    parents = {fold(name) for code, name in names.items() if code != CHILD and name}
    if names[CHILD] and parents and fold(names[CHILD]) not in parents:
        message = _(
            "The child is called %(child)s, the parents %(parents)s. Compare the family names with the book."
        )
        both = ", ".join(name for code, name in names.items() if code != CHILD and name)
        yield KS6.warning(CHILD, said(message, child=names[CHILD], parents=both), CHILD, MOTHER, FATHER)


def _first_word(entry: Entry, code: str) -> str:
    name = text_of(entry, code)
    return "" if is_filler(name) else name.partition(" ")[0]


def birth_in_words(entry: Entry, facts: Facts) -> Iterator[Problem]:
    yield from words_of_date(KS7, entry, BORN, "child_birth_date_words")


BIRTH_CHECKS: tuple[Check, ...] = (
    child_is_given,
    born_before_registered,
    said_on_time_or_late,
    parents_as_said,
    parents_ages,
    family_name,
    birth_in_words,
    registered_once,
    court_notes(KS8, "missing", born=BORN),
    court_notes(KS8, "limited_capacity", born=BORN),
)
