"""C28: what is said about a registration abroad is said whole."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ..contract import Check, Entry, Facts, Problem
from ..entries import code_of, is_blank
from .rules import Rule

C28 = Rule(
    "C28",
    "W",
    _("A registration abroad is described whole"),
    _("National import sheet: the four columns on registration abroad"),
    where=_("Number, date, authority and country of the registration abroad"),
    advice=_(
        "Type all four. For what the book does not tell, choose “not written in the book”. If nothing "
        "was registered abroad, correct the kind of registration."
    ),
)

FOREIGN = ("foreign_reg_no", "foreign_reg_date", "foreign_authority", "foreign_country")


def whole_foreign_block(registered_abroad: str) -> Check:
    """Return the check; ``registered_abroad`` is the ``registration_type`` that needs the block."""

    def check(entry: Entry, facts: Facts) -> Iterator[Problem]:
        blank = [code for code in FOREIGN if is_blank(entry, code)]
        if not blank:
            return
        if len(blank) < len(FOREIGN):
            message = _("Number, date, authority and country abroad belong together, and this one is blank.")
            yield C28.warning(blank[0], message, *FOREIGN)
        elif code_of(entry, "registration_type") == registered_abroad:
            message = _(
                "Entered after a registration abroad: type number, date, authority and country of it."
            )
            yield C28.warning(blank[0], message, *FOREIGN, "registration_type")

    return check
