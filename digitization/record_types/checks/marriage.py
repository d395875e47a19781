"""Rules of the marriage register, KH1 to KH4."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from civreg.lib.partial_dates import certainly_after, certainly_before, compare, years_between
from civreg.lib.vietnamese import fold

from ..contract import Check, Entry, Facts, Label, Problem
from ..entries import code_of, date_of, is_blank, later, said, sure, text_of
from ..law import surely_in_force
from .given import is_filler, must_be_given
from .kin import free_to_marry
from .rules import Rule

HUSBAND, WIFE = "husband_full_name", "wife_full_name"
HIS_BIRTH, HER_BIRTH = "husband_birth_date", "wife_birth_date"
REGISTERED, ESTABLISHED, STATUS = "registration_date", "marriage_established_on", "marriage_status"

KH1 = Rule(
    "KH1",
    "E/W",
    _("Husband and wife are both named, and are two persons"),
    _("Civil Status Act 2014, article 17; stated absence: practice of the registers"),
    where=_("Full name of husband and wife"),
    advice=_(
        "Type both names, or state “not written” or “illegible”. Where one name stands twice, compare it with the book."
    ),
)
KH2 = Rule(
    "KH2",
    "W",
    _("Husband and wife were of the age to marry under the law of the time"),
    _("Marriage and Family Acts of 1959, 1986, 2000 and 2014; the older two to be confirmed"),
    where=_("Date of birth of husband and wife"),
    advice=_(
        "Compare the date of birth and the date of registration. Early marriages are real in old books: if the book "
        "says so, confirm it as in the original book."
    ),
)
KH3 = Rule(
    "KH3",
    "W/I",
    _("The marriage did not begin after it was registered"),
    _("Decree 123/2015, article 44: marriages lived before 3 January 1987 were registered later"),
    where=_("Marriage began on"),
    advice=_("Compare both dates with the book."),
)
KH4 = Rule(
    "KH4",
    "W",
    _("A divorce, annulment or recognition has its date and basis, and is noted after the registration"),
    _("Civil Status Act 2014, article 30; national import sheet"),
    where=_("Notes on the marriage"),
    advice=_("Type the date and the basis of the note, or state “not written” or “illegible”."),
)

both_are_named: Check = must_be_given(KH1, HUSBAND, WIFE)


def two_persons(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KH1: one name with one day of birth on both sides is one person typed twice."""
    his, her = text_of(entry, HUSBAND), text_of(entry, WIFE)
    if not his or is_filler(his) or fold(his) != fold(her):
        return
    about = (WIFE, HUSBAND, HIS_BIRTH, HER_BIRTH)
    born, also_born = date_of(entry, HIS_BIRTH), date_of(entry, HER_BIRTH)
    if born and also_born and compare(born, also_born) in ("before", "after"):
        return
    if born and also_born and born.on == also_born.on:
        message = _("Husband and wife are both %(name)s, born %(born)s: one person typed twice.")
        text = said(message, name=her, born=later(born.display))
        yield KH1.weigh(sure(entry, *about), WIFE, text, *about)
    else:
        yield KH1.warning(
            WIFE,
            said(_("Husband and wife are both %(name)s. Compare the names with the book."), name=her),
            *about,
        )


_OF_AGE: tuple[tuple[str, str, Label], ...] = (
    (
        HIS_BIRTH,
        "men",
        _(
            "Born %(born)s, the husband was at most %(age)s when the marriage was registered (%(least)s by law)."
        ),
    ),
    (
        HER_BIRTH,
        "women",
        _("Born %(born)s, the wife was at most %(age)s when the marriage was registered (%(least)s by law)."),
    ),
)


def old_enough(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KH2: judged by the day the marriage began where the book gives one; old books do have younger wives."""
    code = ESTABLISHED if date_of(entry, ESTABLISHED) else REGISTERED
    married = date_of(entry, code)
    ages = surely_in_force(KH2.id, married) if married else None
    if married is None or ages is None:
        return
    for birth, who, message in _OF_AGE:
        born = date_of(entry, birth)
        most = years_between(born, married)[1] if born else 0
        if born and most < ages[who]:
            text = said(message, born=later(born.display), age=max(most, 0), least=ages[who])
            yield KH2.warning(birth, text, birth, code)


def began_before_registered(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KH3: a marriage lived before 3 January 1987 and registered later is lawful, and only told."""
    began, registered = date_of(entry, ESTABLISHED), date_of(entry, REGISTERED)
    if not began or not registered:
        return
    if certainly_after(began, registered):
        message = _(
            "The marriage began on %(began)s, after it was registered on %(date)s. Compare both dates."
        )
        text = said(message, began=later(began.display), date=later(registered.display))
        yield KH3.warning(ESTABLISHED, text, ESTABLISHED, REGISTERED)
    elif certainly_before(began, registered) and (surely_in_force(KH3.id, began) or {}).get(
        "registered_later"
    ):
        message = _(
            "A marriage lived since %(began)s and registered later, as was lawful before 3 January 1987."
        )
        yield KH3.notice(ESTABLISHED, said(message, began=later(began.display)), ESTABLISHED, REGISTERED)


# What each state of a marriage must have noted beside it.
_DIVORCED, _ANNULLED, _RECOGNISED = "1", "2", "3"
_ENDED = ("annulment_noted_on", "annulment_basis")
_KEPT = ("recognition_noted_on", "recognition_basis")
_NOTES = {_DIVORCED: _ENDED, _ANNULLED: _ENDED, _RECOGNISED: _KEPT}


def notes_are_whole(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KH4."""
    for code in _NOTES.get(code_of(entry, STATUS), ()):
        if is_blank(entry, code):
            message = _(
                "What became of the marriage is chosen, but this is blank. Type it, or state it as missing."
            )
            yield KH4.warning(code, message, code, STATUS)
    registered = date_of(entry, REGISTERED)
    for code in (_ENDED[0], _KEPT[0]):
        noted = date_of(entry, code)
        if noted and registered and certainly_before(noted, registered):
            message = _("Noted on %(noted)s, before the registration on %(date)s. Compare both dates.")
            text = said(message, noted=later(noted.display), date=later(registered.display))
            yield KH4.warning(code, text, code, REGISTERED)


MARRIAGE_CHECKS: tuple[Check, ...] = (
    both_are_named,
    two_persons,
    old_enough,
    began_before_registered,
    notes_are_whole,
    free_to_marry,
)
