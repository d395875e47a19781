"""KS8: notes in the margin of a birth, on a person declared missing or of limited legal capacity."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from civreg.lib.partial_dates import certainly_before, years_between

from ..contract import Entry, Facts, Problem
from ..entries import code_of, date_of, is_blank, later, said, text_of
from .rules import Rule

KS8 = Rule(
    "KS8",
    "W/E",
    _("Notes on missing or limited persons come in order"),
    _("Civil Code 2015, articles 24, 68 and 70, to be confirmed"),
    where=_("Declared missing, limited legal capacity: state, dates and basis"),
    advice=_(
        "Compare the notes in the margin with the book. A revocation needs the declaration it revokes: "
        "type its date or basis, or choose “illegible” there."
    ),
)

_BORN = "child_birth_date"
_ADULT = 18


def notes_in_order(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """KS8, for both kinds of note: declared missing, and declared of limited capacity."""
    for prefix in ("missing", "limited_capacity"):
        yield from _revoked_without_declaration(entry, prefix)
        yield from _revoked_too_early(entry, prefix)
        yield from _declared_too_young(entry, f"{prefix}_declared_noted_on")


_REVOKED = "2"


def _revoked_without_declaration(entry: Entry, prefix: str) -> Iterator[Problem]:
    status = f"{prefix}_status"
    revoked = [
        code for code in (f"{prefix}_revoked_noted_on", f"{prefix}_revoked_basis") if text_of(entry, code)
    ]
    declared = (f"{prefix}_declared_noted_on", f"{prefix}_declared_basis")
    if (code_of(entry, status) != _REVOKED and not revoked) or any(text_of(entry, code) for code in declared):
        return
    certain = all(is_blank(entry, code) for code in declared)
    message = _(
        "A declaration is revoked here that was never noted. Type when and on what basis it was declared."
    )
    about = (status, *declared, f"{prefix}_revoked_noted_on", f"{prefix}_revoked_basis")
    yield KS8.weigh(certain, declared[0], message, *about)


def _revoked_too_early(entry: Entry, prefix: str) -> Iterator[Problem]:
    first, second = f"{prefix}_declared_noted_on", f"{prefix}_revoked_noted_on"
    declared, revoked = date_of(entry, first), date_of(entry, second)
    if declared and revoked and certainly_before(revoked, declared):
        message = _("Revoked on %(revoked)s, before it was declared on %(declared)s. Compare both dates.")
        text = said(message, revoked=later(revoked.display), declared=later(declared.display))
        yield KS8.warning(second, text, second, first)


def _declared_too_young(entry: Entry, code: str) -> Iterator[Problem]:
    born, noted = date_of(entry, _BORN), date_of(entry, code)
    if born and noted and years_between(born, noted)[1] < _ADULT:
        message = _("Noted on %(noted)s, before the 18th birthday (born %(born)s). Compare both dates.")
        text = said(message, noted=later(noted.display), born=later(born.display))
        yield KS8.warning(code, text, code, _BORN)
