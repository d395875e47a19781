"""How a notice stands, as people see it: always a word and a shape together, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from civreg.templatetags.figures import day as day_words
from communes.models import Notice

# So many days before the last one, a day is said to be near.
NEAR = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A tag: ``look`` names its colour and shape, ``words`` say it."""

    look: str
    words: str | Promise


WITHDRAWN = Standing("neutral", pgettext_lazy("notice", "Withdrawn"))
REPORTED = Standing("done", pgettext_lazy("notice", "Reported as carried out"))


def due_in(notice: Notice, today: date, *, reported: bool) -> Standing | None:
    """Return how a notice stands towards its last day; None for one without it that was not withdrawn."""
    if notice.withdrawn:
        return WITHDRAWN
    if notice.due_on is None:
        return None
    return REPORTED if reported else _days_to(notice.due_on, today)


def _days_to(due_on: date, today: date) -> Standing:
    days = (due_on - today).days
    if days < 0:
        late = ngettext("%(n)s day overdue", "%(n)s days overdue", -days) % {"n": -days}
        return Standing("late", late)
    if days == 0:
        return Standing("risk", pgettext("notice", "Due today"))
    if days == 1:
        return Standing("risk", pgettext("notice", "Due tomorrow"))
    words = _("Due on %(day)s") % {"day": day_words(due_on)}
    return Standing("risk" if days <= NEAR else "track", words)
