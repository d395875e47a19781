"""The same person in other entries of the district: born twice (KS9), married twice (KH5), dead in one book (KT6).

Names and days of birth meet by chance too, in a district more often than one thinks. So a person is taken for the same
only where the whole day of birth agrees, or somebody beside them does (the mother of a child, the other spouse).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ..contract import Entry, Facts, Label, Problem
from ..entries import code_of, date_of, text_of
from ..others import AGAIN, Alike, Marriage, is_noted, marriage_ended
from .rules import Rule

KS9 = Rule(
    "KS9",
    "I",
    _("A child is registered once"),
    _(
        "Civil Status Act 2014, article 5 (one event, one office), to be confirmed; practice: books typed twice"
    ),
    where=_("Child: full name"),
    advice=_(
        "Open the other entry beside this one. If it is the same entry of the paper, mark this one as its duplicate. "
        "If they are two, say why (twins, namesakes, registered again) on the page of the entry: nobody is asked "
        "again. An entry of another commune is looked at by the justice office of the district, who sees both."
    ),
)
KH5 = Rule(
    "KH5",
    "W",
    _("Nobody marries who is still married"),
    _("Marriage and Family Act 2014, article 5.2, to be confirmed; notes: Civil Status Act 2014, article 30"),
    where=_("Full name of husband and wife"),
    advice=_(
        "Open the other marriage. If it ended, type the note of the divorce, annulment or death there; if it is "
        "another person, say so on the page of the entry. If the books have it so, mark it “as in the original book”. "
        "A marriage kept in another commune is looked at by the justice office of the district."
    ),
)
KT6 = Rule(
    "KT6",
    "I",
    _("A death is noted in the birth register"),
    _("Practice: a death is noted in the margin of the birth; the duty to note it to be confirmed"),
    where=_("Full name of the deceased"),
    advice=_(
        "The entry is on the list of cross-checks. Look at the birth in its book: if the death is noted in the margin, "
        "type the note into its remarks; if not, the list tells who has to note it. Another person of that name and "
        "day is stated there."
    ),
)

_CHILD, _HUSBAND, _WIFE, _DECEASED = (
    "child_full_name",
    "husband_full_name",
    "wife_full_name",
    "deceased_full_name",
)


def _any_near(found: tuple[Alike, ...]) -> bool:
    return any(other.near for other in found)


def registered_once(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KS9: a child is registered once; a mother who is not written may be the same one."""
    if not facts.others.births:
        return
    message: Label = _(
        "Another commune has an entry with this name and date of birth, and no other mother. The justice office of "
        "the district may look at both: ask there."
    )
    if _any_near(facts.others.births):
        message = _(
            "Another entry of the unit has this name and date of birth, and no other mother. Compare the two, or ask "
            "the officer of the unit; if they are two children, say why."
        )
    yield KS9.notice(_CHILD, message, _CHILD, "child_birth_date", "mother_full_name")


def noted_at_birth(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KT6: the birth of somebody who died carries a note of it, which is work for a list and asks nothing here."""
    if not facts.others.unmarked_births:
        return
    message: Label = _(
        "The birth of a person of this name and day is registered in another commune without a note of the death. It "
        "is on the list of cross-checks of the justice office."
    )
    if _any_near(facts.others.unmarked_births):
        message = _(
            "The birth of a person of this name and day is registered in the unit without a note of the death. It is "
            "on the list of cross-checks."
        )
    yield KT6.notice(_DECEASED, message, _DECEASED, "deceased_birth_date")


_OF_THE_COUPLE = (
    _(
        "The unit has another marriage of this husband and this wife. Is it the same entry, or registered again?"
    ),
    _(
        "Another commune has a marriage of this husband and this wife. The justice office of the district may look at "
        "both: ask there."
    ),
)
_OF_THE_HUSBAND = (
    _("The unit has another marriage of a man of this name and day of birth, and no note that it ended."),
    _(
        "Another commune has a marriage of a man of this name and day of birth, and no note that it ended. The justice "
        "office of the district may look at both: ask there."
    ),
)
_OF_THE_WIFE = (
    _("The unit has another marriage of a woman of this name and day of birth, and no note that it ended."),
    _(
        "Another commune has a marriage of a woman of this name and day of birth, and no note that it ended. The "
        "justice office of the district may look at both: ask there."
    ),
)
_SAYS = {
    "both": (_HUSBAND, "husband_birth_date", _OF_THE_COUPLE),
    "husband": (_HUSBAND, "husband_birth_date", _OF_THE_HUSBAND),
    "wife": (_WIFE, "wife_birth_date", _OF_THE_WIFE),
}


def free_to_marry(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KH5: the earlier of two marriages of one person is noted as ended; a couple is registered again only as such."""
    told = set()
    for other in sorted(facts.others.marriages, key=lambda other: (other.whose != "both", not other.near)):
        name, birth, (near, far) = _SAYS[other.whose]
        if name not in told and _stands_against(other, entry):
            told.add(name)
            about = (name, birth, "registration_date", "marriage_status")
            yield KH5.warning(name, near if other.near else far, *about)


def _stands_against(other: Marriage, entry: Entry) -> bool:
    if other.whose == "both":
        return not other.again and code_of(entry, "registration_type") != AGAIN
    ended = _is_ended(entry)
    registered = date_of(entry, "registration_date")
    if registered and other.earliest and registered.latest < other.earliest:
        return not ended
    if registered and other.latest and other.latest < registered.earliest:
        return not other.ended
    return not (ended or other.ended)


def _is_ended(entry: Entry) -> bool:
    return marriage_ended(
        status=code_of(entry, "marriage_status"),
        annulled=is_noted(entry.get("annulment_noted_on")),
        margin=text_of(entry, "remarks"),
    )
