"""Rules of the register of recognitions of father, mother or child, CM1 to CM3."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from civreg.lib.partial_dates import years_between
from civreg.lib.vietnamese import fold

from ..contract import Check, Entry, Facts, Problem
from ..entries import code_of, date_of, is_blank, is_uncertain, later, said, text_of
from ..law import constant, surely_in_force
from .given import must_be_given
from .rules import Rule

PARENT, CHILD, TYPE = "parent_full_name", "child_full_name", "recognition_type"
PARENT_BIRTH, CHILD_BIRTH = "parent_birth_date", "child_birth_date"
DECISION, REGISTERED = "decision_no", "registration_date"

CM1 = Rule(
    "CM1",
    "E/W",
    _("Parent, child and who recognises whom are given"),
    _("Civil Status Act 2014, article 25; stated absence: practice of the registers"),
    where=_("Full name of parent and child, who recognises whom"),
    advice=_("Type what is missing, or state “not written” or “illegible”."),
)
CM2 = Rule(
    "CM2",
    "W",
    _("The parent named is of the sex and age that the kind of recognition says"),
    _("practice: the wrong line chosen, slips of the hand in years"),
    where=_("Who recognises whom; date of birth of the parent"),
    advice=_("Compare the line chosen, the name and the dates with the book; if they stand so, confirm it."),
)
CM3 = Rule(
    "CM3",
    "W",
    _("A decision has both number and date"),
    _(
        "Decrees 83/1998 and 158/2005, to be confirmed; since 2016 no decision is made (Civil Status Act 2014)"
    ),
    where=_("Number of the decision, date of registration"),
    advice=_("Type what is missing, or state “not written” or “illegible”."),
)

all_are_given: Check = must_be_given(CM1, PARENT, CHILD, TYPE)

_FATHERS, _MOTHERS = ("1", "3"), ("2", "4")
_FEMALE_MIDDLE, _MALE_MIDDLE = "thi", "van"


def sex_as_said(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """CM2, by the middle names: "Thị" is a woman's, "Văn" a man's."""
    kind = code_of(entry, TYPE)
    middle = fold(text_of(entry, PARENT)).split()[1:-1]
    if kind in _FATHERS and _FEMALE_MIDDLE in middle:
        message = _(
            "A father is said to be recognised, but “%(name)s” reads like a woman's name. Compare both."
        )
    elif kind in _MOTHERS and _MALE_MIDDLE in middle and _FEMALE_MIDDLE not in middle:
        message = _(
            "A mother is said to be recognised, but “%(name)s” reads like a man's name. Compare both."
        )
    else:
        return
    if not is_uncertain(entry, PARENT):
        yield CM2.warning(TYPE, said(message, name=text_of(entry, PARENT)), TYPE, PARENT)


_YOUNGEST = {
    **dict.fromkeys(_FATHERS, constant(CM2.id, "father_youngest")),
    **dict.fromkeys(_MOTHERS, constant(CM2.id, "mother_youngest")),
}
_YOUNGEST_OF_ALL = min(_YOUNGEST.values())


def old_enough_to_be_parent(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """CM2, by the dates of birth."""
    parent, child = date_of(entry, PARENT_BIRTH), date_of(entry, CHILD_BIRTH)
    if not parent or not child:
        return
    most = years_between(parent, child)[1]
    if most < _YOUNGEST.get(code_of(entry, TYPE), _YOUNGEST_OF_ALL):
        message = _("Born %(parent)s, the parent was at most %(age)s when the child was born (%(child)s).")
        text = said(message, age=max(most, 0), parent=later(parent.display), child=later(child.display))
        yield CM2.warning(PARENT_BIRTH, text, PARENT_BIRTH, CHILD_BIRTH, TYPE)


def decision_is_whole(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """CM3: the day of registration is the day of the decision, in the years when decisions were made."""
    registered = date_of(entry, REGISTERED)
    if text_of(entry, DECISION):
        if registered is None and is_blank(entry, REGISTERED):
            message = _("There is a decision but no date. Type the date, or state it as missing.")
            yield CM3.warning(REGISTERED, message, REGISTERED, DECISION)
    elif (
        registered
        and is_blank(entry, DECISION)
        and (surely_in_force(CM3.id, registered) or {}).get("decisions")
    ):
        message = _("A recognition of %(date)s rests on a decision. Type its number, or state it as missing.")
        yield CM3.warning(DECISION, said(message, date=later(registered.display)), DECISION, REGISTERED)


PARENTAGE_CHECKS: tuple[Check, ...] = (all_are_given, sex_as_said, old_enough_to_be_parent, decision_is_whole)
