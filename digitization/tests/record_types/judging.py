"""What the tests of the rules share: the sample of a kind with some fields changed, and when it is judged."""

from __future__ import annotations

from datetime import date
from typing import Any

from digitization.record_types import BY_CODE
from digitization.record_types.contract import Facts, Problem, Severity

BIRTH = BY_CODE["KS"]
LATER = Facts(today=date(2024, 12, 5))
FACTS = Facts(
    today=date(2024, 12, 5), book_year_from=1998, book_year_to=1998, book_closed_on=date(1998, 12, 31)
)
NOT_WRITTEN, ILLEGIBLE = {"absent": "not_written"}, {"absent": "illegible"}


def day(on: str, **more: Any) -> dict[str, Any]:
    """Return a date as an entry holds it, written as clerks write."""
    return {"on": on, "written": "/".join(reversed(on.split("-"))), **more}


def chosen(code: str) -> dict[str, str]:
    return {"code": code}


def birth(**changes: Any) -> dict[str, Any]:
    """Return the sample birth with these fields changed; None takes a field out."""
    entry = {**BIRTH.sample, **changes}
    return {code: value for code, value in entry.items() if value is not None}


def problems(rule: str, facts: Facts = FACTS, /, **changes: Any) -> list[Problem]:
    """Return what one rule says about the changed sample birth, notices aside."""
    found = BIRTH.problems(birth(**changes), facts)
    return [problem for problem in found if problem.rule == rule and problem.severity is not Severity.NOTICE]


def verdict(rule: str, facts: Facts = FACTS, /, **changes: Any) -> dict[str, str]:
    """Return the severity by field of what one rule says about the changed sample birth."""
    return {problem.field: str(problem.severity) for problem in problems(rule, facts, **changes)}


def said_of(code: str, rule: str, /, **changes: Any) -> list[Problem]:
    """Return what one rule says about the changed sample of a kind, in 2024 and in whatever book."""
    kind = BY_CODE[code]
    entry = {field: value for field, value in {**kind.sample, **changes}.items() if value is not None}
    return [problem for problem in kind.problems(entry, LATER) if problem.rule == rule]


def weighed(code: str, rule: str, /, **changes: Any) -> dict[str, str]:
    """Return the severity by field of what one rule says about the changed sample of a kind."""
    return {problem.field: str(problem.severity) for problem in said_of(code, rule, **changes)}
