"""An entry among those around it: on its page (C07), in the order of the numbers (C08), signed by whom (C22)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civreg.lib.partial_dates import PartialDate
from civreg.lib.vietnamese import fold

from ..contract import Check, Entry, Facts, Label, Problem
from ..entries import date_of, is_uncertain, later, said, text_of
from ..law import constant
from ..others import Neighbour
from .given import is_filler
from .rules import Rule

NUMBER, PAGE, REGISTERED, SIGNER = "number", "page_no", "registration_date", "signer_name"

C07 = Rule(
    "C07",
    "W",
    _("A page with one entry has one entry"),
    _("Description of the book: entries per page"),
    where=pgettext_lazy("book", "Page"),
    advice=_(
        "Compare number and page with the picture or the book: most often the page of the entry before was left "
        "standing. If the page really holds two entries, mark it “as in the original book”; if the book has more than "
        "one on every page, correct its description."
    ),
)
C08 = Rule(
    "C08",
    "W",
    _("Numbers and dates of registration run the same way"),
    _(
        "Decree 158/2005, article 68: numbers run from 01 to the end of the year (read in excerpt); 31 days: practice"
    ),
    where=_("Date of registration"),
    advice=_(
        "Compare number and date of this entry and of the one named with the book: one of the four has a wrong digit. "
        "If it is the other entry, correct that one: this question then ends by itself. If the book has it so, mark it "
        "“as in the original book”."
    ),
)
C22 = Rule(
    "C22",
    "W",
    _("Whoever signed is known in the unit at that time"),
    _("Practice: slips of the hand in names typed a thousand times"),
    where=_("Signed by"),
    advice=_(
        "Compare the name with the book, letter by letter. Somebody new does sign now and then: mark it “as in the "
        "original book” once, and the name is known from then on."
    ),
)

_DAYS = constant(C08.id, "days")
_ALIKE_ENOUGH = 0.8


def one_entry_a_page(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """C07: facts name the others of the page only where the book says that it has one entry on each."""
    if facts.others.on_page:
        message = _("Page %(page)s already has number %(numbers)s, and this book has one entry on a page.")
        numbers = ", ".join(facts.others.on_page[:3])
        yield C07.warning(PAGE, said(message, page=text_of(entry, PAGE), numbers=numbers), PAGE, NUMBER)


def numbers_follow_dates(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """C08: certainly more than 31 days the wrong way; entries brought to the book a few weeks late are common."""
    before, after = facts.others.before, facts.others.after
    if before is None and after is None:
        return
    registered = date_of(entry, REGISTERED)
    if registered is None or is_uncertain(entry, NUMBER) or is_uncertain(entry, REGISTERED):
        return
    if before and (before.earliest - registered.latest).days > _DAYS:
        message = _(
            "Registered on %(date)s, but number %(number)s before it only on %(other)s. Compare both."
        )
        yield _out_of_order(message, registered, before)
    elif after and (registered.earliest - after.latest).days > _DAYS:
        message = _(
            "Registered on %(date)s, but number %(number)s behind it already on %(other)s. Compare both."
        )
        yield _out_of_order(message, registered, after)


def _out_of_order(message: Label, registered: PartialDate, other: Neighbour) -> Problem:
    first, last = (day.strftime("%d/%m/%Y") for day in (other.earliest, other.latest))
    time = first if first == last else f"{first} – {last}"
    text = said(message, date=later(registered.display), number=other.number, other=time)
    return C08.warning(REGISTERED, text, REGISTERED, NUMBER)


def known_signer(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """C22: asked only where others are known to have signed at that time; the first name of all has no measure."""
    known, name = facts.others.signers, text_of(entry, SIGNER)
    if not known or not name or (folded := fold(name)) in known:
        return
    if is_filler(name) or is_uncertain(entry, SIGNER):
        return
    if near := get_close_matches(folded, known, n=1, cutoff=_ALIKE_ENOUGH):
        message = _("“%(name)s” has not signed in these years, “%(known)s” has. Is it the same name?")
        yield C22.warning(SIGNER, said(message, name=name, known=known[near[0]]))
    else:
        message = _(
            "“%(name)s” has not signed in these years. Compare the name with the book; confirm it once."
        )
        yield C22.warning(SIGNER, said(message, name=name))


AROUND_CHECKS: tuple[Check, ...] = (one_entry_a_page, numbers_follow_dates, known_signer)
