"""Forms of the inventory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communes.models import Unit
from digitization.models import Basis, Book
from digitization.record_types import ALL


class BookForm(forms.ModelForm):
    """A new book. Place and keeper are the same unit until it is handed over."""

    kind = forms.ChoiceField(label=_("Kind of book"), choices=lambda: [(t.code, t.book_label) for t in ALL])
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Place of registration"), empty_label=None)

    class Meta:
        model = Book
        fields = (
            "kind",
            "book_no",
            "opened_year",
            "series",
            "copy_no",
            "year_from",
            "year_to",
            "closed_on",
            "pages",
            "per_page",
            "note",
        )
        widgets = {"closed_on": forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "31/12/1998"})}

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units

    def clean(self) -> dict[str, Any]:
        """Fill place and keeper in before the constraints are asked, so that a book twice is a sentence."""
        cleaned = super().clean() or {}
        if unit := cleaned.get("unit"):
            self.instance.place = self.instance.custodian = unit
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        known = {"place", "custodian"} if "unit" in self.cleaned_data else set()
        return set(super()._get_validation_exclusions()) - known  # type: ignore[misc]


class DescriptionForm(forms.ModelForm):
    """What may be said of a book later; its identity and its total have other ways."""

    class Meta:
        model = Book
        fields = ("year_from", "year_to", "closed_on", "pages", "per_page", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # What the page showed comes back with it: only what this person changed is written.
            field.show_hidden_initial = True


class TotalForm(forms.Form):
    """A stated total."""

    total = forms.IntegerField(label=_("Entries to digitize"), min_value=0, max_value=100_000)
    basis = forms.ChoiceField(label=_("Basis"), choices=Basis)
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_(
            "For instance: counted page by page on 12/11/2024; closing page says 243, two are blank."
        ),
    )
