"""The page of one request: what was asked, every step since, what the reader may do now, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.translation import pgettext_lazy

from communes.models import RequestState, SupportRequest, SupportStep
from communes.rights import Rights
from communes.support import answers_for, asks_for
from reports.room.states import Mark
from reports.support.effect import Effect, effect_of
from reports.support.forms import AnswerForm, CloseForm, DeliverForm, WithdrawForm
from reports.support.lines import MARKS, RequestLine

FORMS: dict[str, type[forms.Form]] = {
    "answer": AnswerForm,
    "deliver": DeliverForm,
    "close": CloseForm,
    "withdraw": WithdrawForm,
}


# A request that waits is one thing, the step that began it another.
BEGUN = Mark("neutral", pgettext_lazy("step", "Asked"))


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was refused: by the name of its verb, and the id of the last step its person had seen."""

    verb: str
    form: forms.Form
    seen: int


@dataclass(frozen=True)
class RequestPage:
    """One request as one reader sees it; ``sent`` is a form that was refused."""

    one: SupportRequest
    steps: tuple[SupportStep, ...]
    rights: Rights
    sent: Sent | None = None

    @classmethod
    def read(cls, one: SupportRequest, rights: Rights, sent: Sent | None = None) -> RequestPage:
        """Read the steps of a request the reader may see."""
        return cls(one, tuple(one.steps.select_related("by")), rights, sent)

    @property
    def line(self) -> RequestLine:
        """Return it as lists show it."""
        return RequestLine.of(self.one)

    @property
    def missed(self) -> forms.Form | None:
        """Return the form that was sent for a step the request has gone past meanwhile: its words are not lost."""
        if self.sent is None or getattr(self, f"{self.sent.verb}_form"):
            return None
        return self.sent.form

    @property
    def seen(self) -> int:
        """Return the id of the last step shown: a form carries it, and is refused once there is a later one."""
        return self.steps[-1].pk

    @property
    def told(self) -> list[tuple[Mark, SupportStep]]:
        """Return the steps with how each is shown, the first one first."""
        return [_told(step) for step in self.steps]

    @property
    def meanwhile(self) -> list[tuple[Mark, SupportStep]]:
        """Return the steps that were taken after the page was opened from which a form came that was refused."""
        if self.sent is None:
            return []
        return [_told(step) for step in self.steps if step.pk > self.sent.seen]

    @cached_property
    def effect(self) -> Effect | None:
        """Return what it changed; None before anything came."""
        return effect_of(self.one, self.steps)

    @property
    def frozen(self) -> bool:
        """Tell whether the effect is as it was when the request was closed."""
        return self.one.state == RequestState.CLOSED

    @cached_property
    def leads(self) -> bool:
        """Tell whether the reader answers and delivers."""
        return answers_for(self.rights, self.one.unit)

    @cached_property
    def asks(self) -> bool:
        """Tell whether the reader speaks for the unit that asks."""
        return asks_for(self.rights, self.one.unit)

    def _form(self, verb: str) -> forms.Form:
        return (
            self.sent.form if self.sent and self.sent.verb == verb else FORMS[verb](auto_id=f"id_{verb}_%s")
        )

    @property
    def answer_form(self) -> forms.Form | None:
        """Return the form to answer with, or to move the day promised; None where the reader may not, or not now."""
        may = self.leads and self.one.may_become(RequestState.AGREED)
        return self._form("answer") if may else None

    @property
    def deliver_form(self) -> forms.Form | None:
        """Return the form to say what came; None where the reader may not, or not now."""
        may = self.leads and self.one.may_become(RequestState.DELIVERED)
        return self._form("deliver") if may else None

    @property
    def close_form(self) -> forms.Form | None:
        """Return the form to close with; None where it is not time."""
        may = (self.leads or self.asks) and self.one.may_become(RequestState.CLOSED)
        return self._form("close") if may else None

    @property
    def withdraw_form(self) -> forms.Form | None:
        """Return the form to take it back; None for others than the asking unit, or once something came."""
        may = self.asks and self.one.may_become(RequestState.WITHDRAWN)
        return self._form("withdraw") if may else None


def _told(step: SupportStep) -> tuple[Mark, SupportStep]:
    return BEGUN if step.state == RequestState.ASKED else MARKS[step.state], step
