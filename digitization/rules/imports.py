"""The rules of taking in workbooks, besides those of the entries in them and I02."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from digitization.record_types.checks.rules import Rule

I01 = Rule(
    "I01",
    "E",
    _("A workbook has the national columns, and is tried before it is stored"),
    _("National import sheet: names and order of the columns"),
    where=_("Row of the column names"),
    advice=_(
        "Put the national column names into one row above the entries; number, date of registration "
        "and the name of the person must be among them. The first run only reports; the rows are "
        "stored when asked to."
    ),
)
I03 = Rule(
    "I03",
    "E",
    _("A row is stored whole or not at all, and the same file never twice"),
    _("Practice: files sent twice, rows half taken over"),
    where=_("The row, or the whole file"),
    advice=_(
        "Correct the rows that were refused and send them as a new file: what is stored already is "
        "then refused by its number. A file taken in before only answers as it did the first time."
    ),
)
IMPORTS = (I01, I03)
