"""What a rule is: an id for ever, how heavy it weighs, what it asks, what to do about it, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..contract import Label, Problem, Severity

E, W = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the catalogue. ``severity`` is "E", "W" or "I", or several of them ("E/W") where there are degrees.

    ``title`` is what the rule asks, ``where`` the field at which a problem is shown, ``advice`` what to do about it.
    ``source`` is where the rule comes from: an article of law, the national sheet, or practice; what nobody has read
    in the source itself says "to be confirmed". All four are for people, in their language.
    """

    id: str
    severity: str
    title: Label
    source: Label
    where: Label = field(kw_only=True)
    advice: Label = field(kw_only=True)

    def error(self, field: str, message: Label, *about: str) -> Problem:
        return self._problem(Severity.ERROR, field, message, about)

    def warning(self, field: str, message: Label, *about: str) -> Problem:
        return self._problem(Severity.WARNING, field, message, about)

    def notice(self, field: str, message: Label, *about: str) -> Problem:
        return self._problem(Severity.NOTICE, field, message, about)

    def weigh(self, certain: bool, field: str, message: Label, *about: str) -> Problem:
        """An error where the book says so plainly, a warning where it could be read only in part."""
        return self._problem(E if certain else W, field, message, about)

    def _problem(self, severity: Severity, field: str, message: Label, about: tuple[str, ...]) -> Problem:
        return Problem(rule=self.id, field=field, severity=severity, message=message, about=about or (field,))
