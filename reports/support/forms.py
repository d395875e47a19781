"""The forms of support: what a unit has, what it asks for, and what its district answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.forms import DayInput, ask_to_choose
from communes.models import MeansKind, RequestKind, RequestState
from communes.models.support import LARGEST_QUANTITY, LONGEST_WORDS


def _number(label: Any, least: int, **rest: Any) -> forms.IntegerField:
    field = forms.IntegerField(label=label, min_value=least, max_value=LARGEST_QUANTITY, **rest)
    field.widget.attrs.update(inputmode="numeric", autocomplete="off")
    return field


def _words(label: Any, **rest: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}), **rest
    )


def _day(label: Any, **rest: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), input_formats=["%d/%m/%Y"], **rest)


class MeansForm(forms.Form):
    """How much of each kind a unit has today."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in MeansKind:
            self.fields[str(kind)] = _number(kind.label, 0)

    @property
    def quantities(self) -> dict[MeansKind, int]:
        """Return what was filled in."""
        return {kind: self.cleaned_data[str(kind)] for kind in MeansKind}


class AskForm(forms.Form):
    """What a unit asks for, how much of it, why and by when."""

    kind = forms.ChoiceField(label=_("What kind of support"), choices=[("", ""), *RequestKind.choices])
    what = forms.CharField(
        label=_("What exactly"), max_length=200, help_text=_("For instance: flat-bed scanner for A3 books.")
    )
    quantity = _number(_("How many"), 1, initial=1)
    needed_by = _day(_("Needed by"))
    why = _words(_("Why"), help_text=_("What stands still without it, and how much more it would bring."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_to_choose(self, "kind")


class AnswerForm(forms.Form):
    """A promise with its day, or a refusal."""

    answer = forms.ChoiceField(
        label=pgettext_lazy("request", "Answer"),
        choices=[
            (RequestState.AGREED, pgettext_lazy("answer", "Agreed")),
            (RequestState.REFUSED, pgettext_lazy("answer", "Not possible")),
        ],
        initial=RequestState.AGREED,
    )
    promised_for = _day(
        _("Promised for"),
        required=False,
        help_text=_("Only where agreed: the day on which it will be there."),
    )
    words = _words(_("What you tell the commune"))

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a promise."""
        cleaned = super().clean() or self.cleaned_data
        agreed = cleaned.get("answer") == RequestState.AGREED
        if agreed and not cleaned.get("promised_for") and "promised_for" not in self.errors:
            self.add_error("promised_for", _("Say on which day it will be there."))
        return cleaned


class DeliverForm(forms.Form):
    """What really came, and when."""

    came_on = _day(_("Came on"))
    words = _words(_("What really came"))


class CloseForm(forms.Form):
    """The last words of a request."""

    words = _words(_("What it brought"))


class WithdrawForm(forms.Form):
    """Why a request is taken back."""

    words = _words(_("Why it is no longer needed"))
