"""The form with which an office writes to its communes, and the two small ones beside a notice."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civreg.lib import clock
from civreg.lib.vietnamese import clean
from communes.forms import DayInput
from communes.models import Notice, Unit
from communes.models.notices import LONGEST_BODY
from communes.notices.attachments import Attachment, take_in

ALL, CHOSEN = "all", "chosen"
WORDS = ("kind", "number", "dated", "subject", "body", "due_on")
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


class NoticeForm(forms.Form):
    """A directive or a notice, and the communes it goes to."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("notice", "Kind"), choices=Notice.Kind, widget=forms.RadioSelect
    )
    number = forms.CharField(label=_("Number of the letter"), required=False, max_length=40)
    dated = forms.DateField(label=_("Date of the letter"), required=False, widget=DayInput())
    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        help_text=_("It also stands in e-mails: no names of people from the books."),
    )
    body = forms.CharField(
        label=_("Text"), max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 10})
    )
    due_on = forms.DateField(
        label=_("To be carried out by"),
        required=False,
        widget=DayInput(),
        help_text=_("With a day, each commune reports what it has done. May stay blank."),
    )
    file = forms.FileField(
        label=_("The letter as a file"),
        required=False,
        help_text=_(
            "PDF, JPEG or PNG, 10 MB at most. If something else has to be corrected, choose it again."
        ),
    )
    to = forms.ChoiceField(
        label=_("To whom"),
        choices=[(ALL, _("All communes")), (CHOSEN, _("The communes chosen below"))],
        widget=forms.RadioSelect,
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Communes"),
        required=False,
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, communes: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._communes = communes
        self.attachment: Attachment | None = None
        units = self.fields["units"]
        assert isinstance(units, forms.ModelMultipleChoiceField)
        units.queryset = communes
        units.label_from_instance = lambda unit: unit.title  # type: ignore[method-assign, assignment]
        for name in ("number", "subject"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["file"].widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png"

    def clean_number(self) -> str:
        """Return the number cleaned as all Vietnamese text is."""
        return clean(self.cleaned_data["number"])

    def clean_subject(self) -> str:
        """Return the subject in one line: it heads e-mails too."""
        subject = clean(self.cleaned_data["subject"])
        if not subject:
            raise ValidationError(self.fields["subject"].error_messages["required"], code="required")
        return subject

    def clean_body(self) -> str:
        """Return the text with its line ends, without letters nobody sees."""
        return _readable(self.cleaned_data["body"])

    def clean_dated(self) -> date | None:
        """Refuse a letter from the future."""
        dated: date | None = self.cleaned_data["dated"]
        if dated is not None and dated > clock.today():
            raise ValidationError(_("The letter cannot be dated later than today."))
        return dated

    def clean_due_on(self) -> date | None:
        """Refuse a day that has passed."""
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on is not None and due_on < clock.today():
            raise ValidationError(_("This day has passed already."))
        return due_on

    def clean_file(self) -> Any:
        """Look into the file; what comes of it is ``attachment``."""
        upload = self.cleaned_data["file"]
        if upload:
            self.attachment = take_in(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        """Ask for number and date of a directive, and for somebody it goes to."""
        cleaned = super().clean() or self.cleaned_data
        directive = cleaned.get("kind") == Notice.Kind.DIRECTIVE
        for name in ("number", "dated"):
            if directive and name in cleaned and not cleaned[name]:
                self.add_error(name, _("A directive has a number and a date."))
            elif cleaned.get("kind") == Notice.Kind.NOTICE and cleaned.get(name):
                self.add_error(name, _("A notice has none. Send it as a directive, or leave this blank."))
        if cleaned.get("to") == CHOSEN and not cleaned.get("units") and "units" not in self.errors:
            self.add_error("units", _("Choose at least one commune."))
        return cleaned

    @property
    def addressed(self) -> list[Unit]:
        """Return the communes a valid form is for."""
        return list(self._communes if self.cleaned_data["to"] == ALL else self.cleaned_data["units"])

    @property
    def words(self) -> dict[str, Any]:
        """Return what a valid form says, as ``sending.send`` takes it."""
        return {name: self.cleaned_data[name] for name in WORDS}


def proposed(slugs: Iterable[str]) -> dict[str, Any]:
    """Return what the form begins with: these communes where some are named, else all."""
    chosen = list(slugs)
    return {"kind": Notice.Kind.DIRECTIVE, "to": CHOSEN if chosen else ALL, "units": chosen}


class ReasonForm(forms.Form):
    """Why a notice is taken back."""

    why = forms.CharField(label=_("Why it is withdrawn"), max_length=500)

    def clean_why(self) -> str:
        """Return the reason cleaned as all Vietnamese text is."""
        return clean(self.cleaned_data["why"])


class ReportForm(forms.Form):
    """What a commune did about a directive."""

    words = forms.CharField(
        label=_("What was done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_words(self) -> str:
        """Return the words with their line ends, without letters nobody sees."""
        return _readable(self.cleaned_data["words"])


def _readable(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ("".join(sign for sign in line if unicodedata.category(sign) not in _UNSEEN) for line in lines)
    return "\n".join(line.rstrip() for line in kept).strip("\n")
