"""What a rule is: an id for ever, how heavy it weighs, one line for people, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract import Label, Problem, Severity

E, W = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the catalogue. ``severity`` is "E", "W", or both where the rule has degrees.

    ``where`` names for people the field a problem is shown at, ``advice`` says what to do about it; ``source`` is
    where the rule comes from: an article of law, the national sheet, or practice.
    """

    id: str
    severity: str
    title: Label
    source: Label
    where: Label = ""
    advice: Label = ""

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
