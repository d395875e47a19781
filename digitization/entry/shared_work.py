"""What the desk says of shared work: whose number is being typed, and that one's own range is done. It stops nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from communes.models import User
from digitization.models import Book, Record, WorkRange
from digitization.ranges import finished_by_itself
from digitization.what_next import Next, holding, place_after, ranges_in


@dataclass(frozen=True, slots=True)
class Onward:
    """Where the desk goes on after a save, and what it says first ("" for nothing)."""

    place: Next
    told: str


def onward(book: Book, user: User, saved: Record) -> Onward:
    """Return where somebody goes on who has just saved a new entry; a range of numbers that is full now is done."""
    ranges = ranges_in(book)
    place = place_after(book, user, ranges, saved)
    if place.finished is not None:
        finished_by_itself(user, place.finished)
        return Onward(place, all_typed(place))
    others = _of_others(ranges, user)
    held = holding(others, year=saved.number_year, number=saved.number, page=saved.page_no)
    return Onward(place, whose(held) if held else "")


def held_by_another(book: Book, user: User, columns: Mapping[str, Any]) -> str:
    """Return in words whose range an entry being typed lies in, "" where it is nobody else's."""
    others = _of_others(ranges_in(book), user)
    year, number, page = (columns[name] for name in ("number_year", "number", "page_no"))
    held = holding(others, year=year, number=number, page=page)
    return whose(held) if held else ""


def whose(held: WorkRange) -> str:
    """Return in words who was given what lies there, and what to do about it."""
    words = _(
        "%(person)s was given %(range)s. You can save this entry; tell each other, so that nobody types twice."
    )
    return words % {"person": held.person, "range": held.words}


def all_typed(place: Next) -> str:
    """Return in words that one's own range is done and where one goes on, "" where none is."""
    if place.finished is None:
        return ""
    if place.within is not None:
        words = _("All of %(range)s is typed. You go on with %(next)s.")
        return words % {"range": place.finished.words, "next": place.within.words}
    words = _("All of %(range)s is typed. What follows was given to nobody: ask before you go on.")
    return words % {"range": place.finished.words}


def _of_others(ranges: list[WorkRange], user: User) -> list[WorkRange]:
    return [one for one in ranges if one.person_id != user.pk]
