"""C27: a place bears the name of its time, not the one it has today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from civreg.lib.partial_dates import PartialDate

from ..contract import Check, Entry, Facts, Field, Input, Problem
from ..entries import date_of, is_uncertain, later, said
from ..places import Mention, Span
from .rules import Rule

C27 = Rule(
    "C27",
    "W",
    _("Places bear names they had at that time"),
    _(
        "Decision 377/CP of 22 December 1980; resolutions on the units of the installation; names of provinces "
        "1968–1996 to be confirmed"
    ),
    where=_("Places of registration, birth, death and residence, home towns"),
    advice=_(
        "Look at the book: it mostly has the old name (Vĩnh Phú, Sông Lô, a commune since merged), and that is what is "
        "typed. If the book itself has the later name, mark it “as in the original book”."
    ),
)

_REGISTERED, _OFFICE = "registration_date", "registration_place"
_PLACES = frozenset({_OFFICE, "death_place"})
_ENDINGS = ("_birth_place", "_birth_place_unit", "_residence", "_home_town")


def places_of_their_time(fields: Mapping[str, Field]) -> Check:
    """Return the check for the places among these fields.

    What is registered is written in the names of the day of registration; a birth or death may also be given the
    name of its own day, so those are doubted only if the place existed at no time from the event to its registration.
    """
    since = {code: _date_of_the_event(code, fields) for code in fields if _is_place(fields[code])}

    def check(entry: Entry, facts: Facts) -> Iterator[Problem]:
        year = _year_registered(entry)
        if year is None:
            return
        # A doubtful reading is no plain text: it is not doubted twice.
        texts = {code: text for code in since if type(text := entry.get(code)) is str}
        if facts.places.may_be_doubted("; ".join(texts.values()), year):
            for code, text in texts.items():
                yield from _out_of_time(entry, code, since[code], facts.places.named_in(text))

    return check


def _year_registered(entry: Entry) -> int | None:
    """Return the year as it is stored, without making a date of it: most entries are through with that."""
    date = entry.get(_REGISTERED)
    on = date.get("on") if isinstance(date, dict) else None
    return int(on[:4]) if isinstance(on, str) and on[:4].isdecimal() else None


def _is_place(field: Field) -> bool:
    return field.input is Input.LINE and (field.code in _PLACES or field.code.endswith(_ENDINGS))


def _date_of_the_event(code: str, fields: Mapping[str, Field]) -> str:
    """Return the date field beside "child_birth_place" or "death_place"; "" where there is none."""
    event = f"{code.removesuffix('_unit').removesuffix('_place')}_date"
    return event if event in fields and event != _REGISTERED else ""


def _out_of_time(entry: Entry, code: str, event: str, named: tuple[Mention, ...]) -> Iterator[Problem]:
    dates = [_sure_date(entry, held) for held in (event, _REGISTERED) if held]
    known = [found for found in dates if found]
    if len(known) < len(dates):
        return
    first, last = min(found.earliest for found in known), max(found.latest for found in known)
    for mention in named:
        sure = mention.whole or (mention.bare and code == _OFFICE)
        if sure and mention.never_within(first, last):
            yield _problem(mention, code, event, known)
            return


def _sure_date(entry: Entry, code: str) -> PartialDate | None:
    return None if is_uncertain(entry, code) else date_of(entry, code)


def _problem(mention: Mention, code: str, event: str, known: list[PartialDate]) -> Problem:
    message = _(
        "There was no “%(place)s” then (%(dates)s): it existed %(times)s. Type the name that stands in the book."
    )
    text = said(
        message,
        place=mention.name,
        dates=later(lambda: " – ".join(found.display() for found in known)),
        times=later(lambda: ", ".join(map(_time, mention.existed))),
    )
    return C27.warning(code, text, code, *filter(None, (event, _REGISTERED)))


def _time(span: Span) -> str:
    first, last = span.years
    if first is None:
        return _now("until %(year)s") % {"year": last}
    if last is None:
        return _now("since %(year)s") % {"year": first}
    return f"{first}–{last}"
