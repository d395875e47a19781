"""The rules of working in order: who may type where, one number for one entry, other eyes, nothing overwritten."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from digitization.record_types.checks.rules import Rule

C02 = Rule(
    "C02",
    "E",
    _("Entries are typed by the office that keeps the book, into a book of their kind"),
    _("Civil Status Act 2014, articles 57 and 61: only those authorised use the data"),
    where=_("The book"),
    advice=_(
        "Choose a book that your unit keeps. If a book was handed over, its new keeper types; if your "
        "post is missing or has ended, ask the administrator. Books of others are simply not found."
    ),
)
C06 = Rule(
    "C06",
    "E",
    _("One number of a place, kind and year belongs to one entry"),
    _("Decree 158/2005, article 68: numbers run from 01 to the end of the year (read in excerpt)"),
    where=_("Number"),
    advice=_(
        "Open the other entry and compare both with the book. If the book really has the number twice,"
        " say what you saw, and save again. If number and persons are the same, it is one entry: do "
        "not type it again."
    ),
)
C23 = Rule(
    "C23",
    "E",
    _("Where the unit has to scan, an entry is approved with a picture of its page"),
    _("Practice: whoever looks at an entry later sees the page; by default no unit has to"),
    where=_("List to approve"),
    advice=_(
        "Scan the page and confirm its number on the page of the pictures, or state there that the page is damaged or "
        "lost. Whether a unit has to scan is decided by the justice office on the page of its books, with the reason."
    ),
)
C24 = Rule(
    "C24",
    "E",
    _("Nobody checks or approves what they typed"),
    _("Practice: entries are compared with the book by somebody else"),
    where=_("Lists to check and to approve"),
    advice=_(
        "Let another officer of the commune, or the justice office, check it; whoever corrected an "
        "entry has typed in it too."
    ),
)
C25 = Rule(
    "C25",
    "E",
    _("An approved entry stands still"),
    _("Civil Status Act 2014, article 12.1: nothing in the registers is altered or erased"),
    where=_("The whole entry"),
    advice=_(
        "Ask the commune leader to reopen it, with the reason; for books kept at the district the "
        "justice office does. It is then corrected, checked and approved again, and its former words "
        "are kept."
    ),
)
C26 = Rule(
    "C26",
    "E",
    _("What somebody else changed meanwhile is not overwritten unseen"),
    _("Practice: two people at one entry"),
    where=_("The whole entry"),
    advice=_(
        "Compare what stands there now with what you typed, field by field, and save again if yours is"
        " right; in a list open it again and decide anew."
    ),
)
WORK = (C02, C06, C23, C24, C25, C26)
