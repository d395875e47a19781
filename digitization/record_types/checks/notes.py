"""Notes in the margin on what a court declared and took back: missing, of limited capacity (KS8), dead (KT5)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from civreg.lib.partial_dates import certainly_before, years_between

from ..contract import Check, Entry, Facts, Problem
from ..entries import code_of, date_of, is_blank, later, said, text_of
from ..law import constant
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

_ADULT = constant(KS8.id, "adult")
_REVOKED = "2"


def court_notes(rule: Rule, prefix: str, *, status: str = "", born: str = "") -> Check:
    """Return the check of one declaration and its revocation, whose fields begin with ``prefix_``.

    ``status`` is the code of its state where it is not ``<prefix>_status``. With ``born``, the date of birth, a
    declaration before the 18th birthday is doubted too.
    """
    state = status or f"{prefix}_status"
    declared, declared_basis = f"{prefix}_declared_noted_on", f"{prefix}_declared_basis"
    revoked, revoked_basis = f"{prefix}_revoked_noted_on", f"{prefix}_revoked_basis"
    codes = (state, declared, declared_basis, revoked, revoked_basis)

    def check(entry: Entry, facts: Facts) -> Iterator[Problem]:
        if not any(code in entry for code in codes):
            return
        yield from _never_declared(rule, entry, codes)
        yield from _revoked_too_early(rule, entry, declared, revoked)
        if born:
            yield from _declared_too_young(rule, entry, declared, born)

    return check


def _never_declared(rule: Rule, entry: Entry, codes: tuple[str, ...]) -> Iterator[Problem]:
    state, declared, revoked = codes[0], codes[1:3], codes[3:]
    is_revoked = code_of(entry, state) == _REVOKED or any(text_of(entry, code) for code in revoked)
    if not is_revoked or any(text_of(entry, code) for code in declared):
        return
    certain = all(is_blank(entry, code) for code in declared)
    message = _(
        "A declaration is revoked here that was never noted. Type when and on what basis it was declared."
    )
    yield rule.weigh(certain, declared[0], message, *codes)


def _revoked_too_early(rule: Rule, entry: Entry, first: str, second: str) -> Iterator[Problem]:
    declared, revoked = date_of(entry, first), date_of(entry, second)
    if declared and revoked and certainly_before(revoked, declared):
        message = _("Revoked on %(revoked)s, before it was declared on %(declared)s. Compare both dates.")
        text = said(message, revoked=later(revoked.display), declared=later(declared.display))
        yield rule.warning(second, text, second, first)


def _declared_too_young(rule: Rule, entry: Entry, code: str, born_code: str) -> Iterator[Problem]:
    born, noted = date_of(entry, born_code), date_of(entry, code)
    if born and noted and years_between(born, noted)[1] < _ADULT:
        message = _("Noted on %(noted)s, before the 18th birthday (born %(born)s). Compare both dates.")
        text = said(message, noted=later(noted.display), born=later(born.display))
        yield rule.warning(code, text, code, born_code)
