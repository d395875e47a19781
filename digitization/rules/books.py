"""The rules of the inventory: what a book is, what its total rests on, when it is done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from digitization.record_types.checks.rules import Rule

B01 = Rule(
    "B01",
    "E",
    _("A book is possible, and listed once"),
    _("Civil Status Act 2014, article 58.2: pages and entries are counted when a book is locked; practice"),
    where=_("Book: number, years, day of locking, pages"),
    advice=_(
        "Compare with the cover and the closing page: at least one page, years from 1850 to this year "
        "and in order, locked not before the year it was opened, number and year not in the inventory "
        "yet. A second volume has its own number; a second copy is copy 2."
    ),
)
B02 = Rule(
    "B02",
    "W",
    _("No more entries are digitized than the book holds"),
    _("Practice: the percentage never rises above 100, the excess is shown"),
    where=_("Total of the book"),
    advice=_(
        "Count the book again and state the new total; or look whether entries of another book were "
        "typed into this one, or some twice."
    ),
)
B03 = Rule(
    "B03",
    "W/I",
    _("The closing page and the count agree"),
    _("Civil Status Act 2014, article 58.2: the closing page states pages and entries, signed by the head"),
    where=_("Total of the book"),
    advice=_(
        "Look for numbers left out or written twice, for blank and torn pages, and say in the reason "
        "why the two differ. Once justice has confirmed the later statement, the difference is only "
        "noted."
    ),
)
B04 = Rule(
    "B04",
    "E",
    _("A book is accepted only when nothing in it is open"),
    _("Practice: acceptance is the last step of digitizing a book"),
    where=_("Acceptance of the book"),
    advice=_(
        "Finish what is listed: correct returned entries, have unreadable ones accepted by an "
        "inspection, check and approve the others, type what is missing, decide on totals. Scanned "
        "pages will count too, once scans are kept here."
    ),
)
B05 = Rule(
    "B05",
    "E",
    _("A total changes only with a basis and a reason, and the former ones stay"),
    _("Practice: after a commitment is signed, nobody may move its total unseen"),
    where=_("Total of the book"),
    advice=_(
        "Say in the reason what was counted, when, and why it differs. Every statement stays on the "
        "page of the book with its author; only one that justice has confirmed counts."
    ),
)
B06 = Rule(
    "B06",
    "W",
    _("No value stands in more entries of a book than can be true"),
    _(
        "Practice: one date or filler typed wherever the book says nothing; more than 5 %, and five entries at least"
    ),
    where=_("Page of the book, list of books, cross-checks: for who answers for the unit"),
    advice=_(
        "Open the entries that have the value and compare a few with the book. Where the book says nothing, have them "
        "corrected: “not written in the book” or “illegible” beside the field. Some values do repeat, such as the day "
        "identity cards were issued in a whole commune: then nothing need be done."
    ),
)
B07 = Rule(
    "B07",
    "E",
    _("What the national system is declared to hold of a book can be true"),
    _("Practice: a declared count is a statement of the unit, with its ground, beside what is held here"),
    where=_("Book: declared counts"),
    advice=_(
        "State the whole number of entries of the book in the national system, not what was added that day, with a "
        "note or a file. It cannot exceed the confirmed total of the book, lie in the future, or be less than "
        "before without saying why. Where the total is too low, state the right one first."
    ),
)
C09 = Rule(
    "C09",
    "I",
    _("Numbers run through each year of a book without a gap"),
    _("Decree 158/2005, article 68: numbers run from 01 to the end of the year (read in excerpt)"),
    where=_("Page of the book: against the paper"),
    advice=_(
        "Look for the number in the paper. If an entry has it, type it; if the book skips it, state on that page "
        "that it is absent, and why."
    ),
)
BOOKS = (B01, B02, B03, B04, B05, B06, B07, C09)
