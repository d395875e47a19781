"""Dates: readable and possible (C03), and registered in the time of the book (C04, C05)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from civreg.lib.partial_dates import (
    EARLIEST_YEAR,
    PartialDate,
    UnreadableDate,
    certainly_after,
    certainly_before,
    days_between,
    parse,
)
from civreg.lib.vietnamese import words_agree

from ..contract import Check, Entry, Facts, Field, Input, Label, Problem
from ..entries import absence, date_in, date_of, is_uncertain, later, said, text_of, uncertain, words
from ..law import constant, surely_in_force
from .rules import Rule

C03 = Rule(
    "C03",
    "E/W",
    _("A date exists, and is neither too old nor in the future"),
    _("Practice: slips met in real files, such as 01/04/5005"),
    where=_("Every date"),
    advice=_(
        "Compare the date with the book. A year (1957) or a month (3/1957) is enough where the book "
        "gives no more. Mark a date you cannot read for sure as “not read with certainty”: then it only "
        "warns."
    ),
)
C04 = Rule(
    "C04",
    "W",
    _("The year of registration is one of the book's years"),
    _("Practice: years of the book in the inventory"),
    where=_("Date of registration"),
    advice=_(
        "Compare the date with the book, and look whether this is the right book. If the years of the "
        "book are wrong in the inventory, have them corrected; if the book has it so, mark it “as in the"
        " original book”."
    ),
)
C05 = Rule(
    "C05",
    "W/E",
    _("Nothing is registered after the book was closed"),
    _("Practice; books are locked with a closing statement (Civil Status Act 2014, article 58.2)"),
    where=_("Date of registration"),
    advice=_(
        "Compare the date with the book, and the day of locking with its closing page. More than a year "
        "after the locking the entry is refused: the date, the book or the day of locking is wrong."
    ),
)

_CLOSED_FOR_GOOD = timedelta(days=constant(C05.id, "days"))


def unreadable_date(code: str, value: Any) -> Iterator[Problem]:
    """C03, the part that needs no clock: what was typed is no date at all.

    A date marked as not read with certainty may stay as the book shows it: then it is only doubted.
    """
    if date_in(value) is None and absence(value) is None:
        yield C03.weigh(not uncertain(value), code, _why(value))


def _why(value: Any) -> Label:
    typed, calendar = words(value), value.get("calendar") if isinstance(value, dict) else None
    try:
        parse(typed, calendar="lunar" if calendar == "lunar" else "solar")
    except UnreadableDate as error:
        reason = error
        message = _("“%(typed)s”: %(reason)s If the book has no date, state “not written” or “illegible”.")
        return said(message, typed=typed[:50], reason=later(lambda: str(reason)))
    return _("The date is not stored as a date. Type it again.")


def possible_dates(fields: Mapping[str, Field]) -> Check:
    """C03, against the clock: from 1850 until today. A date that may be today or earlier passes."""

    dated = tuple(code for code, field in fields.items() if field.input is Input.DATE)

    def check(entry: Entry, facts: Facts) -> Iterator[Problem]:
        for code in dated:
            known = date_in(entry.get(code))
            if known and not (known.year >= EARLIEST_YEAR and known.latest <= facts.today):
                yield from _impossible(code, known, facts, certain=not is_uncertain(entry, code))

    return check


def _impossible(code: str, known: PartialDate, facts: Facts, *, certain: bool) -> Iterator[Problem]:
    if known.year < EARLIEST_YEAR:
        message = _("The year %(year)s is too early for a register. Compare the date with the book.")
        yield C03.weigh(certain, code, said(message, year=known.year))
    elif certainly_after(known, facts.today):
        message = _("%(date)s lies in the future. Compare the date with the book.")
        yield C03.weigh(certain, code, said(message, date=later(known.display)))


def year_of_the_book(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """C04: warned only where the year is certainly outside."""
    registered = date_of(entry, "registration_date")
    if registered is None:
        return
    first, last = facts.book_year_from, facts.book_year_to
    if (last and registered.earliest.year > last) or (first and registered.latest.year < first):
        message = _("Registered in %(year)s, but the book is of %(years)s. Compare the date and the book.")
        years = str(first) if first == last else f"{first or '…'}-{last or '…'}"
        yield C04.warning("registration_date", said(message, year=registered.year, years=years))


def closed_book(entry: Entry, facts: Facts) -> Iterator[Problem]:
    """C05: a registration after the closing is doubted, one more than a year after it refused."""
    registered, closed = date_of(entry, "registration_date"), facts.book_closed_on
    if registered is None or closed is None or not certainly_after(registered, closed):
        return
    message = _(
        "Registered on %(date)s, after the book was closed on %(closed)s. Compare the date and the book."
    )
    text = said(message, date=later(registered.display), closed=closed.strftime("%d/%m/%Y"))
    for_good = certainly_after(registered, _a_year_after(closed))
    yield C05.weigh(for_good and not is_uncertain(entry, "registration_date"), "registration_date", text)


def _a_year_after(closed: date) -> date:
    return closed if closed.year == date.max.year else closed + _CLOSED_FOR_GOOD


def registered_in_time(
    rule: Rule, entry: Entry, happened: str, *, late: bool, says: tuple[Label, Label]
) -> Iterator[Problem]:
    """Doubt that an event was registered on time (or late) as the law counted the days when it happened.

    ``happened`` is the date field of the event. ``says`` are the words for "not on time" and for "not late", with
    %(days)s and %(term)s. A time whose term is not known, and dates that leave it open, are not judged.
    """
    event, registered = date_of(entry, happened), date_of(entry, "registration_date")
    if not event or not registered or certainly_before(registered, event.earliest):
        return
    values = surely_in_force(rule.id, event)
    if values is None:
        return
    (fewest, most), term = days_between(event, registered), values["days"]
    if fewest <= term if not late else most > term:
        return
    days, message = (most, says[1]) if late else (fewest, says[0])
    about = ("registration_type", happened, "registration_date")
    yield rule.warning("registration_type", said(message, days=days, term=term), *about)


def words_of_date(rule: Rule, entry: Entry, digits: str, in_words: str) -> Iterator[Problem]:
    """Doubt a date whose words in the book say another day than its digits."""
    words, known = text_of(entry, in_words), date_of(entry, digits)
    if words and known and words_agree(words, known) is False:
        message = _(
            "The words do not say %(born)s. If the book itself disagrees, keep both as they stand there."
        )
        yield rule.warning(in_words, said(message, born=later(known.display)), in_words, digits)
