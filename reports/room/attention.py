"""What to do today: the notes a task force would write on the board, worked out from figures and open requests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civreg.templatetags.figures import number
from communes.models.support import ANSWER_WITHIN
from reports.progress.pace import State
from reports.progress.read import DistrictProgress, UnitFigures
from reports.room.states import MARKS, Mark
from reports.support.lines import OVERDUE, UNANSWERED, RequestLine

NAMED = 3
BOOKS_WITHOUT_TOTAL = Mark("neutral", gettext_lazy("Totals missing"))
ABOVE_TOTAL = Mark("risk", gettext_lazy("Above the total"))
RETURNED = Mark("returned", gettext_lazy("Returned"))


@dataclass(frozen=True, slots=True)
class Note:
    """One line: a mark, the units it is about (``more`` of them unnamed), and what there is to say."""

    mark: Mark
    units: tuple[UnitFigures, ...]
    more: int
    text: str | Promise


def notes(progress: DistrictProgress, requests: Sequence[RequestLine] = ()) -> list[Note]:
    """Return what needs attention, most urgent first, open requests for support too; empty when nothing does."""
    by_state: dict[State, list[UnitFigures]] = {state: [] for state in State}
    for unit in sorted(progress.units, key=lambda unit: -unit.figures.remaining):
        by_state[unit.outlook.state].append(unit)
    return [
        *_stalled(by_state[State.STALLED]),
        *_behind(State.LATE, by_state[State.LATE], overdue=not progress.schedule.days_left),
        *_behind(State.AT_RISK, by_state[State.AT_RISK], overdue=False),
        *_promises_overdue(progress.units, requests),
        *_unanswered(progress.units, requests),
        *_books_without_total(progress.units),
        *_above_total(progress.units),
        *_returned(progress.units),
        *_done_early(by_state[State.DONE_EARLY]),
    ]


def _note(mark: Mark, units: Sequence[UnitFigures], text: str) -> Note:
    return Note(mark, tuple(units[:NAMED]), max(len(units) - NAMED, 0), text)


def _stalled(units: Sequence[UnitFigures]) -> Iterable[Note]:
    if units:
        days = min(unit.outlook.idle for unit in units) // timedelta(days=1)
        text = ngettext("no new entry for %(days)s day", "no new entry for %(days)s days", days)
        yield _note(MARKS[State.STALLED], units, text % {"days": number(days)})


def _behind(state: State, units: Sequence[UnitFigures], *, overdue: bool) -> Iterable[Note]:
    if units and overdue:
        left = sum(unit.figures.remaining for unit in units)
        yield _note(MARKS[state], units, _("past the deadline, %(n)s entries left") % {"n": number(left)})
    elif units:
        yield _note(MARKS[state], units, _needed(units))


def _needed(units: Sequence[UnitFigures]) -> str:
    gap = sum(max((unit.outlook.required or 0) - (unit.outlook.per_day or 0), 0) for unit in units)
    people = sum(unit.outlook.people_needed or 0 for unit in units)
    if not gap:
        return _("enough a day so far, but the deadline may be missed")
    if not people:
        return _("%(n)s more entries a day are needed") % {"n": number(gap)}
    text = ngettext(
        "%(n)s more entries a day are needed: the work of about %(people)s more person",
        "%(n)s more entries a day are needed: the work of about %(people)s more people",
        people,
    )
    return text % {"n": number(gap), "people": number(people)}


def _promises_overdue(units: Iterable[UnitFigures], requests: Iterable[RequestLine]) -> Iterable[Note]:
    late = [line for line in requests if line.overdue]
    if late:
        text = ngettext(
            "%(n)s promise of support is overdue",
            "%(n)s promises of support are overdue",
            len(late),
        )
        yield _note(OVERDUE, _of(units, late), text % {"n": number(len(late))})


def _unanswered(units: Iterable[UnitFigures], requests: Iterable[RequestLine]) -> Iterable[Note]:
    waiting = [line for line in requests if line.unanswered]
    if waiting:
        text = ngettext(
            "%(n)s request for support has had no answer for more than %(days)s days",
            "%(n)s requests for support have had no answer for more than %(days)s days",
            len(waiting),
        )
        told = {"n": number(len(waiting)), "days": ANSWER_WITHIN.days}
        yield _note(UNANSWERED, _of(units, waiting), text % told)


def _of(units: Iterable[UnitFigures], lines: Iterable[RequestLine]) -> list[UnitFigures]:
    by_id = {unit.unit_id: unit for unit in units}
    asking = dict.fromkeys(line.unit_id for line in lines)
    return [by_id[unit] for unit in asking if unit in by_id]


def _books_without_total(units: Iterable[UnitFigures]) -> Iterable[Note]:
    concerned = [unit for unit in units if unit.figures.no_total_books]
    if concerned:
        books = sum(unit.figures.no_total_books for unit in concerned)
        entries = sum(unit.figures.untotalled for unit in concerned)
        text = ngettext(
            "%(books)s book has no total yet, so its %(entries)s entries do not count",
            "%(books)s books have no total yet, so their %(entries)s entries do not count",
            books,
        )
        yield _note(
            BOOKS_WITHOUT_TOTAL, concerned, text % {"books": number(books), "entries": number(entries)}
        )


def _above_total(units: Iterable[UnitFigures]) -> Iterable[Note]:
    concerned = sorted((unit for unit in units if unit.figures.excess), key=lambda unit: -unit.figures.excess)
    if concerned:
        excess = sum(unit.figures.excess for unit in concerned)
        text = ngettext(
            "%(n)s entry more than the total of its book says: count the book again",
            "%(n)s entries more than the totals of their books say: count the books again",
            excess,
        )
        yield _note(ABOVE_TOTAL, concerned, text % {"n": number(excess)})


def _returned(units: Iterable[UnitFigures]) -> Iterable[Note]:
    concerned = sorted(
        (unit for unit in units if unit.figures.returned), key=lambda unit: -unit.figures.returned
    )
    if concerned:
        returned = sum(unit.figures.returned for unit in concerned)
        text = ngettext(
            "%(n)s returned entry waits to be corrected",
            "%(n)s returned entries wait to be corrected",
            returned,
        )
        yield _note(RETURNED, concerned, text % {"n": number(returned)})


def _done_early(units: Sequence[UnitFigures]) -> Iterable[Note]:
    if units:
        yield _note(MARKS[State.DONE_EARLY], units, _("finished before the deadline"))
