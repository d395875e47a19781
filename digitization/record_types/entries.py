"""Reading single values of an entry. Every function here takes any mapping whatsoever and never raises.

The shapes of the values are described in ``contract``; what has another shape reads as blank.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from civreg.lib.partial_dates import PartialDate, UnreadableDate, parse

from .contract import Entry, Field, Input, Label, Option, Person, Problem, RecordType

NOT_WRITTEN, ILLEGIBLE = "not_written", "illegible"
ABSENCES = (NOT_WRITTEN, ILLEGIBLE)


# These are asked some hundred times for every entry of an import: the common case, a plain string or nothing at all,
# is answered first and without another call.
def text_of(entry: Entry, code: str) -> str:
    """Return the words of a field, "" when it is blank or stated absent; no kind has a field "", which is blank."""
    value = entry.get(code)
    if value is None or not code:
        return ""
    return value if isinstance(value, str) else words(value)


def words(value: Any) -> str:
    """Return the words of one value, whichever of the contract's shapes it has."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    found = value.get("text") or value.get("written") or value.get("on") or ""
    return found if isinstance(found, str) else ""


def date_of(entry: Entry, code: str) -> PartialDate | None:
    """Return the date of a field; None when it is blank, absent or could not be read."""
    value = entry.get(code) if code else None
    return date_in(value) if isinstance(value, dict) else None


def date_in(value: Any) -> PartialDate | None:
    """Return the date a value holds, None for anything else."""
    if not isinstance(value, dict):
        return None
    parts = (value.get("on"), value.get("written", ""), value.get("calendar", "solar"))
    return _date_of_parts(*parts) if all(isinstance(part, str) for part in parts) else None


@lru_cache(maxsize=4096)
def _date_of_parts(on: str, written: str, calendar: str) -> PartialDate | None:
    """Read a stored date once for all the checks that ask for it."""
    try:
        return PartialDate.from_json({"on": on, "written": written, "calendar": calendar})
    except UnreadableDate:
        return None


def person_of(entry: Entry, prefix: str) -> Person:
    """Return the person whose fields begin with ``prefix_``, as the search columns need them."""
    born, name = date_of(entry, f"{prefix}_birth_date"), text_of(entry, f"{prefix}_full_name")
    if born is None:
        return Person(name=name)
    return Person(name=name, born_earliest=born.earliest, born_latest=born.latest)


def known(code: str, written: str) -> dict[str, str]:
    """Return a coded value: the code of the list with the words of the book."""
    return {"code": code, "written": written}


def code_of(entry: Entry, code: str) -> str:
    """Return the national code chosen in a field, "" when there is none."""
    value = entry.get(code) if code else None
    return code_in(value) if isinstance(value, dict) else ""


def code_in(value: Any) -> str:
    chosen = value.get("code", "") if isinstance(value, dict) else ""
    return chosen if isinstance(chosen, str) else ""


def absence_of(entry: Entry, code: str) -> str | None:
    """Return "not_written" or "illegible" where the field says so honestly, else None."""
    value = entry.get(code) if code else None
    return absence(value) if isinstance(value, dict) else None


def absence(value: Any) -> str | None:
    stated = value.get("absent") if isinstance(value, dict) else None
    return stated if isinstance(stated, str) and stated in ABSENCES else None


def is_uncertain(entry: Entry, code: str) -> bool:
    """True where the words could be read only in part."""
    return uncertain(entry.get(code)) if code else False


def uncertain(value: Any) -> bool:
    """True for a value whose words could be read only in part."""
    return isinstance(value, dict) and bool(value.get("uncertain"))


def sure(entry: Entry, *codes: str) -> bool:
    """False where a field is marked as not read with certainty: then it can be doubted, never refused."""
    return not any(is_uncertain(entry, code) for code in codes)


def is_blank(entry: Entry, code: str) -> bool:
    """True where the field holds nothing at all; a stated absence is something."""
    value = entry.get(code) if code else None
    if isinstance(value, str) or value is None:
        return not value or not value.strip()
    return absence(value) is None and not words(value).strip() and not code_in(value)


def option_of(field: Field, code: str) -> Option | None:
    """Return the option of a field's list with this code."""
    return field.options.by_code.get(code) if field.options else None


def words_of(option: Option) -> str:
    """Return the words of the national list itself: the first alias of a translated label, else the label."""
    return option.aliases[0] if isinstance(option.label, Promise) else option.label


def shown(field: Field, value: Any) -> str:
    """Return what a page prints for one value, in the reader's language; "" for a blank."""
    if stated := absence(value):
        return pgettext("register", "not written") if stated == NOT_WRITTEN else _("illegible")
    text = _shown_words(field, value)
    return _("%(text)s (?)") % {"text": text} if text and uncertain(value) else text


def _shown_words(field: Field, value: Any) -> str:
    if field.input is Input.DATE:
        return _shown_date(value)
    option = option_of(field, code_in(value))
    if option and words(value) in ("", words_of(option)):
        return str(option.label)
    return words(value)


def _shown_date(value: Any) -> str:
    """As written in the book; only a lunar date which does not say so itself is helped."""
    written, known = words(value), date_in(value)
    if known is None:
        return written
    if not known.written:
        return known.display()
    if known.calendar == "solar" or says_lunar(written):
        return written
    return _("%(date)s (lunar)") % {"date": written}


def says_lunar(written: str) -> bool:
    """Tell whether the words of a date name the lunar calendar themselves."""
    try:
        return parse(written).calendar == "lunar"
    except UnreadableDate:
        return False


def full_label(record_type: RecordType, code: str) -> Label:
    """Return the label of a field with its group before it ("Mother: full name"), for papers and lists."""
    for group in record_type.groups:
        for field in group.fields:
            if field.code == code:
                return said(gettext_lazy("%(group)s: %(field)s"), group=group.label, field=field.label)
    return code


def said(message: Label, **values: Any) -> Promise:
    """Put ``values`` into a translatable message, and still only when somebody reads it."""

    def say() -> str:
        return str(message) % {name: str(value) for name, value in values.items()}

    return _later(say)


def later(say: Callable[[], str]) -> Promise:
    """Ask for a text only when it is shown, in the language of the one who reads it."""
    return _later(say)


_later = lazy(lambda say: say(), str)


def fingerprint(problem: Problem, entry: Entry) -> str:
    """Return 16 hex digits over a rule and the values it judged: "as in the book" is said of these.

    Any change in a field of ``about``, be it a letter, a code or a stated doubt, gives another one.
    """
    judged = [[code, entry.get(code)] for code in problem.about]
    text = json.dumps([problem.rule, problem.field, judged], sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
