"""From what was typed to an entry, and back: the same for a form, a sheet and the API.

Raw keys are field codes; beside them ``<code>__state`` ("not_written", "illegible", "uncertain"),
``<code>__calendar`` ("lunar") for dates, ``<code>__written`` for the words of the book behind a code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from civreg.lib.partial_dates import UnreadableDate, parse
from civreg.lib.vietnamese import clean

from .checks.given import C20
from .contract import Entry, Facts, Field, Input, Option, Problem, RecordType
from .entries import (
    ABSENCES,
    ILLEGIBLE,
    NOT_WRITTEN,
    absence,
    code_in,
    date_in,
    option_of,
    says_lunar,
    uncertain,
    words,
    words_of,
)
from .matching import match

UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Reading:
    """The entry as understood, keeping whatever was typed, and problems of its shape (C03, C10, C11)."""

    entry: dict[str, Any]
    problems: tuple[Problem, ...] = ()


def read(record_type: RecordType, raw: Mapping[str, str]) -> Reading:
    """Read the fields of a kind out of raw texts; other keys are left alone. Never raises.

    A field "illegible" with text is text of which we are unsure; "not written" with text is refused.
    """
    entry = {
        code: value
        for code, field in record_type.by_code.items()
        if (value := _value(field, raw)) is not None
    }
    problems = (
        *record_type.shape(entry),
        *_denied(entry, raw),
    )
    return Reading(entry, problems)


def _denied(entry: Mapping[str, Any], raw: Mapping[str, str]) -> Iterator[Problem]:
    """C20: something is typed, and stated as not written: only the one who looks at the book can say which holds."""
    for code in entry:
        if raw.get(f"{code}__state") == NOT_WRITTEN and raw.get(code, "").strip():
            yield C20.error(
                code, _("There are words here, yet it is stated as not written. Clear one of the two.")
            )


def judge(record_type: RecordType, reading: Reading, facts: Facts) -> list[Problem]:
    """Return every problem of what was read, each (rule, field) once: those of the shape first."""
    found = {(problem.rule, problem.field): problem for problem in reading.problems}
    for problem in record_type.said(reading.entry, facts):
        found.setdefault((problem.rule, problem.field), problem)
    return list(found.values())


def _value(field: Field, raw: Mapping[str, str]) -> Any:
    typed = raw.get(field.code, "")
    text = _cleaned(field, typed) if typed else ""
    state = raw.get(f"{field.code}__state", "")
    if not text:
        return {"absent": state} if state in ABSENCES else None
    value = _typed(field, text, raw)
    if state not in (UNCERTAIN, ILLEGIBLE):
        return value
    return {**({"text": value} if isinstance(value, str) else value), "uncertain": True}


def _cleaned(field: Field, text: str) -> str:
    if field.input is Input.PARAGRAPH:
        lines = (clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        return "\n".join(lines).strip("\n")
    cleaned = clean(text)
    if field.input is Input.DIGITS:
        bare = cleaned.replace(" ", "").replace(".", "")
        return bare if bare.isdigit() else cleaned
    return cleaned


def _typed(field: Field, text: str, raw: Mapping[str, str]) -> Any:
    if field.input is Input.DATE:
        return _date(text, raw.get(f"{field.code}__calendar", ""))
    if field.options:
        return _listed(field, text, clean(raw.get(f"{field.code}__written", "")))
    return text


def _date(text: str, calendar: str) -> dict[str, str]:
    """A date, or only its words where they cannot be read: the problem is reported, the words are kept."""
    try:
        return parse(text, calendar="lunar" if calendar == "lunar" else "solar").as_json()
    except UnreadableDate:
        return {"written": text, "calendar": "lunar"} if calendar == "lunar" else {"written": text}


def _listed(field: Field, text: str, written: str) -> dict[str, str]:
    """A code comes from a select, or from ``write`` together with the words; anything else is words."""
    is_code = field.input is Input.CHOICE or bool(written)
    chosen = (option_of(field, text) if is_code else None) or _meant(field, text)
    if chosen is None:
        return {"written": text}
    if written and written != chosen.code and not _contradicts(field, chosen, written):
        return {"code": chosen.code, "written": written}
    picked = text == chosen.code and (is_code or text.isdigit())
    return {"code": chosen.code, "written": words_of(chosen) if picked else text}


def _meant(field: Field, text: str) -> Option | None:
    return match(field.options, text) if field.options and text else None


def _contradicts(field: Field, chosen: Option, written: str) -> bool:
    meant = _meant(field, written)
    return meant is not None and meant.code != chosen.code


def write(record_type: RecordType, entry: Entry) -> dict[str, str]:
    """Return the raw texts that ``read`` understands as this entry: for filling a form again."""
    return {
        key: text
        for field in record_type.fields()
        if field.code in entry
        for key, text in _raw(field, entry[field.code])
    }


def _raw(field: Field, value: Any) -> Iterator[tuple[str, str]]:
    if stated := absence(value):
        yield f"{field.code}__state", stated
        return
    if uncertain(value):
        yield f"{field.code}__state", UNCERTAIN
    if field.input is Input.DATE:
        yield from _raw_date(field, value)
    elif field.options:
        yield from _raw_listed(field, value)
    else:
        yield field.code, words(value)


def _raw_date(field: Field, value: Any) -> Iterator[tuple[str, str]]:
    """The calendar goes along only beside words that do not name it: whoever types others over them means those."""
    known = date_in(value)
    text = known.written or known.display() if known else words(value)
    yield field.code, text
    if isinstance(value, dict) and value.get("calendar") == "lunar" and not says_lunar(text):
        yield f"{field.code}__calendar", "lunar"


def _raw_listed(field: Field, value: Any) -> Iterator[tuple[str, str]]:
    """A select wants the code; a line with suggestions the words, if they lead to the code again."""
    code, written = code_in(value), words(value)
    if not code:
        yield field.code, written
        return
    option = option_of(field, code)
    shown = written or (words_of(option) if option else "")
    if field.input is Input.LISTED and _leads_to(field, shown, code):
        yield field.code, shown
        return
    yield field.code, code
    if written and option and written != words_of(option):
        yield f"{field.code}__written", written


def _leads_to(field: Field, written: str, code: str) -> bool:
    meant = _meant(field, written)
    return meant is not None and meant.code == code
