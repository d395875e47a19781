"""Rules of the register of marital status certificates, HN1 and HN2."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from civreg.lib.partial_dates import certainly_after, years_between

from ..contract import Check, Entry, Facts, Problem
from ..entries import code_of, date_of, is_blank, later, said
from ..law import constant
from .given import must_be_given
from .holders import FEMALE, MALE
from .rules import Rule

BORN, REGISTERED = "person_birth_date", "registration_date"
FROM, UNTIL = "residence_period_from", "residence_period_to"
PURPOSE_TYPE, PURPOSE = "purpose_type", "purpose_text"

HN1 = Rule(
    "HN1",
    "E/W",
    _("The person and what is certified are given"),
    _("Decree 123/2015, articles 21 to 23; stated absence: practice of the registers"),
    where=_("Full name of the person, marital status"),
    advice=_("Type what is missing, or state “not written” or “illegible”."),
)
HN2 = Rule(
    "HN2",
    "W",
    _("Age, purpose and time of residence agree with the certificate"),
    _("Marriage and Family Act 2014, article 8; national import sheet"),
    where=_("Date of birth, purpose, time of residence"),
    advice=_("Compare with the book, and type the purpose where “another purpose” is chosen."),
)

person_is_given: Check = must_be_given(HN1, "person_full_name", "marital_status_text")

# An unknown sex is judged by the lower age: only what is certain is doubted.
_AGES = {MALE: constant(HN2.id, "men"), FEMALE: constant(HN2.id, "women")}


def old_enough_to_marry(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """HN2: who is too young to marry needs no such certificate."""
    born, registered = date_of(entry, BORN), date_of(entry, REGISTERED)
    if not born or not registered:
        return
    least, most = (
        _AGES.get(code_of(entry, "person_gender"), _AGES[FEMALE]),
        years_between(born, registered)[1],
    )
    if most < least:
        message = _(
            "Born %(born)s, the person was at most %(age)s on %(date)s. Compare both dates with the book."
        )
        text = said(message, born=later(born.display), age=max(most, 0), date=later(registered.display))
        yield HN2.warning(BORN, text, BORN, REGISTERED, "person_gender")


_ANOTHER_PURPOSE = "5"


def other_purpose_is_said(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """HN2."""
    if code_of(entry, PURPOSE_TYPE) == _ANOTHER_PURPOSE and is_blank(entry, PURPOSE):
        message = _("“Another purpose” is chosen. Type which one, or state it as missing.")
        yield HN2.warning(PURPOSE, message, PURPOSE, PURPOSE_TYPE)


def residence_in_order(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """HN2: from, until, then the certificate."""
    begin, end, registered = (date_of(entry, code) for code in (FROM, UNTIL, REGISTERED))
    if begin and end and certainly_after(begin, end):
        message = _("Residence from %(begin)s until %(end)s: the end comes first. Compare both dates.")
        text = said(message, begin=later(begin.display), end=later(end.display))
        yield HN2.warning(UNTIL, text, UNTIL, FROM)
    last, code = (end, UNTIL) if end else (begin, FROM)
    if last and registered and certainly_after(last, registered):
        message = _("Residence is given for %(day)s, after the certificate of %(date)s. Compare both dates.")
        yield HN2.warning(
            code, said(message, day=later(last.display), date=later(registered.display)), code, REGISTERED
        )


MARITAL_STATUS_CHECKS: tuple[Check, ...] = (
    person_is_given,
    old_enough_to_marry,
    other_purpose_is_said,
    residence_in_order,
)
