"""The rule a workbook has besides those of the entries themselves. Errors refuse a row, warnings stay open on it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .rules import Rule

I02 = Rule(
    "I02",
    "E/W",
    _("What Excel made of a text is turned back, and doubted"),
    _("Practice: lost zeros, and dates made into numbers, met in real files"),
    where=_("Number, dates and identity numbers of a row"),
    advice=_(
        "Compare the value that was read with the book, and mark it “as in the original book” or correct"
        " it. What cannot be turned back is refused: make the column text in Excel and type the value "
        "again."
    ),
)
