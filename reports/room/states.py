"""A state as people see it: a word and a look, always the two together. The look brings colour and shape."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from reports.progress.pace import State


@dataclass(frozen=True, slots=True)
class Mark:
    """How a state is shown: ``look`` names the tag, the tile and the icon."""

    look: str
    word: str | Promise


MARKS: dict[State, Mark] = {
    State.STALLED: Mark("stalled", pgettext_lazy("state of progress", "Stalled")),
    State.LATE: Mark("late", pgettext_lazy("state of progress", "Late")),
    State.AT_RISK: Mark("risk", pgettext_lazy("state of progress", "At risk")),
    State.NO_TOTAL: Mark("neutral", pgettext_lazy("state of progress", "No total yet")),
    State.NOT_MEASURED: Mark("neutral", pgettext_lazy("state of progress", "Not measured yet")),
    State.ON_TRACK: Mark("track", pgettext_lazy("state of progress", "On track")),
    State.AHEAD: Mark("ahead", pgettext_lazy("state of progress", "Ahead")),
    State.DONE: Mark("done", pgettext_lazy("state of progress", "Done")),
    State.DONE_EARLY: Mark("done", pgettext_lazy("state of progress", "Done early")),
}
ATTENTION_ORDER = list(MARKS)
