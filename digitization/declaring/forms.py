"""The head of a declaration: for which day, and what it rests on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communes.forms import DayInput
from communes.models import User
from digitization.declaring import proofs
from digitization.declaring.verb import LONGEST_NOTE
from digitization.filters import DAYS
from digitization.models import Proof


class StatementForm(forms.Form):
    """Day, note and file. A file that came with a form that could not be taken is kept: ``proof`` is its key."""

    day = forms.DateField(label=_("As it stood at the end of the day"), input_formats=DAYS, widget=DayInput())
    note = forms.CharField(
        label=_("What the numbers rest on"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_(
            "For instance: statistics screen of the national software at 16:30. Where a number is less now, why."
        ),
    )
    file = forms.FileField(
        label=_("File, instead of a note or beside it"),
        required=False,
        help_text=_("PDF, JPEG, PNG or Excel (.xlsx), up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.xlsx"}),
    )
    proof = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput())

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.kept: Proof | None = None

    def clean(self) -> dict[str, Any]:
        """Keep the file, or find the one kept before; what else is wrong with the form costs nobody their file."""
        cleaned = super().clean() or self.cleaned_data
        if file := cleaned.get("file"):
            try:
                self.kept = proofs.keep(by=self.by, name=file.name, file=file)
            except proofs.NotAProof as error:
                self.add_error("file", str(error))
        elif key := cleaned.get("proof"):
            self.kept = Proof.objects.filter(by=self.by, key=key).first()
        return cleaned
