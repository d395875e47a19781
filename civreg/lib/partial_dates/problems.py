"""What can be wrong with a date, and the sentence that says what to do about it."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext as _

# Years a register of the 19th to the 21st century can speak of. What is refused here is a slip of the
# hand (5005, 0198); whether a date lies in the future is asked where today is known.
EARLIEST_YEAR, LATEST_YEAR = 1850, 2100


class DateProblem(StrEnum):
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    TWO_DIGIT_YEAR = "two_digit_year"
    NOT_CERTAIN = "not_certain"
    FEAST = "feast"
    WHICH_CALENDAR = "which_calendar"
    YEAR_BY_NAME = "year_by_name"
    NO_SUCH_YEAR_NAME = "no_such_year_name"
    OTHER_YEAR_NAME = "other_year_name"


class UnreadableDate(ValueError):
    """A text or number that is not a date we can be sure of.

    ``reason`` says why; ``suggestion`` is a date to offer ("12/03/2005") or "" when none is obvious; ``details`` are
    what the sentence names: years of the sixty-year cycle.
    """

    def __init__(self, reason: DateProblem, suggestion: str = "", **details: str | int) -> None:
        super().__init__(reason, suggestion)
        self.reason = reason
        self.suggestion = suggestion
        self.details = details

    def __str__(self) -> str:
        sentence = _sentences()[self.reason] % ({"first": EARLIEST_YEAR, "last": LATEST_YEAR} | self.details)
        if not self.suggestion:
            return sentence
        return sentence + " " + _("Did you mean %(date)s?") % {"date": self.suggestion}


def _sentences() -> dict[DateProblem, str]:
    return {
        DateProblem.NOT_A_DATE: _("This cannot be read as a date. Write 12/03/1957, 03/1957 or 1957."),
        DateProblem.NO_SUCH_DAY: _("There is no such day in the calendar."),
        DateProblem.YEAR_OUT_OF_RANGE: _("The year must lie between %(first)s and %(last)s."),
        DateProblem.TWO_DIGIT_YEAR: _("Write the year with four digits."),
        DateProblem.NOT_CERTAIN: _(
            "This names no certain date. Keep the words of the book and choose “not read with certainty”."
        ),
        DateProblem.FEAST: _("Write the lunar day in figures, as 01/01/1957 âm lịch."),
        DateProblem.WHICH_CALENDAR: _(
            "Is it lunar or solar? Write “âm lịch” or “dương lịch” behind the date."
        ),
        DateProblem.YEAR_BY_NAME: _(
            "The year %(name)s comes every sixty years (%(years)s). Write the year in figures behind it."
        ),
        DateProblem.NO_SUCH_YEAR_NAME: _(
            "The sixty-year cycle has no year %(name)s. Compare it with the book."
        ),
        DateProblem.OTHER_YEAR_NAME: _(
            "%(year)s is the year %(true)s, not %(name)s. Compare it with the book."
        ),
    }
