"""What goes on from one entry of a book to the next: the number, the page, and the words a person chose to carry.

Signers, places and peoples are the same for pages on end. What is carried is marked on the form until it is looked at:
it is a proposal, and the book decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from communes.models import User
from digitization.entry_rows import as_entry
from digitization.models import Book, DeskChoice, Record
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from digitization.what_next import Next, first_place, place_after, ranges_in

# Until somebody chooses for a book: what its pages repeat most.
USUAL = frozenset({"registration_place", "signer_name", "signer_position", "recorder_name"})
# These follow from the book, not from the entry before.
COUNTED_ON = frozenset({"number", "page_no"})
STATE, BESIDE = "__state", ("", "__calendar", "__written")


@dataclass(frozen=True, slots=True)
class Start:
    """What a new entry begins with: raw texts by control, fields that were carried, those that will be, the place."""

    raw: dict[str, str]
    carried: frozenset[str]
    kept: frozenset[str]
    place: Next


def start_of(book: Book, user: User, *, on: bool = False, wanted: int = 0) -> Start:
    """Return what the next entry of a book begins with for this person.

    ``on`` begins behind the entry they typed last there; ``wanted`` in this range of theirs, as long as it holds.
    """
    kept = kept_of(book, user)
    own = Record.objects.filter(book=book, entered_by=user).order_by("-pk").first()
    raw = _carried(own, kept) if own else {}
    if "registration_place" in kept and "registration_place" not in raw:
        raw["registration_place"] = _place_of(book)
    carried = frozenset(code for code in kept if raw.get(code))
    ranges = ranges_in(book)
    if on and own is not None:
        place = place_after(book, user, ranges, own)
    else:
        place = first_place(book, user, ranges, wanted=wanted)
    return Start(raw | follows(place), carried, kept, place)


def follows(place: Next) -> dict[str, str]:
    """Return the number and the page of a place as the form has them, as far as they are certain."""
    return {"number": "" if place.number is None else f"{place.number:02}", "page_no": place.page}


def kept_of(book: Book, user: User) -> frozenset[str]:
    """Return the codes of the fields the person carries on in this book."""
    chosen = DeskChoice.objects.filter(book=book, user=user).values_list("carried", flat=True).first()
    return _can_be_carried(book) & (USUAL if chosen is None else frozenset(chosen))


def keep_on(book: Book, user: User, codes: Iterable[str]) -> frozenset[str]:
    """Remember which fields the person carries on in this book; codes the kind does not have are left out."""
    kept = _can_be_carried(book).intersection(codes)
    DeskChoice.objects.update_or_create(book=book, user=user, defaults={"carried": sorted(kept)})
    return kept


def _can_be_carried(book: Book) -> frozenset[str]:
    return frozenset(BY_CODE[book.kind].by_code) - COUNTED_ON


def _carried(record: Record, kept: frozenset[str]) -> dict[str, str]:
    """Only what could be read with certainty is carried: a doubt belongs to its own entry."""
    raw = write(BY_CODE[record.kind], as_entry(record))
    certain = [code for code in kept if raw.get(code) and not raw.get(f"{code}{STATE}")]
    return {
        f"{code}{end}": raw[f"{code}{end}"] for code in certain for end in BESIDE if f"{code}{end}" in raw
    }


def _place_of(book: Book) -> str:
    """The place in the words this book itself used last.

    It is never taken from today's unit: a book of 1985 says Vĩnh Phú, not Phú Thọ.
    """
    named = book.records.exclude(registration_place="").order_by("-pk")
    return named.values_list("registration_place", flat=True).first() or ""
