"""Between an entry (one mapping, see ``record_types.contract``) and the columns of Record.

``as_columns`` is the one place that says which column a head field lives in and what the search columns are;
form, API, import and demonstration all go through it, and ``as_entry`` is its way back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from civreg.lib import vietnamese
from civreg.lib.long_work import lift_time_limits
from digitization.models import Book, Record
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Entry, RecordType
from digitization.record_types.entries import absence_of, date_of, is_uncertain, text_of
from digitization.record_types.numbers import read_number
from digitization.record_types.upgrading import PLAIN_NAMES, leftovers, upgraded

# Head fields that are plain text columns of the same name; number and date have derived columns besides.
HEAD_TEXTS = (
    "page_no",
    "registration_place",
    "signer_name",
    "signer_position",
    "recorder_name",
    "remarks",
)
HEAD = ("number", "registration_date", *HEAD_TEXTS)
UNCERTAIN = "uncertain"
# Folding can lengthen a text (ﬃ becomes three letters); to search by, its beginning is enough.
LONGEST_FOLD = 500
WRONGLY_FOLDED = """
SELECT id FROM digitization_record
WHERE subject_fold <> rtrim(left(civreg_fold(subject_name), %(longest)s)) OR second_fold <> civreg_fold(second_fold)
    OR names_fold <> civreg_fold(names_fold) OR NOT starts_with(names_fold, civreg_fold(subject_name))
ORDER BY id
"""


def as_columns(record_type: RecordType, book: Book, entry: Entry) -> dict[str, Any]:
    """Return the column values of an entry of ``book``, derived ones included; who and when are the caller's."""
    return {
        **_copies(book),
        **_numbering(book, entry),
        **_registered(entry),
        **{code: text_of(entry, code) for code in HEAD_TEXTS},
        "head_states": {code: state for code in HEAD if (state := _state(entry, code))},
        "content": {code: value for code, value in entry.items() if code not in HEAD},
        "content_version": record_type.version,
        **search_columns(record_type, entry),
    }


def as_entry(record: Record) -> dict[str, Any]:
    """Return the whole entry of a record, head and content in one mapping, as it was given to ``as_columns``.

    What was stored under an older declaration of its kind is read as today's.
    """
    stored = head_of(record) | record.content
    return dict(upgraded(BY_CODE[record.kind], stored, record.content_version))


def head_of(record: Record) -> dict[str, Any]:
    """Return the fields common to all kinds, as ``as_entry`` does, without asking for the content."""
    return {code: value for code in HEAD if (value := head_value(record, code))}


def head_value(record: Record, code: str) -> Any:
    """Return the value of one head field of a record, as entries hold it; reads its column and ``head_states``."""
    state = record.head_states.get(code)
    if code == "registration_date":
        return _dated(record.registration_date, state)
    return _with_state(record.number_raw if code == "number" else getattr(record, code), state)


def search_columns(record_type: RecordType, entry: Entry) -> dict[str, Any]:
    """Return the columns lists and look-ups search by: folded names of every person, birth bounds."""
    people = record_type.people(entry)
    names = (people.subject.name, people.second.name, *people.others, *_names_left_over(record_type, entry))
    return {
        "subject_name": people.subject.name,
        "subject_fold": _beginning(vietnamese.fold(people.subject.name)),
        "subject_born_earliest": people.subject.born_earliest,
        "subject_born_latest": people.subject.born_latest,
        "second_fold": _beginning(vietnamese.fold(people.second.name)),
        "second_born_earliest": people.second.born_earliest,
        "second_born_latest": people.second.born_latest,
        "names_fold": " | ".join(folded for name in names if (folded := vietnamese.fold(name))),
    }


def _names_left_over(record_type: RecordType, entry: Entry) -> Iterator[str]:
    """Names typed in the plain form, before the kind had fields of its own, must still be found."""
    if any(code in entry for code in PLAIN_NAMES):
        left = leftovers(record_type, entry)
        yield from (text_of(left, code) for code in PLAIN_NAMES)


def _beginning(folded: str) -> str:
    return folded[:LONGEST_FOLD].rstrip(" ")


def wrongly_folded() -> list[int]:
    """Return the entries (primary keys) whose search columns the database would fold otherwise than they are.

    ``subject_fold`` is compared with the name beside it. Of the other names only the folded text is a column: folding
    it again must change nothing. One statement: it sees one moment, and judges 87,000 entries in about two seconds.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        lift_time_limits(patient=False)
        cursor.execute(WRONGLY_FOLDED, {"longest": LONGEST_FOLD})
        return [pk for (pk,) in cursor.fetchall()]


def _copies(book: Book) -> dict[str, Any]:
    return {
        "book_id": book.pk,
        "kind": book.kind,
        "place_id": book.place_id,
        "custodian_id": book.custodian_id,
        "series": book.series,
    }


def _numbering(book: Book, entry: Entry) -> dict[str, Any]:
    raw = text_of(entry, "number")
    read = read_number(raw)
    return {
        "number_raw": raw,
        "number": read.number,
        "suffix": read.suffix,
        "number_year": read.year or _year_registered(entry) or _only_year(book),
    }


def _year_registered(entry: Entry) -> int | None:
    """Numbers restart every year: the year is the registration's, where the date leaves no doubt about it."""
    date = date_of(entry, "registration_date")
    return date.earliest.year if date and date.earliest.year == date.latest.year else None


def _only_year(book: Book) -> int | None:
    return book.year_from if book.year_from == book.year_to else None


def _registered(entry: Entry) -> dict[str, Any]:
    date = date_of(entry, "registration_date")
    return {
        "registration_date": _words_of_date(entry.get("registration_date")),
        "reg_earliest": date.earliest if date else None,
        "reg_latest": date.latest if date else None,
    }


def _words_of_date(value: Any) -> dict[str, Any] | None:
    """Keep what was written even where it is no date of the calendar; a stated absence is in ``head_states``."""
    kept = {key: part for key, part in value.items() if key not in ("uncertain", "absent")} if value else {}
    return kept or None


def _state(entry: Entry, code: str) -> str:
    return absence_of(entry, code) or (UNCERTAIN if is_uncertain(entry, code) else "")


def _with_state(text: str, state: str | None) -> Any:
    if state == UNCERTAIN:
        return {"text": text, "uncertain": True}
    return {"absent": state} if state else text


def _dated(value: dict[str, Any] | None, state: str | None) -> Any:
    if state == UNCERTAIN:
        return {**(value or {}), "uncertain": True}
    return {"absent": state} if state else value
