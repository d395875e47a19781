"""Rules of the death register, KT1 to KT5, and KT7: the date in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from civreg.lib.partial_dates import certainly_after, certainly_before, years_between

from ..contract import Check, Entry, Facts, Problem
from ..entries import code_of, date_of, is_blank, later, said, sure
from ..law import constant
from .dates import registered_in_time, words_of_date
from .given import must_be_given
from .kin import noted_at_birth
from .notes import court_notes
from .rules import Rule

NAME, BORN, DIED, REGISTERED = "deceased_full_name", "deceased_birth_date", "death_date", "registration_date"
STATUS, NOTICE, NOTICE_DATE = "death_declaration_status", "death_notice_type", "death_notice_date"

KT1 = Rule(
    "KT1",
    "E/W",
    _("The deceased and the day of death are given, and the death came before its registration"),
    _("Civil Status Act 2014, articles 32 and 34; stated absence: practice of the registers"),
    where=_("Full name of the deceased, date of death"),
    advice=_(
        "Type what is missing, or state “not written” or “illegible”. Compare both dates with the book."
    ),
)
KT2 = Rule(
    "KT2",
    "E/W",
    _("The deceased was born before dying, and was not older than 120"),
    _("certain comparison of two dates; the age: practice"),
    where=_("Date of birth of the deceased"),
    advice=_("Compare the birth and the death with the book."),
)
KT3 = Rule(
    "KT3",
    "W",
    _("On time and late are said as the law counted them when the person died"),
    _("Civil Status Act 2014, article 33 (15 days); decree 158/2005, to be confirmed"),
    where=_("Kind of registration"),
    advice=_(
        "Compare both dates and the kind of registration. If the book says so, confirm it as in the book."
    ),
)
KT4 = Rule(
    "KT4",
    "W",
    _("A death notice has number, date and issuer, and comes between death and registration"),
    _("Civil Status Act 2014, article 34; national import sheet"),
    where=_("Death notice"),
    advice=_("Type what is missing of the notice, or state “not written” or “illegible”. Compare the dates."),
)
KT5 = Rule(
    "KT5",
    "W/E",
    _("Somebody declared dead has the basis of it, and a revocation follows a declaration"),
    _("Civil Code 2015, articles 71 and 73"),
    where=_("Declared dead by a court"),
    advice=_("Type date and basis of the declaration. Compare the dates with the book."),
)
KT7 = Rule(
    "KT7",
    "W",
    _("The death in words agrees with the death in digits"),
    _("practice: books give the date twice"),
    where=_("Date of death in words"),
    advice=_(
        "Compare both with the book. If the book itself disagrees, keep both and confirm it as in the book."
    ),
)

deceased_is_given: Check = must_be_given(KT1, NAME, DIED)


def died_before_registered(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KT1."""
    died, registered = date_of(entry, DIED), date_of(entry, REGISTERED)
    if died and registered and certainly_after(died, registered):
        message = _(
            "Died on %(died)s but registered on %(date)s, before the death. Compare both dates with the book."
        )
        text = said(message, died=later(died.display), date=later(registered.display))
        yield KT1.weigh(sure(entry, DIED, REGISTERED), DIED, text, DIED, REGISTERED)


_OLDEST = constant(KT2.id, "oldest")


def lived_before_dying(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KT2."""
    born, died = date_of(entry, BORN), date_of(entry, DIED)
    if not born or not died:
        return
    both = {"born": later(born.display), "died": later(died.display)}
    if certainly_after(born, died):
        message = _(
            "Born on %(born)s but died on %(died)s, before the birth. Compare both dates with the book."
        )
        yield KT2.weigh(sure(entry, BORN, DIED), BORN, said(message, **both), BORN, DIED)
    elif (least := years_between(born, died)[0]) > _OLDEST:
        message = _(
            "Born %(born)s and dead on %(died)s: at least %(age)s years old. Compare both dates with the book."
        )
        yield KT2.warning(BORN, said(message, age=least, **both), BORN, DIED)


_ON_TIME, _LATE = "1", "4"
_SAYS = (
    _("Said to be on time, but at least %(days)s days after the death (the term was %(term)s)."),
    _("Said to be late, but at most %(days)s days after the death (the term was %(term)s)."),
)


def said_on_time_or_late(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KT3."""
    kind = code_of(entry, "registration_type")
    if kind in (_ON_TIME, _LATE):
        yield from registered_in_time(KT3, entry, DIED, late=kind == _LATE, says=_SAYS)


_PAPERS_WITH_A_NUMBER = frozenset("12345")
_OF_THE_NOTICE = ("death_notice_no", NOTICE_DATE, "death_notice_issuer")


def notice_is_whole(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KT4: minutes and witnesses have no number of their own."""
    if code_of(entry, NOTICE) in _PAPERS_WITH_A_NUMBER:
        for code in _OF_THE_NOTICE:
            if is_blank(entry, code):
                message = _(
                    "The kind of death notice is chosen, but this is blank. Type it, or state it as missing."
                )
                yield KT4.warning(code, message, code, NOTICE)
    issued, died, registered = (date_of(entry, code) for code in (NOTICE_DATE, DIED, REGISTERED))
    if issued and died and certainly_before(issued, died):
        message = _("The notice is of %(issued)s, before the death on %(died)s. Compare both dates.")
        text = said(message, issued=later(issued.display), died=later(died.display))
        yield KT4.warning(NOTICE_DATE, text, NOTICE_DATE, DIED)
    elif issued and registered and certainly_after(issued, registered):
        message = _("The notice is of %(issued)s, after the registration on %(date)s. Compare both dates.")
        text = said(message, issued=later(issued.display), date=later(registered.display))
        yield KT4.warning(NOTICE_DATE, text, NOTICE_DATE, REGISTERED)


_DECLARED = "1"


def declaration_has_its_basis(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KT5: what a court declared rests on a judgment."""
    code = "death_declared_basis"
    declared = code_of(entry, STATUS) == _DECLARED or date_of(entry, "death_declared_noted_on")
    if declared and is_blank(entry, code):
        message = _("Somebody is declared dead here without the judgment. Type its number, day and court.")
        yield KT5.warning(code, message, code, STATUS, "death_declared_noted_on")


def death_in_words(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KT7."""
    yield from words_of_date(KT7, entry, DIED, "death_date_words")


DEATH_CHECKS: tuple[Check, ...] = (
    deceased_is_given,
    died_before_registered,
    lived_before_dying,
    said_on_time_or_late,
    notice_is_whole,
    declaration_has_its_basis,
    court_notes(KT5, "death", status=STATUS),
    death_in_words,
    noted_at_birth,
)
